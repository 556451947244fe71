import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookAtIt } from '../workflows/broadcast/screen/look.ts'
import { requireOpen } from '../workflows/broadcast/screen/scene.ts'
import type { LocalText } from '../workflows/broadcast.ts'
import { InputError } from '../workflows/errors.ts'
import { type BroadcastId, takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, cast, defineCommand, type Request, refuse, shown } from './command.ts'
import { defineForm, type Field, type Form, readForm } from './form.ts'

const longest = 3000

const field = (language: 'en' | 'es', hint: 'broadcast.form-correct-hint' | 'broadcast.form-recall-hint') =>
  ({
    type: 'text',
    lines: 'many',
    label: phrase(`broadcast.form-${language}`),
    hint: phrase(hint),
    required: false,
    max: longest,
  }) as const satisfies Field

const correctForm = defineForm({
  title: phrase('broadcast.form-correct'),
  submit: phrase('broadcast.form-correct-send'),
  fields: { en: field('en', 'broadcast.form-correct-hint'), es: field('es', 'broadcast.form-correct-hint') },
})

const recallForm = defineForm({
  title: phrase('broadcast.form-recall'),
  submit: phrase('broadcast.button-recall'),
  fields: { en: field('en', 'broadcast.form-recall-hint'), es: field('es', 'broadcast.form-recall-hint') },
})

/** Corrects what was sent, or takes it back, from exactly those who had it. */
export const correct = defineCommand({
  name: 'correct',
  summary: 'command.correct',
  permission: 'lead',
  about: 'nothing',
  opens: 'form',
  private: true,
  form: correctForm,
  open: async (request, context) => {
    const { id, recall } = wishOf(request)
    const { broadcast } = await requireOpen(id, context)
    if (broadcast.startedAt === null) return refuse(`approval.is-${broadcast.state}`, { id: broadcast.id })
    const { languages } = context.read.directory
    const last = broadcast.corrections.findLast(one => Object.keys(one.words).length > 0)?.words
    const values = recall ? {} : { ...broadcast.plan.words, ...last }
    return {
      form: (recall ? recallForm : correctForm) as Form,
      about: broadcast.id,
      assumed: `${recall ? 'recall' : 'correct'}.${broadcast.seq.toString(36)}`,
      without: (['en', 'es'] as const).filter(language => !languages.includes(language)),
      values,
    }
  },
  run: async (request, context) => {
    const { id, recall } = wishOf(request)
    const { broadcast } = await requireOpen(id, context)
    const { en, es } = readForm(correctForm, request.values)
    const words: LocalText = { ...(en && { en }), ...(es && { es }) }
    if (!recall && en === '' && es === '') throw new InputError({ [firstOf(context)]: phrase('approval.no-words') })
    const look = await lookAtIt(broadcast, context)
    const problem = look.stopsWords(broadcast, words)
    if (problem) throw new InputError({ [firstOf(context)]: problem })
    const said = phrase(recall ? 'broadcast.recalled' : 'broadcast.corrected', { id: broadcast.id })
    return cast(broadcast, { type: 'correct', words, recall }, after => shown(look.view(after, said)))
  },
})

function firstOf({ read }: Context): string {
  return read.directory.languages[0] ?? 'en'
}

/** `correct:B-0007:recall.k`, or typed behind the id: `B-0007 recall`. */
function wishOf({ words, assumed }: Pick<Request, 'words' | 'assumed'>): {
  readonly id: BroadcastId | null
  readonly recall: boolean
} {
  const { id, rest } = takeBroadcastId(words)
  const verb = assumed === '' ? (plain(rest).split(' ')[0] ?? '') : readBroadcastPress(assumed).press
  return { id, recall: verb === 'recall' }
}
