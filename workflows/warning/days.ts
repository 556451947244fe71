import { localParts, localTime } from '../zone.ts'

/** Local days of a zone in a row: `bounds` are the midnights (epoch ms) at which they begin, and that of their end. */
export type LocalDays = { readonly days: readonly string[]; readonly bounds: readonly number[] }

const dayMs = 24 * 60 * 60_000

/** The local day of a moment (epoch ms), `2026-11-03`. */
export function dayOf(at: number, zone: string): string {
  const { year, month, day } = localParts(at, zone)
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** The day so many days after another one, before it if below zero. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}

/** The moment (epoch ms) at which a local day begins; on days that skip midnight, at their first moment. */
export function beginOf(day: string, zone: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return localTime({ year, month, day: date, hour: 0, minute: 0 }, zone)
}

/** So many local days in a row, the last of which is `last`; days of 23 and 25 hours are whole days too. */
export function localDays(last: string, count: number, zone: string): LocalDays {
  const days = Array.from({ length: count }, (_, index) => dayAfter(last, index - count + 1))
  return { days, bounds: [...days, dayAfter(last, 1)].map(day => beginOf(day, zone)) }
}
