import type { LocalText } from '../workflows/broadcast.ts'
import type { Language } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { wordingRev } from '../workflows/library/define.ts'
import { preparedOf, refuseFlaws, writing } from '../workflows/library/edit.ts'
import { versionNamed } from '../workflows/library/find.ts'
import { inLanguage, isSilent } from '../workflows/library/say.ts'
import { audiences, type Prepared, type Voice, voices, type WordingFor } from '../workflows/library.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, shelve, shown, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('library.carrier-title'),
  submit: phrase('library.form-submit'),
  fields: {
    kinds: {
      type: 'checks',
      label: phrase('library.carrier-kinds'),
      choices: voices.map(one => ({ value: one, label: phrase(`library.voice-${one}`) })),
    },
    who: {
      ...{ type: 'text', lines: 'one', required: false, max: 300 },
      label: phrase('library.carrier-who'),
      hint: phrase('library.carrier-who-hint'),
    },
    avoid: {
      ...{ type: 'text', lines: 'many', required: false, max: 900 },
      label: phrase('library.carrier-avoid'),
    },
    review: {
      ...{ type: 'text', lines: 'one', required: false, max: 20 },
      label: phrase('library.carrier-review'),
      hint: phrase('library.carrier-review-hint'),
    },
    whom: {
      ...{ type: 'choice', look: 'select', required: true },
      label: phrase('library.carrier-for'),
      choices: audiences.map(one => ({ value: one, label: phrase(`library.for-${one}`) })),
    },
  },
})

/** Says who may carry a prepared message, what they should not do, for whom it is, and when to look at it again. */
export const carrier = defineCommand({
  name: 'carrier',
  summary: 'command.carrier',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, context) => {
    const found = await versionNamed(request.words, request.from === 'form' ? Number(request.assumed) : 0, context)
    const { message } = found
    const { language } = context.actor
    const values = {
      ...{ kinds: message.voice.kinds, who: inLanguage(message.voice.who, language).words },
      ...{ avoid: inLanguage(message.avoid, language).words, review: message.review ?? '' },
      whom: message.wordings[0]?.for ?? 'public',
    }
    return { about: message.id, assumed: String(message.version), values }
  },
  run: async (request, context) => {
    const found = await versionNamed(request.words, request.from === 'form' ? Number(request.assumed) : 0, context)
    const { message } = found
    if (found.moved) throw new InputError({ kinds: phrase('library.changed', { id: message.id }) })
    const { kinds, who, avoid, review, whom } = readForm(form, request.values)
    const before = preparedOf(message)
    const [first, ...rest] = before.wordings
    const wordings = first ? [{ ...first, for: whom as WordingFor }, ...rest.filter(one => one.for !== whom)] : rest
    const next: Prepared = {
      ...before,
      wordings,
      voice: { kinds: kinds.length > 0 ? (kinds as Voice[]) : ['anyone'], who: retold(before.voice.who, who, context) },
      avoid: retold(before.avoid, avoid, context),
      review: review === '' ? null : dayOf(review, context.now),
      sample: false,
    }
    refuseFlaws(next)
    if (wordingRev(next) === wordingRev(before) && next.review === before.review)
      return tell('library.same', { version: message.version })
    const { deed, view } = await writing(next, found.shelved, context)
    return shelve(deed, () => shown(view))
  },
})

/** What reads as before stays so in every language; new words stand in the language of whoever wrote them. */
function retold(
  before: LocalText,
  words: string,
  { actor }: { readonly actor: { readonly language: Language } },
): LocalText {
  if (!isSilent(before) && inLanguage(before, actor.language).words === words) return before
  return words === '' ? {} : { ...before, [actor.language]: words }
}

function dayOf(text: string, now: number): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(day) || day <= now) throw new InputError({ review: phrase('library.carrier-review-bad') })
  return text
}
