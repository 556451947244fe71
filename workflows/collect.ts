import { type Decision, follow } from './decision.ts'
import type { EvidenceKind } from './evidence.ts'
import type { PersonId } from './ids.ts'
import type { Evidence, FileRef, Incident } from './incident.ts'
import { counted, noEvidence, sum } from './tally.ts'

/** Why a file that somebody sent could not be collected: it is no longer there, is not kept, or could not be got. */
export type WhyLost = 'gone' | 'refused' | 'failed'

/** A file that was sent and not yet fetched, as the timeline counts it: by what the sender's tool called it. */
export type Awaited = { readonly from: PersonId | null; readonly kind: EvidenceKind }

/** The hub has fetched what somebody sent; bytes that were there before are not counted again. */
export function collect(
  incident: Incident,
  { from, kind }: Awaited,
  files: readonly FileRef[],
  of: number | undefined,
): Decision[] {
  const fresh = files.filter(file => !incident.files?.includes(file.id))
  const named = fresh.length > 0 ? { files: fresh } : {}
  const came = of === undefined ? {} : { of }
  return [follow({ type: 'collected', ...came, from, kind, evidence: counted(fresh), ...named })]
}

/** The hub has given up on a file that somebody sent. */
export function giveUp({ from, kind }: Awaited, why: WhyLost): Decision[] {
  return [follow({ type: 'not-collected', from, kind, why })]
}

/** What is still to be fetched after more was sent, or (sign -1) one came or was given up; nothing once that is all. */
export function awaiting(
  before: Evidence | undefined,
  more: Evidence | undefined,
  sign: 1 | -1,
): { readonly awaited?: Evidence } {
  return more ? { awaited: sum(before ?? noEvidence, more, sign) } : {}
}
