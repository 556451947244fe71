import type { Lane } from './change.ts'
import type { ProcessPulse, ToolPulse } from './pulse.ts'

/** How many wait (counted up to a thousand), and since when the oldest does (epoch ms); null: none waits. */
export type Backlog = { readonly count: number; readonly oldestAt: number | null }

/** What is still to be done, by kind; of posts and cards by urgency. */
export type Queues = {
  readonly posts: Readonly<Record<Lane, Backlog>>
  /** Cards that do not show the present state. */
  readonly cards: Readonly<Record<Lane, Backlog>>
  /** Clocks that are due and have not rung. */
  readonly timers: Backlog
  /** What came in and is not handled yet, and what was given up. */
  readonly inbox: Backlog
  readonly parked: Backlog
  /** Files that a tool still has. */
  readonly fetches: Backlog
  /** Posts and cards that came to rest without having been sent. */
  readonly stuck: number
}

/** What the database says of itself: its bytes, and how long (ms) it took to answer. */
export type DatabaseFacts = { readonly queues: Queues; readonly bytes: number; readonly answerMs: number }

/** Free bytes on the disk of a folder. */
export type DiskFacts = { readonly folder: 'database' | 'files'; readonly freeBytes: number }

/** The backups: when the newest that is whole was made, how old (ms) it may become, and what went wrong since. */
export type BackupHealth = {
  readonly madeAt: number | null
  readonly mostMs: number
  readonly problem: 'phrase' | 'space' | 'failed' | 'copied' | null
}

/** How it goes with the call to the outside watcher: when it last answered, and since when it does not. */
export type WatcherFacts = { readonly answeredAt: number | null; readonly failingSince: number | null }

/** How it stands with the hub, as far as it can tell by itself; times in epoch ms. */
export type Health = {
  readonly now: number
  readonly version: string
  /** How long ago (ms) this process could last commit something; it tries four times a minute. */
  readonly committedMs: number
  /** Null: the database does not answer in time. */
  readonly database: DatabaseFacts | null
  /** Summaries that were due and are not posted yet. */
  readonly summaries: Backlog
  readonly disks: readonly DiskFacts[]
  /** The chat tools, by what the process knows that heard of them last. */
  readonly tools: readonly ToolPulse[]
  /** All processes, this one included. */
  readonly processes: readonly ProcessPulse[]
  /** Null where the database is backed up by other means. */
  readonly backup: BackupHealth | null
  /** Null where no watcher is set. */
  readonly watcher: WatcherFacts | null
}

/** Nothing waits. */
export const noBacklog: Backlog = { count: 0, oldestAt: null }

/** Both together. */
export function joined(one: Backlog, other: Backlog): Backlog {
  const times = [one.oldestAt, other.oldestAt].filter(at => at !== null)
  return { count: one.count + other.count, oldestAt: times.length > 0 ? Math.min(...times) : null }
}
