import { setImmediate as breathe } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { regionOf } from '../workflows/directory.ts'
import { countyOf } from '../workflows/figures.ts'
import type { IncidentId, RegionCode } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { type Looked, matches, unclaimedFrom } from '../workflows/trigger/match.ts'
import { dayAfter, dayOf, localDays } from '../workflows/warning/days.ts'
import { worse } from '../workflows/warning/level.ts'
import { nearPolling } from '../workflows/warning/polling.ts'
import { alarmPosts, grownPosts } from '../workflows/warning/posts.ts'
import { type Rule, rulesFor, stillHolds } from '../workflows/warning/rules.ts'
import { reportersOf } from '../workflows/warning/series.ts'
import { alarmId } from '../workflows/warning/spot.ts'
import type { Alarm, Level } from '../workflows/warning.ts'
import { findPattern } from './pattern.ts'
import { tellThreats } from './threats.ts'

/** What rules are judged with. */
export type RulesOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  /** The hub's very first start (epoch ms): who reported before is not known. */
  readonly since: number
  readonly clock: () => number
  readonly wake: () => void
}

/** Warns at once by the network's rules. */
export type Rules = {
  /** Judges one that changed; gives when it must be looked at again (epoch ms), or null. */
  readonly judge: (known: Looked, seen: Set<string>) => Promise<number | null>
  /** Ends what holds no longer, because its reports were claimed, set aside, merged or moved since. Gives how many. */
  readonly revise: () => Promise<number>
}

const mostIncidents = 20
const usualDays = 28
const heardMs = 60_000
const weekMs = 7 * 24 * 60 * 60_000

/** Makes it; an alarm of the same pattern grows, and is never made twice. */
export function createRules(options: RulesOptions): Rules {
  const { store, taxonomy, since, clock, wake } = options
  // In a burst many alarms ask the same; who usually reports changes once a day.
  const heard = new Map<
    RegionCode,
    { readonly day: string; readonly at: number; readonly reporters: Alarm['reporters'] }
  >()

  async function judge(known: Looked, seen: Set<string>): Promise<number | null> {
    let next: number | null = null
    const { incident, words } = known
    if (incident.visibility !== 'region') {
      await tellThreats(incident, options)
      return null
    }
    const directory = store.roster.directory()
    const zone = regionOf(directory, incident.region)?.zone ?? directory.zone
    const said = [words.what, words.where].filter(Boolean).join('\n')
    const near = nearPolling(said, incident.reportedAt, zone, directory.polling)
    for (const rule of rulesFor(incident, taxonomy, near)) {
      if (!matches(rule.trigger, known, taxonomy)) continue
      // What was taken in from an old list, and left open, calls nobody today.
      if (rule.trigger.count === null && incident.reportedAt < clock() - weekMs) continue
      const from = unclaimedFrom(rule.trigger, known.incident)
      if (from !== null && from > clock()) next = Math.min(next ?? from, from)
      else if (from !== null || rule.trigger.unclaimed === null) await consider(rule, known, seen)
    }
    return next
  }

  async function consider(rule: Rule, known: Looked, seen: Set<string>): Promise<void> {
    const nameOf = (id: IncidentId) => `rule ${rule.name} ${id}`
    if (rule.trigger.count && seen.has(nameOf(known.incident.id))) return
    // On SQLite reading holds up everything else: people who wait for an answer come first.
    await breathe()
    const pattern = await findPattern({ id: 'warning' }, rule.trigger, known, { store, taxonomy })
    if (!pattern) return
    for (const { id } of pattern.incidents) seen.add(nameOf(id))
    // Each region that has part in it is warned; coordinators read of it once.
    const [...abouts] = new Map([...pattern.incidents, known.incident].map(one => [one.region, one])).values()
    for (const about of abouts) await warn(rule, about, pattern.incidents, about.id === known.incident.id)
  }

  async function warn(rule: Rule, about: Incident, incidents: readonly Incident[], tells: boolean): Promise<void> {
    const now = clock()
    const { region } = about
    const reads = store.warnings.at(now)
    const lately = (await reads.found({ from: now - weekMs, to: now + 1 }, [region])).filter(one =>
      isOf(one, rule, about),
    )
    const dismissed = new Set(lately.flatMap(one => (one.state === 'dismissed' ? one.incidents : [])))
    const fresh = incidents.filter(one => !dismissed.has(one.id))
    if (fresh.length < (rule.trigger.count?.atLeast ?? 1)) return
    const same = lately.find(
      one => one.state === 'open' && one.incidents.some(id => fresh.some(each => each.id === id)),
    )
    const level = levelOf(rule, fresh)
    if (same && worse(level, same.level) <= 0 && fresh.every(one => same.incidents.includes(one.id))) return
    // Whoever is asked about the very same reports is not told of them besides.
    const asked = await store.proposals.open([...new Set(fresh.map(one => one.region))])
    const isAsked = asked.some(one => fresh.every(each => one.incidents.includes(each.id)))
    const round = lately.filter(one => one.state !== 'open').length + 1
    const finding = await findingOf(rule, about, fresh, { id: same?.id ?? null, round }, now)
    if (finding.endsAt <= now) return
    const [before] = await reads.standing([region])
    const context = { directory: store.roster.directory(), taxonomy }
    const stands = worst(before?.level ?? 'green', level)
    const kept = await store.warnings.keep(
      finding,
      (alarm, how) => {
        if (!rule.tells || !tells || isAsked) return []
        if (how === 'grown') return grownPosts(alarm, stands, context)
        return alarmPosts(
          `warning:${alarm.id}`,
          { region, level: stands, fresh: [alarm], goOn: 0, late: null },
          context,
        )
      },
      now,
    )
    if (kept) wake()
  }

  async function findingOf(
    rule: Rule,
    about: Incident,
    incidents: readonly Incident[],
    { id, round }: { readonly id: string | null; readonly round: number },
    now: number,
  ): Promise<Omit<Alarm, 'state' | 'answeredBy' | 'answeredAt' | 'why'>> {
    const { region } = about
    const zone = regionOf(store.roster.directory(), region)?.zone ?? store.roster.directory().zone
    const last = Math.max(...incidents.map(one => one.reportedAt))
    const day = dayOf(last, zone)
    const placed = incidents.flatMap(one => {
      const name = countyOf(one.place)
      return name === null ? [] : [{ code: one.place.fips ?? name, name }]
    })
    const counties = [...new Map(placed.map(one => [one.code, one.name]))]
    const group = groupOf(rule, about)
    const own = rule.trigger.count === null ? about.id : rule.name === 'cluster' ? (about.place.fips ?? '') : ''
    return {
      // What comes after one that was dismissed, or is over, is another.
      id: id ?? alarmId(region, day, rule.name, group, own === '' ? null : own, round > 1 ? String(round) : null),
      ...{ method: 'rule', rule: rule.name, region, group, day, count: incidents.length },
      counties: counties.map(([code]) => code),
      places: counties.map(([, name]) => name),
      level: levelOf(rule, incidents),
      ...{ expected: null, statistic: null },
      reporters: await reportersNow(region, day, zone),
      incidents: incidents.slice(-mostIncidents).map(one => one.id),
      ...{ foundAt: now, endsAt: (rule.trigger.count === null ? now : last) + rule.lasts },
    }
  }

  async function reportersNow(region: RegionCode, day: string, zone: string): Promise<Alarm['reporters']> {
    const held = heard.get(region)
    if (held?.day === day && clock() - held.at < heardMs) return held.reporters
    const { bounds } = localDays(day, 1, zone)
    const now = (await store.series.reporters({ regions: [region], bounds })).length
    const usual = held?.day === day ? held.reporters.usual : await usually(region, day, zone)
    heard.set(region, { day, at: clock(), reporters: { now, usual } })
    return { now, usual }
  }

  async function usually(region: RegionCode, day: string, zone: string): Promise<number> {
    const { days, bounds } = localDays(dayAfter(day, -1), usualDays, zone)
    const begun = dayAfter(dayOf(since, zone), 1)
    const first = days.filter(one => one < begun).length
    return reportersOf(await store.series.reporters({ regions: [region], bounds }), region, usualDays, first).usual
  }

  async function revise(): Promise<number> {
    const now = clock()
    const over: string[] = []
    for (const alarm of await store.warnings.ofReports(now)) {
      const states = await store.proposals.states(alarm.incidents)
      if (!stillHolds(alarm, states)) over.push(alarm.id)
      await breathe()
    }
    if (over.length > 0) await store.warnings.end(over, now)
    return over.length
  }

  return { judge, revise }
}

function isOf(alarm: Alarm, rule: Rule, about: Incident): boolean {
  if (alarm.rule !== rule.name || alarm.group !== groupOf(rule, about)) return false
  if (rule.trigger.count === null) return alarm.incidents.includes(about.id)
  return rule.name !== 'cluster' || alarm.counties.includes(about.place.fips ?? countyOf(about.place) ?? '')
}

function levelOf(rule: Rule, incidents: readonly Incident[]): Alarm['level'] {
  return rule.rises && incidents.some(one => one.severity >= 4) ? 'warning' : rule.level
}

function groupOf({ name }: Rule, { kind }: Incident): string | null {
  return name === 'critical' || name === 'unclaimed' ? null : (kind?.slice(0, 2) ?? null)
}

function worst(one: Level, other: Level): Level {
  return worse(one, other) >= 0 ? one : other
}
