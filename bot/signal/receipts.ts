import type { Logger } from 'pino'
import { z } from 'zod'
import type { MessageRef } from '../../workflows/delivery.ts'
import { reasonOf } from '../../workflows/errors.ts'
import type { Receipts as Counter, Sighting, Target } from '../platform.ts'
import { directRoom, messageRef, readRef } from './address.ts'
import type { Client, Letter } from './client.ts'
import { parseFrame } from './envelope.ts'
import { SignalError } from './refusal.ts'

/** Who has received and read what the hub sent. */
export type Receipts = {
  /** Takes a frame if it is a receipt, to be counted soon; false if it is none. Never throws. */
  readonly take: (body: string) => boolean
  /** The same client, of which it is known when something was sent whose answer was lost. */
  readonly watch: (client: Client) => Client
  /** A post went out as these messages; never rejects. */
  readonly posted: (key: string, refs: readonly MessageRef[]) => Promise<void>
  /** Sending a post of one piece there failed; where its answer was lost, a receipt may tell that it arrived. */
  readonly lost: (key: string, to: Target, error: unknown) => void
  /** Counts what waits now; never rejects. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

type Options = {
  readonly number: string
  readonly counter: Counter
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
  /** How often (ms) they are counted. */
  readonly everyMs?: number
}

type Lost = { readonly key: string; readonly to: Target; readonly from: number; readonly until: number }
type Waiting = Sighting & { readonly names: readonly string[]; readonly since: number }

const receipt = z.object({
  isDelivery: z.boolean().nullish(),
  isRead: z.boolean().nullish(),
  isViewed: z.boolean().nullish(),
  timestamps: z.array(z.number().int().positive()).max(1_000),
})

const usualMs = 2_000
// Receipts may come before the answer to what they are about; after that nobody knows what they are about.
const patienceMs = 90_000
// As many as a room of two hundred sends for a hundred messages: what is more is dropped, for nothing hangs on it.
const most = 20_000
const mostLost = 50
// The clock of the API's machine may differ from this one's.
const skewMs = 2_000

/**
 * Makes what gathers receipts. They come by the dozen for every message in a group, so they are counted in memory and
 * written together; a crash loses some, which then read as sent only.
 */
export function createReceipts({ number, counter, clock, log, everyMs = usualMs }: Options): Receipts {
  let waiting: Waiting[] = []
  const lost: Lost[] = []
  const windows = new WeakMap<object, { readonly from: number; readonly until: number }>()
  let counting: Promise<void> | null = null
  const timer = setInterval(() => void flush(), everyMs).unref()

  function take(body: string): boolean {
    const envelope = parseFrame(body)?.envelope
    const read = receipt.safeParse(envelope && 'receiptMessage' in envelope ? envelope.receiptMessage : null)
    const names = [envelope?.sourceUuid, envelope?.sourceNumber, envelope?.source].flatMap(name => name || [])
    const [by] = names
    if (!read.success || !by) return false
    const { isRead, isViewed, timestamps } = read.data
    const how = isRead || isViewed ? 'read' : 'received'
    const since = clock()
    const room = Math.max(0, most - waiting.length)
    waiting.push(...timestamps.slice(0, room).map(at => ({ message: `${at}`, by, how, names, since }) as const))
    return true
  }

  function flush(): Promise<void> {
    counting ??= count().finally(() => {
      counting = null
    })
    return counting
  }

  async function count(): Promise<void> {
    if (waiting.length === 0) return
    const taken = waiting
    waiting = []
    try {
      const unknown = new Set((await counter.count(taken)).map(keyOf))
      const left = taken.filter(one => unknown.has(keyOf(one)))
      for (const one of left) await settle(one)
      const young = left.filter(one => clock() - one.since < patienceMs)
      waiting = [...young, ...waiting].slice(0, most)
    } catch (error) {
      waiting = [...taken, ...waiting].slice(0, most)
      log.warn({ reason: reasonOf(error) }, 'who has seen what on Signal could not be counted yet')
    }
  }

  /** What was sent in that moment, and to them, is the message whose answer was lost; if it can only be that one. */
  async function settle({ message, names }: Waiting): Promise<void> {
    const at = Number(message)
    const found = lost.filter(one => at >= one.from - skewMs && at <= one.until + skewMs && mayBeFor(one.to, names))
    const [one] = found
    if (!one || found.length > 1) return
    const ref = messageRef(roomOf(one.to), number, at)
    if (await counter.arrived(one.key, ref)) log.info('a receipt told that a message of unknown outcome arrived')
    lost.splice(lost.indexOf(one), 1)
    await counter.posted(one.key, [message])
  }

  return {
    take,
    flush,
    watch: client => ({
      ...client,
      async send(letter: Letter) {
        const from = clock()
        try {
          return await client.send(letter)
        } catch (error) {
          if (error instanceof SignalError) windows.set(error, { from, until: clock() })
          throw error
        }
      },
    }),
    async posted(key, refs) {
      const ids = refs.flatMap(ref => readRef(ref)?.at ?? []).map(String)
      await counter
        .posted(key, ids)
        .catch(error => log.warn({ reason: reasonOf(error) }, 'who sees a message on Signal will not be known'))
    },
    lost(key, to, error) {
      const window = error instanceof SignalError ? windows.get(error) : undefined
      if (!window || !(error instanceof SignalError) || error.refusal.type !== 'down' || error.refusal.sure) return
      // Of a card a person decides: its buttons and its thread hang on where it stands.
      if (key.startsWith('card:')) return
      lost.push({ key, to, ...window })
      if (lost.length > mostLost) lost.shift()
    },
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

function keyOf({ message, by, how }: Sighting): string {
  return `${message} ${by} ${how}`
}

function roomOf(to: Target): string {
  return to.type === 'room' ? to.room : to.type === 'direct' ? directRoom(to.account) : to.under.room
}

// Whoever is in a group is not known here; of a direct conversation only the other one tells.
function mayBeFor(to: Target, names: readonly string[]): boolean {
  return to.type !== 'direct' || names.includes(to.account)
}
