import type { Finding } from '../db/warnings.ts'
import { indicatorRule, indicators } from '../workflows/detect/indicators.ts'
import type { RegionCode } from '../workflows/ids.ts'
import { isLate } from '../workflows/late.ts'
import { beginOf, dayAfter } from '../workflows/warning/days.ts'
import { reportersOf } from '../workflows/warning/series.ts'
import { silenceRule, silences } from '../workflows/warning/silence.ts'
import { alarmId, type Spot } from '../workflows/warning/spot.ts'
import type { Scene, WarningOptions } from './warning.ts'

const mostIncidents = 20
// A statistical alarm counts for so many whole days after its own.
const lastingDays = 2
const slowDays = 14
// Somebody was not heard either while the hub was away.
const awayMs = 60 * 60_000
const weekMs = 3.5 * 24 * 60 * 60_000

/** A statistical finding of a day as an alarm: with the reports behind it, a warning if any is S4 or above. */
export async function findingOf(
  { of, finding }: Spot,
  at: number,
  scene: Scene,
  { store, taxonomy, places }: Pick<WarningOptions, 'store' | 'taxonomy' | 'places'>,
): Promise<Finding> {
  const { region, group, county } = of
  const { days, bounds } = scene.span
  const day = days[at] ?? ''
  const from = finding.method === 'cusum' ? at - slowDays + 1 : at
  const behind = await store.proposals.matching(
    {
      ...{ from: bounds[Math.max(0, from)] ?? 0, to: (bounds[at + 1] ?? 1) - 1, region, county, severity: null },
      kinds: taxonomy.kinds.flatMap(kind => (kind.group === group ? [kind.code] : [])),
    },
    mostIncidents,
  )
  const code = county === null ? null : (behind[0]?.place.fips ?? places.find(county).fips ?? county)
  const late = isLate(scene.dueAt, scene.now) ? { late: scene.dueAt } : {}
  return {
    id: alarmId(region, day, finding.method, group, code),
    ...{ method: finding.method, region, group, day, count: finding.count, expected: finding.expected },
    counties: code === null ? [] : [code],
    ...(county === null ? {} : { places: [county] }),
    level: behind.some(one => one.severity >= 4) ? 'warning' : 'watch',
    statistic: finding.statistic,
    from: finding.from,
    reporters: reportersOf(scene.reporters, region, at, scene.first),
    incidents: behind.map(one => one.id),
    ...{ foundAt: scene.now, endsAt: beginOf(dayAfter(day, lastingDays + 1), scene.zone) },
    ...late,
  }
}

/** Who and what has gone quiet by the end of a day; nothing where the hub itself was away, and of days long past. */
export function quietFindings(
  at: number,
  regions: readonly RegionCode[],
  scene: Scene,
  { store, places }: Pick<WarningOptions, 'store' | 'places'>,
): readonly Finding[] {
  const { now, dueAt, span, zone, first } = scene
  const day = span.days[at] ?? ''
  if (at !== span.days.length - 2 || now - dueAt > awayMs) return []
  const { events = [] } = store.roster.directory()
  const near = events.some(({ on }) => Math.abs(beginOf(on, zone) - beginOf(day, zone)) <= weekMs)
  // Who gave a partner's list once is not expected to go on.
  const heard = { counts: scene.counts.filter(one => !one.imported), reporters: scene.reporters }
  const found = silences(heard, { last: at, first }, silenceRule(near)).filter(one => regions.includes(one.region))
  return found.flatMap(({ region, counties, reporters }): Finding[] => {
    const common: Omit<Finding, 'id' | 'count' | 'counties'> = {
      ...({ method: 'silence', level: 'watch' } as const),
      ...{ region, group: null, day, expected: null, statistic: null },
      ...{ reporters: reportersOf(scene.reporters, region, at, first), incidents: [], foundAt: now },
      endsAt: beginOf(dayAfter(day, 3), zone),
    }
    const quiet = counties.map(county => places.find(county).fips ?? county)
    const id = (rule: string) => alarmId(region, day, 'silence', rule)
    return [
      ...(quiet.length === 0
        ? []
        : [
            { ...common, id: id('counties'), rule: 'counties', count: quiet.length, counties: quiet, places: counties },
          ]),
      ...(reporters === 0
        ? []
        : [{ ...common, id: id('reporters'), rule: 'reporters', count: reporters, counties: [] }]),
    ]
  })
}

/** Regions whose last weekly brief scores high, as long as that brief is of late. */
export async function ratedFindings(
  at: number,
  regions: readonly RegionCode[],
  scene: Scene,
  { store, taxonomy }: Pick<WarningOptions, 'store' | 'taxonomy'>,
): Promise<readonly Finding[]> {
  const known = taxonomy.indicators ?? []
  if (at !== scene.span.days.length - 2 || known.length === 0) return []
  const made: Finding[] = []
  for (const region of regions) {
    const [brief] = await store.briefs.latest(region, 1)
    if (!brief || brief.at + briefMs <= scene.now) continue
    const { value, level } = indicators(known, brief.scores)
    if (value === null || level === 'green') continue
    made.push({
      id: alarmId(region, brief.week, 'indicators'),
      ...{ method: 'indicators', region, counties: [], group: null, day: brief.week, level, count: Math.round(value) },
      ...{ expected: null, statistic: { name: 'score', value, bound: indicatorRule[level] } },
      reporters: reportersOf(scene.reporters, region, at, scene.first),
      ...{ incidents: [], foundAt: scene.now, endsAt: brief.at + briefMs },
    })
  }
  return made
}

// Until the next one is due, with a day to spare.
const briefMs = 8 * 24 * 60 * 60_000
