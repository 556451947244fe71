import { countyName } from '../county.ts'
import { reportingEffect } from '../detect/level.ts'
import { type Directory, regionName } from '../directory.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { stateOf } from '../places/states.ts'
import type { InLanguages, Taxonomy } from '../taxonomy.ts'
import type { Alarm, Level } from '../warning.ts'

type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy }

// So many counties fit a line on a phone; the others are counted.
const mostNamed = 3
// A rule counts no further.
const mostCounted = 100

/** What an alarm is, in one line: what was found, of which group, where. */
export function headOf(alarm: Alarm, context: Context): Phrase {
  const params = { where: whereOf(alarm, context), group: groupName(alarm.group, context), count: alarm.count }
  switch (alarm.method) {
    case 'rule':
      return ruleHead(alarm, params)
    case 'silence':
      return phrase(alarm.rule === 'reporters' ? 'warning.head-reporters' : 'warning.head-counties', params)
    case 'scan':
      return phrase('warning.head-scan', params)
    case 'indicators':
      return phrase('warning.head-indicators', params)
    case 'cusum':
      return phrase('warning.head-cusum', params)
    case 'ears-c1':
    case 'ears-c2':
    case 'ears-c3':
    case 'poisson':
    case 'negative-binomial':
      return phrase('warning.head-group', params)
  }
}

/** What was counted and what was to be expected, and how many people reported then against usual. */
export function figuresOf(alarm: Alarm): readonly Phrase[] {
  const { count, expected, reporters, method } = alarm
  const day = dayName(alarm.day)
  const people = phrase('warning.reporters', { count: reporters.now, usual: decimal(reporters.usual) })
  if (method === 'silence') return [phrase('warning.figures-quiet', { day }), people]
  if (method === 'indicators') return [phrase('warning.figures-score', { count })]
  if (expected === null && count > mostCounted) return [phrase('warning.figures-many', { count: mostCounted }), people]
  if (expected === null) return [phrase('warning.figures-rule', { count }), people]
  const usual = decimal(expected)
  if (alarm.days !== undefined) {
    return [phrase('warning.figures-span', { count: alarm.days, reports: `${count}`, day, expected: usual }), people]
  }
  const key = method === 'cusum' || method === 'scan' ? 'warning.figures-slow' : 'warning.figures'
  return [phrase(key, { count, day, expected: usual }), people]
}

/** That far more or fewer people reported than usual, which may be all there is to it; null where they did not. */
export function effectOf({ reporters, method }: Pick<Alarm, 'reporters' | 'method'>): Phrase | null {
  if (method === 'indicators' || !reportingEffect(reporters)) return null
  return phrase('warning.effect')
}

/** How it was found, with the statistic and its limit where there is one. */
export function methodOf({ method, statistic }: Pick<Alarm, 'method' | 'statistic'>): Phrase {
  const name = phrase(method === 'rule' || method === 'silence' ? `warning.name-${method}` : `warning.method-${method}`)
  if (!statistic) return phrase('warning.method-rule', { method: name })
  const said = statisticNames.find(one => one === statistic.name)
  return phrase('warning.method', {
    method: name,
    name: said ? phrase(`warning.name-${said}`) : statistic.name,
    // A chance is never none, however small a number becomes.
    value: decimal(statistic.name === 'p' ? Math.max(statistic.value, Number.MIN_VALUE) : statistic.value),
    bound: decimal(statistic.bound),
  })
}

/** What ends it: the moment from which it counts no more, and what would keep it alive; or when it ended. */
export function endOf(alarm: Pick<Alarm, 'endsAt' | 'method' | 'from' | 'state'>): Phrase {
  const time = { time: alarm.endsAt }
  if (alarm.state === 'over') return phrase('warning.ended', { time })
  if (alarm.method === 'silence') return phrase('warning.ends-quiet', { time })
  if (alarm.from === undefined) return phrase('warning.ends', { time })
  return phrase('warning.ends-from', { time, count: alarm.from })
}

/** The name of a level, as people read it. */
export function levelName(level: Level): Phrase {
  return phrase(`warning.level-${level}`)
}

/** A local day as people read it: `Tue 3 Nov`, `mar 3 nov`. */
export function dayName(day: string): InLanguages {
  const at = Date.parse(`${day}T00:00Z`)
  return { en: named('en-US', at), es: named('es-US', at) }
}

const statisticNames = ['C2', 'p', 'S', 'score', 'value'] as const

function ruleHead({ rule }: Alarm, params: Readonly<Record<string, Param>>): Phrase {
  switch (rule) {
    case 'critical':
      return phrase('warning.head-critical', params)
    case 'unclaimed':
      return phrase('warning.head-unclaimed', { ...params, minutes: { minutes: 10 } })
    case 'rumour':
      return phrase('warning.head-rumour', { ...params, minutes: { minutes: 6 * 60 } })
    case 'polling':
      return phrase('warning.head-polling', params)
    case 'own':
      return phrase('warning.head-own', params)
    default:
      return phrase('warning.head-cluster', params)
  }
}

function groupName(group: string | null, { taxonomy }: Pick<Context, 'taxonomy'>): Param {
  return taxonomy.groups.find(one => one.code === group)?.name ?? group ?? phrase('warning.group-all')
}

function whereOf({ region, places = [] }: Alarm, { directory }: Pick<Context, 'directory'>): Param {
  if (places.length === 0) return regionName(directory, region)
  return places.slice(0, mostNamed).map(placeName)
}

// As `countyOf` writes them: "Maricopa County, AZ".
function placeName(place: string): Param {
  const [, county = place, code = ''] = /^(.*), ([A-Z]{2})$/.exec(place) ?? []
  const state = stateOf(code)
  return state ? phrase('card.county', { county: countyName(county), state: state.name }) : place
}

const least = 0.001

/** A figure as each language writes it: with one decimal, where it is small with two digits, else how small it is. */
export function decimal(value: number): InLanguages {
  if (!Number.isFinite(value)) return { en: '∞', es: '∞' }
  if (value > 0 && value < least) return { en: 'less than 0.001', es: 'menos de 0,001' }
  const small = value !== 0 && Math.abs(value) < 0.1
  const how = small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 }
  return { en: value.toLocaleString('en-US', how), es: value.toLocaleString('es-ES', how) }
}

function named(locale: string, at: number): string {
  const how = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  const parts = new Intl.DateTimeFormat(locale, how).formatToParts(at)
  const part = (type: 'weekday' | 'day' | 'month') => parts.find(one => one.type === type)?.value.replace('.', '') ?? ''
  return `${part('weekday')} ${part('day')} ${part('month')}`
}
