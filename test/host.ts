import type { Away, Host, Platform, Raw, Receive } from '../bot/platform.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { Room } from '../workflows/directory.ts'
import type { Phrase } from '../workflows/phrase.ts'

/** A host without a hub behind it, for tests of one platform: it remembers what it was told, and leads alone. */
export type LoneHost = Host & {
  /** Everything that was kept, oldest first; what is handed over does not leave it. */
  readonly kept: readonly Raw[]
  /** What coordinators were told, by key. */
  readonly noticed: ReadonlyMap<string, Phrase>
  /** What was told as not heard, and which own messages were told as gone. */
  readonly gaps: readonly Away[]
  readonly missing: readonly MessageRef[]
  /** What the platform remembers. */
  readonly remembered: Map<string, string>
  /** Resolves once everything that was kept was handed over; what was rejected is in `failures`. */
  readonly handled: () => Promise<void>
  readonly failures: readonly unknown[]
  /** From now on keeping fails with this, or works again (null). */
  readonly fail: (error: Error | null) => void
}

/**
 * Makes a lone host whose people's doings `receive` answers. What it keeps it hands to the platform's `handle`, once a
 * key and in order, with nothing in between that would survive the process.
 */
export function loneHost(
  receive: Receive,
  platform: () => Platform,
  { rooms = [], ...own }: Partial<Omit<Host, 'rooms'>> & { readonly rooms?: readonly Room[] } = {},
): LoneHost {
  const kept: Raw[] = []
  const noticed = new Map<string, Phrase>()
  const remembered = new Map<string, string>()
  const failures: unknown[] = []
  const gaps: Away[] = []
  const missing: MessageRef[] = []
  let refusal: Error | null = null
  let chain: Promise<unknown> = Promise.resolve()

  return {
    receive,
    async keep(raw) {
      if (refusal) throw refusal
      if (kept.some(one => one.key === raw.key)) return
      kept.push(raw)
      chain = chain.then(() => platform().handle?.(raw)).catch(error => failures.push(error))
    },
    rooms: () => rooms,
    threads: async () => [],
    memory: {
      get: async key => remembered.get(key) ?? null,
      set: async (key, value) => void (value === null ? remembered.delete(key) : remembered.set(key, value)),
    },
    receipts: { posted: async () => {}, count: async () => [], arrived: async () => false },
    suggest: async () => [],
    notice: async (key, what) => void (noticed.has(key) || noticed.set(key, what)),
    away: async gap => void gaps.push(gap),
    spoken: async () => [],
    gone: async message => void missing.push(message),
    alone: (_name, task, until) => task(until),
    single: work => work(),
    lead: (_name, task, until) => task(until),
    ...own,
    gaps,
    missing,
    kept,
    noticed,
    remembered,
    failures,
    handled: async () => {
      for (let last: unknown = null; last !== chain; ) {
        last = chain
        await chain
      }
    },
    fail: error => {
      refusal = error
    },
  }
}
