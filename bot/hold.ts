import type { LeaseStore } from '../db/leases.ts'

/** The right of this process to send on a platform, which one process has at a time. */
export type Hold = {
  /** Takes the right, or keeps it; false while another process has it. */
  readonly keep: () => Promise<boolean>
  /** Whether it is sure to last so many ms from now; renewed if it is not. Nothing is sent otherwise. */
  readonly lasts: (ms: number) => Promise<boolean>
}

/**
 * Holds a lease for `ms` at a time, and renews it before half of that is over. A successor of a process that died waits
 * for what is left, in which whatever that process sent has come to its end.
 */
export function createHold(
  leases: Pick<LeaseStore, 'hold'>,
  { name, holder, ms, stopwatch }: Named & { readonly stopwatch: () => number },
): Hold {
  let until = Number.NEGATIVE_INFINITY

  async function renew(): Promise<boolean> {
    // Measured from before the asking: the database may have given it at any moment since.
    const asked = stopwatch()
    until = (await leases.hold(name, holder, ms)) ? asked + ms : Number.NEGATIVE_INFINITY
    return until > asked
  }

  return {
    keep: async () => until - stopwatch() > ms / 2 || renew(),
    lasts: async wanted => until - stopwatch() > wanted || ((await renew()) && until - stopwatch() > wanted),
  }
}

type Named = { readonly name: string; readonly holder: string; readonly ms: number }
