import { hasRole } from '../directory.ts'
import type { Edition } from '../edition.ts'
import { type Actor, actsAs } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { BoardScope } from './scope.ts'

/**
 * The editions of which somebody may open a board, what they usually read first: responders that for responders,
 * leaders all others, coordinators all of them, everybody else none.
 */
export function editionsFor(actor: Pick<Actor, 'roles' | 'vetted'>): readonly Edition[] {
  if (!actor.vetted) return []
  const works = actsAs(actor, 'responder')
  const leads = hasRole(actor, 'leader', 'coordinator')
  return [...(works ? (['response'] as const) : []), ...(leads ? (['leadership', 'partner', 'public'] as const) : [])]
}

/** Why somebody may not look at such a board, or may no longer; null if they may. */
export function whyNotBoard(actor: Pick<Actor, 'roles' | 'vetted' | 'regions'>, scope: BoardScope): Phrase | null {
  const may = editionsFor(actor)
  const { edition, regions } = scope
  if (may.length === 0 || (actor.regions !== 'all' && actor.regions.length === 0)) return phrase('board.who')
  if (!may.includes(edition)) return phrase('board.edition-not', { edition: phrase(`board.edition-${edition}`) })
  if (actor.regions === 'all') return null
  const served = actor.regions
  return regions !== 'all' && regions.every(code => served.includes(code)) ? null : phrase('board.region-not')
}
