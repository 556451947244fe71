import { setTimeout as pause } from 'node:timers/promises'
import { eventually, type Machines, openMachines } from '../machines.ts'
import { postgresNeed, startPostgres } from '../postgres.ts'
import type { HubProcess } from '../process.ts'
import { type Bench, compared, type Goal, median, type Result } from './measure.ts'

const names = ['take-over', 'take-over-worst', 'take-over-apart', 'take-over-apart-worst'] as const
const kills = { together: 50, apart: 8 }
const everyMs = { together: 1_000, apart: 2_300 }
const longestMs = 60_000
const note = 'the same message while nobody dies'
const goal: Goal = { text: 'value <= 10,000 ms', met: value => value <= 10_000 }
const rooms = ['az', 'us'] as const
const lease = 'sending:slack'

/**
 * How long after kill -9 of the process that sends another has sent what was committed right then, in ms: median and
 * worst, of processes on one machine, and of such that know nothing of each other's end.
 */
export const takeOver: Bench = {
  names,
  async *run(wanted) {
    if (!postgresNeed().path) return
    const server = await startPostgres({ durable: true })
    try {
      for (const where of ['together', 'apart'] as const) {
        const [middle, worst] = where === 'together' ? (['take-over', 'take-over-worst'] as const) : apartNames
        if (wanted(middle) || wanted(worst)) yield* measured(await server.fresh(), where, [middle, worst], wanted)
      }
    } finally {
      await server.stop()
    }
  },
}

const apartNames = ['take-over-apart', 'take-over-apart-worst'] as const

async function* measured(
  url: string,
  where: keyof typeof kills,
  [middle, worst]: readonly [string, string],
  wanted: (name: string) => boolean,
): AsyncGenerator<Result> {
  const net = await openMachines(url)
  let started = 0
  const start = () => net.start({ LOG_LEVEL: 'error', ...(where === 'apart' ? elsewhere(++started) : {}) })
  try {
    for (let hub = 0; hub < 3; hub += 1) await start()
    const baseline = []
    for (let round = 0; round < 5; round += 1) baseline.push(await sent(net, `calm ${round}`, round))
    const values = []
    let replaced: Promise<unknown> = Promise.resolve()
    for (let round = 0; round < kills[where]; round += 1) {
      await eventually(longestMs, () => net.holder(lease), Boolean)
      // At moments that lie evenly between two renewals, or two looks of those who stand by.
      await pause(((round * 0.618) % 1) * everyMs[where])
      const leader = (await net.holder(lease)) as HubProcess
      await replaced
      leader.signal('SIGKILL')
      values.push(await sent(net, `killed ${round}`, round))
      replaced = start()
      // Told when it is waited for.
      replaced.catch(() => {})
    }
    await replaced
    const both = { baseline: median(baseline) }
    if (wanted(middle)) yield compared(middle, 'ms', { ...both, value: median(values) }, goal, note)
    if (wanted(worst)) yield compared(worst, 'ms', { ...both, value: Math.max(...values) }, goal, note)
  } finally {
    await net.close()
  }
}

async function sent(net: Machines, words: string, round: number): Promise<number> {
  const room = rooms[round % 2] ?? 'az'
  const begun = performance.now()
  await net.send(room, [words])
  await eventually(
    longestMs,
    () => net.shown(room),
    shown => shown.includes(words),
  )
  return performance.now() - begun
}

/** The environment of a process that takes itself to be on a machine of its own. */
function elsewhere(machine: number): Record<string, string> {
  const lines = [
    "import os from 'node:os'",
    "import { syncBuiltinESMExports } from 'node:module'",
    `os.hostname = () => 'machine-${machine}'`,
    'syncBuiltinESMExports()',
  ]
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(lines.join(';'))}` }
}
