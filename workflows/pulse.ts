import type { PlatformName } from './ids.ts'
import type { ToolState } from './ports.ts'

/** How it goes with something that the hub does again and again, in one process. */
export type LoopState = {
  readonly name: string
  /** How long ago (ms) a run last came to its end, well or not; or that it was begun at all. */
  readonly idleMs: number
  /** After how long (ms) without the end of a run it counts as stuck. */
  readonly lateMs: number
  /** How many runs in a row have failed. */
  readonly failures: number
}

/** How it stands with a chat tool in one process, and when it last heard from it and wrote to it (epoch ms). */
export type ToolPulse = {
  readonly platform: PlatformName
  readonly state: ToolState['state']
  readonly since: number
  readonly problem: string | null
  readonly heardAt: number | null
  readonly sentAt: number | null
}

/** What one process says of itself; nothing of it is about a person. */
export type Pulse = {
  /** By how many ms the machine's clock is ahead of the database's. */
  readonly aheadMs: number
  /** Bytes of memory that the process has, and how much of what it may have is in use, from 0 to 1. */
  readonly memory: number
  readonly memoryShare: number
  readonly loops: readonly LoopState[]
  readonly tools: readonly ToolPulse[]
}

/** What a process said of itself last; ages in ms by the database's clock. */
export type ProcessPulse = {
  readonly id: string
  readonly host: string
  readonly version: string
  readonly startedMs: number
  readonly ageMs: number
  readonly facts: Pulse
}

/** After so many ms without a word a process counts as gone; it speaks four times a minute. */
const silentMs = 90_000

/** True of a loop that should have come to an end long ago. */
export function isStuck({ idleMs, lateMs }: LoopState): boolean {
  return idleMs > lateMs
}

/** The processes that are there, and those that went without a word and that nobody has replaced. */
export function presence(pulses: readonly ProcessPulse[]): {
  readonly present: readonly ProcessPulse[]
  readonly missing: readonly ProcessPulse[]
} {
  const present = pulses.filter(one => one.ageMs <= silentMs)
  const gone = pulses.filter(one => one.ageMs > silentMs).toSorted((one, other) => one.ageMs - other.ageMs)
  const fresh = new Set(present)
  // Whoever started after it was last heard of stands in for it, one for one.
  const missing = gone.filter(one => {
    const heir = [...fresh].find(each => each.startedMs < one.ageMs)
    return !heir || !fresh.delete(heir)
  })
  return { present, missing }
}
