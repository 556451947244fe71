import type { IncidentId, PersonId, ProtocolId, RegionCode } from '../ids.ts'
import type { Severity } from '../taxonomy.ts'

/**
 * What became of a proposal: nobody has answered it; the protocol was begun; a coordinator said not now; or it is
 * `over` without an answer, because what it was about has ended, the protocol was begun otherwise, or a day has passed.
 */
export type ProposalState = 'open' | 'started' | 'declined' | 'over'

/** Why a coordinator says not now: codes, because a reason is one press and holds nobody's words. */
export const whyNot = ['handled', 'apart', 'unsure', 'other'] as const
/** One of these reasons. */
export type WhyNot = (typeof whyNot)[number]

/** What stands for a trigger where early warning proposes a protocol; no trigger of a protocol is named so. */
export const byAlarm = '+alarm'

/** A protocol that the hub proposes to coordinators for an incident. Times are epoch ms. */
export type Proposal = {
  /** The protocol and how manieth proposal of it, as in `P1-7`. */
  readonly id: string
  readonly protocol: ProtocolId
  /** The trigger in the protocol's definition. */
  readonly trigger: string
  readonly region: RegionCode
  /** The one it is proposed for, and how severe that was. */
  readonly about: IncidentId
  readonly severity: Severity
  /** All that matched, in the order in which they came to it. */
  readonly incidents: readonly IncidentId[]
  readonly state: ProposalState
  /** The hub starts it by itself. */
  readonly itself: boolean
  /** How many matched when people were last told. */
  readonly told: number
  /** How many levels above the coordinators of the region were called. */
  readonly rung: number
  readonly at: number
  /** When it climbs next; null: never again. */
  readonly dueAt: number | null
  /** By whom it was answered (null: by the hub) and when; null: not yet. */
  readonly answeredBy: PersonId | null
  readonly answeredAt: number | null
  readonly why: WhyNot | null
}

/** A proposal that is to be made, if nothing like it was made before. */
export type Wanted = Pick<
  Proposal,
  'protocol' | 'trigger' | 'region' | 'about' | 'severity' | 'incidents' | 'itself' | 'at' | 'dueAt'
>

/** How a person answers one. */
export type Answer = { readonly type: 'started' } | { readonly type: 'declined'; readonly why: WhyNot | null }

/** Reads of proposals. */
export interface ProposalReads {
  /** The proposal of that name, or null. */
  find(id: string): Promise<Proposal | null>
  /** Those of these regions that nobody has answered, newest first, at most 50. */
  open(regions: 'all' | readonly RegionCode[]): Promise<readonly Proposal[]>
}
