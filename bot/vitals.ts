import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { judge } from '../workflows/finding.ts'
import type { Backlog } from '../workflows/health.ts'
import type { Family } from '../workflows/meter.ts'
import type { ToolState } from '../workflows/ports.ts'
import type { LoopState } from '../workflows/pulse.ts'
import { createCheckup } from './checkup.ts'
import { gauges } from './gauges.ts'
import { createHealth, type HealthLook, type Machine } from './health.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Chore } from './loop.ts'
import type { createMeter } from './meter.ts'
import type { Platform } from './platform.ts'
import { createPulse, pulseMs } from './pulse.ts'
import type { Traffic } from './traffic.ts'

/** What the hub's look after itself is made of; `watcherUrl`: where the outside watcher listens, if there is one. */
export type VitalsOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly connections: () => readonly ToolState[]
  readonly traffic: Pick<Traffic, 'lastSeen'>
  readonly meter: ReturnType<typeof createMeter>
  readonly overdue: () => Promise<Backlog>
  readonly loops: () => readonly LoopState[]
  readonly machine: Machine
  readonly watcherUrl: string | null
  readonly holder: string
  readonly clock: () => number
  readonly stopwatch: () => number
  readonly giveUp: (ms: number) => Promise<void>
  readonly wake: () => void
  readonly log: Logger
}

/** The hub looks after itself: it says how it goes, tells what is wrong, and lets others watch. */
export type Vitals = {
  readonly health: HealthLook
  readonly chores: readonly Chore[]
  /** What must be so for the process to count as ready. */
  readonly checks: readonly { readonly name: string; readonly run: () => Promise<void> }[]
  /** All figures, for whoever collects them; never rejects. */
  readonly families: () => Promise<readonly Family[]>
  /** The process stops: it is not to be missed, and another looks after the hub. */
  readonly release: () => Promise<void>
}

const minute = 60_000

/** Joins the parts; nothing runs by itself. */
export function createVitals(options: VitalsOptions): Vitals {
  const { store, traffic, meter, machine, watcherUrl, holder, log } = options
  const watcher = () => heartbeat.facts()
  const committedMs = () => pulse.committedMs()
  const health = createHealth({ ...options, lastSeen: traffic.lastSeen, watcher, committedMs })
  const pulse = createPulse({ ...options, health, version: machine.version })
  const heartbeat = createHeartbeat({
    ...options,
    url: watcherUrl,
    problem: pulse.problem,
    tools: options.connections,
  })
  const checkup = createCheckup({ ...options, health })

  return {
    health,
    chores: [
      { name: 'pulse', run: pulse.run, everyMs: pulseMs },
      { name: 'heartbeat', run: heartbeat.run, everyMs: minute },
      { name: 'checkup', run: checkup.run, everyMs: minute },
    ],
    checks: [
      {
        name: 'hub',
        run: async () => {
          const problem = pulse.problem()
          if (problem) throw new Error(problem)
        },
      },
    ],
    async families() {
      const [found, leases] = await Promise.all([
        health.look(),
        store.health.leases().catch(error => {
          log.warn({ err: error }, 'the leases could not be read')
          return []
        }),
      ])
      return [...meter.families(), ...gauges({ health: found, findings: judge(found), leases, holder })]
    },
    release: async () => void (await Promise.all([checkup.release(), pulse.leave()])),
  }
}
