import type { Urgency } from '../../broadcast.ts'
import type { PlatformName } from '../../ids.ts'

/**
 * How soon one message to a person and one to a room follow another on a platform (ms), and where that is known from:
 * `documented` by it, or `assumed`, because it publishes no number.
 */
export type Pace = {
  readonly personMs: number
  readonly roomMs: number
  readonly from: 'documented' | 'assumed'
}

/** How many people may be written to first, in any hour and in any day, and how long apart (ms). */
export type FirstContacts = { readonly anHour: number; readonly aDay: number; readonly apart: number }

const second = 1000

/**
 * The pace of each platform. Slack says "several hundred messages a minute" for a workspace, which is taken as 300.
 * Discord documents 50 requests a second, of which 35 are used, two for each person; how many conversations may be
 * opened it does not say. Signal says nothing at all: one message a second is what servers have let through.
 */
export const paces: Readonly<Record<PlatformName, Pace>> = {
  slack: { personMs: second / 5, roomMs: second / 5, from: 'assumed' },
  discord: { personMs: (2 * second) / 35, roomMs: second / 35, from: 'assumed' },
  signal: { personMs: second, roomMs: second, from: 'assumed' },
  workspace: { personMs: 0, roomMs: 0, from: 'documented' },
}

/**
 * How many people on Signal are written to first. Accounts were limited after some hundred first messages by a script,
 * some after ten in a row; an alarm is for whoever is on duty, and may not wait for them to write first.
 */
export const firstContacts: Readonly<Record<'calm' | 'alarm', FirstContacts>> = {
  calm: { anHour: 6, aDay: 40, apart: 10 * second },
  alarm: { anHour: 40, aDay: 120, apart: second },
}

/** How many that is for a broadcast: only what saves lives is an alarm. */
export function firstContactsOf(urgency: Urgency): FirstContacts {
  return firstContacts[urgency === 'life-safety' ? 'alarm' : 'calm']
}

/** How long (ms) it takes until the last of so many people on Signal was written to for the first time. */
export function firstContactsMs(count: number, { anHour, aDay, apart }: FirstContacts): number {
  if (count <= 1) return 0
  const last = count - 1
  const days = Math.floor(last / aDay)
  const hours = Math.floor((last % aDay) / anHour)
  return days * day + hours * hour + ((last % aDay) % anHour) * apart
}

const hour = 3600 * second
const day = 24 * hour
