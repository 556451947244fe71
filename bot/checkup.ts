import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { blankChart, type Chart, checkUp, newsView } from '../workflows/checkup.ts'
import { judge } from '../workflows/finding.ts'
import type { HealthLook } from './health.ts'
import { createHold } from './hold.ts'
import { coordinatorPosts } from './notice.ts'

/** What the self-audit works with; `clock` gives epoch ms, `wake` is called when it has something to say. */
export type CheckupOptions = {
  readonly store: Store
  readonly health: Pick<HealthLook, 'look'>
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly stopwatch?: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
}

/** The hub looks after itself, in one process at a time. */
export type Checkup = {
  /**
   * Looks whether all is as it should be, and tells coordinators what is not, once, and when it is well again. Gives
   * false: there is no more to do. @throws StoreError
   */
  readonly run: () => Promise<boolean>
  /** Gives the right to do so back. */
  readonly release: () => Promise<void>
}

const hour = 60 * 60_000

/** Makes the self-audit. It is cheap enough for every minute; the log has it once an hour. */
export function createCheckup(options: CheckupOptions): Checkup {
  const { store, health, clock, holder, wake, stopwatch = () => performance.now(), log } = options
  const hold = createHold({ leases: store.leases, name: 'checkup', holder, stopwatch })
  let logged = Number.NEGATIVE_INFINITY

  return {
    async run() {
      if (!(await hold.keep())) return false
      const findings = judge(await health.look())
      if (clock() - logged >= hour) {
        logged = clock()
        log.info({ findings: findings.map(one => one.code) }, 'self-audit')
      }
      const before = await store.health.told()
      const { chart, news } = checkUp(chartIn(before), findings, clock())
      const after = JSON.stringify(chart)
      if (after === before || (before === null && findings.length === 0)) return false
      const now = clock()
      const posts = news === null ? [] : await coordinatorPosts(`notice:health:${now}`, newsView(news), store)
      if ((await store.health.tell(before, after, posts, now)) && posts.length > 0) wake()
      return false
    },
    release: hold.release,
  }
}

/** What an older hub wrote, or a newer one, is no reason to be silent. */
function chartIn(text: string | null): Chart {
  if (text === null) return blankChart
  const read = JSON.parse(text) as Partial<Chart>
  return { newsAt: read.newsAt ?? null, ills: read.ills ?? {} }
}
