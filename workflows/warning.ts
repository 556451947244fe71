import type { LocalText } from './broadcast.ts'
import type { IncidentId, PersonId, RegionCode } from './ids.ts'

/** How tense a region is; only a person makes it `alert`. */
export type Level = 'green' | 'watch' | 'warning' | 'alert'

/** The levels, from calm to worst. */
export const levels: readonly Level[] = ['green', 'watch', 'warning', 'alert']

/** What found something: a rule, a statistical method, the scan, the weekly indicators, or a silence. */
export type AlarmMethod =
  | 'rule'
  | 'ears-c1'
  | 'ears-c2'
  | 'ears-c3'
  | 'poisson'
  | 'negative-binomial'
  | 'cusum'
  | 'scan'
  | 'indicators'
  | 'silence'

/**
 * Something unusual in what was reported, with all that a reader needs to judge it. Times are epoch ms; the same
 * finding has the same id whoever computes it whenever (`W-AZ-2026-11-03-ears-c2-AR`).
 */
export type Alarm = {
  readonly id: string
  readonly method: AlarmMethod
  readonly region: RegionCode
  /** `04013`, by FIPS or the code of another country; null: of the whole region. */
  readonly counties: readonly string[]
  /** What these counties are called, as `countyOf` writes them, in the same order; absent: of the whole region. */
  readonly places?: readonly string[]
  /** From so many a day on it is an alarm: one less would have been none. Absent where there is no such number. */
  readonly from?: number
  /** Of how many days its count is, up to that one, where the method does not say. */
  readonly days?: number
  /** What found it, where the method has several: the rule (`cluster`), or what is silent (`counties`, `reporters`). */
  readonly rule?: string
  /** When it should have come (epoch ms), if the hub was away then. */
  readonly late?: number
  /** The group of kinds (`AR`); null: all of them. */
  readonly group: string | null
  /** The local day it is about, `2026-11-03`. */
  readonly day: string
  readonly level: Exclude<Level, 'green' | 'alert'>
  readonly count: number
  /** How many were to be expected; null where the method expects none (a rule, a silence). */
  readonly expected: number | null
  /** The statistic and the bound it passed, or p and its bound; null where there is none. */
  readonly statistic: { readonly name: string; readonly value: number; readonly bound: number } | null
  /** How many people reported on that day, and usually do; more than 30 % apart may be an effect of reporting. */
  readonly reporters: { readonly now: number; readonly usual: number }
  /** What it was found in, at most 20. */
  readonly incidents: readonly IncidentId[]
  readonly foundAt: number
  /** From when it no longer counts if nothing new comes; what ends it is told in words by `endOf`. */
  readonly endsAt: number
  readonly state: 'open' | 'dismissed' | 'over'
  readonly answeredBy: PersonId | null
  readonly answeredAt: number | null
  /** Why it was dismissed, in the words of whoever did. */
  readonly why: string | null
}

/** How a region stands: the worst of its layers, which alarms make it so, and who confirmed an alert. */
export type Warning = {
  readonly region: RegionCode
  readonly level: Level
  readonly since: number
  /** Most severe first. */
  readonly alarms: readonly Alarm[]
  /** Somebody confirmed `alert`, with a reason, until it is taken back. */
  readonly alert: { readonly by: PersonId; readonly at: number; readonly why: string } | null
}

/** Reads of early warning. */
export interface WarningReads {
  /** How each of these regions stands now, in their order. */
  standing(regions: 'all' | readonly RegionCode[]): Promise<readonly Warning[]>
  /** The alarm of that id, or null. */
  find(id: string): Promise<Alarm | null>
  /** Alarms found in a time (epoch ms), of some regions, newest first, at most 100. */
  found(
    span: { readonly from: number; readonly to: number },
    regions: 'all' | readonly RegionCode[],
  ): Promise<readonly Alarm[]>
}

/** What a rating of the weekly brief is about: rated 0 (calm) to 3 (severe), or the other way where it protects. */
export type Indicator = {
  readonly id: string
  readonly name: LocalText
  readonly layer: 'structural' | 'intermediate' | 'trigger' | 'capacity'
  /** It speaks for peace: 3 is good. */
  readonly protective: boolean
}

/** One indicator as somebody scored it. */
export type Score = {
  readonly indicator: string
  readonly value: 0 | 1 | 2 | 3
  readonly trend: 'rising' | 'steady' | 'falling'
}

/** The weekly brief of a region, as it was filled in; `week` is the Monday it began on, `2026-11-02`. */
export type Brief = {
  readonly region: RegionCode
  readonly week: string
  readonly scores: readonly Score[]
  /** The most likely, the worst and the best that may come, and what is recommended; sealed where they lie. */
  readonly words: { readonly likely: string; readonly worst: string; readonly best: string; readonly advice: string }
  readonly by: PersonId
  readonly at: number
}

/** Reads of weekly briefs. */
export interface BriefReads {
  /** The last finished briefs of a region, newest first. */
  latest(region: RegionCode, limit: number): Promise<readonly Brief[]>
  /** The finished brief of that region and week, or null. */
  find(region: RegionCode, week: string): Promise<Brief | null>
  /** The same, finished or not. */
  draft(region: RegionCode, week: string): Promise<(Brief & { readonly doneAt: number | null }) | null>
}
