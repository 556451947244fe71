import type { LeaseStore } from '../db/leases.ts'
import { isDead } from './holder.ts'

/** A right that one process has at a time, such as to send on a platform. */
export type Hold = {
  /** Takes the right, or keeps it; false while another process has it. */
  readonly keep: () => Promise<boolean>
  /** Whether it is surely this process's, now and for so many ms; 0 by default. Once kept it is renewed until lost. */
  readonly has: (ms?: number) => boolean
  /** Gives it back, so that a successor has it at once; nothing takes it again. */
  readonly release: () => Promise<void>
}

/** What a right is held with: leases in the database, its name and who wants it; `stopwatch` measures in ms. */
export type HoldOptions = {
  readonly leases: Pick<LeaseStore, 'hold' | 'bury' | 'release' | 'ms'>
  readonly name: string
  readonly holder: string
  readonly stopwatch: () => number
  /** For how long (ms) it is given; by default as leases usually are. */
  readonly ms?: number
  /** Whether a holder surely lives no more; by default as far as this machine can tell. */
  readonly isGone?: (holder: string) => boolean
}

/**
 * Makes a hold on a lease. A third of its time after it was given it is asked for again, by a timer of its own, so that
 * long work does not cost it; a process that was stopped, or cut off, has it no more once its time is over. Of a holder
 * that died on this machine it is taken at once.
 */
export function createHold({ leases, name, holder, stopwatch, ms = leases.ms, isGone = isDead }: HoldOptions): Hold {
  let until = Number.NEGATIVE_INFINITY
  let beat: NodeJS.Timeout | undefined
  let asking: Promise<boolean> | null = null
  let over = false

  const has = (wanted = 0) => stopwatch() + wanted < until

  async function ask(): Promise<boolean> {
    // Measured from before the asking: the database may have given it at any moment since.
    const asked = stopwatch()
    const held = (await leases.hold(name, holder, ms)) || ((await leases.bury(isGone)) > 0 && (await again()))
    until = held && !over ? asked + ms : Number.NEGATIVE_INFINITY
    if (over) await leases.release(name, holder)
    return has()
  }

  const again = () => leases.hold(name, holder, ms)

  function renew(): Promise<boolean> {
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }

  function tick(): void {
    if (over || !has()) {
      stop()
      return
    }
    // Unanswered it just runs out; whoever works with it hears of the database's trouble by themselves.
    renew().then(
      mine => mine || stop(),
      () => {},
    )
  }

  function stop(): void {
    clearInterval(beat)
    beat = undefined
  }

  return {
    has,
    async keep() {
      if (over) return false
      if (until - stopwatch() > ms / 2) return true
      const mine = await renew()
      if (mine && !over) beat ??= setInterval(tick, ms / 3).unref()
      return mine
    },
    async release() {
      over = true
      stop()
      await asking?.catch(() => {})
      until = Number.NEGATIVE_INFINITY
      await leases.release(name, holder)
    },
  }
}
