import { setTimeout as sleep } from 'node:timers/promises'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { createCursor } from './cursor.ts'
import type { Desk } from './desk.ts'
import { momentOf } from './heard.ts'
import { createReader, type Spot } from './reader.ts'

/** How far each conversation was heard, and what came while nobody listened. */
export type Missed = {
  /** Something was heard in a channel, written at that Slack timestamp. */
  readonly seen: (channel: string, ts: string) => void
  /** The hub itself has written to somebody there. */
  readonly met: (channel: string, ts: string) => void
  /**
   * Reads what was missed in bound rooms, in threads and in direct conversations, as far as Slack gives it, and states
   * what it does not; what cannot be read yet is tried again until the signal ends it.
   */
  readonly catchUp: (signal: AbortSignal) => Promise<void>
  /** Whether some of it was not tried yet. */
  readonly behind: () => boolean
  /** Keeps how far was heard. */
  readonly save: () => Promise<void>
}

const tool = phrase('sight.tool-slack')
const pauses = [2_000, 30_000, 2 * 60_000, 10 * 60_000, 30 * 60_000]

/** Makes it; what it reads is kept and handled like what Slack sends, so that nothing counts twice. */
export function createMissed(desk: Desk): Missed {
  const { host, clock, log } = desk
  const cursor = createCursor(host.memory)
  const read = createReader(desk)
  // Before it is known where reading must begin, nothing that is heard may hide that.
  let begun = false
  let behind = true
  let last: Promise<void> = Promise.resolve()

  async function save(): Promise<void> {
    if (begun) await cursor.save()
  }

  /** One after the other; what was not ended stays where it began, for the next process to begin there. */
  function catchUp(signal: AbortSignal): Promise<void> {
    begun = false
    behind = true
    last = last.then(async () => {
      let left: readonly Spot[] | null = null
      for (let tries = 0; !signal.aborted; tries++) {
        left = await attempt(left, tries, signal)
        if (signal.aborted || left?.length === 0) return
        const ms = pauses[Math.min(tries, pauses.length - 1)]
        await sleep(ms, null, { signal, ref: false }).catch(() => {})
      }
    })
    return last
  }

  /** Several processes that come back at once read one after the other, the later ones only what is new. */
  async function attempt(before: readonly Spot[] | null, tries: number, signal: AbortSignal) {
    const found: { left: readonly Spot[] | null } = { left: before }
    const task = async (until: AbortSignal) => {
      found.left = await round(found.left, tries, until)
    }
    try {
      await host.alone('reading', task, signal)
      behind = signal.aborted
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Slack could not be read for what was missed')
    }
    return found.left
  }

  /** Reads everywhere, or where it failed before; gives where it failed now. */
  async function round(before: readonly Spot[] | null, tries: number, signal: AbortSignal): Promise<readonly Spot[]> {
    const spots = before ?? (await spotsNow())
    begun = true
    const left: Spot[] = []
    const looking = await read.prepare()
    for (const [index, spot] of spots.entries()) {
      try {
        const { whole, newest } = await read.spot(spot, looking, signal)
        if (signal.aborted) return [...left, ...spots.slice(index)]
        if (!whole) await tellGap(spot, 'partly')
        else if (tries > 1) await tellRead(spot)
        cursor.seen(spot.channel, newest)
        cursor.release(spot.channel)
      } catch (error) {
        if (signal.aborted) return [...left, ...spots.slice(index)]
        log.warn({ reason: reasonOf(error) }, 'what was missed in Slack could not be read')
        // What nobody lets the hub read stays where it is; it is tried again when all is looked at anew.
        if (!(await isLost(spot, tries, error))) left.push(spot)
      }
    }
    await save()
    return left
  }

  const nowAsTs = () => `${Math.floor(clock() / 1000)}.000000`

  async function spotsNow(): Promise<readonly Spot[]> {
    const spots: Spot[] = []
    const cards = await host.threads()
    // A channel may be bound for several purposes.
    for (const [channel, { name }] of new Map(host.rooms().map(room => [room.address, room]))) {
      // Where nothing was heard yet, people may have answered the first card that stands there.
      const oldest = cards.filter(({ room }) => room === channel).map(({ id }) => id)
      const from = (await cursor.last(channel)) ?? oldest.toSorted((one, other) => Number(one) - Number(other))[0]
      if (from === undefined) cursor.seen(channel, nowAsTs())
      else spots.push({ channel, from, name })
    }
    for (const channel of await cursor.directs()) {
      const from = await cursor.last(channel)
      if (from !== null) spots.push({ channel, from, name: null })
    }
    for (const { channel } of spots) cursor.hold(channel)
    return spots
  }

  /** Whether it is given up, which is told; else it is tried again, and told once it has failed twice. */
  async function isLost(spot: Spot, tries: number, error: unknown): Promise<boolean> {
    const over = error instanceof PlatformError && error.permanent
    if (over || tries === 1) await tellGap(spot, over ? 'lost' : 'trying')
    return over
  }

  async function tellGap({ channel, name, from }: Spot, how: 'lost' | 'partly' | 'trying'): Promise<void> {
    // Whoever wrote alone sees that they had no answer; whom the hub talks with is nobody else's business.
    if (name === null) return
    const until = Math.floor(clock() / 60_000) * 60_000
    const params = { room: { words: name }, from: { date: momentOf(from) }, until: { date: until } }
    // A room that cannot be read at all is told once a day.
    const which = how === 'lost' ? Math.floor(clock() / 86_400_000) : from
    if (how === 'partly') await host.away({ from: momentOf(from), until: clock(), rooms: [channel], partly: true })
    const said = how === 'trying' ? phrase('away.trying', { tool, ...params }) : phrase('slack.gap', params)
    await host.notice(`slack:gap:${channel}:${which}${how === 'trying' ? ':trying' : ''}`, said)
  }

  async function tellRead({ channel, name, from }: Spot): Promise<void> {
    if (name === null) return
    const params = { room: { words: name }, from: { date: momentOf(from) } }
    await host.notice(`slack:gap:${channel}:${from}:read`, phrase('away.read', { tool, ...params }))
  }

  return { seen: cursor.seen, met: cursor.met, catchUp, behind: () => behind, save }
}
