import type { LocalText } from './broadcast.ts'
import type { Edition } from './edition.ts'
import type { Severity } from './taxonomy.ts'

/**
 * One county of a map: its load (null: not told), how many reports, and the worst of them (null: none, or not told).
 * `few`: shown as "<3"; `untold`: as "–", because others would give it back; neither tells count, load or worst.
 * `alarm`: early warning found something there.
 */
export type CountyMark = {
  readonly code: string
  readonly count: number
  readonly load: number | null
  readonly worst: Severity | null
  readonly few?: true
  readonly untold?: true
  readonly alarm?: true
}

/**
 * A map of one state, several, or the whole country; `codes` are states (`04`), empty: all of them. In another country
 * they are areas as its boundary file has them. `unplaced` reports have no county.
 */
export type MapDrawing = {
  readonly codes: readonly string[]
  readonly counties: readonly CountyMark[]
  readonly unplaced?: number
}

/**
 * Reports a day by severity (S1 to S5) over 14 days, oldest first; `day` is the local date on which it ends,
 * `2026-11-03`, `until` the hour at which all of them do, `07:00`. `plain`: how severe they were is not told, and all
 * of a day stand as its first count.
 */
export type TrendDrawing = {
  readonly days: readonly {
    readonly day: string
    readonly counts: readonly [number, number, number, number, number]
    /** The mean of this day and the six before it; null: not told. */
    readonly mean: number | null
    /** One or two, shown as "<3"; the counts do not tell which. */
    readonly few?: true
  }[]
  readonly until?: string
  readonly plain?: true
}

/**
 * Minutes from report to first claim in each region; `median` is null where fewer than five were claimed; `over`: more
 * than that, as too many still wait.
 */
export type ClaimsDrawing = {
  readonly regions: readonly {
    readonly name: string
    readonly n: number
    readonly median: number | null
    readonly over?: true
  }[]
}

/** How old (ms) the last report of each region is, null: none for two days; how many are on duty for it. */
export type CoverageDrawing = {
  readonly regions: readonly { readonly name: string; readonly age: number | null; readonly available: number }[]
}

/** What a picture shows: plain figures, no incident, no person, already cut down to its edition. */
export type Drawing = {
  readonly kind: 'summary' | 'map' | 'trend'
  readonly title: LocalText
  readonly subtitle: LocalText
  readonly edition: Edition
  readonly theme: 'light' | 'dark'
  /** Made up for an exercise: it says so across its top. */
  readonly exercise: boolean
  readonly map: MapDrawing | null
  readonly trend: TrendDrawing | null
  readonly claims: ClaimsDrawing | null
  readonly coverage: CoverageDrawing | null
}

/** A picture to go with a message, and what it shows in words, at most 300 characters in each language. */
export type Picture = { readonly drawing: Drawing; readonly alt: LocalText }
