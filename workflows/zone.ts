import type { Language } from './directory.ts'

/** Whose eyes a time is for: their language, their zone (as `America/Phoenix`) and their present (epoch ms). */
export type TimeReader = { readonly language: Language; readonly zone: string; readonly now: number }

/** A date and time of day as a clock on the wall shows it; the month counts from 1, the hour from 0 to 23. */
export type LocalTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const locales: Record<Language, { own: string; other: string }> = {
  en: { own: 'en-US', other: 'en-GB' },
  es: { own: 'es-US', other: 'es' },
}

/** A moment as `14:02` if it falls on the reader's present day, else with the day; always 24 hours. */
export function formatTime(at: number, reader: TimeReader): string {
  const time = localParts(at, reader.zone)
  const today = localParts(reader.now, reader.zone)
  return sameDay(time, today) ? clock(time) : formatDate(at, reader)
}

/**
 * A moment with its day, as `Tue 3 Nov 14:02` or `mar 3 nov 14:02`, and with the year if that is not the present
 * one.
 */
export function formatDate(at: number, reader: TimeReader): string {
  const time = localParts(at, reader.zone)
  const words = formatter(locales[reader.language].own, reader.zone, 'day').formatToParts(at)
  const word = (type: 'weekday' | 'month') => words.find(part => part.type === type)?.value.replace('.', '') ?? ''
  const year = time.year === localParts(reader.now, reader.zone).year ? '' : ` ${time.year}`
  return `${word('weekday')} ${time.day} ${word('month')}${year} ${clock(time)}`
}

/** A length of time in two units at most: `45 min`, `2 h 30 min`, `3 days`; below zero counts as none. */
export function formatMinutes(minutes: number, language: Language): string {
  const whole = Math.max(0, Math.round(minutes))
  if (whole < 60) return `${whole} min`
  if (whole < 24 * 60) return pair([Math.floor(whole / 60), 'h'], [whole % 60, 'min'])
  const hours = Math.round(whole / 60)
  const days = Math.floor(hours / 24)
  return pair([days, dayWord(days, language)], [hours % 24, 'h'])
}

/** The short name of a zone at that moment, as `MST` or `EDT`; `GMT+11` where people have none. */
export function zoneName(zone: string, at: number, language: Language): string {
  const { own, other } = locales[language]
  const name = nameIn(own, zone, at)
  return name.startsWith('GMT') ? nameIn(other, zone, at) : name
}

/** What a clock on the wall of that zone shows at a moment (epoch ms). */
export function localParts(at: number, zone: string): LocalTime {
  const shown = new Date(at + offset(at, zone))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  }
}

/**
 * The moment (epoch ms) at which the wall clock shows that time. Of a time that comes twice in autumn it is the first;
 * a time that is skipped in spring is moved on by the length of the gap. Days and months beyond their end run over.
 */
export function localTime(time: LocalTime, zone: string): number {
  const shown = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute)
  const before = shown - offset(shown - day, zone)
  const after = shown - offset(shown + day, zone)
  const real = [before, after].filter(at => at + offset(at, zone) === shown)
  return real.length > 0 ? Math.min(...real) : before
}

function sameDay(one: LocalTime, other: LocalTime): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day
}

function clock(time: LocalTime): string {
  return `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`
}

function pair(...units: readonly (readonly [number, string])[]): string {
  return units
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

function dayWord(days: number, language: Language): string {
  if (language === 'es') return days === 1 ? 'día' : 'días'
  return days === 1 ? 'day' : 'days'
}

function nameIn(locale: string, zone: string, at: number): string {
  const parts = formatter(locale, zone, 'name').formatToParts(at)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone
}

/** How far the wall clock runs ahead of UTC, ms. */
function offset(at: number, zone: string): number {
  const parts = formatter('en-US', zone, 'offset').formatToParts(at)
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(part => part.type === type)?.value)
  const shown = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'))
  return shown - Math.floor(at / minute) * minute
}

const styles = {
  day: { weekday: 'short', month: 'short' },
  name: { timeZoneName: 'short' },
  offset: { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a formatter costs a hundred times what using it does.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, zone: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${style}`
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: zone })
  formatters.set(key, made)
  return made
}
