import type { Memory } from '../platform.ts'

/** Up to which message each channel was heard, so that what came later is read after an absence. */
export type Seen = {
  /** Reads what was known before. */
  load(): Promise<void>
  last(channel: string): string | null
  /** Everything up to that message is durable. While that does not count yet, it is only noted. */
  advance(channel: string, message: string, direct?: boolean): void
  /** A line begins anew: nothing that comes counts, until what was missed in its channel was read, or `resume`. */
  suspend(): void
  /** All that was missed was read, but in channels that are held. */
  resume(): void
  /** Nothing that comes meanwhile may pass for read; `release` lets it count. */
  hold(channel: string): void
  release(channel: string): void
  /** The latest message that was heard anywhere, or null. */
  newest(): string | null
  /** The direct conversations that were heard, most recent first. */
  conversations(): readonly string[]
  /** Keeps what is known, if it has changed. Never rejects. */
  flush(): Promise<void>
}

const mostChannels = 2000

type Stored = { readonly seen: Readonly<Record<string, string>>; readonly direct: readonly string[] }

/** True if the first id is of a later moment; ids of Discord rise with time. */
export function isLater(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length
}

/** When the thing of that id was made (epoch ms), as Discord's ids tell. */
export function momentOf(id: string): number {
  return Number((BigInt(id) >> 22n) + 1_420_070_400_000n)
}

/** Makes the memory of what was heard. It may lag behind by some seconds: what is read twice counts once. */
export function createSeen(memory: () => Memory | null): Seen {
  let seen = new Map<string, string>()
  let conversations = new Set<string>()
  const noted = new Map<string, string>()
  const held = new Set<string>()
  // Those that count though others are still read.
  const free = new Set<string>()
  let suspended = false
  let changed = false

  function counts(channel: string): boolean {
    return !held.has(channel) && (!suspended || free.has(channel))
  }

  function settle(channel: string): void {
    const message = noted.get(channel)
    noted.delete(channel)
    if (message) set(channel, message)
  }

  function set(channel: string, message: string): void {
    const before = seen.get(channel)
    if (before && !isLater(message, before)) return
    seen.set(channel, message)
    changed = true
  }

  const newest = () => [...seen].toSorted(([, one], [, other]) => (isLater(one, other) ? -1 : 1))

  return {
    async load() {
      const kept = await memory()?.get('seen')
      if (!kept) return
      const stored = JSON.parse(kept) as Stored
      seen = new Map(Object.entries(stored.seen))
      conversations = new Set(stored.direct)
    },
    last: channel => seen.get(channel) ?? null,
    advance(channel, message, direct = false) {
      if (direct) conversations.add(channel)
      if (counts(channel)) return set(channel, message)
      const before = noted.get(channel)
      if (!before || isLater(message, before)) noted.set(channel, message)
    },
    suspend() {
      suspended = true
      free.clear()
    },
    resume() {
      suspended = false
      for (const channel of [...noted.keys()].filter(counts)) settle(channel)
    },
    hold(channel) {
      held.add(channel)
      free.delete(channel)
    },
    release(channel) {
      held.delete(channel)
      free.add(channel)
      settle(channel)
    },
    newest: () => newest()[0]?.[1] ?? null,
    conversations: () => newest().flatMap(([id]) => (conversations.has(id) ? [id] : [])),
    async flush() {
      if (!changed) return
      changed = false
      const kept = newest().slice(0, mostChannels)
      const direct = kept.flatMap(([id]) => (conversations.has(id) ? [id] : []))
      const stored: Stored = { seen: Object.fromEntries(kept), direct }
      await memory()
        ?.set('seen', JSON.stringify(stored))
        .catch(() => {
          changed = true
        })
    },
  }
}
