/** The English sentences of the card area, by key. */
export const card = {} as const
