import { z } from 'zod'
import { weekdays } from '../calendar.ts'
import type { MessageId } from '../ids.ts'
import { readMessageId } from '../library.ts'
import { quote } from '../problems.ts'
import type { NetworkEvent, RecurringPlan } from '../recurring.ts'

const day = z.string().refine(isDay, { error: 'is no date | Write it like "2026-11-03"' })
const hour = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time of day | Write it like "18:00"' })
const name = z.string().trim().min(1).max(60)
const plainName = name.refine(text => !/[:@]/.test(text), { error: 'may hold no : or @ | Leave them out' })
const text = z.string().trim().min(1).max(2_000)
const local = z
  .strictObject({ en: text.optional(), es: text.optional() })
  .refine(value => value.en !== undefined || value.es !== undefined, {
    error: 'has no words | Write { en: ..., es: ... }, or the one language that you have',
  })
  .transform(({ en, es }) => ({ ...(en ? { en } : {}), ...(es ? { es } : {}) }))
const weekday = z.string().refine(word => word === 'day' || dayNumber(word) !== null, {
  error: issue => `${quote(issue.input)} is no day | Use day, or a day of the week as in monday`,
})
const answers = ['none', 'got-it', 'yes-no', 'safety'] as const

/** A day that reminders count from, as the network file says it. */
export const eventShape = z.strictObject({ name, on: day }, { error: unrecognized('name, on') })

/** A check-in or reminder that comes again, as the network file says it. */
export const recurringShape = z
  .strictObject(
    {
      name: plainName,
      /** The days of the week on which it comes; `weeks`: only every so many of them, counted from `from`. */
      every: z.preprocess(value => (typeof value === 'string' ? [value] : value), z.array(weekday).min(1)).optional(),
      weeks: z.int().min(1).max(52).default(1),
      /** The event before which it comes, and how many days. */
      before: name.optional(),
      days: z.int().min(0).max(365).optional(),
      at: hour,
      from: day.optional(),
      until: day.optional(),
      audience: z.string().trim().min(1).max(500),
      words: local.optional(),
      message: z
        .string()
        .refine(word => readMessageId(word) !== null, { error: 'is no name of a prepared message | As in calm-call' })
        .optional(),
      answer: z
        .union([z.enum(answers), z.array(local).min(2).max(5)], {
          error: () =>
            `is no answer that can be asked for | Use one of ${answers.join(', ')}, or a list of two to five`,
        })
        .optional(),
      urgent: z.boolean().default(false),
      /** It also goes out in people's quiet hours. */
      quiet: z.enum(['keep', 'pass']).default('keep'),
      trial: z.boolean().default(false),
      /** After how many hours the coordinators are told who has not answered. */
      list: z.int().min(1).max(240).optional(),
    },
    {
      error: unrecognized(
        'name, every, weeks, before, days, at, from, until, audience, words, message, answer, urgent, quiet, trial, ' +
          'list',
      ),
    },
  )
  .refine(plan => (plan.every === undefined) !== (plan.before === undefined), {
    error: 'must say when | Use exactly one of every (a day of the week) or before (an event)',
  })
  .refine(plan => (plan.before === undefined) === (plan.days === undefined), {
    error: 'must say how long before | Use days together with before, as in days: 1',
  })
  .refine(plan => plan.weeks === 1 || plan.from !== undefined, {
    error: 'must say from when the weeks count | Add from, as in from: "2026-09-07"',
  })
  .refine(plan => (plan.words === undefined) !== (plan.message === undefined), {
    error: 'must say what | Use exactly one of words or message',
  })
  .refine(plan => !(plan.from && plan.until) || plan.from <= plan.until, {
    error: 'ends before it begins | until must not be earlier than from',
  })
  .refine(plan => !plan.trial || plan.answer !== 'none', {
    error: 'proves nothing without an answer | Leave answer out of a trial, or ask for one',
  })

/** The same as it is kept; what is silent on it takes the usual: a trial asks for "got it", and lists after a day. */
export function recurringOf(written: z.output<typeof recurringShape>): RecurringPlan {
  const { name: called, every, weeks, before, days = 0, at, from = null, until = null, audience, trial } = written
  const { words = {}, message, urgent, quiet, list } = written
  const answer = written.answer ?? (trial ? 'got-it' : 'none')
  const asks = answer !== 'none'
  return {
    ...{ name: called, at, from, until, audience, words, quiet, trial },
    days:
      before === undefined
        ? { type: 'weekly', days: daysOf(every ?? []), weeks }
        : { type: 'before', event: before, days },
    message: message === undefined ? null : (readMessageId(message) as MessageId),
    answer: Array.isArray(answer) ? { type: 'one-of', options: answer } : { type: answer },
    urgency: urgent ? 'urgent' : 'routine',
    listAfter: asks ? (list ?? usualList) : null,
  }
}

/** The same as the network file writes it. */
export function writtenRecurring(plan: RecurringPlan): Record<string, unknown> {
  const { name: called, days, at, from, until, audience, words, message, answer, urgency, quiet, trial } = plan
  return {
    name: called,
    ...(days.type === 'before'
      ? { before: days.event, days: days.days }
      : { every: writtenDays(days.days), ...(days.weeks > 1 ? { weeks: days.weeks } : {}) }),
    ...{ at, ...(from ? { from } : {}), ...(until ? { until } : {}), audience },
    ...(message ? { message } : { words }),
    ...(answer.type === 'one-of' ? { answer: answer.options } : { answer: answer.type }),
    ...(urgency === 'urgent' ? { urgent: true } : {}),
    ...(quiet === 'pass' ? { quiet } : {}),
    ...(trial ? { trial } : {}),
    ...(plan.listAfter === null || plan.listAfter === usualList ? {} : { list: plan.listAfter }),
  }
}

/** What is said in two entries that must not be, or of an event that is not there; with paths into the file. */
export function recurringProblems(
  plans: readonly Pick<RecurringPlan, 'name' | 'days'>[],
  events: readonly NetworkEvent[],
): { readonly path: (string | number)[]; readonly message: string; readonly allowed?: string }[] {
  const named = events.map(event => event.name)
  return plans.flatMap(({ name: called, days }, at) => [
    ...(plans.findIndex(one => one.name === called) < at
      ? [{ path: ['broadcasts', at, 'name'], message: `"${called}" is the name of another one too` }]
      : []),
    ...(days.type === 'before' && !named.includes(days.event)
      ? [
          {
            path: ['broadcasts', at, 'before'],
            message: `no event has the name "${days.event}"`,
            allowed: named.length > 0 ? `Use ${named.join(', ')}` : 'Name it under events',
          },
        ]
      : []),
  ])
}

const usualList = 24

function daysOf(words: readonly string[]): readonly number[] {
  if (words.includes('day')) return [0, 1, 2, 3, 4, 5, 6]
  return [...new Set(words.flatMap(word => dayNumber(word) ?? []))].toSorted()
}

function writtenDays(days: readonly number[]): string | readonly string[] {
  if (days.length === 7) return 'day'
  const words = days.map(one => weekdays[one]?.[0] ?? '')
  return words.length === 1 ? (words[0] ?? '') : words
}

function dayNumber(word: string): number | null {
  const at = weekdays.findIndex(ways => ways.includes(word.toLowerCase()))
  return at < 0 ? null : at
}

function unrecognized(known: string) {
  return (issue: { readonly code?: string }) => (issue.code === 'unrecognized_keys' ? `Use ${known}` : undefined)
}

/** True for a date that exists, as `2026-11-03`. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
