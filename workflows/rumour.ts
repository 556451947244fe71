import type { BroadcastId, IncidentId, PersonId, RegionCode } from './ids.ts'

/** Where a rumour stands: nobody has looked; it is being checked; found false or true; answered with words to many. */
export type RumourState = 'new' | 'checking' | 'false' | 'true' | 'answered'

/**
 * Reports (SP-3 and near) that say the same, however they word it. It never quotes: `about` describes it in the words
 * of a coordinator (null until somebody did). Times are epoch ms.
 */
export type Rumour = {
  /** `R-0012`. */
  readonly id: string
  readonly about: string | null
  readonly state: RumourState
  /** All that repeat it, the first first; at most 500. */
  readonly incidents: readonly IncidentId[]
  readonly regions: readonly RegionCode[]
  /** As many counties as it was heard in. */
  readonly counties: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
  /** New reports of it a day over the last 14 days, oldest first. */
  readonly reach: readonly number[]
  /** What it was answered with; null: nothing yet. */
  readonly answeredWith: BroadcastId | null
  readonly changedBy: PersonId | null
}

/** Reads of rumours. */
export interface RumourReads {
  /**
   * Those heard since then in some regions, the one that spreads most first, at most `limit`; `outside`: as they are
   * told beyond the network, without what is RED or was heard in other regions.
   */
  list(
    filter: { readonly since: number; readonly regions: 'all' | readonly RegionCode[]; readonly outside?: boolean },
    limit: number,
  ): Promise<readonly Rumour[]>
  /** The rumour of that id, or null. */
  find(id: string): Promise<Rumour | null>
  /** The rumor that a report repeats, or null. */
  of(incident: IncidentId): Promise<Rumour | null>
}
