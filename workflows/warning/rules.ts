import { countyOf } from '../figures.ts'
import { type Incident, isOpen } from '../incident.ts'
import type { Trigger } from '../protocol.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Alarm } from '../warning.ts'

/** A rule that warns at once: what it looks for, how grave that is, for how long it counts (ms), and who is told. */
export type Rule = {
  readonly name: 'critical' | 'unclaimed' | 'cluster' | 'rumour' | 'own' | 'polling'
  readonly trigger: Trigger
  readonly level: Alarm['level']
  /** One report of S4 or above makes it a warning. */
  readonly rises: boolean
  readonly lasts: number
  /** Whether coordinators are told by this; if not, the report itself calls people already. */
  readonly tells: boolean
}

const hour = 60 * 60_000

/**
 * The rules that an incident may be part of, with the group of its kind told apart; none for good news. `near`: it is
 * near a polling place while people vote.
 */
export function rulesFor({ kind }: Pick<Incident, 'kind'>, taxonomy: Taxonomy, near: boolean): readonly Rule[] {
  const info = taxonomy.kinds.find(one => one.code === kind)
  if (info?.positive) return []
  const always = [critical, unclaimed]
  if (!info) return always
  const { code, group } = info
  const special = [
    ...(group === 'SP' ? [rumour] : []),
    ...(code === 'TH-4' ? [own] : []),
    ...(group === 'AR' && near ? [polling] : []),
  ]
  return [...always, cluster(group), ...special]
}

function rule(name: Rule['name'], looks: Partial<Trigger>, more: Partial<Rule> = {}): Rule {
  const blank = { kinds: [], severity: null, regions: [], words: null, count: null, unclaimed: null } as const
  const trigger: Trigger = { ...blank, id: name, start: 'propose', ...looks }
  return { name, trigger, level: 'watch', rises: false, lasts: 24 * hour, tells: true, ...more }
}

const critical = rule('critical', { severity: 5 }, { level: 'warning', tells: false })
const unclaimed = rule('unclaimed', { severity: 4, unclaimed: 10 }, { level: 'warning', tells: false })
const rumour = rule('rumour', {
  kinds: ['SP'],
  count: { atLeast: 2, minutes: 6 * 60, within: 'network', counties: 2, alike: true },
})
const own = rule(
  'own',
  { kinds: ['TH-4'], count: { atLeast: 2, minutes: 7 * 24 * 60, within: 'region', counties: 1 } },
  { level: 'warning', lasts: 7 * 24 * hour },
)

const polling = rule('polling', { kinds: ['AR'] }, { level: 'warning' })

// What is only for information, such as a planned gathering, is no cluster of trouble.
function cluster(group: string): Rule {
  const count = { atLeast: 3, minutes: 24 * 60, within: 'county', counties: 1 } as const
  return rule('cluster', { kinds: [group], severity: 2, count }, { rises: true })
}

/**
 * Whether what was found still stands, as its incidents are now: enough of them happened, are known to the region, lie
 * where they were counted and are of that group; a critical or unclaimed one is so still.
 */
export function stillHolds(alarm: Found, incidents: readonly Incident[]): boolean {
  const { rule, group, region } = alarm
  const real = incidents.filter(one => one.visibility === 'region' && happened.has(one.status))
  const alike = real.filter(one => group === null || one.kind?.startsWith(group))
  const here = real.filter(one => one.region === region)
  switch (rule) {
    case 'critical':
      return here.some(one => isOpen(one) && one.severity === 5)
    case 'unclaimed':
      return here.some(one => one.status === 'reported' && one.severity >= 4)
    case 'rumour':
      return alike.length >= 2 && alike.some(one => one.region === region)
    case 'cluster':
      return alike.filter(one => liesIn(one, alarm)).length >= 3
    case 'own':
      return alike.filter(one => one.region === region).length >= 2
    case 'polling':
      return alike.some(one => one.region === region)
    default:
      return enoughOf(alarm, alike)
  }
}

type Found = Pick<
  Alarm,
  'method' | 'rule' | 'group' | 'region' | 'places' | 'count' | 'from' | 'expected' | 'statistic'
> &
  Pick<Alarm, 'incidents'>

function liesIn(incident: Incident, { method, region, places = [] }: Found): boolean {
  if (method !== 'scan' && incident.region !== region) return false
  return places.length === 0 || places.includes(countyOf(incident.place) ?? '')
}

/** Of a day's figures: less what was set aside, merged or moved since, they would alarm still. */
function enoughOf(alarm: Found, alike: readonly Incident[]): boolean {
  const { method, count, from = 1, expected, statistic, incidents } = alarm
  const gone = incidents.length - alike.filter(one => liesIn(one, alarm)).length
  if (method === 'cusum') return (statistic?.value ?? 0) - gone >= (statistic?.bound ?? 0)
  if (method === 'scan') return count - gone >= Math.max(fewest, expected ?? 0)
  return count - gone >= from
}

// Fewer reports than these the scan does not look at.
const fewest = 5
const happened: ReadonlySet<Incident['status']> = new Set(['reported', 'claimed', 'resolved', 'closed'])
