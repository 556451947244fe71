import { z } from 'zod'
import type { Ask, Due, Gate, Trigger } from '../protocol.ts'
import { patterns } from '../taxonomy.ts'
import { codeName, gateId, longest, oneOrMore, readMinutes, role, severity, span, stepId, words } from './fields.ts'
import { skillCodes } from './skills.ts'
import { condition } from './when.ts'

/** A step as its file has it, its defaults filled in. */
export type StepFile = z.infer<typeof step>
/** A protocol as its file has it, its defaults filled in. */
export type ProtocolFile = z.infer<typeof protocolFile>

const flag = z.boolean().default(false)
const none = <T extends z.ZodType>(type: T) => type.nullable().default(null)
const yesNo: Ask['choices'] = [
  { code: 'yes', name: { en: 'Yes', es: 'Sí' } },
  { code: 'no', name: { en: 'No', es: 'No' } },
]

/** Stands in a due time for the protocol's last step, which a closing step cannot know by its number. */
export const lastStep = '@last'

const due = z.unknown().transform((value, context): Due | null => {
  if (value === undefined || value === null) return null
  const start = readMinutes(value)
  if (start !== null) return { from: 'start', minutes: start }
  const read = z
    .union([
      z
        .strictObject({ after: stepId, within: span(1) })
        .transform(one => ({ from: { step: one.after }, minutes: one.within })),
      z.strictObject({ after_last: span(1) }).transform(one => ({ from: { step: lastStep }, minutes: one.after_last })),
      z
        .strictObject({ before_event: span(0) })
        .transform(one => ({ from: 'event' as const, minutes: 0 - one.before_event })),
      z.strictObject({ after_event: span(0) }).transform(one => ({ from: 'event' as const, minutes: one.after_event })),
    ])
    .safeParse(value)
  if (read.success) return read.data
  const ways = '15m, { after: 3, within: 30m }, { before_event: 2h } or { after_event: 6h }'
  context.addIssue({ code: 'custom', message: `cannot be read as a time | Write it like ${ways}` })
  return z.NEVER
})

const ask = z
  .strictObject({
    id: codeName,
    text: words(longest.label),
    type: z.enum(['yes-no', 'choice', 'number', 'text']),
    required: z.boolean().default(true),
    choices: z
      .array(z.strictObject({ code: codeName, name: words(longest.choice) }))
      .min(2)
      .max(25)
      .optional(),
  })
  .transform((file, context): Ask => {
    const { choices, type, ...rest } = file
    if ((type === 'choice') !== (choices !== undefined)) {
      const wrong = choices ? `does not go with type ${type}` : 'is missing | A choice needs two choices or more'
      context.addIssue({ code: 'custom', path: ['choices'], message: wrong })
    }
    if (type === 'yes-no') return { ...rest, type: 'choice', choices: yesNo }
    return { ...rest, type, choices: choices ?? [] }
  })

const step = z.strictObject({
  id: stepId,
  phase: none(words(longest.phase)),
  text: words(longest.line),
  detail: none(words(longest.detail)),
  role,
  people: z.int().min(2).max(5).optional(),
  due: due.default(null),
  when: none(condition),
  gate: none(gateId),
  // With a line for a note they make one screen of a form, which takes five.
  asks: z.array(ask).max(4).default([]),
  notify: z.array(role).default([]),
  repeat: none(span(5)),
  until: none(stepId),
  evidence: flag,
  blocking: flag,
  skill: none(z.enum(skillCodes, { error: 'no such skill | Use one of docs/protocols.md' })),
  headcount: none(z.enum(['deployed', 'region', 'network'])),
  checkin: none(span(5)),
})

const trigger = z
  .strictObject({
    id: codeName,
    kinds: z.array(z.string()).default([]),
    severity: none(severity),
    regions: z
      .array(z.string().regex(/^[A-Z]{2,5}$/, { error: 'is no code of a region | Write it like AZ' }))
      .default([]),
    words: none(patterns),
    count: none(
      z
        .strictObject({
          at_least: z.int().min(2).max(100),
          alike: z.boolean().optional(),
          within: span(1),
          same: z.enum(['county', 'region', 'network']).default('network'),
          counties: z.int().min(1).max(50).default(1),
        })
        .transform(one => ({
          atLeast: one.at_least,
          minutes: one.within,
          within: one.same,
          counties: one.counties,
          ...(one.alike === undefined ? {} : { alike: one.alike }),
        })),
    ),
    unclaimed: none(span(1)),
    start: z.enum(['propose', 'itself']).default('propose'),
  })
  .transform((one): Trigger => one)

/** The shape of a protocol's file. */
export const protocolFile = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/, { error: 'is no code of a protocol | Write it like P3' }),
  version: z.int().min(1).max(9999),
  sample: flag,
  title: words(longest.title),
  summary: words(longest.summary),
  kinds: oneOrMore(z.string()),
  triggers: z.array(trigger).default([]),
  roles: z.array(role).min(1),
  told: z.array(role).default([]),
  event: flag,
  review: span(60).optional(),
  steps: z.array(step).min(1).max(40),
})

/** The shape of the file of closing steps. */
export const closingFile = z.strictObject({ closing: z.array(step).min(1).max(10) })

/** The shape of the file of gates. */
export const gatesFile = z.strictObject({
  gates: z
    .array(
      z
        .strictObject({
          id: gateId,
          title: words(longest.title),
          questions: z
            .array(z.strictObject({ id: codeName, text: words(longest.label), needs: z.enum(['yes', 'no', 'record']) }))
            .min(1)
            .max(10),
          refused: words(longest.detail),
          note: none(words(longest.detail)),
          overridden_by: none(gateId),
        })
        .transform(({ overridden_by: overriddenBy, ...gate }): Gate => ({ ...gate, overriddenBy })),
    )
    .min(1),
})
