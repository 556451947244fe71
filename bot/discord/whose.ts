import type { Raw, Whose } from '../platform.ts'
import type { Heard } from './hear.ts'

/** Who said what stands in a kept message; null where Discord does not tell, as of one that was deleted. */
export function whoseIs({ body }: Pick<Raw, 'body'>): Whose | null {
  const { d } = JSON.parse(body) as Heard
  return 'author' in d && d.author ? { account: d.author.id, words: d.content ?? '' } : null
}
