import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { ClosedRoom } from '../db/stuck.ts'
import type { Destination, Lane } from '../workflows/change.ts'
import type { Room } from '../workflows/directory.ts'
import { HubError, PlatformError, reasonOf } from '../workflows/errors.ts'
import type { IncidentId, RoomId } from '../workflows/ids.ts'
import type { StuckItem } from '../workflows/stuck.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { Depicting } from './depicting.ts'
import type { Platform } from './platform.ts'
import { setBack } from './setbacks.ts'

/** What delivery works with; `holder` names this process in leases. */
export type DeliveryOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly log: Logger
  /** Measures in ms how long things take; by default on the machine's own clock. */
  readonly stopwatch?: () => number
  /** Chance in [0, 1), by which pauses differ; by default the machine's. */
  readonly random?: () => number
  /** What draws the pictures of posts; absent: they go out as they are. */
  readonly depicting?: Pick<Depicting, 'message'>
  /** How long (ms) a card rests after an edit before it is edited again; by default a second or some. */
  readonly restMs?: number
}

/**
 * What sends on one platform; `shut` are its rooms that are closed now, `sendMs` how long an answer may take, `isOut`
 * whether nothing of the platform answers, which is told by itself.
 */
export type Desk = DeliveryOptions & {
  readonly platform: Platform
  readonly sendMs: number
  readonly shut: Map<RoomId, ClosedRoom>
  readonly isOut: () => boolean
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
// Pauses between tries grow up to so long: an alarm is tried again soon and often, a summary has time.
const longest: Readonly<Record<Lane, number>> = {
  S5: 15 * second,
  S4: 30 * second,
  claim: minute,
  talk: 2 * minute,
  broadcast: 5 * minute,
  summary: 5 * minute,
}
// The tries go on for some eight hours, for an outage may last that long.
const triedFor = 8 * hour
// After a minute or two of an alarm, some ten of all else, it is said aloud.
const saidAfter = { urgent: 8, other: 12 }
// A platform that asks to wait is busy.
const busyFor = hour
const saidWithin = 15 * minute
/** How long (ms) the answer to something sent may still come where nothing can be looked up. */
export const graceMs = minute

// What nobody answered may be carried out a little later still: who looks at once does not see it, and sends again.
const carriedOutMs = 3 * second

/** What a failed try means; `aloud`: it has gone on for so long, or so surely, that people must know. */
export type Problem = { readonly reason: string; readonly aloud: boolean } & (
  | { readonly outcome: 'none'; readonly retryAt: number | null; readonly counted: boolean }
  | { readonly outcome: 'unknown'; readonly retryAt: number }
)

/** How often something was tried, since when (epoch ms) it waits, and how urgent it is. */
export type Tried = { readonly attempts: number; readonly since: number; readonly lane: Lane }

/** What a failed try means on the desk's platform (times in epoch ms). */
export function judge(error: unknown, { attempts, since, lane }: Tried, desk: Judging, now: number): Problem {
  const reason = reasonOf(error)
  const asked = error instanceof PlatformError || error instanceof Unsettled ? error.retryAfterMs : undefined
  const permanent = error instanceof PlatformError && error.permanent
  // That a whole platform is out is told once, not of each thing that waits for it.
  const out = desk.isOut()
  // A platform that names the hour for the next try has refused this one: it is no failure to be counted.
  if (error instanceof PlatformError && !permanent && asked !== undefined) {
    const waited = now - since
    const aloud = !out && waited >= busyFor && waited < busyFor + saidWithin
    return { outcome: 'none', reason, aloud, retryAt: now + asked, counted: false }
  }
  const over = permanent || attempts >= triedFor / longest[lane]
  const urgent = lane === 'S5' || lane === 'S4'
  const aloud = over || (!out && attempts === (urgent ? saidAfter.urgent : saidAfter.other))
  if (over) return { outcome: 'none', reason, aloud, retryAt: null, counted: true }
  const pause = asked ?? pauseAfter(attempts, lane, desk.random)
  return { outcome: 'unknown', reason, aloud, retryAt: now + Math.max(pause, isUnanswered(error) ? carriedOutMs : 0) }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof Unsettled || (error instanceof PlatformError && error.because === 'down')
}

type Judging = Pick<Desk, 'isOut' | 'random'>

/** How long (ms) to wait after so many tries: twice as long each time, up to the lane's longest, and never in step. */
function pauseAfter(attempts: number, lane: Lane, random: () => number = Math.random): number {
  const pause = Math.min(longest[lane], 500 * 2 ** Math.min(attempts, 20))
  return Math.round(pause * (0.8 + 0.4 * random()))
}

/** What could not be delivered is said to the coordinators, once. */
export async function giveUp(
  key: string,
  to: Destination,
  incident: IncidentId | null,
  reason: string,
  options: DeliveryOptions,
): Promise<void> {
  options.log.warn({ key, reason }, 'gave up a delivery')
  await setBack({ key: `gave-up:${key}`, kind: 'failed', to, incident, item: null, reason }, options)
}

/**
 * Where words still stand that must go, since the tool lets nobody take them away, is said to the coordinators, once;
 * `incident` null: which one it is may not be named there.
 */
export async function sayStands(
  key: string,
  to: Destination,
  incident: IncidentId | null,
  reason: string,
  options: DeliveryOptions,
): Promise<void> {
  options.log.warn({ incident, reason }, 'words that must go still stand')
  await setBack({ key: `stands:${key}`, kind: 'stands', to, incident, item: null, reason }, options)
}

/** Nobody can tell whether it arrived: a person decides. */
export async function askWhether(
  item: StuckItem,
  to: Destination,
  incident: IncidentId | null,
  options: DeliveryOptions,
): Promise<void> {
  options.log.warn({ item }, 'nobody can tell whether something was sent')
  // Sent once more, it may come to the same again; that is news.
  const key = `unsure:${JSON.stringify(item)}:${options.clock()}`
  await setBack({ key, kind: 'unsure', to, incident, item, reason: 'no answer came back' }, options)
}

/** Somebody could not be told something urgent on any account. */
export async function sayUnreachable(
  to: Destination,
  about: string,
  reason: string,
  options: DeliveryOptions,
): Promise<void> {
  await setBack({ key: `unreachable:${about}`, kind: 'unreachable', to, incident: null, item: null, reason }, options)
}

/**
 * A room refused for good: until it takes something again, one message at a time tries it and the rest waits. Said
 * once a day for each room and reason.
 */
export async function shutRoom(room: Room, error: unknown, desk: Desk): Promise<ClosedRoom> {
  const { store, clock, log, shut } = desk
  const now = clock()
  const reason = reasonOf(error)
  const closed = await store.stuck.close(room.id, reason, now)
  shut.set(room.id, closed)
  log.warn({ room: room.id, reason, tries: closed.tries }, 'a room cannot be written to')
  const why = createHash('sha256').update(reason).digest('base64url').slice(0, 12)
  const key = `closed:${room.id}:${why}:${Math.floor(closed.since / dayMs)}`
  await setBack({ key, kind: 'closed', to: { room: room.id }, incident: null, item: null, reason }, desk)
  return closed
}

/** The room took something: whatever was put aside for it goes out. */
export async function reopenRoom(room: RoomId, { store, clock, shut }: Desk): Promise<void> {
  if (shut.delete(room)) await store.stuck.open(room, clock())
}

/** True if the platform refused for good, and neither the person nor the one message is what it refused. */
export function isShut(error: unknown): boolean {
  return error instanceof PlatformError && error.permanent && error.because !== 'stale'
}

/** Whether a post is a notice of delivery itself, about which there is no notice. */
export function isNotice(key: string): boolean {
  return key.startsWith('setbacks:')
}

const dayMs = 24 * 60 * minute

/** A failure after which it is not known whether the message stands. */
export class Unsettled extends HubError {
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}
