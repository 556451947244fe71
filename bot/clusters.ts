import { setImmediate as breathe } from 'node:timers/promises'
import type { Finding } from '../db/warnings.ts'
import type { Cluster, ScanInput } from '../workflows/detect/scan.ts'
import type { RegionCode } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { isLate } from '../workflows/late.ts'
import { dueWindow } from '../workflows/summary.ts'
import { beginOf, dayAfter, dayOf, localDays } from '../workflows/warning/days.ts'
import { worse } from '../workflows/warning/level.ts'
import { alarmPosts } from '../workflows/warning/posts.ts'
import { sameSeries } from '../workflows/warning/same.ts'
import { reportersOf, type SeriesCount } from '../workflows/warning/series.ts'
import { alarmId } from '../workflows/warning/spot.ts'
import { proposeFor } from './proposing.ts'
import { startScan } from './scanning.ts'
import type { WarningOptions } from './warning.ts'

/** What the daily scan works with; `centre` gives the middle of a county by its code, as longitude and latitude. */
export type ClusterOptions = Omit<WarningOptions, 'rules' | 'clusters'> & {
  readonly centre: (code: string) => readonly [number, number] | null
  readonly scan?: typeof startScan
}

/** Looks for neighboring counties that report more than they usually do. */
export type Clusters = {
  /** Scans the last two weeks of the whole network, at six in its zone, each day once. Gives whether it found one. */
  readonly run: () => Promise<boolean>
}

// Under which a scanned day is kept: no region has such a code.
const everywhere = '*'
const slowDays = 14
const baselineDays = 90
// With fewer days before, nobody knows what is usual.
const leastDays = 28
const leastCases = 5
const limit = 0.05
const daysAtOnce = 7
const namesAtOnce = 10
const mostIncidents = 20
const mostCounties = 10
const usualDays = 28

/** Makes it; the scan itself runs in a thread of its own. */
export function createClusters(options: ClusterOptions): Clusters {
  const { store, taxonomy, places, centre, since, clock, log, scan = startScan } = options
  let done = ''

  async function run(): Promise<boolean> {
    const { zone } = store.roster.directory()
    const window = dueWindow(
      { name: 'scan', when: { type: 'at', at: '06:00' }, zone, from: null, until: null },
      clock(),
      since,
    )
    if (!window) return false
    const day = dayAfter(dayOf(window.dueAt, zone), -1)
    if (done === day) return false
    const known = await store.warnings.computed(everywhere, [day], clock())
    const found = known.has(day) ? false : await look(day, zone, window.dueAt)
    done = day
    return found
  }

  async function look(day: string, zone: string, dueAt: number): Promise<boolean> {
    const span = localDays(day, baselineDays + slowDays, zone)
    const counts = await read(span.bounds)
    const begun = span.days.indexOf(dayAfter(dayOf(since, zone), 1))
    const first = Math.max(0, begun)
    const sites = await sitesOf(counts)
    const input = inputOf(counts, sites, first)
    const cluster = input && (await scan(input, { seed: seedOf(day) }))
    const findings = cluster && cluster.p < limit ? [await findingOf(cluster, sites, { day, zone, span, dueAt })] : []
    log.info({ day, counties: sites.length, found: findings.length }, 'the network was scanned for clusters')
    return keep(day, findings, dueAt)
  }

  async function read(bounds: readonly number[]): Promise<SeriesCount[]> {
    const regions = store.roster.directory().regions.map(region => region.code)
    const good = new Set(taxonomy.kinds.flatMap(kind => (kind.positive ? [kind.code] : [])))
    const counts: SeriesCount[] = []
    for (let from = 0; from < bounds.length - 1; from += daysAtOnce) {
      const query = { regions, bounds: bounds.slice(from, from + daysAtOnce + 1) }
      for (const one of await store.series.counts(query)) {
        // What a partner's list adds to one county would make all others stand out beside it.
        if (!one.imported && (one.kind === null || !good.has(one.kind))) counts.push({ ...one, day: one.day + from })
      }
      await breathe()
    }
    return counts
  }

  /** The counties with a known middle; what is said of others stands in their own series alone. */
  async function sitesOf(counts: readonly SeriesCount[]): Promise<readonly Place[]> {
    const names = [...new Set(counts.flatMap(one => one.county ?? []))].toSorted()
    const sites: Place[] = []
    for (const [index, name] of names.entries()) {
      const code = places.find(name).fips
      const middle = code === null ? null : centre(code)
      if (code !== null && middle) sites.push({ name, code, lon: middle[0], lat: middle[1] })
      // Finding a county that is misspelt takes a while: people who wait for an answer come first.
      if (index % namesAtOnce === 0) await breathe()
    }
    return sites
  }

  async function findingOf(cluster: Cluster, sites: readonly Place[], when: When): Promise<Finding> {
    const { day, zone, span, dueAt } = when
    const inside = cluster.sites.flatMap(index => sites[index] ?? [])
    const from = span.bounds[span.days.length - cluster.days] ?? 0
    const to = (span.bounds.at(-1) ?? 1) - 1
    const behind: Incident[] = []
    for (const { name } of inside.slice(0, mostCounties)) {
      const stretch = { from, to, region: null, county: name, kinds: null, severity: null }
      behind.push(...(await store.proposals.matching(stretch, mostIncidents)))
      await breathe()
    }
    behind.sort((one, other) => other.reportedAt - one.reportedAt)
    const region = mostOf(behind.map(one => one.region)) ?? ''
    const reporters = await store.series.reporters({ regions: [region], bounds: span.bounds.slice(-usualDays - 2) })
    const now = clock()
    return {
      id: alarmId(region, day, 'scan'),
      ...{ method: 'scan', region, group: null, day, count: Math.round(cluster.observed), expected: cluster.expected },
      counties: inside.map(one => one.code),
      places: inside.map(one => one.name),
      days: cluster.days,
      level: behind.some(one => one.severity >= 4) ? 'warning' : 'watch',
      statistic: { name: 'p', value: cluster.p, bound: limit },
      reporters: reportersOf(reporters, region, usualDays),
      incidents: behind.slice(0, mostIncidents).map(one => one.id),
      ...{ foundAt: now, endsAt: beginOf(dayAfter(day, 3), zone) },
      ...(isLate(dueAt, now) ? { late: dueAt } : {}),
    }
  }

  async function keep(day: string, findings: readonly Finding[], dueAt: number): Promise<boolean> {
    const now = clock()
    const [finding] = findings
    const [before] = finding ? await store.warnings.at(now).standing([finding.region]) : []
    const same = finding ? (before?.alarms ?? []).filter(alarm => sameSeries(alarm, finding)) : []
    const goesOn = same.some(alarm => finding !== undefined && worse(finding.level, alarm.level) <= 0)
    const directory = store.roster.directory()
    const made = await store.warnings.compute(
      {
        ...{ region: everywhere, day, findings, instead: same.map(alarm => alarm.id) },
        tell: (alarms, again) => {
          const fresh = goesOn ? [] : alarms
          const [level = 'green'] = [before?.level ?? 'green', ...fresh.map(one => one.level)].toSorted((one, other) =>
            worse(other, one),
          )
          const told = { region: finding?.region ?? '', level, fresh, goOn: 0, late: isLate(dueAt, now) ? dueAt : null }
          return alarmPosts(`warning:scan:${day}${again ? ':again' : ''}`, told, { directory, taxonomy })
        },
      },
      now,
    )
    for (const alarm of goesOn ? [] : (made ?? [])) await proposeFor(alarm, options)
    return made !== null && made.length > 0
  }

  return { run }
}

type Place = { readonly name: string; readonly code: string; readonly lon: number; readonly lat: number }
type When = {
  readonly day: string
  readonly zone: string
  readonly span: { readonly days: readonly string[]; readonly bounds: readonly number[] }
  readonly dueAt: number
}

/** Two weeks of every county against what it reported before; null where too little is known. */
function inputOf(counts: readonly SeriesCount[], sites: readonly Place[], first: number): ScanInput | null {
  const known = baselineDays - first
  if (known < leastDays || sites.length < 2) return null
  const indexes = new Map(sites.map((site, index) => [site.name, index]))
  const cases = Array.from({ length: slowDays }, () => new Float64Array(sites.length))
  const usual = new Float64Array(sites.length)
  let total = 0
  for (const { county, day, count } of counts) {
    const index = county === null ? undefined : indexes.get(county)
    if (index === undefined) continue
    if (day >= first && day < baselineDays) usual[index] = (usual[index] ?? 0) + count
    const list = cases[day - baselineDays]
    if (!list) continue
    list[index] = (list[index] ?? 0) + count
    total += count
  }
  if (total < leastCases) return null
  const daily = usual.map(sum => sum / known)
  return { sites: sites.map(({ lon, lat }) => ({ lon, lat })), cases, expected: cases.map(() => daily) }
}

// The same day gives the same chance, whoever scans it.
function seedOf(day: string): number {
  return Number(day.replaceAll('-', ''))
}

function mostOf(regions: readonly RegionCode[]): RegionCode | null {
  const counts = Map.groupBy(regions, region => region)
  const [first] = [...counts].toSorted(
    ([one, all], [other, others]) => others.length - all.length || (one < other ? -1 : 1),
  )
  return first?.[0] ?? null
}
