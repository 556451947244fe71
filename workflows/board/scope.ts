import { type Edition, editions } from '../edition.ts'
import type { RegionCode } from '../ids.ts'

/** What a board shows: of which regions, and in which edition. */
export type BoardScope = { readonly edition: Edition; readonly regions: 'all' | readonly RegionCode[] }

/** What stands in a ticket where others name an incident. */
export const boardName = 'board'
/** What such a name is. */
export type BoardName = typeof boardName

/** What a link that opens a board once is kept as. */
export function linkItem(scope: BoardScope): string {
  return packed('board-link', scope)
}

/** What the session is kept as that such a link begins: neither can be used for the other. */
export function sessionItem(scope: BoardScope): string {
  return packed('board-session', scope)
}

/** What a ticket leads to if that is a board; null: to something else. */
export function readBoardItem(
  item: string | null,
): { readonly type: 'link' | 'session'; readonly scope: BoardScope } | null {
  const [, type, word, regions = ''] = /^board-(link|session):([a-z]+):(.+)$/.exec(item ?? '') ?? []
  const edition = editions.find(one => one === word)
  if (!edition || (type !== 'link' && type !== 'session')) return null
  return { type, scope: { edition, regions: regions === 'all' ? 'all' : regions.split('+') } }
}

function packed(type: string, { edition, regions }: BoardScope): string {
  return `${type}:${edition}:${regions === 'all' ? regions : regions.join('+')}`
}
