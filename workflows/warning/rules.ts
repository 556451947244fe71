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
 * Whether what a rule found still stands, as its incidents are now: enough of them happened, are known to the region
 * and of that group; a critical or unclaimed one is so still.
 */
export function stillHolds({ rule, group }: Pick<Alarm, 'rule' | 'group'>, incidents: readonly Incident[]): boolean {
  const real = incidents.filter(one => one.visibility === 'region' && happened.has(one.status))
  switch (rule) {
    case 'critical':
      return real.some(one => isOpen(one) && one.severity === 5)
    case 'unclaimed':
      return real.some(one => one.status === 'reported' && one.severity >= 4)
    default: {
      const alike = real.filter(one => group === null || one.kind?.startsWith(group))
      return alike.length >= (least[rule ?? ''] ?? 1)
    }
  }
}

const least: Readonly<Record<string, number>> = { cluster: 3, rumour: 2, own: 2, polling: 1 }
const happened: ReadonlySet<Incident['status']> = new Set(['reported', 'claimed', 'resolved', 'closed'])
