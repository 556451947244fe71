import type { Logger } from 'pino'
import { reasonOf } from '../../workflows/errors.ts'
import type { Host } from '../platform.ts'
import { isStir, rawOf } from './frame.ts'

/** What happened to frames that could not be kept at once: from when (epoch ms) on, and how many are lost for good. */
export type Trouble = { readonly from: number; readonly lost: number }

/** Keeps frames the moment they come, before they are understood. */
export type Keeper = {
  /** Takes a frame; never throws. */
  readonly take: (body: string) => void
  /** Since when frames wait in memory because they cannot be kept (epoch ms), or null. */
  readonly stuckSince: () => number | null
  /** Resolves once all that was taken is kept, or has failed once more. */
  readonly settled: () => Promise<void>
}

/** How long (ms) to wait between tries, and how many characters may wait in memory. */
export type Patience = { readonly first: number; readonly longest: number; readonly most: number }

const usual: Patience = { first: 250, longest: 10_000, most: 64 * 1024 * 1024 }

type Options = {
  readonly keep: Host['keep']
  readonly clock: () => number
  readonly log: Pick<Logger, 'error' | 'warn'>
  /** Told once frames can be kept again. */
  readonly over: (trouble: Trouble) => void
  /** Given what only says who received, read or types something: that is not kept. */
  readonly stir?: (body: string) => void
  readonly patience?: Patience
}

/**
 * Makes a keeper. The API has forgotten a frame once it was written to the socket, so one that cannot be kept (a full
 * disk) waits in memory and is tried again, in the order they came, until it is.
 */
export function createKeeper({ keep, clock, log, over, stir, patience = usual }: Options): Keeper {
  const waiting: string[] = []
  const inHand = new Set<Promise<void>>()
  let characters = 0
  let from: number | null = null
  let lost = 0
  let pause = patience.first
  let timer: NodeJS.Timeout | undefined
  let trying: Promise<void> | null = null

  function take(body: string): void {
    if (isStir(body)) {
      stir?.(body)
      return
    }
    // What comes meanwhile stays behind what waits.
    if (waiting.length > 0) {
      hold(body)
      return
    }
    const done = keep(rawOf(body))
      .catch(error => {
        if (from === null) log.error({ reason: reasonOf(error) }, 'a frame from Signal cannot be kept; it waits')
        hold(body)
      })
      .finally(() => inHand.delete(done))
    inHand.add(done)
  }

  function hold(body: string): void {
    from ??= clock()
    if (characters + body.length > patience.most) {
      lost += 1
      log.error({ lost, waiting: waiting.length }, 'a frame from Signal is lost: it could not be kept, nor wait')
      return
    }
    waiting.push(body)
    characters += body.length
    later()
  }

  function later(): void {
    if (timer || trying) return
    timer = setTimeout(() => {
      timer = undefined
      void again()
    }, pause)
  }

  function again(): Promise<void> {
    trying ??= drain().finally(() => {
      trying = null
      if (waiting.length > 0) later()
    })
    return trying
  }

  async function drain(): Promise<void> {
    try {
      for (let body = waiting[0]; body !== undefined; body = waiting[0]) {
        await keep(rawOf(body))
        waiting.shift()
        characters -= body.length
      }
      pause = patience.first
      if (from !== null) over({ from, lost })
      from = null
      lost = 0
    } catch (error) {
      pause = Math.min(patience.longest, pause * 2)
      log.warn({ reason: reasonOf(error), waiting: waiting.length }, 'frames from Signal still wait to be kept')
    }
  }

  return {
    take,
    stuckSince: () => from,
    settled: async () => {
      await Promise.all(inHand)
      clearTimeout(timer)
      timer = undefined
      if (waiting.length > 0) await again()
      clearTimeout(timer)
      if (waiting.length > 0) log.error({ lost: waiting.length }, 'frames from Signal are lost: they were never kept')
    },
  }
}
