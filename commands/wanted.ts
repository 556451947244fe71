import { optionsOf, optionsWritten } from '../workflows/broadcast/screen/fields.ts'
import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireWritable, screenOf } from '../workflows/broadcast/screen/scene.ts'
import type { AnswerWanted, Plan } from '../workflows/broadcast.ts'
import type { Language } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { cast, defineCommand, shown } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

const within = [5, 15, 30, 60, 120] as const
const minute = 60_000

const optionsField = (language: Language) =>
  ({
    type: 'text',
    lines: 'many',
    label: phrase(`broadcast.form-options-${language}`),
    hint: phrase('broadcast.form-options-hint'),
    required: false,
    max: 300,
  }) as const

const form = defineForm({
  title: phrase('broadcast.form-answer'),
  submit: phrase('broadcast.form-save'),
  fields: {
    answer: {
      type: 'choice',
      look: 'select',
      label: phrase('broadcast.form-wanted'),
      required: true,
      choices: (['none', 'got-it', 'yes-no', 'safety', 'one-of'] as const).map(value => ({
        value,
        label: phrase(`broadcast.wanted-${value}`),
      })),
    },
    en: optionsField('en'),
    es: optionsField('es'),
    within: {
      type: 'choice',
      look: 'select',
      label: phrase('broadcast.form-within'),
      hint: phrase('broadcast.form-within-hint'),
      required: true,
      choices: [
        { value: 'never', label: phrase('broadcast.within-never') },
        ...within.map(count => ({
          value: String(count),
          label: phrase('broadcast.within-some', { minutes: { minutes: count } }),
        })),
      ],
    },
  },
})

/** Says what a broadcast asks of people, and when it goes to another account of whoever does not answer. */
export const wanted = defineCommand({
  name: 'wanted',
  summary: 'command.wanted',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const scene = await requireWritable(takeBroadcastId(request.words).id, context)
    const { plan } = scene.broadcast
    const { languages } = context.read.directory
    const options = plan.answer.type === 'one-of' ? plan.answer.options : []
    return {
      ...screenOf(scene, 'wanted'),
      without: (['en', 'es'] as const).filter(language => !languages.includes(language)),
      values: {
        ...{ answer: plan.answer.type, within: nearest(plan.answerWithinMs) },
        ...{ en: optionsWritten(options, 'en'), es: optionsWritten(options, 'es') },
      },
    }
  },
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    const look = await lookFor(broadcast.plan.incident, context)
    return cast(broadcast, { type: 'edit', plan: written(request.values) }, after => shown(look.saved(after)))
  },
})

/** @throws InputError for answers that nobody could choose from */
function written(values: Values): Pick<Plan, 'answer' | 'answerWithinMs'> {
  const given = readForm(form, values)
  const answerWithinMs = given.within === 'never' ? null : Number(given.within) * minute
  const read = optionsOf({ en: given.en, es: given.es })
  if ('problem' in read) throw new InputError({ [read.field]: read.problem })
  // Whoever writes answers down means them to be chosen from.
  const chosen = read.options.length > 0 && given.answer === 'none' ? 'one-of' : given.answer
  if (chosen !== 'one-of') return { answer: { type: chosen } as AnswerWanted, answerWithinMs }
  if (read.options.length === 0) {
    throw new InputError({ [values.en === undefined ? 'es' : 'en']: phrase('broadcast.options-count') })
  }
  return { answer: { type: chosen, options: read.options }, answerWithinMs }
}

function nearest(ms: number | null): string {
  if (ms === null) return 'never'
  const away = (count: number) => Math.abs(count - ms / minute)
  return String(within.toSorted((one, other) => away(one) - away(other))[0])
}
