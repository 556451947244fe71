import { type Lane, lanes } from '../../workflows/change.ts'
import type { Backlog, DatabaseFacts, Health, Queues } from '../../workflows/health.ts'
import type { ProcessPulse, Pulse } from '../../workflows/pulse.ts'

/** The moment at which these hubs are looked at: 16:00 UTC on a Monday. */
export const noon = Date.UTC(2026, 9, 19, 16)
/** A minute, an hour, a GiB. */
export const minute = 60_000
/** An hour in ms. */
export const hour = 60 * minute
/** A GiB in bytes. */
export const GiB = 1024 ** 3

/** So many that wait, the oldest of them for so long (ms). */
export const waiting = (count: number, ageMs: number): Backlog => ({ count, oldestAt: noon - ageMs })

const none: Backlog = { count: 0, oldestAt: null }
const calm = () => Object.fromEntries(lanes.map(lane => [lane, none])) as Record<Lane, Backlog>

/** A process that is well. */
export function pulse(more: Partial<Omit<ProcessPulse, 'facts'>> = {}, facts: Partial<Pulse> = {}): ProcessPulse {
  const well: Pulse = { aheadMs: 2, memory: 200 * 1024 ** 2, memoryShare: 0.2, loops: [], tools: [] }
  const plain = { id: 'one', host: 'hub-1', version: '1.0.0', startedMs: 3 * hour, ageMs: 0 }
  return { ...plain, ...more, facts: { ...well, ...facts } }
}

/** A hub that is well, but for this; `queues` says what waits. */
export function hub({ queues = {}, ...more }: Partial<Health> & { readonly queues?: Partial<Queues> } = {}): Health {
  const all: Queues = {
    posts: calm(),
    cards: calm(),
    timers: none,
    inbox: none,
    parked: none,
    fetches: none,
    stuck: 0,
    ...queues,
  }
  const database: DatabaseFacts = { queues: all, bytes: 45_000_000, answerMs: 2 }
  return {
    now: noon,
    version: '1.0.0',
    committedMs: 4000,
    database,
    summaries: none,
    disks: [{ folder: 'database', freeBytes: 12 * GiB }],
    tools: [],
    processes: [pulse()],
    backup: { madeAt: noon - 9 * hour, mostMs: 26 * hour, problem: null },
    watcher: { answeredAt: noon - minute, failingSince: null },
    ...more,
  }
}

/** What waits in one lane only. */
export function lane(name: Lane, backlog: Backlog): Record<Lane, Backlog> {
  return { ...calm(), [name]: backlog }
}
