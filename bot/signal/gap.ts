import type { Memory } from '../platform.ts'

/**
 * Watches over the time in which nothing could be heard. In json-rpc mode what comes then is lost, and Signal has told
 * its senders that it arrived, so the gap is told to people. It outlives this process, and ends for all who listen.
 */
export type Gap = {
  /** The socket is open. @returns the gap (epoch ms) if it is worth telling, else null */
  readonly opened: () => Promise<{ readonly from: number; readonly until: number } | null>
  /** A sign of life; kept now and then. */
  readonly alive: () => void
  /** Nothing is heard since then (epoch ms). */
  readonly closed: (heardUntil: number) => Promise<void>
}

const key = 'heard-until'

/** Makes the watch: gaps shorter than `least` are not told, the last sign of life is kept every `beat` (ms). */
export function createGap(memory: Memory, clock: () => number, { least, beat }: { least: number; beat: number }): Gap {
  let kept = 0

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
      const until = clock()
      const from = await latest()
      await keep(until)
      return from !== null && until - from > least ? { from, until } : null
    },
    alive() {
      const at = clock()
      // What cannot be kept makes the gap that is told longer, never shorter.
      if (at - kept >= beat) keep(at).catch(() => {})
    },
    async closed(heardUntil) {
      // Another process may have heard since.
      if (((await latest()) ?? 0) < heardUntil) await keep(heardUntil)
    },
  }
}
