import type { IncidentAction } from './action.ts'
import { actorOf, type Context, type Decision, happen, no } from './decision.ts'
import { type Directory, regionOf } from './directory.ts'
import { RuleError } from './errors.ts'
import type { EvidenceKind } from './evidence.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { moreSecret } from './mark.ts'
import type { Actor } from './permission.ts'
import { type Phrase, phrase } from './phrase.ts'
import { actorSight, whereElse } from './sight.ts'
import { coordinates, mayWork } from './standing.ts'
import { limits, required } from './typed.ts'

/** What can be opened: a kept file, or a link that somebody wrote. */
export type ItemKind = EvidenceKind | 'link'
/** How much of it somebody saw: a blurred copy, a small clear one, or all of it. */
export type Shown = 'blurred' | 'small' | 'original'
/** One thing to open, and who collected it. */
export type Item = { readonly id: string; readonly kind: ItemKind; readonly by: PersonId | null }

/**
 * Null if the person may open that item where they ask, as who may work on the incident and whoever sent it may; else
 * the reason and the way on. What is kept with a part of the incident is as closed as that part itself.
 */
export function whyNotOpen(
  actor: Actor,
  incident: Incident,
  by: PersonId | null,
  network: Directory,
  part: Incident = incident,
): Phrase | null {
  const { id } = incident
  const open = asOpenAs(part, incident)
  if (by !== null && open.hold?.owed.includes(by)) return phrase('privacy.evidence-held', { id })
  switch (actorSight(open, actor, network)) {
    case 'nothing':
    case 'exists':
      return phrase('refusal.unknown', { id })
    case 'bare':
      return phrase('look.red', { id, where: whereElse(incident, actor, network) })
    case 'own':
      return by === actor.id ? null : phrase('look.red', { id, where: whereElse(incident, actor, network) })
    case 'whole':
      return by === actor.id || mayWork(actor, open) ? null : refusal('look.team-only', incident, network)
  }
}

/** Null if the person may take originals and the record out of the hub; else the reason and the way on. */
export function whyNotExport(actor: Actor, incident: Incident, network: Directory): Phrase | null {
  if (!coordinates(actor, incident)) return refusal('look.coordinator-only', incident, network)
  return whyNotOpen(actor, incident, null, network)
}

/** What was opened or saved, in words: "a photo". */
export function aKind(kind: ItemKind): Phrase {
  return phrase(`look.a-${kind}`)
}

/** Somebody is about to see evidence; it stands in the timeline before anything is shown. */
export function openEvidence(incident: Incident, action: Opening, context: Context): Decision[] {
  const { item, copy } = action
  const why = whyNotOpen(actorOf(context), incident, item.by, context.directory)
  if (why) throw new RuleError(why)
  if (incident.hold?.files?.includes(item.id)) throw no('privacy.evidence-held', { id: incident.id })
  return [happen({ type: 'evidence-opened', item: item.id, kind: item.kind, copy })]
}

/** A coordinator takes an original, or (item null) the record of all, out of the hub, and says why. */
export function exportEvidence(incident: Incident, { item, reason }: Export, context: Context): Decision[] {
  const why = whyNotExport(actorOf(context), incident, context.directory)
  if (why) throw new RuleError(why)
  const words = { reason: required('reason', reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'evidence-exported', item: item?.id ?? null, kind: item?.kind ?? null }, words)]
}

type Opening = Extract<IncidentAction, { type: 'open-evidence' }>
type Export = Extract<IncidentAction, { type: 'export-evidence' }>

// A part can be marked, restricted or taken back after it was merged; the whole stands open to its own people still.
function asOpenAs(part: Incident, whole: Incident): Incident {
  if (part.id === whole.id) return whole
  const owed = [...(whole.hold?.owed ?? []), ...(part.hold?.owed ?? [])]
  const open = { ...whole, mark: moreSecret(part.mark, whole.mark), hold: { owed } }
  if (part.visibility !== 'restricted') return open
  const { visibility, reporter } = part
  const named = whole.visibility === 'restricted' ? new Set(whole.allowed) : null
  return { ...open, visibility, reporter, allowed: part.allowed.filter(person => named?.has(person) ?? true) }
}

function refusal(key: 'look.team-only' | 'look.coordinator-only', incident: Incident, network: Directory): Phrase {
  return phrase(key, { id: incident.id, region: regionOf(network, incident.region)?.name ?? incident.region })
}
