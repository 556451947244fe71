import { localParts, localTime } from '../zone.ts'

const dayMs = 24 * 60 * 60_000

/** The Monday of the week that a moment (epoch ms) falls into by the clock of that zone, `2026-11-02`. */
export function weekOf(now: number, zone: string): string {
  const { year, month, day } = localParts(now, zone)
  const number = Date.UTC(year, month - 1, day) / dayMs
  return dateOf(number - ((((number + 3) % 7) + 7) % 7))
}

/** The week that many weeks after (or, below zero, before) that one. */
export function weekAfter(week: string, weeks: number): string {
  return dateOf(Date.parse(`${week}T00:00:00Z`) / dayMs + weeks * 7)
}

/** The moment (epoch ms) of that day of a week (0 is its Monday), at that hour, by the clock of the zone. */
export function momentIn(week: string, day: number, hour: number, zone: string): number {
  const [year = 0, month = 1, date = 1] = week.split('-').map(Number)
  return localTime({ year, month, day: date + day, hour, minute: 0 }, zone)
}

/** True for the Monday of a week, as it is written. */
export function isWeek(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).getUTCDay() === 1
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
