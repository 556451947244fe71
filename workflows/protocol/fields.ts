import { z } from 'zod'
import { runRoles } from '../protocol.ts'
import type { Severity } from '../taxonomy.ts'

/** How long texts may be, so that each fits where it stands on every platform: labels of forms, lines of a card. */
export const longest = {
  /** A question: the label of a field (Discord takes 45 characters, Slack 48). */
  label: 45,
  /** A choice: an option of a select (Slack takes 75). */
  choice: 60,
  phase: 40,
  title: 60,
  /** A step: one line of a card. */
  line: 140,
  summary: 400,
  /** How a step is done, and what is said with a gate (a field of a Discord embed takes 1,024). */
  detail: 900,
} as const

/** A text in both languages, no longer than that. */
export function words(max: number) {
  const one = z
    .string()
    .trim()
    .min(1)
    .refine(text => text.length <= max, { error: issue => tooLong(String(issue.input).trim().length, max) })
  return z.strictObject({ en: one, es: one }, { error: 'must be in both languages | Write { en: ..., es: ... }' })
}

/** The number of a step, as in `4`, `10a` or `C1`. */
export const stepId = z
  .union([z.int().min(1).max(999), z.string()], {
    error: issue => (issue.input === undefined ? 'is missing' : 'is no number of a step | Write it like 4, 10a or C1'),
  })
  .transform(String)
  .refine(id => /^(?:[A-Z]\d{1,3}|\d{1,3}[a-z]?)$/.test(id), {
    error: 'is no number of a step | Write it like 4, 10a or C1',
  })
/** The code of a gate, as in `G2`. */
export const gateId = z.string().regex(/^G\d{1,2}$/, { error: 'is no code of a gate | Write it like G2' })
/** A name for machines: of a question, a choice or a trigger. */
export const codeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'is no code | Write it like still-there: small letters, digits, dashes' })
/** A role in a run. */
export const role = z.enum(runRoles)
/** A severity as files write it, `S4`; read as its number. */
export const severity = z.enum(['S1', 'S2', 'S3', 'S4', 'S5']).transform(name => Number(name[1]) as Severity)
/** One, or a list of them. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z.preprocess(value => (Array.isArray(value) || value === undefined ? value : [value]), z.array(item).min(1))
}

const units = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 }
const yearMinutes = 366 * 24 * 60

/** A length of time in minutes, from a number of minutes or as in `15m`, `4h`, `7d`, `2w`; null if it is none. */
export function readMinutes(value: unknown): number | null {
  const [, number, unit] = /^(\d{1,6})\s*([mhdw])$/.exec(typeof value === 'number' ? `${value}m` : String(value)) ?? []
  const minutes = number && unit ? Number(number) * units[unit as keyof typeof units] : null
  return minutes !== null && minutes <= yearMinutes ? minutes : null
}

/** A length of time of at least so many minutes, read as minutes. */
export function span(atLeast: number) {
  return z.unknown().transform((value, context) => {
    const minutes = readMinutes(value)
    const wrong =
      value === undefined
        ? 'is missing | Write a length of time like 15m, 4h or 7d'
        : minutes === null
          ? `${JSON.stringify(value)} is no length of time | Write it like 15m, 4h or 7d, a year at most`
          : minutes < atLeast
            ? `is too short | At least ${atLeast}m`
            : null
    if (wrong === null && minutes !== null) return minutes
    context.addIssue({ code: 'custom', message: wrong ?? '' })
    return z.NEVER
  })
}

function tooLong(length: number, max: number): string {
  return `is too long: ${length} characters | At most ${max}, or it does not fit on every platform`
}
