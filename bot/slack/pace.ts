import { setTimeout as wait } from 'node:timers/promises'
import type { Pace } from './method.ts'

/** Who may call when: `turn` resolves to 0 when it may be called now, else to how long (ms) it must be left alone. */
export type Pacer = {
  /** Waits for a turn that comes soon; gives how much later (ms) to come again where it does not. */
  readonly turn: (pace: Pace, of: string) => Promise<number>
  /** Takes a turn if one is free now; false where it is not. */
  readonly spare: (pace: Pace, of: string) => boolean
  /** Takes a turn at once, whatever the pace: what somebody waits for cannot come later. */
  readonly take: (pace: Pace, of: string) => void
  /** Slack asked for a pause (ms). */
  readonly hold: (of: string, ms: number) => void
}

// A minute's allowance is spent as a burst and a steady rate, which together stay within it.
const rates: Readonly<Record<Pace, { readonly everyMs: number; readonly burst: number }>> = {
  tier1: { everyMs: 60_000, burst: 1 },
  tier2: { everyMs: 60_000 / 15, burst: 4 },
  tier3: { everyMs: 60_000 / 38, burst: 10 },
  tier4: { everyMs: 60_000 / 75, burst: 20 },
  post: { everyMs: 1000, burst: 3 },
}

// A longer wait would hold up what is more urgent and goes elsewhere.
const soonMs = 1100

type Line = { due: number; asked: number; held: number }

/** Keeps every method and every channel to its pace; `factor` says how many times faster than documented. */
export function createPacer(factor = 1, clock: () => number = () => performance.now()): Pacer {
  const lines = new Map<string, Line>()

  function lineOf(of: string): Line {
    const line = lines.get(of) ?? { due: 0, asked: 0, held: 0 }
    lines.set(of, line)
    return line
  }

  function waitOf(line: Line, pace: Pace, now: number): number {
    const { everyMs, burst } = rates[pace]
    return Math.max(line.held - now, line.due - (burst * everyMs) / factor - now, 0)
  }

  function take(pace: Pace, of: string): void {
    const line = lineOf(of)
    line.due = Math.max(line.due, clock()) + rates[pace].everyMs / factor
  }

  return {
    take,
    spare(pace, of) {
      if (waitOf(lineOf(of), pace, clock()) > 0) return false
      take(pace, of)
      return true
    },
    async turn(pace, of) {
      const line = lineOf(of)
      const now = clock()
      const ms = waitOf(line, pace, now)
      const every = rates[pace].everyMs / factor
      if (ms > soonMs) {
        // Each that is sent away is given a later time, so that they do not all come back at once.
        line.asked = Math.max(line.asked + every, now + ms)
        return line.asked - now
      }
      take(pace, of)
      if (ms > 0) await wait(ms)
      return 0
    },
    hold(of, ms) {
      const line = lineOf(of)
      line.held = Math.max(line.held, clock() + ms)
    },
  }
}
