import { setTimeout as pause } from 'node:timers/promises'
import { startScan } from '../../bot/scanning.ts'
import { cusum } from '../../workflows/detect/cusum.ts'
import { ears } from '../../workflows/detect/ears.ts'
import { exceedance } from '../../workflows/detect/exceedance.ts'
import { seeded } from '../../workflows/detect/random.ts'
import { today, todayRule } from '../../workflows/detect/today.ts'
import { type Bench, limited, median, type Result } from './measure.ts'

const counties = 3200
const groups = 9
const days = 90
const rounds = 3

/** Early warning over the whole country: every method on every series, and the scan beside a thread that must answer. */
export const earlyWarning: Bench = {
  names: ['warning-detectors', 'warning-scan', 'warning-scan-held-up'],
  run: wanted => limited(120, 'early warning', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  if (wanted('warning-detectors')) {
    const panel = quietCountry()
    const ms = median(Array.from({ length: rounds }, () => timed(() => allMethods(panel))))
    const note = `${counties} counties x ${groups} groups x ${days} days: C1, C2, C3, chance, CUSUM, and the day's tests`
    yield goal('warning-detectors', 'ms', ms, 2000, note)
  }
  if (!wanted('warning-scan') && !wanted('warning-scan-held-up')) return
  let held = 0
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now()
    const scanning = startScan(busyDay(round), { share: 0.5, replications: 999, seed: 1 })
    held = Math.max(held, await longestPause(scanning))
    times.push(performance.now() - begun)
  }
  const note = `${counties} counties, 999 replications, half of the country in a circle`
  if (wanted('warning-scan')) yield goal('warning-scan', 'ms', median(times), 5000, note)
  if (wanted('warning-scan-held-up'))
    yield goal('warning-scan-held-up', 'ms', held, 200, 'longest that the main thread did not answer meanwhile')
}

type Panel = readonly { readonly key: string; readonly counts: Float64Array }[]

function allMethods(panel: Panel): number {
  let alarms = 0
  for (const { counts } of panel) {
    for (const form of ['c1', 'c2', 'c3'] as const) for (const day of ears(counts, form)) if (day.alarm) alarms += 1
    for (const day of exceedance(counts, { model: 'auto' })) if (day.alarm) alarms += 1
    for (const day of cusum(counts, { k: 1, h: 4 })) if (day.alarm) alarms += 1
  }
  return alarms + today(panel, todayRule).length
}

/** Most counties report nothing on most days, a few a lot. */
function quietCountry(): Panel {
  const chance = seeded(3)
  return Array.from({ length: counties * groups }, (_, at) => {
    const mean = at % 50 === 0 ? 3 : 0.05
    return { key: `${at}`, counts: Float64Array.from({ length: days }, () => poisson(mean, chance)) }
  })
}

function busyDay(seed: number) {
  const chance = seeded(seed + 10)
  const sites = Array.from({ length: counties }, () => ({ lon: -124 + 57 * chance(), lat: 25 + 24 * chance() }))
  const expected = sites.map(() => 0.02 + 0.2 * chance() ** 3)
  const cases = expected.map((mean, at) => poisson(mean, chance) + (at < 4 ? 2 : 0))
  return { sites, cases: [cases], expected: [expected] }
}

function poisson(mean: number, chance: () => number): number {
  let [count, product] = [0, chance()]
  for (const limit = Math.exp(-mean); product > limit; product *= chance()) count += 1
  return count
}

/** The longest that this thread did not come round, in ms, until the work is done. */
async function longestPause(work: Promise<unknown>): Promise<number> {
  const scan = { done: false }
  const ended = work.finally(() => {
    scan.done = true
  })
  let [longest, last] = [0, performance.now()]
  while (!scan.done) {
    await pause(5)
    const now = performance.now()
    longest = Math.max(longest, now - last - 5)
    last = now
  }
  await ended
  return longest
}

function timed(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

function goal(name: string, unit: string, value: number, most: number, note: string): Result {
  const rounded = Math.round(value)
  return { name, unit, value: rounded, baseline: null, ratio: null, goal: `<= ${most}`, ok: value <= most, note }
}
