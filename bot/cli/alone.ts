import { randomUUID } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import { HubError } from '../../workflows/errors.ts'

/** What somebody who works alone on a database is known by, and must do again and again. */
export type Alone = {
  readonly holder: string
  /** Keeps the others standing by. @throws HubError when stopped by Ctrl+C, or when another took over */
  readonly renew: () => Promise<void>
}

const leaseMs = 30_000
const names = ['clocks', 'sending:workspace']

/**
 * Works while the clocks and the sending of a hub on the same database stand by; they go on afterwards.
 * @throws HubError while another demo plays
 */
export async function alone<T>({ leases }: Store, work: (alone: Alone) => Promise<T>): Promise<T> {
  const holder = `demo:${randomUUID()}`
  if (!(await leases.hold('demo', holder, leaseMs))) {
    throw new HubError(
      'Another demo is playing into this database. Wait until it is done, or half a minute if it was killed.',
    )
  }
  let stopped = false
  const stop = () => {
    stopped = true
  }
  process.once('SIGINT', stop)
  let renewed = performance.now()
  const renew = async () => {
    if (stopped) throw new HubError('\nStopped. What was played so far stays in the database.')
    if (performance.now() - renewed < leaseMs / 6) return
    renewed = performance.now()
    for (const name of ['demo', ...names]) {
      if (!(await leases.hold(name, holder, leaseMs))) {
        throw new HubError('Another process took over the clocks. What was played so far stays. Try again in a minute.')
      }
    }
  }
  try {
    for (const name of names) await leases.seize(name, holder, leaseMs)
    return await work({ holder, renew })
  } finally {
    process.removeListener('SIGINT', stop)
    for (const name of [...names, 'demo']) await leases.release(name, holder)
  }
}
