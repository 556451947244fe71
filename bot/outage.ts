import { PlatformError, reasonOf } from '../workflows/errors.ts'
import type { Platform } from './platform.ts'

/**
 * How it stands with sending on one platform. Where nothing of it answers, one thing at a time tries it now and then,
 * most urgent first, and all the rest waits as it stands: nothing is worn out by tries, and no storm breaks out when it
 * is back.
 */
export type Outage = {
  /** Since when (epoch ms) nothing goes out, and why; null while the platform answers. */
  readonly state: () => { readonly since: number; readonly reason: string } | null
  /** How many places may get something now: all, one that tries it, or none. */
  readonly most: (all: number) => number
  /** The same platform, watched in what it answers; what takes longer than so many ms counts as no answer. */
  readonly watched: (platform: Platform, withinMs: number) => Platform
}

/** What an outage is measured with: epoch ms, ms of a stopwatch, and chance in [0, 1). */
export type OutageClocks = {
  readonly clock: () => number
  readonly stopwatch: () => number
  readonly random: () => number
}

// One lost answer is no outage.
const mostFailures = 3
const firstPauseMs = 1000
const longestPauseMs = 15_000

/** Begins with a platform that works, as far as anybody knows. */
export function createOutage({ clock, stopwatch, random }: OutageClocks): Outage {
  let failures = 0
  let since = 0
  let reason = ''
  let nextTry = 0
  let failedAt = 0

  const isOut = () => failures >= mostFailures

  function worked(): void {
    failures = 0
  }

  /** What was on its way beside the one that showed the outage says nothing new: the pause grows by one try each. */
  function failed(why: string, begunAt: number): void {
    reason = why
    if (isOut() && begunAt <= failedAt) return
    if (failures === 0) since = clock()
    failures += 1
    failedAt = stopwatch()
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, failures - mostFailures))
    nextTry = failedAt + pause * (0.75 + random() / 2)
  }

  async function heard<T>(work: Promise<T>, withinMs: number): Promise<T> {
    let late = false
    const begunAt = stopwatch()
    const timer = setTimeout(() => {
      late = true
      failed('no answer came in time', begunAt)
    }, withinMs)
    try {
      const done = await work
      worked()
      return done
    } catch (error) {
      if (isDown(error)) late || failed(reasonOf(error), begunAt)
      // Whoever refuses answers; who was kept back by the hub's own pace was not asked.
      else if (!(error instanceof PlatformError) || error.retryAfterMs === undefined) worked()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    state: () => (isOut() ? { since, reason } : null),
    most: all => (!isOut() ? all : stopwatch() < nextTry ? 0 : Math.min(1, all)),
    watched: (platform, withinMs) => ({
      ...platform,
      post: (to, message) => heard(platform.post(to, message), withinMs),
      edit: (message, to) => heard(platform.edit(message, to), withinMs),
      find: (to, key, since) => heard(platform.find(to, key, since), withinMs),
    }),
  }
}

/** True of a failure that is the platform's own: it could not be reached, was unwell, or takes nothing of the hub. */
function isDown(error: unknown): boolean {
  return error instanceof PlatformError && error.because === 'down'
}
