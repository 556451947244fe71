import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { PlatformError, reasonOf, StoreError } from '../workflows/errors.ts'
import type { PlatformName } from '../workflows/ids.ts'
import { lineUp } from './line.ts'
import { park } from './parking.ts'
import type { Platform, Raw, Whose } from './platform.ts'

/** What the intake works with; `clock` gives epoch ms, `platforms` who understands what was kept. */
export type IntakeOptions = {
  readonly store: Store
  readonly platforms: () => readonly Platform[]
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** How long (ms) a platform may take over one of them before it counts as failed; by default two minutes. */
  readonly slowMs?: number
}

/** Keeps what platforms hear, and hands it to them until they have understood it. */
export type Intake = {
  /**
   * Keeps it, and resolves once it is durable; then it is handed over, once, in the order it was kept. What was kept
   * before is left alone. @throws StoreError
   */
  readonly keep: (platform: PlatformName, raw: Raw) => Promise<void>
  /** Hands over again what was left, by a crash or a failure; false if it is nothing that a platform kept. */
  readonly again: (left: Left) => boolean
  /** How many more it can take in hand now. */
  readonly room: () => number
  /** Says that this process is still at what it has in hand. Gives false: there is no more to do. */
  readonly renew: () => Promise<boolean>
  /** Hands nothing over any more and waits for what is being handled; what waits its turn is left to the next. */
  readonly stop: () => Promise<void>
}

/** Something of the inbox that is due, leased to this process. */
export type Left = Awaited<ReturnType<Store['inbox']['due']>>[number]

// Renewed several times before it runs out; after a crash others wait for it to do so.
const leaseMs = 9_000
const most = 500
const usualSlowMs = 2 * 60_000
// Some four hours in all: as long as an outage of the platform may keep an answer from being given.
const pauses = [2, 8, 30, 120, 600, 1_800, 3_600, 7_200].map(seconds => seconds * 1000)

/** Makes the intake: durable first, in order, each in one process's hands at a time, and given up aloud. */
export function createIntake(options: IntakeOptions): Intake {
  const { store, clock, log, slowMs = usualSlowMs } = options
  const inHand = new Map<string, number>()
  const lines = lineUp()
  let last = 0

  async function keep(platform: PlatformName, raw: Raw): Promise<void> {
    const { body, order = '' } = raw
    // Each a moment of its own, because after a crash they are handed over in the order of these.
    last = Math.max(last + 1, clock())
    const key = `raw:${platform}:${raw.key}`
    const left: Left = { key, payload: JSON.stringify({ platform, order, body }), receivedAt: last, attempts: 0 }
    const kept = store.inbox.take(left, leaseMs)
    inHand.set(key, (inHand.get(key) ?? 0) + 1)
    enqueue({ platform, order, body }, left, kept)
    await kept
  }

  function enqueue(raw: Stored, left: Left, kept: Promise<boolean>): void {
    lines.add(`${raw.platform} ${raw.order}`, async stopped => {
      try {
        if (!(await kept.catch(() => false))) return
        if (stopped()) await store.inbox.hold([left.key], clock())
        else await hand(raw, left)
      } catch (error) {
        // It stays as it is in the database, and is due once its lease has run out.
        log.error({ err: error }, 'what became of something that was heard could not be kept')
      } finally {
        const others = (inHand.get(left.key) ?? 1) - 1
        if (others > 0) inHand.set(left.key, others)
        else inHand.delete(left.key)
      }
    })
  }

  async function hand(raw: Stored, left: Left): Promise<void> {
    try {
      await understood(raw, left)
    } catch (error) {
      return failed(raw, left, error)
    }
    await store.inbox.handled(left.key, clock())
  }

  async function understood({ platform: name, body }: Stored, { key, receivedAt: keptAt }: Left): Promise<void> {
    const platform = options.platforms().find(one => one.name === name)
    if (!platform?.handle) throw new PlatformError(name, 'the hub is not connected to it', { permanent: false })
    const late = Promise.withResolvers<never>()
    // What is late may still end well; then it is handed over again for nothing, because it counts once.
    const tooLate = () => late.reject(new PlatformError(name, 'it took too long', { permanent: false }))
    const timer = setTimeout(tooLate, slowMs).unref()
    await Promise.race([
      platform.handle({ key: key.slice(`raw:${name}:`.length), body, keptAt }),
      late.promise,
    ]).finally(() => clearTimeout(timer))
  }

  async function failed(
    { platform, body }: Stored,
    { key, receivedAt, attempts }: Left,
    error: unknown,
  ): Promise<void> {
    const reason = reasonOf(error)
    const over = error instanceof PlatformError && error.permanent ? undefined : pauses[attempts]
    const asked = error instanceof PlatformError ? error.retryAfterMs : undefined
    // Nothing is wrong with it where the database is.
    const wait = over ?? (error instanceof StoreError ? pauses.at(-1) : undefined)
    log.warn({ err: error, platform, attempts }, 'something that was heard could not be handled')
    if (wait !== undefined) return store.inbox.failed(key, reason, clock() + Math.max(wait, asked ?? 0))
    await park({ key, receivedAt, platform, whose: whoseIs(platform, body) }, reason, { store, now: clock() })
  }

  function whoseIs(name: PlatformName, body: string): Whose | null {
    try {
      return (
        options
          .platforms()
          .find(one => one.name === name)
          ?.whose?.({ body }) ?? null
      )
    } catch {
      // What cannot be read at all is nobody's.
      return null
    }
  }

  return {
    keep,
    again(left) {
      const raw = storedIn(left.payload)
      if (!raw) return false
      // In the hands of this process still: its lease ran out while the process was too busy to renew it.
      if (inHand.has(left.key)) return true
      inHand.set(left.key, 1)
      enqueue(raw, left, Promise.resolve(true))
      return true
    },
    room: () => Math.max(0, most - inHand.size),
    async renew() {
      await store.inbox.hold([...inHand.keys()], clock() + leaseMs)
      return false
    },
    stop: lines.stop,
  }
}

/** What stands in the inbox of something that a platform kept. */
type Stored = { readonly platform: PlatformName; readonly order: string; readonly body: string }

function storedIn(payload: string): Stored | null {
  const { platform, order = '', body } = JSON.parse(payload) as Partial<Stored>
  return typeof platform === 'string' && typeof body === 'string' ? { platform, order, body } : null
}
