import { z } from 'zod'
import type { Happening } from '../agenda.ts'
import type { LocalText } from '../broadcast.ts'
import { ContentError, problemsOf } from '../problems.ts'
import { isDay } from '../recurring/shape.ts'

/** A day of the election calendar, by the clock of wherever it counts; `states` are postal codes. */
export type CalendarDay = {
  readonly id: string
  readonly kind: Happening['kind']
  readonly name: LocalText
  readonly states: 'all' | readonly string[]
  /** The first and the last day, `2026-11-03`. */
  readonly on: string
  readonly until: string
  /** From and until which hour (`07:00`); null: the whole day. */
  readonly at: string | null
  readonly to: string | null
}

/** What a calendar can hold. */
export const happeningKinds = ['rally', 'count', 'deadline', 'court', 'holiday', 'poll', 'other'] as const

const day = z.string().refine(isDay, { error: 'is no date | Write it like "2026-11-03"' })
const hour = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time of day | Write it like "19:00"' })
const state = z.string().regex(/^[A-Z]{2}$/, { error: 'is no state | Use its two letters, as in AZ' })
const text = z.string().trim().min(1).max(120)
const name = z
  .union([text, z.strictObject({ en: text.optional(), es: text.optional() })], {
    error: 'is no name | Write it as text, or as { en: ..., es: ... }',
  })
  .transform(value => (typeof value === 'string' ? { en: value, es: value } : value))
  .refine(value => value.en !== undefined || value.es !== undefined, { error: 'has no words | Write en, es or both' })
const entry = z
  .strictObject({
    kind: z.enum(happeningKinds).default('other'),
    name,
    /** Where it counts; left out: everywhere. */
    states: z.array(state).min(1).optional(),
    on: day,
    until: day.optional(),
    at: hour.optional(),
    to: hour.optional(),
  })
  .refine(({ on, until = on }) => until >= on, { error: 'ends before it begins | until must not be earlier than on' })
  .refine(({ at, to }) => to === undefined || at !== undefined, { error: 'has an end but no beginning | Add at' })
  .refine(({ on, until = on, at, to }) => !at || !to || until > on || to > at, {
    error: 'ends before it begins | to must be later than at',
  })
const shape = z.strictObject({ version: z.literal(1), days: z.array(entry).max(2_000) })

/** Checks the data of a calendar's file. @throws ContentError with every problem, each with its path */
export function parseCalendar(data: unknown): readonly CalendarDay[] {
  const read = shape.safeParse(data)
  if (!read.success) throw new ContentError(problemsOf(read.error, data))
  const times = new Map<string, number>()
  return read.data.days.map(({ kind, name: words, states, on, until = on, at = null, to = null }) => {
    // The same however the file is sorted, so that calendars that took it up know it again.
    const own = [on, kind, states?.join('+') ?? 'all', slug(words.en ?? words.es ?? '')].join('-')
    const nth = (times.get(own) ?? 0) + 1
    times.set(own, nth)
    const id = `C-${own}${nth > 1 ? `-${nth}` : ''}`
    const named: LocalText = { ...(words.en ? { en: words.en } : {}), ...(words.es ? { es: words.es } : {}) }
    return { id, kind, name: named, states: states ?? 'all', on, until, at, to }
  })
}

function slug(words: string): string {
  const letters = words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
}
