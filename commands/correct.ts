import { standingWords } from '../workflows/broadcast/plan.ts'
import { readBroadcastPress } from '../workflows/broadcast/screen/button.ts'
import { lookAtIt } from '../workflows/broadcast/screen/look.ts'
import { requireOpen } from '../workflows/broadcast/screen/scene.ts'
import type { LocalText } from '../workflows/broadcast.ts'
import { InputError } from '../workflows/errors.ts'
import { type BroadcastId, takeBroadcastId } from '../workflows/ids.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, cast, defineCommand, type Request, refuse, shown } from './command.ts'
import { defineForm, type Field, type Form, readForm, reasonField } from './form.ts'

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

const why = (label: PhraseKey, hint: PhraseKey) => ({ ...reasonField(label, hint, 500), required: false }) as const

const correctForm = defineForm({
  title: phrase('broadcast.form-correct'),
  submit: phrase('broadcast.form-correct-send'),
  fields: {
    en: field('en', 'broadcast.form-correct-hint'),
    es: field('es', 'broadcast.form-correct-hint'),
    why: why('broadcast.form-alone-why', 'correction.form-alone-hint'),
  },
})

const recallForm = defineForm({
  title: phrase('broadcast.form-recall'),
  submit: phrase('broadcast.button-recall'),
  fields: {
    en: field('en', 'broadcast.form-recall-hint'),
    es: field('es', 'broadcast.form-recall-hint'),
    why: why('correction.form-recall-why', 'correction.form-recall-hint'),
  },
})

/** Corrects what was sent (of what needed two, once another has approved it), or takes it back, for whoever had it. */
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
    const { broadcast, needs } = await requireOpen(id, context)
    if (broadcast.startedAt === null) return refuse(`approval.is-${broadcast.state}`, { id: broadcast.id })
    const { languages } = context.read.directory
    const two = needs.count > 1
    const saves = broadcast.plan.urgency === 'life-safety'
    const spoken = (['en', 'es'] as const).filter(language => languages.includes(language) && !(recall && two))
    const asked: readonly string[] = two && (recall || saves) ? [...spoken, 'why'] : spoken
    const first = { ...correctForm, submit: phrase('broadcast.button-submit') }
    const notice = recall ? 'correction.notice-recall' : saves ? 'correction.notice-alone' : 'correction.notice'
    return {
      form: (recall ? recallForm : two && !saves ? first : correctForm) as Form,
      about: broadcast.id,
      assumed: `${recall ? 'recall' : 'correct'}.${broadcast.seq.toString(36)}`,
      without: ['en', 'es', 'why'].filter(name => !asked.includes(name)),
      values: recall ? {} : { ...(broadcast.proposed?.words ?? standingWords(broadcast)) },
      ...(two ? { notice: phrase(notice, { id: broadcast.id }) } : {}),
    }
  },
  run: async (request, context) => {
    const { id, recall } = wishOf(request)
    const { broadcast } = await requireOpen(id, context)
    const { en, es, why: reason } = readForm(correctForm, request.values)
    const words: LocalText = { ...(en && { en }), ...(es && { es }) }
    if (!recall && en === '' && es === '') throw new InputError({ [firstOf(context)]: phrase('approval.no-words') })
    const look = await lookAtIt(broadcast, context)
    const problem = look.stopsWords(broadcast, words)
    if (problem) throw new InputError({ [firstOf(context)]: problem })
    return cast(broadcast, { type: 'correct', words, recall, reason }, after => {
      const said = recall ? 'broadcast.recalled' : after.proposed ? 'correction.waits' : 'broadcast.corrected'
      return shown(look.view(after, phrase(said, { id: after.id })))
    })
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
