import type { RegionCode } from './ids.ts'
import type { Credibility, Incident, Outcome, Status } from './incident.ts'
import type { Kind, Severity, Taxonomy } from './taxonomy.ts'
import { localParts, localTime } from './zone.ts'

/** A stretch of time in epoch ms: `from` belongs to it, `to` does not. */
export type Span = { readonly from: number; readonly to: number }

/**
 * What figures are asked for. Period 0 is `from` to `to`; period k (1 to 7) is the same hours `k * stride` ms
 * earlier: with `past = at - (from - 7 * stride)`, a moment belongs to period `7 - floor(past / stride)` if the
 * remainder of that division is below `to - from`, else to none.
 */
export type FigureWindow = Span & {
  /** The present, epoch ms: what is open is open now. */
  readonly now: number
  /** Ms between two periods: a day, or the whole length of a longer window. */
  readonly stride: number
  readonly regions: 'all' | readonly RegionCode[]
  /** Kinds that are good news: no load, listed apart. */
  readonly positive: readonly Kind[]
  /** Statuses of what turned out to need no response. */
  readonly setAside: readonly Status[]
  /** Since when (epoch ms) county loads, times to resolve and last reports look back. */
  readonly since: { readonly load: number; readonly resolutions: number; readonly silence: number }
  /** How many open S4 and S5, and how many good news, are listed at most. */
  readonly most: { readonly urgent: number; readonly positive: number }
  /** Only these kinds count; absent: all, and those of no kind yet. */
  readonly kinds?: readonly Kind[]
  /** RED ones count nowhere: the figures leave the network. */
  readonly withoutRed?: true
  /** When each day of the trend begins (epoch ms), oldest first, the last one ending at `to`; absent: no trend. */
  readonly days?: readonly number[]
}

/** How many incidents reported in a period (0 to 7) have that severity and stand at that status now. */
export type ReportedCount = {
  readonly period: number
  readonly severity: Severity
  readonly status: Status
  readonly count: number
}
/**
 * How many incidents were resolved in a period (0 to 7), by the time of resolving, and still are resolved or
 * closed.
 */
export type ResolvedCount = { readonly period: number; readonly severity: Severity; readonly count: number }
/** How many incidents reported in a period (0 to 7) are of that kind (null: none yet), the set aside left out. */
export type KindCount = { readonly period: number; readonly kind: Kind | null; readonly count: number }
/** How many incidents are open now in a region, at that severity and status (reported: nobody has it). */
export type OpenCount = {
  readonly region: RegionCode
  readonly severity: Severity
  readonly status: Status
  readonly count: number
}
/**
 * So many incidents took (`done`) or have so far waited (`done: false`) that many minutes, each begun minute counted
 * whole. Waiting is measured up to `now`.
 */
export type DurationCount = {
  readonly severity: Severity
  readonly minutes: number
  readonly done: boolean
  readonly count: number
}
/** So many incidents of a county (see `countyOf`), reported that many whole days before `now`; `within` period 0. */
export type CountyCount = {
  readonly county: string
  readonly severity: Severity
  readonly credibility: Credibility
  readonly day: number
  readonly within: boolean
  readonly count: number
}
/** How many incidents have that credibility. */
export type CredibilityCount = { readonly credibility: Credibility; readonly count: number }
/** How many incidents reported on that day of `window.days` (0: the oldest) have that severity. */
export type DayCount = { readonly day: number; readonly severity: Severity; readonly count: number }
/** How many incidents ended like that (null: nobody said how). */
export type OutcomeCount = { readonly outcome: Outcome | null; readonly count: number }
/** As `DurationCount`, of one region. */
export type RegionDurationCount = DurationCount & { readonly region: RegionCode }

/**
 * Everything a summary needs, as the database counts it: one indexed GROUP BY each, bounded by the window and by
 * what is open, however long the history. Only asked regions count. Restricted incidents are in no
 * figure. "Set aside" are the statuses of `window.setAside`.
 */
export type Figures = {
  readonly window: FigureWindow
  /** Reported in periods 0 to 7, set aside included. */
  readonly reported: readonly ReportedCount[]
  readonly resolved: readonly ResolvedCount[]
  readonly kinds: readonly KindCount[]
  readonly open: readonly OpenCount[]
  /** Reported before `from` and either open now or resolved at `from` or later: the open ones at the start. */
  readonly openAtStart: number
  /** Open S4 and S5, most severe first, then oldest; at most `window.most.urgent`. */
  readonly urgent: readonly Incident[]
  /** Reported in period 0, not set aside: minutes from report to first claim; not `done` if open and never claimed. */
  readonly claims: readonly RegionDurationCount[]
  /**
   * The same to the first thing that anybody but its reporter did about it, and to the first that was done once it was
   * claimed: news, a check, a step of a protocol, an end.
   */
  readonly seen: readonly DurationCount[]
  readonly actions: readonly DurationCount[]
  /**
   * Reported from `since.resolutions` to `to`, not set aside: minutes from report to resolution; not `done` if
   * open.
   */
  readonly resolutions: readonly DurationCount[]
  /** Open now and never claimed, S2 and above, whenever reported: minutes waited; `done` is always false. */
  readonly unclaimed: readonly DurationCount[]
  /** How many reports from outside the roster wait to be checked; they stand in no other figure. */
  readonly waiting?: number
  /** The longest open of S2 and above, or null. */
  readonly oldestOpen: Incident | null
  /** Reported since `since.load`, county known, not set aside, no good news. */
  readonly counties: readonly CountyCount[]
  /** Reported in period 0, not set aside. */
  readonly credibility: readonly CredibilityCount[]
  /** The longest open and unverified of S3 and above, or null. */
  readonly oldestUnverified: Incident | null
  /** Regions with a report since `since.silence`, and the time of the last; a region that is missing is silent. */
  readonly lastReports: readonly { readonly region: RegionCode; readonly at: number }[]
  /** Good news reported in period 0, newest first, not set aside; at most `window.most.positive`. */
  readonly positives: readonly Incident[]
  /** Reported on the days of `window.days`, not set aside. */
  readonly trend: readonly DayCount[]
  /** Resolved in period 0, and still resolved or closed. */
  readonly outcomes: readonly OutcomeCount[]
  /** How many people have an open one now. */
  readonly deployed: number
  /** Open ones for which a protocol is worked through, or was, most severe first; at most 200. */
  readonly running: readonly Incident[]
}

const hour = 3_600_000
const day = 24 * hour

/**
 * The window to ask figures for: a span, compared with the same hours of the seven days (or spans, if longer)
 * before.
 */
export function figureWindow(
  span: Span,
  asked: Pick<FigureWindow, 'regions' | 'kinds' | 'withoutRed'> & {
    readonly taxonomy: Taxonomy
    readonly now: number
    /** The zone whose days the trend has; absent: no trend. */
    readonly zone?: string
  },
): FigureWindow {
  const { zone, kinds, withoutRed } = asked
  return {
    ...(zone === undefined ? {} : { days: trendDays(span.to, zone) }),
    ...(kinds ? { kinds } : {}),
    ...(withoutRed ? { withoutRed } : {}),
    from: span.from,
    to: span.to,
    now: asked.now,
    stride: Math.max(day, span.to - span.from),
    regions: asked.regions,
    positive: asked.taxonomy.kinds.filter(kind => kind.positive).map(kind => kind.code),
    setAside: ['dismissed', 'duplicate', 'withdrawn', 'unfounded'],
    since: { load: asked.now - 14 * day, resolutions: span.to - 7 * day, silence: asked.now - 48 * hour },
    most: { urgent: 12, positive: 5 },
  }
}

/** How many days a trend has. */
const trendLength = 14

/**
 * When each of the last fourteen days begins, the last of them ending at `to` (epoch ms): a day that is not over would
 * always look like a quiet one.
 */
function trendDays(to: number, zone: string): readonly number[] {
  const { year, month, day, hour, minute } = localParts(to, zone)
  return Array.from({ length: trendLength }, (_, index) =>
    localTime({ year, month, day: day - trendLength + index, hour, minute }, zone),
  )
}

/** A county with its state, as the county column and summaries name it: `Maricopa County, AZ`; null if unknown. */
export function countyOf(place: Incident['place']): string | null {
  if (place.county === null) return null
  return place.usState === null ? place.county : `${place.county}, ${place.usState}`
}
