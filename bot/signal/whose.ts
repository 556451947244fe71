import type { Raw, Whose } from '../platform.ts'
import { readFrame } from './frame.ts'

/** Who said what stands in a kept frame, to the hub with that number; null where nobody said anything. */
export function whoseIs({ body }: Pick<Raw, 'body'>, number: string): Whose | null {
  const heard = readFrame(body, { number, uuid: null })
  if (!heard || heard.type === 'nothing' || heard.type === 'unreadable') return null
  const also = heard.number === null ? {} : { also: heard.number }
  return { account: heard.account, words: 'words' in heard ? heard.words : '', ...also }
}
