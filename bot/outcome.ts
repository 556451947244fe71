import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { type Room, roomsFor } from '../workflows/directory.ts'
import { HubError, PlatformError, reasonOf } from '../workflows/errors.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { plainView } from '../workflows/view.ts'
import type { Platform } from './platform.ts'

/** What delivery works with; `holder` names this process in leases. */
export type DeliveryOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly log: Logger
}

// After some twenty minutes it is said aloud; the tries go on for some eight hours, for an outage may last that long.
const saidAfter = 12
const mostTries = 100

/** What a failed try means; `aloud`: it has gone on for so long, or so surely, that people must know. */
export type Problem = { readonly reason: string; readonly aloud: boolean } & (
  | { readonly outcome: 'none'; readonly retryAt: number | null }
  | { readonly outcome: 'unknown'; readonly retryAt: number }
)

/** What a failed try means, by how often it was tried (times in epoch ms). */
export function judge(error: unknown, attempts: number, now: number): Problem {
  const reason = reasonOf(error)
  const over = attempts >= mostTries || (error instanceof PlatformError && error.permanent)
  const aloud = over || attempts === saidAfter
  if (over) return { outcome: 'none', reason, aloud, retryAt: null }
  const asked = error instanceof PlatformError || error instanceof Unsettled ? error.retryAfterMs : undefined
  const retryAt = now + (asked ?? Math.min(5 * 60_000, 500 * 2 ** attempts))
  // A platform that names the hour for the next try has refused this one.
  if (error instanceof PlatformError && asked !== undefined) return { outcome: 'none', reason, aloud, retryAt }
  return { outcome: 'unknown', reason, aloud, retryAt }
}

/** What could not be delivered is said to the coordinators, once. */
export async function giveUp(
  key: string,
  name: string,
  reason: string,
  { store, clock, log }: DeliveryOptions,
): Promise<void> {
  log.warn({ key, reason }, 'gave up a delivery')
  const view = plainView([phrase('hub.gave-up', { where: { words: name }, reason: { words: reason } })])
  const rooms: readonly Room[] = roomsFor(store.roster.directory(), 'coordination')
  const posts = rooms.map(
    (room): Post => ({
      key: `gave-up:${key}:${room.id}`,
      to: { room: room.id },
      incident: null,
      thread: false,
      lane: 'claim',
      view,
    }),
  )
  await store.outbox.add(posts, clock())
}

/** A failure after which it is not known whether the message stands. */
export class Unsettled extends HubError {
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs: number | undefined) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}
