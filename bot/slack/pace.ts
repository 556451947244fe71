import { setTimeout as wait } from 'node:timers/promises'
import type { Pace } from './method.ts'

/**
 * Who may call when: `turn` resolves to 0 when it may be called now, else to how long (ms) it must be left alone. A
 * part of every allowance is kept for what is urgent, which never waits behind what is not.
 */
export type Pacer = {
  /** Waits for a turn that comes soon; gives how much later (ms) to come again where it does not. */
  readonly turn: (pace: Pace, of: string, urgent?: boolean) => Promise<number>
  /** Takes a turn if one is free now; false where it is not. */
  readonly spare: (pace: Pace, of: string) => boolean
  /** Takes a turn at once, whatever the pace: what somebody waits for cannot come later. */
  readonly take: (pace: Pace, of: string) => void
  /** Slack asked for a pause (ms). */
  readonly hold: (of: string, ms: number) => void
}

type Rate = { readonly everyMs: number; readonly burst: number; readonly reserve: number }

// A minute's allowance is spent as a burst and a steady rate, which together stay within it.
const rates: Readonly<Record<Pace, Rate>> = {
  tier1: { everyMs: 60_000, burst: 1, reserve: 0 },
  tier2: { everyMs: 60_000 / 15, burst: 4, reserve: 1 },
  tier3: { everyMs: 60_000 / 38, burst: 10, reserve: 3 },
  tier4: { everyMs: 60_000 / 75, burst: 20, reserve: 5 },
  post: { everyMs: 1000, burst: 3, reserve: 1 },
  read: { everyMs: 60_000 / 24, burst: 4, reserve: 0 },
}
// "Several hundred messages per minute" for a whole workspace, says Slack's page on limits, and no number.
const workspace: Rate = { everyMs: 200, burst: 12, reserve: 4 }
const everything = 'the workspace'

// A longer wait would hold up what is more urgent and goes elsewhere.
const soonMs = 2000

/** `due`: when all that was taken is paid back; `booked`: until when turns are promised to those who wait. */
type Line = { readonly rate: Rate; due: number; booked: number; asked: number; held: number }

/** Keeps every method, channel and workspace to its pace; `factor`: how many times faster than documented. */
export function createPacer(
  factor = 1,
  clock: () => number = () => performance.now(),
  pause: (ms: number) => Promise<unknown> = wait,
): Pacer {
  const lines = new Map<string, Line>()

  function lineOf(of: string, rate: Rate): Line {
    const line = lines.get(of) ?? { rate, due: 0, booked: 0, asked: 0, held: 0 }
    lines.set(of, line)
    return line
  }

  function linesOf(pace: Pace, of: string): readonly Line[] {
    const own = lineOf(of, rates[pace])
    return pace === 'post' ? [own, lineOf(everything, workspace)] : [own]
  }

  const everyOf = ({ rate }: Line) => rate.everyMs / factor

  function waitOf(line: Line, urgent: boolean, now: number): number {
    const { burst, reserve } = line.rate
    return Math.max(line.held - now, line.due - (urgent ? burst : burst - reserve) * everyOf(line) - now, 0)
  }

  function grant(all: readonly Line[]): void {
    for (const line of all) line.due = Math.max(line.due, clock()) + everyOf(line)
  }

  /** Waits for turns of their own, in the order of coming; what is urgent goes as soon as there is one. */
  async function turn(pace: Pace, of: string, urgent = false): Promise<number> {
    const all = linesOf(pace, of)
    const now = clock()
    const ahead = (line: Line) => Math.max(waitOf(line, urgent, now), urgent ? 0 : line.booked - now)
    const ms = Math.max(...all.map(ahead))
    if (ms > soonMs) return urgent ? ms : later(all, now + ms) - now
    if (ms > 0 && !urgent) for (const line of all) line.booked = now + ahead(line) + everyOf(line)
    // What is urgent may have gone first meanwhile.
    for (let left = ms; left > 0; left = Math.max(...all.map(line => waitOf(line, urgent, clock())))) await pause(left)
    grant(all)
    return 0
  }

  /** Each that is sent away is given a later time, so that they do not all come back at once. */
  function later(all: readonly Line[], at: number): number {
    const time = Math.max(at, ...all.map(line => line.asked + everyOf(line)))
    for (const line of all) line.asked = time
    return time
  }

  return {
    turn,
    take: (pace, of) => grant(linesOf(pace, of)),
    spare(pace, of) {
      const all = linesOf(pace, of)
      if (all.some(line => waitOf(line, false, clock()) > 0)) return false
      grant(all)
      return true
    },
    hold(of, ms) {
      const line = lines.get(of) ?? lineOf(of, rates.tier3)
      line.held = Math.max(line.held, clock() + ms)
    },
  }
}
