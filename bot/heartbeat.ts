import type { Logger } from 'pino'
import { reasonOf } from '../workflows/errors.ts'
import type { WatcherFacts } from '../workflows/health.ts'
import { type Meter, noMeter } from '../workflows/meter.ts'
import type { ToolState } from '../workflows/ports.ts'

/** What the heartbeat works with; `clock` gives epoch ms. */
export type HeartbeatOptions = {
  /** Where the outside watcher listens; null: there is none. */
  readonly url: string | null
  /** What is wrong in this process; null if nothing is. */
  readonly problem: () => string | null
  readonly tools: () => readonly ToolState[]
  readonly clock: () => number
  readonly meter?: Meter
  readonly log: Pick<Logger, 'warn' | 'info'>
}

/** Calls the outside watcher as long as the hub is well: silence is the alarm. */
export type Heartbeat = {
  /** Calls it, unless something is wrong that the hub cannot tell anybody itself. Gives false; never rejects. */
  readonly run: () => Promise<boolean>
  /** How the calls go; null without a watcher. */
  readonly facts: () => WatcherFacts | null
}

const patienceMs = 10_000
// Whoever restarts a tool's connection is done by then.
const cutOffMs = 5 * 60_000

/** Makes the heartbeat. Each of several processes calls by itself: the watcher's alarm rings when none is left. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { url, clock, meter = noMeter, log } = options
  let answeredAt: number | null = null
  let failingSince: number | null = null
  let kept = ''

  /** With every tool cut off nobody can be told of anything in chat. */
  function problem(): string | null {
    const tools = options.tools()
    const lost = tools.filter(tool => tool.state !== 'up' && clock() - tool.since > cutOffMs)
    return options.problem() ?? (tools.length > 0 && lost.length === tools.length ? 'no tool can be reached' : null)
  }

  async function call(address: string): Promise<void> {
    try {
      const answer = await fetch(address, {
        redirect: 'manual',
        headers: { 'user-agent': 'trust-hub' },
        signal: AbortSignal.timeout(patienceMs),
      })
      await answer.body?.cancel()
      if (!answer.ok) throw new Error(`status ${answer.status}`)
      if (failingSince !== null) log.info('the outside watcher answers again')
      answeredAt = clock()
      failingSince = null
      meter.count('heartbeats', { outcome: 'answered' })
    } catch (error) {
      meter.count('heartbeats', { outcome: 'failed' })
      // The address is a secret by itself, and some errors name it.
      const reason = error instanceof Error && /^status \d+$/.test(error.message) ? error.message : reasonOf(error)
      if (failingSince === null) log.warn({ reason }, 'the outside watcher does not answer')
      failingSince ??= clock()
    }
  }

  return {
    async run() {
      if (url === null) return false
      const wrong = problem()
      if (wrong !== null) {
        meter.count('heartbeats', { outcome: 'withheld' })
        if (kept !== wrong) log.warn({ reason: wrong }, 'no heartbeat: the hub is not well')
      } else await call(url)
      kept = wrong ?? ''
      return false
    },
    facts: () => (url === null ? null : { answeredAt, failingSince }),
  }
}
