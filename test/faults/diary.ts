import type { Tool } from '../journeys/net.ts'
import type { Cast } from './casting.ts'
import type { Deed } from './plan.ts'

/** A report as it was planned. */
export type Report = Extract<Deed, { type: 'report' }>

/** What somebody was told at last about what they sent in; `silent`: nothing, though they asked again and again. */
export type Told = 'received' | 'not-received' | 'unsure' | 'kept' | 'refused' | 'silent'

/** What became of a report on its reporter's side. `id` stands as soon as they were told it. */
export type Filed = {
  readonly report: Report
  told: Told
  id: string | null
  /** When they were told so. */
  at: number
}

/** A line that somebody wrote under a card; `tries` were those that failed. */
export type Line = {
  readonly n: number
  readonly who: string
  readonly tool: Tool
  readonly room: string
  readonly card: string
  readonly message: string
  readonly at: number
  word: string
  /** The words it had before they were changed. */
  former: string | null
  gone: boolean
}

/** All that people did and were told in a day, as they themselves would tell it. */
export type Diary = {
  readonly filed: Map<number, Filed>
  readonly lines: Map<number, Line>
  readonly casts: Map<number, Cast>
  /** When a hub was killed or frozen, or its ground went away. */
  readonly deaths: number[]
  /** What people read in windows that they have closed since. */
  readonly pages: Set<string>
  /** Deeds that were done, by type, and those that nobody could do, by type. */
  readonly done: Map<string, number>
  readonly skipped: Map<string, number>
  /** What went wrong, by type. */
  readonly troubles: Map<string, number>
  /** What people met that is no promise broken, by what it was. */
  readonly met: Map<string, number>
}

/** An empty diary. */
export function openDiary(): Diary {
  return {
    ...{ filed: new Map(), lines: new Map(), pages: new Set(), deaths: [], done: new Map(), skipped: new Map() },
    casts: new Map(),
    ...{ troubles: new Map(), met: new Map() },
  }
}

/** One more of that. */
export function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}
