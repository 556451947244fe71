import { monthOf, weekdays } from '../calendar.ts'
import { plain } from '../spoken.ts'
import { localParts, localTime, type TimeReader } from '../zone.ts'

/** A time that somebody asked for, epoch ms: from `since` on, and before `until`. */
export type Span = { readonly since?: number; readonly until?: number }

/**
 * The time that the first of these typed words name, in the zone and order of day and month of whoever typed them, and
 * how many of the words that took: `today`, `24h`, `last 3 days`, `since monday`, `nov 3`, `11/3`, `2026-11-03`, or
 * `until` one of these; a day alone is that day. Null if they name none.
 */
export function readSpan(
  typed: readonly string[],
  reader: TimeReader,
): { readonly span: Span; readonly used: number } | null {
  const [first = '', ...rest] = typed.map(plain)
  const lead = leads.get(first)
  if (lead === undefined) return alone([first, ...rest], reader)
  const filler = rest[0] !== undefined && fillers.has(rest[0]) ? 1 : 0
  const found =
    lead === 'last' ? lasting(rest, reader) : (dayOf(rest.slice(filler), reader) ?? sinceThen(lead, rest, reader))
  if (!found) return null
  const used = found.used + 1 + (lead === 'last' ? 0 : filler)
  const { since, until } = found.span
  if (lead === 'last') return { span: found.span, used }
  return {
    span: lead === 'since' ? { ...(since !== undefined && { since }) } : { ...(until !== undefined && { until }) },
    used,
  }
}

/** `since 2h`, `desde hace 2 horas`: what only a start can be said with. */
function sinceThen(lead: 'since' | 'until', rest: readonly string[], reader: TimeReader): Found | null {
  if (lead !== 'since') return null
  const ago = rest[0] === 'hace' ? 1 : 0
  const found = lasting(rest.slice(ago), reader)
  return found && { ...found, used: found.used + ago }
}

type Found = { readonly span: Span; readonly used: number }

function alone(words: readonly string[], reader: TimeReader): Found | null {
  return lasting(words, reader) ?? dayOf(words, reader)
}

/** `24h`, `24 h`, `3 days`, `2 semanas`: from so long ago on. */
function lasting(words: readonly string[], { now }: TimeReader): Found | null {
  const [first = '', second = ''] = words
  const [, count = '', joined = ''] = /^(\d{1,4})([a-z]*)$/.exec(first) ?? []
  if (count === '') return null
  const ms = units.get(joined === '' ? second : joined)
  if (ms === undefined) return null
  const used = joined === '' ? 2 : 1
  return { span: { since: now - Number(count) * ms }, used: words[used] === 'ago' ? used + 1 : used }
}

function dayOf(words: readonly string[], reader: TimeReader): Found | null {
  const [first = ''] = words
  const { year, month, day } = localParts(reader.now, reader.zone)
  const back = today.has(first) ? 0 : yesterday.has(first) ? 1 : sinceWeekday(first, reader)
  if (back !== null) return { span: wholeDay(year, month, day - back, reader.zone), used: 1 }
  const date = dateOf(words, reader)
  if (!date) return null
  const named = date.year ?? year
  // Who asks in January for December means the last one.
  const ahead = date.year === null && Date.UTC(named, date.month - 1, date.day) > Date.UTC(year, month - 1, day)
  return { span: wholeDay(ahead ? named - 1 : named, date.month, date.day, reader.zone), used: date.used }
}

function sinceWeekday(word: string, { now, zone }: TimeReader): number | null {
  const wanted = weekdays.findIndex(names => names.includes(word))
  if (wanted < 0) return null
  const { year, month, day } = localParts(now, zone)
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() - wanted + 7) % 7
}

type Day = { readonly year: number | null; readonly month: number; readonly day: number; readonly used: number }

function dateOf(words: readonly string[], { language }: TimeReader): Day | null {
  // Signs between digits were taken for spaces before, so a date may be one word or several.
  const parts = words.slice(0, 4).flatMap((word, at) => word.split(' ').map(part => ({ part, at })))
  const named = namedDate(parts) ?? digitDate(parts, language)
  if (!named || !isDay(named)) return null
  return named
}

type Part = { readonly part: string; readonly at: number }

function namedDate(parts: readonly Part[]): Day | null {
  const said = parts.filter(({ part }) => part !== 'de' && part !== 'del' && part !== 'of')
  const [one, two] = said
  if (!one || !two) return null
  const monthFirst = monthOf(one.part)
  const month = monthFirst ?? monthOf(two.part)
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(monthFirst ? two.part : one.part)?.[1] ?? Number.NaN)
  return month ? { year: null, month, day, used: two.at + 1 } : null
}

function digitDate(parts: readonly Part[], language: TimeReader['language']): Day | null {
  const digits = parts
    .filter(({ at }) => at === 0)
    .map(({ part }) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN))
  if (digits.length < 2 || digits.length > 3 || digits.some(Number.isNaN)) return null
  const [one = 0, two = 0, three] = digits
  if (three !== undefined && one >= 1000) return { year: one, month: two, day: three, used: 1 }
  const [month, day] = language === 'es' ? [two, one] : [one, two]
  return { year: three === undefined ? null : three < 100 ? 2000 + three : three, month, day, used: 1 }
}

function isDay({ month, day }: Day): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function wholeDay(year: number, month: number, day: number, zone: string): Span {
  const from = (added: number) => localTime({ ...calendar(year, month, day + added), hour: 0, minute: 0 }, zone)
  return { since: from(0), until: from(1) }
}

function calendar(year: number, month: number, day: number) {
  const date = new Date(Date.UTC(year, month - 1, day))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const hour = 60 * 60_000
const units = new Map(
  Object.entries({
    [hour]: 'h hr hrs hour hours hora horas',
    [24 * hour]: 'd day days dia dias',
    [7 * 24 * hour]: 'w week weeks semana semanas',
  }).flatMap(([ms, names]) => names.split(' ').map(name => [name, Number(ms)] as const)),
)
const leads = new Map(
  Object.entries({
    since: 'since from after desde',
    until: 'until till hasta',
    last: 'last past hace ultimo ultima ultimos ultimas',
  }).flatMap(([lead, names]) => names.split(' ').map(name => [name, lead as 'since' | 'until' | 'last'] as const)),
)
const fillers = new Set(['el', 'la', 'the'])
const today = new Set(['today', 'hoy'])
const yesterday = new Set(['yesterday', 'ayer'])
