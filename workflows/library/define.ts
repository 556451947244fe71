import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { LocalText } from '../broadcast.ts'
import type { MessageId } from '../ids.ts'
import { audiences, type Prepared, readMessageId, situations, voices } from '../library.ts'
import { ContentError, problemsOf } from '../problems.ts'
import { say } from '../text/say.ts'
import { flawsOf } from './check.ts'

/** A prepared message as a file has it: its name, its own number, and what it says. */
export type MessageFile = {
  readonly id: MessageId
  readonly version: number
  /** The digest of its wording. */
  readonly rev: string
  readonly message: Prepared
}

/** Reads the data of a file of a prepared message. @throws ContentError with every problem and its field */
export function parseMessage(data: unknown): MessageFile {
  const result = shape.safeParse(data)
  if (!result.success) throw new ContentError(problemsOf(result.error, data))
  const { id, version, blanks, wordings, ...rest } = result.data
  const message: Prepared = {
    ...rest,
    blanks: Object.entries(blanks).map(([name, label]) => ({ name, label })),
    wordings: wordings.map(({ for: whom, words, ...parts }) => ({
      for: whom,
      words: words ?? inOrder(parts as Readonly<Record<Part, LocalText>>),
    })),
  }
  const flaws = flawsOf(message)
  if (flaws.length > 0) throw new ContentError(flaws.map(({ at, why }) => ({ path: at, message: english(why) })))
  return { id: id as MessageId, version, rev: wordingRev(message), message }
}

/** The first 12 hex digits of sha256 over what people read and rely on: all but the review day and the sample mark. */
export function wordingRev({ review: _, sample: __, ...wording }: Prepared): string {
  const { title, situation, wordings, blanks, voice, avoid, claims } = wording
  const whole = [
    ...[local(title), situation, wordings.map(one => [one.for, local(one.words)])],
    blanks.map(one => [one.name, local(one.label)]),
    ...[voice.kinds, local(voice.who), local(avoid), claims.map(one => [local(one.says), one.evidence])],
  ]
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 12)
}

type Part = (typeof order)[number]

const order = ['fact', 'warning', 'why', 'again'] as const

const text = (max: number) => {
  const one = z
    .string()
    .trim()
    .min(1)
    .refine(value => value.length <= max, { error: `is too long | At most ${max} characters` })
  return z
    .strictObject({ en: one.optional(), es: one.optional() })
    .refine(value => value.en !== undefined || value.es !== undefined, {
      error: 'has no words | Write { en: ..., es: ... }, or the one language that you have',
    })
    .transform(({ en, es }): LocalText => ({ ...(en ? { en } : {}), ...(es ? { es } : {}) }))
}

const wording = z
  .strictObject({
    for: z.enum(audiences),
    words: text(4000).optional(),
    fact: text(600).optional(),
    warning: text(300).optional(),
    why: text(600).optional(),
    again: text(600).optional(),
  })
  .superRefine((value, context) => {
    const given = order.filter(part => value[part] !== undefined)
    if (value.words !== undefined && given.length === 0) return
    if (value.words === undefined && given.length === order.length) return
    const message = 'has no whole words | Write words, or all of fact, warning, why and again'
    context.addIssue({ code: 'custom', message })
  })

const day = z
  .union([z.string(), z.date().transform(value => value.toISOString().slice(0, 10))])
  .refine(value => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)), {
    error: 'is no day | Write it like "2026-11-30"',
  })

const shape = z.strictObject({
  id: z.string().refine(value => readMessageId(value) === value, {
    error: 'is no name of a message | Write it like calm-call: small letters, digits and dashes, 40 at most',
  }),
  version: z.int().min(1).max(9999).default(1),
  sample: z.boolean().default(false),
  situation: z.enum(situations),
  title: text(60),
  voice: z.strictObject({ kinds: z.array(z.enum(voices)).min(1), who: text(300) }),
  blanks: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, { error: 'is no name of a blank | Write it like fact' }),
      text(45),
    )
    .default({})
    .refine(value => Object.keys(value).length <= 2, {
      error: 'are more than two | Two blanks in two languages are what one form can ask for',
    }),
  avoid: text(900),
  claims: z.array(z.strictObject({ says: text(300), evidence: z.string().trim().min(3).max(500) })).default([]),
  review: day.nullable().default(null),
  wordings: z.array(wording).min(1).max(10),
})

/** Fact, warning, why, fact: the same order in every language that has all four. */
function inOrder(parts: Readonly<Record<Part, LocalText>>): LocalText {
  const all = (['en', 'es'] as const).filter(language => order.every(part => parts[part][language] !== undefined))
  return Object.fromEntries(all.map(language => [language, order.map(part => parts[part][language]).join('\n\n')]))
}

function local({ en, es }: LocalText): readonly [string | null, string | null] {
  return [en ?? null, es ?? null]
}

function english(why: Parameters<typeof say>[0]): string {
  return say(why, { language: 'en', zone: 'UTC', now: 0, person: () => null }).replace(/\.$/, '')
}
