/**
 * For whom figures leave: responders see most; leaders no reporter's words; partners no names, victims or exact places;
 * the public no small counts either. Each shows less than the one before.
 */
export type Edition = 'response' | 'leadership' | 'partner' | 'public'

/** The editions for the network's own people: no second person is asked. */
export type Inside = Extract<Edition, 'response' | 'leadership'>

/** The editions, from the one that shows most to the one that shows least. */
export const editions: readonly Edition[] = ['response', 'leadership', 'partner', 'public']

/** True for those that leave the network: two people must approve them. */
export function leaves(edition: Edition): boolean {
  return edition === 'partner' || edition === 'public'
}
