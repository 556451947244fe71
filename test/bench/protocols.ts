import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '../../bot/log.ts'
import { startLoop } from '../../bot/loop.ts'
import { createSchedule } from '../../bot/schedule.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import { fileReport } from './filing.ts'
import { tempFolder } from './folder.ts'
import { type BenchHub, openHub, reporters } from './hub.ts'
import { type Bench, limited, type Result } from './measure.ts'
import { act, actorNamed, benchProtocol, eventStep, rulesWith } from './runs.ts'

const name = 'protocol-timers'
const runs = 1_000
const steps = 20
// Of the steps of each run so many are due, and so many reminded of, while it is measured; the others stand armed.
const dueSteps = 3
const remindedSteps = 3
// A hundred runs in the same moment, every three seconds.
const burst = 100
const apartMs = 3_000
const leadMs = 18_000
const measuredMs = 55_000
const silence = 0.1
const goalMs = 2_000
// As the program runs its clocks.
const rhythm = { everyMs: 1000, restMs: 200 }

/** How late clocks fire while a thousand runs of twenty steps go on at once. */
export const protocolTimers: Bench = { names: [name], run: () => limited(240, 'a thousand runs', measure()) }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const protocol = benchProtocol(
    Array.from({ length: steps }, (_, at) => {
      if (at < dueSteps) return eventStep(at + 1, at / 6)
      if (at < dueSteps + remindedSteps) return eventStep(at + 1, 1 + at / 6)
      return eventStep(at + 1, 600 + at)
    }),
  )
  const taxonomy = rulesWith(protocol, silence)
  const running: { loop?: ReturnType<typeof startLoop> } = {}
  const wake = () => running.loop?.wake()
  const hub = await openHub(`file:${join(folder.path, 'hub.db')}`, folder.path, Date.now, { taxonomy, wake })
  try {
    await reportMany(hub)
    const owl = await actorNamed('owl', hub)
    const ids = await openIds(hub, owl.id)
    const start = async (at: number, eventAt: number) => {
      const does = { type: 'run', do: { type: 'start', protocol: protocol.id, eventAt } } as const
      await act(ids[at] as IncidentId, does, owl, { store: hub.store, taxonomy, now: Date.now() })
    }
    // Long enough ahead that all of them run before the first is due.
    const from = Date.now() + leadMs
    for (let at = 0; at < ids.length; at += reporters) {
      const some = Array.from({ length: Math.min(reporters, ids.length - at) }, (_, more) => at + more)
      await Promise.all(some.map(one => start(one, from + Math.floor(one / burst) * apartMs)))
    }
    if (Date.now() > from) throw new Error('the runs took too long to start')
    const armed = await hub.store.timers.due(Number.MAX_SAFE_INTEGER, 100_000)
    const late: number[] = []
    const log = createLog('warn', line => void process.stderr.write(line))
    const schedule = createSchedule({
      ...{ store: hub.store, plans: [], taxonomy, since: 0, clock: Date.now, holder: 'bench-clocks', wake, log },
      ...{ likeness: { sweep: async () => 0 }, places: listedPlaces({ name: 'nowhere', places: [] }) },
      hub: {
        work: async () => 0,
        fire: async timer => {
          await hub.hub.fire(timer)
          late.push(Date.now() - timer.dueAt)
        },
      },
    })
    running.loop = startLoop('clocks', schedule.runClocks, rhythm, log)
    await pause(from + measuredMs - Date.now())
    await running.loop.stop()
    const sorted = late.toSorted((one, other) => one - other)
    const value = Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN)
    const own = armed.filter(timer => timer.clock.startsWith('step:')).length
    const rate = Math.round(sorted.length / (measuredMs / 1000))
    const note = `${own} clocks of ${ids.length} runs armed; ${sorted.length} fired, ${rate} a second; median ${Math.round(sorted[sorted.length >> 1] ?? 0)} ms`
    const ok = value <= goalMs && own >= runs * steps
    yield { name, value, unit: 'ms', baseline: null, ratio: null, goal: `p99 <= ${goalMs} ms late`, ok, note }
  } finally {
    await running.loop?.stop()
    await hub.store.close()
  }
}

async function reportMany(hub: BenchHub): Promise<void> {
  for (let at = 0; at < runs; at += reporters) {
    const some = Array.from({ length: Math.min(reporters, runs - at) }, (_, more) => more)
    await Promise.all(some.map(one => fileReport(hub, one, at + one)))
  }
}

async function openIds({ store }: BenchHub, viewer: Awaited<ReturnType<typeof actorNamed>>['id']) {
  const ids: IncidentId[] = []
  for (let after: string | null = null; ; ) {
    const filter = { regions: 'all', viewer, open: true, limit: 500, ...(after ? { after } : {}) } as const
    const page = await store.incidents.list(filter)
    ids.push(...page.items.map(incident => incident.id))
    if (page.next === null) return ids
    after = page.next
  }
}
