import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { isOver } from '../workflows/broadcast/state.ts'
import type { Broadcast, BroadcastDeed } from '../workflows/broadcast.ts'
import { HubError, StoreError } from '../workflows/errors.ts'
import type { BroadcastId, PlatformName } from '../workflows/ids.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { createFallback } from './fallback.ts'
import { createFeeder } from './feeder.ts'
import { createHold } from './hold.ts'
import { listRecipients } from './listing.ts'
import { transact } from './transact.ts'

/** What broadcasts are sent with; `platforms` are the tools that the hub is connected to. */
export type MailingOptions = {
  readonly store: Store
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'info' | 'error'>
  /** Measures in ms; by default on the machine's own clock. */
  readonly stopwatch?: () => number
  /** How many times faster than documented or assumed the tools take messages; 1 but in measurements. */
  readonly faster?: number
}

/** Sends broadcasts: lists who gets each once it begins, and gives them to the outbox a few at a time. */
export type Mailing = {
  /** Begins and ends what is due, and gives as many as have room in the outbox; true if there may be more. */
  readonly run: () => Promise<boolean>
  /** Gives back the right to do so. */
  readonly release: () => Promise<void>
}

const most = 50
const dueAtOnce = 10
// So soon something more has gone out, and there is room for the next ones.
const restMs = 250
// Who gives no answer is looked for now and then.
const silentMs = 5_000
const putOffMs = 60_000

/** Makes it; one process at a time sends broadcasts, and whatever dies, the next one goes on where it stood. */
export function createMailing(options: MailingOptions): Mailing {
  const { store, clock, holder, wake, pause, log, stopwatch = () => performance.now() } = options
  const hold = createHold({ leases: store.leases, name: 'mailing', holder, stopwatch })
  const feeder = createFeeder(options)
  const fallback = createFallback(options)
  const putOff = new Map<BroadcastId, number>()
  // Those that this process has seen under way; null: it has not looked yet.
  let seen: ReadonlySet<BroadcastId> | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  async function run(): Promise<boolean> {
    if (!(await hold.keep())) return false
    const due = await store.broadcasts.due(clock(), dueAtOnce)
    for (const one of due) await attempt(one, () => (one.state === 'approved' ? begin(one) : expire(one)))
    const going = await store.broadcasts.latest({ states: ['sending', 'paused'], limit: most })
    await callOff(new Set(going.map(one => one.id)))
    const given = await feeder.feed(going)
    if (given > 0) wake()
    for (const one of going) if (one.state === 'sending') await attempt(one, () => finish(one))
    if (stopwatch() - askedAt >= silentMs) {
      askedAt = stopwatch()
      if ((await fallback.run(going)) > 0) wake()
    }
    if (given === 0) return false
    await pause(restMs)
    return true
  }

  /** One that cannot go on must not stop the others: it is put off by a minute. */
  async function attempt({ id }: Broadcast, work: () => Promise<void>): Promise<void> {
    if ((putOff.get(id) ?? 0) > clock()) return
    try {
      await work()
      putOff.delete(id)
    } catch (error) {
      if (error instanceof StoreError) throw error
      putOff.set(id, clock() + putOffMs)
      log.error({ err: error instanceof HubError ? error.message : error, broadcast: id }, 'a broadcast cannot go on')
    }
  }

  async function begin(broadcast: Broadcast): Promise<void> {
    const { id } = broadcast
    const counted = await listRecipients(broadcast, options)
    if (!counted || !hold.has()) return
    await does(id, { type: 'begin', counted })
    const after = await store.broadcasts.find(id)
    // It has grown, and waits for approval: who gets it is looked up anew then.
    if (after && after.startedAt === null) await store.recipients.clear(id)
    else log.info({ broadcast: id, ...counted }, 'a broadcast begins')
  }

  async function expire({ id }: Broadcast): Promise<void> {
    await does(id, { type: 'expire' })
    await store.recipients.drop(id, 'its time is over')
  }

  /** What ended otherwise than by reaching everybody goes to nobody any more. */
  async function callOff(going: ReadonlySet<BroadcastId>): Promise<void> {
    const ended = seen
      ? await Promise.all([...seen].filter(id => !going.has(id)).map(store.broadcasts.find))
      : await store.broadcasts.latest({ states: ['cancelled', 'expired'], limit: most })
    for (const one of ended) {
      if (!one || !isOver(one) || one.state === 'sent' || one.startedAt === null) continue
      await store.recipients.drop(one.id, one.state === 'expired' ? 'its time is over' : 'it was called off')
    }
    seen = going
  }

  async function finish({ id, corrections }: Broadcast): Promise<void> {
    if (corrections.at(-1)?.recall) await store.recipients.drop(id, 'it was taken back')
    if (feeder.waits(id) || (await store.recipients.open(id))) return
    await store.recipients.settle(id)
    await does(id, { type: 'end' })
    log.info({ broadcast: id }, 'a broadcast has gone out')
    wake()
  }

  async function does(about: BroadcastId, deed: BroadcastDeed): Promise<void> {
    await transact(
      {
        ...{ key: null, actor: null, now: clock(), action: { type: 'broadcast', about, do: deed } },
        words: { what: null, where: null },
        say: () => ({ type: 'nothing' }),
      },
      options,
    )
  }

  return { run, release: hold.release }
}
