import type { Memory } from '../platform.ts'

/** A time in which nothing could be heard (epoch ms). */
export type Unheard = { readonly from: number; readonly until: number }

/**
 * Watches over the time in which nothing could be heard. In json-rpc mode what comes then is lost, and Signal has told
 * its senders that it arrived, so the gap is told to people. It outlives this process, and ends for all who listen.
 */
export type Gap = {
  /** The socket is open: a gap that is worth telling is told before anything can hide it. Rejects if it was not. */
  readonly opened: () => Promise<void>
  /** A sign of life; kept now and then. */
  readonly alive: () => void
  /** Nothing is heard since then (epoch ms). */
  readonly closed: (heardUntil: number) => Promise<void>
}

/** What the watch works with: gaps up to `least` are not told, the last sign of life is kept every `beat` (ms). */
export type GapOptions = {
  readonly memory: Memory
  readonly clock: () => number
  readonly least: number
  readonly beat: number
  /** Tells people, once for a gap, whoever else tells them too; resolves once that is durable. */
  readonly tell: (gap: Unheard) => Promise<void>
}

const key = 'heard-until'

/** Makes the watch. */
export function createGap({ memory, clock, least, beat, tell }: GapOptions): Gap {
  let kept = 0
  let untold = false

  async function latest(): Promise<number | null> {
    const stored = await memory.get(key)
    return stored === null ? null : Number(stored)
  }

  async function keep(at: number): Promise<void> {
    kept = at
    await memory.set(key, String(at))
  }

  return {
    async opened() {
      // Until it is told, it goes on: a process that dies now leaves it to the next.
      untold = true
      const until = clock()
      const from = await latest()
      if (from !== null && until - from > least) await tell({ from, until })
      await keep(clock())
      untold = false
    },
    alive() {
      const at = clock()
      // What cannot be kept makes the gap that is told longer, never shorter. A clock that was put back counts anew.
      if (!untold && (at - kept >= beat || at < kept)) keep(at).catch(() => {})
    },
    async closed(heardUntil) {
      // Another process may have heard since.
      if (!untold && ((await latest()) ?? 0) < heardUntil) await keep(heardUntil)
    },
  }
}
