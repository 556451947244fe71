import { setImmediate as breathe } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { Finding } from '../db/warnings.ts'
import { today } from '../workflows/detect/today.ts'
import type { Region } from '../workflows/directory.ts'
import { StoreError } from '../workflows/errors.ts'
import type { RegionCode } from '../workflows/ids.ts'
import { isLate } from '../workflows/late.ts'
import type { Places } from '../workflows/routing.ts'
import { dueWindow } from '../workflows/summary.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { dayAfter, dayOf, type LocalDays, localDays } from '../workflows/warning/days.ts'
import { worse } from '../workflows/warning/level.ts'
import { alarmPosts } from '../workflows/warning/posts.ts'
import { sameSeries } from '../workflows/warning/same.ts'
import { type Panel, panelOf, type ReporterDay, type SeriesCount } from '../workflows/warning/series.ts'
import { spotsOf } from '../workflows/warning/spot.ts'
import type { Alarm } from '../workflows/warning.ts'
import type { Clusters } from './clusters.ts'
import { findingOf, quietFindings, ratedFindings } from './finding.ts'
import { proposeFor } from './proposing.ts'
import type { Rules } from './rules.ts'

/** What early warning is computed with; `since` (epoch ms) is the hub's very first start. */
export type WarningOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly places: Pick<Places, 'find'>
  /** What warns at once: what it found is looked through each time. */
  readonly rules: Pick<Rules, 'revise'>
  /** What scans the whole network; absent: nothing does. */
  readonly clusters?: Clusters
  readonly since: number
  readonly clock: () => number
  readonly wake: () => void
  readonly log: Pick<Logger, 'info' | 'error'>
}

/** Computes early warning once a day. */
export type Warnings = {
  /**
   * Looks at the last whole day of every region, at six in its own zone: each day once for ever, by whoever is first,
   * late rather than never. Gives how many regions had something new. One process at a time runs it.
   */
  readonly run: () => Promise<number>
}

/** One zone with its days, what was counted in them, and from which day on the hub was there. */
export type Scene = {
  readonly zone: string
  readonly span: LocalDays
  readonly counts: readonly SeriesCount[]
  readonly reporters: readonly ReporterDay[]
  readonly panel: Panel
  readonly first: number
  readonly now: number
  readonly dueAt: number
}

const hour = '06:00'
const baselineDays = 90
// After a longer time without a hub the days before are history.
const mostMissed = 7
// Read a week at a time: on SQLite reading holds up everything else.
const daysAtOnce = 7
const keptMs = 400 * 24 * 60 * 60_000

/** Makes it; what it has done stands in the database, so that it may die at any moment. */
export function createWarnings(options: WarningOptions): Warnings {
  const { store, taxonomy, clock, since, log } = options
  // Asked every minute: what is known to be done is not looked up again by this process.
  const done = new Map<string, string>()

  async function run(): Promise<number> {
    await options.rules.revise()
    let made = 0
    for (const [zone, regions] of Map.groupBy(store.roster.directory().regions, region => region.zone)) {
      const window = dueWindow({ ...daily, zone }, clock(), since)
      if (!window) continue
      const last = dayAfter(dayOf(window.dueAt, zone), -1)
      const name = [zone, last, ...regions.map(region => region.code)].join(' ')
      if (done.get(zone) === name) continue
      try {
        made += await computeZone(zone, regions, last, window.dueAt)
        done.set(zone, name)
      } catch (error) {
        // One zone that cannot be computed must not stop the others, nor the summaries.
        if (error instanceof StoreError) throw error
        log.error({ err: error, zone, day: last }, 'early warning could not be computed')
      }
    }
    return made + (await scanned())
  }

  /** What cannot be scanned must not stop the summaries. */
  async function scanned(): Promise<number> {
    try {
      return (await options.clusters?.run()) ? 1 : 0
    } catch (error) {
      if (error instanceof StoreError) throw error
      log.error({ err: error }, 'the network could not be scanned')
      return 0
    }
  }

  async function computeZone(zone: string, regions: readonly Region[], last: string, dueAt: number): Promise<number> {
    const begun = dayOf(since, zone)
    const days = Array.from({ length: mostMissed }, (_, back) => dayAfter(last, back - mostMissed + 1))
    const missing = new Map<RegionCode, readonly string[]>()
    for (const { code } of regions) {
      const known = await store.warnings.computed(code, days, clock())
      const left = days.filter(day => day >= begun && !known.has(day))
      if (left.length > 0) missing.set(code, left)
    }
    const all = [...new Set([...missing.values()].flat())].toSorted()
    if (all.length === 0) return 0
    const scene = await read(zone, regions, last, dueAt)
    let made = 0
    for (const day of all) {
      const open = [...missing].flatMap(([region, left]) => (left.includes(day) ? [region] : []))
      made += await computeDay(day, open, scene)
    }
    await store.warnings.prune(clock() - keptMs)
    return made
  }

  async function read(zone: string, regions: readonly Region[], last: string, dueAt: number): Promise<Scene> {
    // The day that goes on is read, too: whoever has reported by now is not silent.
    const span = localDays(dayAfter(last, 1), baselineDays + mostMissed + 1, zone)
    const counts: SeriesCount[] = []
    const reporters: ReporterDay[] = []
    for (let from = 0; from < span.days.length; from += daysAtOnce) {
      const query = {
        regions: regions.map(region => region.code),
        bounds: span.bounds.slice(from, from + daysAtOnce + 1),
      }
      for (const one of await store.series.counts(query)) counts.push({ ...one, day: one.day + from })
      await breathe()
      for (const one of await store.series.reporters(query)) reporters.push({ ...one, day: one.day + from })
      await breathe()
    }
    const begun = span.days.indexOf(dayAfter(dayOf(since, zone), 1))
    const first = Math.max(0, begun)
    const good = new Set(taxonomy.kinds.flatMap(kind => (kind.positive ? [kind.code] : [])))
    const panel = panelOf(counts, { days: span.days.length, first, good })
    return { zone, span, counts, reporters, panel, first, now: clock(), dueAt }
  }

  async function computeDay(day: string, regions: readonly RegionCode[], scene: Scene): Promise<number> {
    const at = scene.span.days.indexOf(day)
    const spots = spotsOf(today(scene.panel.series, undefined, at), scene.panel)
    const found: Finding[] = []
    for (const spot of spots.filter(one => regions.includes(one.of.region))) {
      found.push(await findingOf(spot, at, scene, options))
      await breathe()
    }
    found.push(...quietFindings(at, regions, scene, options), ...(await ratedFindings(at, regions, scene, options)))
    let made = 0
    for (const region of regions) {
      const own = found.filter(one => one.region === region)
      if (await keepDay(region, day, own, scene)) made += 1
    }
    log.info({ zone: scene.zone, day, regions: regions.length, alarms: found.length }, 'early warning was computed')
    return made
  }

  async function keepDay(
    region: RegionCode,
    day: string,
    findings: readonly Finding[],
    scene: Scene,
  ): Promise<boolean> {
    const { now, dueAt } = scene
    const [before] = await store.warnings.at(now).standing([region])
    const earlier = before?.alarms ?? []
    const goesOn = (one: Finding) => earlier.filter(alarm => alarm.id !== one.id && sameSeries(alarm, one))
    const isFresh = (one: Alarm) => {
      const same = goesOn(one)
      return one.endsAt > now && (same.length === 0 || same.every(alarm => worse(one.level, alarm.level) > 0))
    }
    const directory = store.roster.directory()
    const made = await store.warnings.compute(
      {
        ...{ region, day, findings, instead: findings.flatMap(one => goesOn(one).map(alarm => alarm.id)) },
        tell: (alarms, again) => {
          const fresh = alarms.filter(isFresh)
          const levels = [before?.level ?? 'green', ...fresh.map(alarm => alarm.level)]
          const [level = 'green'] = levels.toSorted((one, other) => worse(other, one))
          const goOn = alarms.filter(one => one.endsAt > now).length - fresh.length
          const late = isLate(dueAt, now) ? dueAt : null
          return alarmPosts(
            `warning:${region}:${day}${again ? ':again' : ''}`,
            { region, level, fresh, goOn, late },
            { directory, taxonomy },
          )
        },
      },
      now,
    )
    for (const alarm of (made ?? []).filter(isFresh)) await proposeFor(alarm, options)
    return made !== null && made.length > 0
  }

  return { run }
}

const daily = { name: 'warnings', when: { type: 'at', at: hour }, from: null, until: null } as const
