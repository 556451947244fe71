import type { Raw, Whose } from '../platform.ts'
import type { Kept } from './handle.ts'
import { readEvent } from './heard.ts'

/** Who said what stands in a kept event; null where nobody said anything. */
export function whoseIs({ body }: Pick<Raw, 'body'>): Whose | null {
  const heard = readEvent((JSON.parse(body) as Kept).event)
  if (!heard || !('account' in heard)) return null
  return { account: heard.account, words: 'words' in heard ? heard.words : '' }
}
