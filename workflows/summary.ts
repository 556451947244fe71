import type { Directory } from './directory.ts'
import type { RoomId } from './ids.ts'
import { isLate as comesLate } from './late.ts'
import type { SummaryPlan } from './network.ts'
import { type Weekday, weekdays } from './weekday.ts'
import { localParts, localTime } from './zone.ts'

/**
 * When summaries fall due, of a plan of the network file: at a time of day, daily or on one day of the week, or every
 * so many minutes counted from `from`; `from` and `until` are wall times of the zone, both included, null for without
 * end.
 */
export type Schedule = Pick<SummaryPlan, 'name' | 'when' | 'zone' | 'from' | 'until'>

/**
 * One summary to be posted: it covers `from` to `dueAt` (= `to`), epoch ms; the key is the same whoever computes it
 * whenever.
 */
export type SummaryWindow = {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly dueAt: number
}

/** The key of one of the messages of a summary in a room, the same whoever makes it whenever. */
export function partKey(window: Pick<SummaryWindow, 'key'>, room: RoomId, part: number): string {
  return `${window.key}:${room}:${part}`
}

/** The key of the first message of a summary, in whose thread the others stand; null for that one and anything else. */
export function rootKey(key: string): string | null {
  const found = /^(summary:.+):([1-9]\d*)$/.exec(key)
  return found ? `${found[1]}:0` : null
}

/** A plan as it is carried out: one that is of each region by itself is as many plans. */
export function plansFor(plan: SummaryPlan, { regions }: Pick<Directory, 'regions'>): readonly SummaryPlan[] {
  if (plan.region !== 'each') return [plan]
  return regions.map(({ code, zone }) => ({ ...plan, name: `${plan.name}-${code}`, region: code, zone }))
}

const minute = 60_000
const dayMs = 24 * 60 * minute

/**
 * The latest window that is due at or before `now`; null if there is none, or none after `startedAt` (epoch ms: the
 * hub's very first start). Only this one is ever posted: after downtime, those before it are skipped and counted.
 */
export function dueWindow(schedule: Schedule, now: number, startedAt = Number.NEGATIVE_INFINITY): SummaryWindow | null {
  const latest = latestSlot(schedule, now)
  if (latest === null) return null
  const window = windowOf(schedule, latest)
  return window.dueAt > startedAt ? window : null
}

/**
 * The windows that fell due before this one and after `startedAt`, latest first: those up to the first that was
 * posted were missed. Without an end if neither the schedule nor `startedAt` sets one.
 */
export function* earlierWindows(
  schedule: Schedule,
  window: SummaryWindow,
  startedAt = Number.NEGATIVE_INFINITY,
): Generator<SummaryWindow> {
  let earlier = dueWindow(schedule, window.dueAt - 1, startedAt)
  while (earlier) {
    yield earlier
    earlier = dueWindow(schedule, earlier.dueAt - 1, startedAt)
  }
}

/** When the next window falls due after `now`, epoch ms; null if the schedule has ended. */
export function nextDue(schedule: Schedule, now: number): number | null {
  const slot = nextSlot(schedule, now)
  return slot === null ? null : dueTime(schedule, slot)
}

/** The window that is running at `now` and falls due at its end; null outside the schedule. */
export function windowAt(schedule: Schedule, now: number): SummaryWindow | null {
  const slot = nextSlot(schedule, now)
  if (slot === null) return null
  const window = windowOf(schedule, slot)
  return window.from <= now ? window : null
}

/** True more than five minutes after the window fell due: the summary then says that it is late. */
export function isLate(window: Pick<SummaryWindow, 'dueAt'>, now: number): boolean {
  return comesLate(window.dueAt, now)
}

// A slot numbers the windows of a schedule: days or weeks since 1970 on the local calendar, or steps from the first due
// time.

function windowOf(schedule: Schedule, slot: number): SummaryWindow {
  const due = dueTime(schedule, slot)
  const { when } = schedule
  const from = when.type === 'at' ? dueTime(schedule, slot - 1) : due - when.minutes * minute
  return { key: keyOf(schedule, slot, due), from, to: due, dueAt: due }
}

function keyOf(schedule: Schedule, slot: number, due: number): string {
  // A local hour comes twice in autumn, so windows shorter than a day are named in UTC.
  const when =
    schedule.when.type === 'at' ? dateOf(dayOf(schedule, slot)) : `${new Date(due).toISOString().slice(0, 16)}Z`
  return `summary:${schedule.name}:${when}`
}

function dueTime(schedule: Schedule, slot: number): number {
  const { when } = schedule
  if (when.type === 'at') return readLocal(`${dateOf(dayOf(schedule, slot))}T${when.at}`, schedule.zone)
  return anchor(schedule) + slot * when.minutes * minute
}

function latestSlot(schedule: Schedule, now: number): number | null {
  const slot = Math.min(slotBefore(schedule, now), lastSlot(schedule))
  return slot < firstSlot(schedule) ? null : slot
}

function nextSlot(schedule: Schedule, now: number): number | null {
  const slot = Math.max(slotBefore(schedule, now) + 1, firstSlot(schedule))
  return slot > lastSlot(schedule) ? null : slot
}

/** The last slot that falls due at or before a moment, as if the schedule had neither beginning nor end. */
function slotBefore(schedule: Schedule, at: number): number {
  const { when } = schedule
  if (when.type === 'every') return Math.floor((at - anchor(schedule)) / (when.minutes * minute))
  const { year, month, day } = localParts(at, schedule.zone)
  const today = Date.UTC(year, month - 1, day) / dayMs
  const slot = when.on ? Math.floor((today - firstDay(when.on)) / 7) : today
  return dueTime(schedule, slot) <= at ? slot : slot - 1
}

/** The day of a slot, counted from 1 January 1970. */
function dayOf({ when }: Schedule, slot: number): number {
  return when.type === 'at' && when.on ? slot * 7 + firstDay(when.on) : slot
}

/** The first of these days after 1970 began, on a Thursday. */
function firstDay(on: Weekday): number {
  return (weekdays.indexOf(on) - weekdays.indexOf('thursday') + 7) % 7
}

function firstSlot(schedule: Schedule): number {
  if (schedule.from === null) return Number.NEGATIVE_INFINITY
  return slotBefore(schedule, readLocal(schedule.from, schedule.zone) - 1) + 1
}

function lastSlot(schedule: Schedule): number {
  if (schedule.until === null) return Number.POSITIVE_INFINITY
  return slotBefore(schedule, readLocal(schedule.until, schedule.zone))
}

/** Steps without a beginning are counted from a midnight, so that an hourly summary falls on the full hour. */
function anchor(schedule: Schedule): number {
  return readLocal(schedule.from ?? '2000-01-01T00:00', schedule.zone)
}

function dateOf(slot: number): string {
  return new Date(slot * dayMs).toISOString().slice(0, 10)
}

function readLocal(text: string, zone: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minutes = 0] = text.split(/\D/).map(Number)
  return localTime({ year, month, day, hour, minute: minutes }, zone)
}
