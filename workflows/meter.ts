/** What a figure is about: a few fixed words each, never a person, a room or what somebody wrote. */
export type Labels = Readonly<Record<string, string>>

/** One figure of a family; of a histogram `part` names its own line, such as `_sum`. */
export type Sample = { readonly labels: Labels; readonly value: number; readonly part?: '_bucket' | '_sum' | '_count' }

/** Figures of one name, as Prometheus takes them. */
export type Family = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

/** What is counted as it happens. */
export type Counted = 'interactions' | 'reports' | 'sends' | 'limits' | 'heartbeats'

/** How long something took, in seconds. */
export type Timed = 'answer' | 'commit' | 'send'

/** Counts what happens; never fails, and keeps nobody waiting. */
export type Meter = {
  readonly count: (what: Counted, labels: Labels, by?: number) => void
  readonly time: (what: Timed, seconds: number, labels: Labels) => void
}

/** Counts nothing. */
export const noMeter: Meter = { count: () => {}, time: () => {} }
