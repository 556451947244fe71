import { stat } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { BackupPlan } from '../workflows/network/backup.ts'
import { phrase } from '../workflows/phrase.ts'
import { dueWindow, type Schedule } from '../workflows/summary.ts'
import { plainView } from '../workflows/view.ts'
import { createHold } from './hold.ts'
import { coordinatorPosts } from './notice.ts'

/** What scheduled backups work with; `plan` null: they are made by hand. */
export type BackupsOptions = {
  readonly store: Store
  readonly plan: BackupPlan | null
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Pick<Logger, 'info' | 'error'>
  /** Runs `hub backup` with these words in a process of its own; gives the last it said if it failed, else null. */
  readonly make: (words: readonly string[]) => Promise<string | null>
}

/** The backups that the network file plans. */
export type Backups = {
  /** Begins one if it is due and nobody else makes it; gives false: there is no more. Nobody waits for its end. */
  readonly run: () => Promise<boolean>
  /** Gives the right to do so back. */
  readonly release: () => Promise<void>
}

/**
 * Makes the backups that are planned, each window once, late rather than never, and again each hour while one fails.
 * Whoever keeps watch over the hub tells of failures; the reason stands in the log. What was erased is listed elsewhere
 * soon after.
 */
export function createBackups({ store, plan, clock, holder, wake, log, make }: BackupsOptions): Backups {
  const hold = createHold({ leases: store.leases, name: 'backups', holder, stopwatch: () => performance.now() })
  let making: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let listed: number | null = null

  function begin(what: string, words: readonly string[], after: () => void): void {
    making = make(words)
      .catch((error: Error) => error.message)
      .then(problem => {
        if (problem === null) log.info({ what }, 'a backup was made')
        else log.error({ what, problem }, 'a backup failed')
        if (problem === null) after()
      })
      .finally(() => {
        making = null
      })
  }

  async function tellReturned(): Promise<void> {
    const returned = await store.backups.returned()
    if (!returned) return
    const time = { date: returned.stoodAt }
    const view = plainView([
      phrase('backup.returned', { time }),
      phrase('backup.returned-people'),
      phrase('backup.returned-sent'),
      phrase('backup.returned-broadcasts'),
    ])
    const posts = await coordinatorPosts(`notice:returned:${returned.at}`, view, store)
    if ((await store.outbox.add(posts, clock())) > 0) wake()
    await store.backups.toldReturned()
  }

  return {
    release: hold.release,
    async run() {
      await tellReturned()
      if (!plan || making || !(await hold.keep())) return false
      const now = clock()
      const window = dueWindow(scheduleOf(plan, store), now)
      const facts = await store.backups.facts()
      const isDone = facts !== null && facts.window === window?.key && facts.problem === null
      if (window && !isDone && now - triedAt >= againMs) {
        triedAt = now
        begin('all', ['--scheduled', window.key], () => {})
        return false
      }
      const size = (await stat(await store.backups.listErased()).catch(() => null))?.size ?? 0
      if (size > 0 && size !== listed && facts?.at != null && now - triedAt >= soonMs) {
        triedAt = Math.max(triedAt, now - againMs + soonMs)
        begin('list', ['--list'], () => {
          listed = size
        })
      }
      return false
    },
  }
}

const againMs = 60 * 60_000
const soonMs = 5 * 60_000

function scheduleOf({ at, zone }: BackupPlan, { roster }: Store): Schedule {
  return { name: 'backup', when: { type: 'at', at }, zone: zone ?? roster.directory().zone, from: null, until: null }
}
