import type { NetworkEvent, RecurringPlan } from '../recurring.ts'
import { localParts, localTime } from '../zone.ts'

/**
 * One time that a plan comes, in one zone: due then (epoch ms), and from `until` on no longer worth sending. The key is
 * the same whoever computes it whenever: it names the day of the local calendar, which no change of clocks doubles.
 */
export type RecurringWindow = {
  readonly key: string
  readonly date: string
  readonly zone: string
  readonly dueAt: number
  readonly until: number
}

type Timed = Pick<RecurringPlan, 'name' | 'days' | 'at' | 'from' | 'until'>

const dayMs = 24 * 60 * 60_000
// A message of the evening is none for the next noon.
const freshMs = 12 * 60 * 60_000

/** The latest time that it came due at or before `now`, by the clock of that zone; null if it has not yet. */
export function lastWindow(
  plan: Timed,
  events: readonly NetworkEvent[],
  zone: string,
  now: number,
): RecurringWindow | null {
  return walk(plan, events, zone, today(now, zone), -1, window => window.dueAt <= now)
}

/** The first time that it comes due after `now`; null if it does so no more. */
export function nextWindow(
  plan: Timed,
  events: readonly NetworkEvent[],
  zone: string,
  now: number,
): RecurringWindow | null {
  return walk(plan, events, zone, today(now, zone), 1, window => window.dueAt > now)
}

// Days are numbered from 1970 on; what the clocks do does not change how many there are.

function walk(
  plan: Timed,
  events: readonly NetworkEvent[],
  zone: string,
  start: number,
  step: 1 | -1,
  fits: (window: RecurringWindow) => boolean,
): RecurringWindow | null {
  if (plan.days.type === 'before') {
    const day = dayBefore(plan.days, events)
    const window = day !== null && isWithin(plan, day) ? windowOf(plan, day, zone) : null
    return window && fits(window) ? window : null
  }
  // Before its first day it may be long; within any stretch of its weeks it comes at least once.
  const first = step > 0 && plan.from ? Math.max(start, numberOf(plan.from)) : start
  const last = step < 0 && plan.until ? Math.min(first, numberOf(plan.until)) : first
  for (let tried = 0; tried <= plan.days.weeks * 7 + 1; tried++) {
    const day = last + step * tried
    if (!isWithin(plan, day) || !falls(plan, plan.days, day)) continue
    const window = windowOf(plan, day, zone)
    if (fits(window)) return window
  }
  return null
}

function falls({ from }: Timed, { days, weeks }: { days: readonly number[]; weeks: number }, day: number): boolean {
  if (!days.includes(weekdayOf(day))) return false
  // Weeks begin on Monday; the first one counted is that of the first day.
  const week = Math.floor((day + 3) / 7) - Math.floor(((from ? numberOf(from) : 0) + 3) / 7)
  return ((week % weeks) + weeks) % weeks === 0
}

function windowOf(plan: Timed, day: number, zone: string): RecurringWindow {
  const date = dateOf(day)
  const dueAt = momentOf(date, plan.at, zone)
  // The eve is over when the day itself begins.
  const { days } = plan
  const event = days.type === 'before' && days.days > 0 ? momentOf(dateOf(day + days.days), '00:00', zone) : null
  const until = Math.min(dueAt + freshMs, event ?? Number.POSITIVE_INFINITY)
  return { key: `${plan.name}@${date}:${zone}`, date, zone, dueAt, until }
}

function dayBefore({ event, days }: { event: string; days: number }, events: readonly NetworkEvent[]): number | null {
  const found = events.find(one => one.name === event)
  return found ? numberOf(found.on) - days : null
}

function isWithin({ from, until }: Timed, day: number): boolean {
  return (from === null || day >= numberOf(from)) && (until === null || day <= numberOf(until))
}

function today(now: number, zone: string): number {
  const { year, month, day } = localParts(now, zone)
  return Date.UTC(year, month - 1, day) / dayMs
}

function momentOf(date: string, at: string, zone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  return localTime({ year, month, day, hour, minute }, zone)
}

function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

function numberOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
