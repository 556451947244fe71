import { countyText } from '../card/place.ts'
import { kindOf } from '../card.ts'
import type { Directory } from '../directory.ts'
import type { Figures } from '../figures.ts'
import type { IncidentId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { actorSight } from '../sight.ts'
import type { Severity, Taxonomy } from '../taxonomy.ts'
import { disclosed } from '../withheld.ts'
import type { BoardScope } from './scope.ts'

/**
 * One open incident in a list: never people's words, nowhere nearer than its county. `bare`: nothing but these may be
 * known of it here; else who has it (null: nobody), how far it is checked, and since when (epoch ms).
 */
export type OpenRow = {
  readonly id: IncidentId
  readonly severity: Severity
  readonly kind: Param
  readonly where: Phrase
  readonly red: boolean
  readonly more: { readonly by: Param | null; readonly credibility: Phrase; readonly at: number } | 'bare'
}

/** Who looks at incidents, in which edition. */
export type OpenContext = {
  readonly scope: BoardScope
  readonly actor: Actor
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly maySeeRed: boolean
}

const mostRows = 60

/** The open incidents that this person may know of in this edition, in the order given, and how many are left out. */
export function openRows(
  incidents: readonly Incident[],
  { open }: Pick<Figures, 'open'>,
  context: OpenContext,
): { readonly rows: readonly OpenRow[]; readonly more: number } {
  const rows = incidents.flatMap(incident => rowOf(incident, context) ?? []).slice(0, mostRows)
  const all = open.reduce((sum, row) => sum + row.count, 0)
  return { rows, more: Math.max(0, all - rows.length) }
}

/** True if this person may know everything of it that the edition tells. */
export function isWhole(incident: Incident, { scope, actor, directory, taxonomy, maySeeRed }: OpenContext): boolean {
  const shown = disclosed(incident, scope.edition, { taxonomy, maySeeRed })
  return shown?.people === true && actorSight(incident, actor, directory) === 'whole'
}

function rowOf(incident: Incident, context: OpenContext): OpenRow | null {
  const { scope, actor, directory, taxonomy, maySeeRed } = context
  const sight = actorSight(incident, actor, directory)
  if (!disclosed(incident, scope.edition, { taxonomy, maySeeRed })) return null
  if (sight === 'nothing' || sight === 'exists') return null
  const { id, severity, mark, status, claim, credibility, reportedAt: at } = incident
  const by = status === 'claimed' && claim ? { person: claim.by } : null
  return {
    id,
    severity,
    kind: kindOf(incident, taxonomy),
    where: countyText(incident, directory),
    red: mark === 'RED',
    more: isWhole(incident, context) ? { by, credibility: phrase(`card.credibility-${credibility}`), at } : 'bare',
  }
}
