import type { LocalText } from '../workflows/broadcast.ts'
import type { Language } from '../workflows/directory.ts'
import { filled, filledAll } from '../workflows/library/blank.ts'
import { draftedView, planWith } from '../workflows/library/draft.ts'
import { preparedOf, refuseFlaws, writing } from '../workflows/library/edit.ts'
import { versionNamed } from '../workflows/library/find.ts'
import { inLanguage } from '../workflows/library/say.ts'
import { type KeptMessage, type Prepared, wordingFor } from '../workflows/library.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { defineCommand, shelve, shown, tell } from './command.ts'
import { defineForm, type Field, type Form, readForm } from './form.ts'

const nameField: Field = {
  ...{ type: 'text', lines: 'one', required: true, max: 60 },
  label: phrase('library.fill-name'),
  hint: phrase('library.form-name-hint'),
}
const whole = defineForm({
  title: phrase('library.fill-title'),
  submit: phrase('library.fill-submit'),
  fields: { name: nameField },
})

/** Fills in the blanks of a prepared message: for a broadcast at once, or as a message of its own to be approved. */
export const fill = defineCommand({
  name: 'fill',
  summary: 'command.fill',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form: whole,
  open: async (request, context) => {
    const seen = request.from === 'form' ? Number(request.assumed.split('.')[1]) : 0
    const { message } = await versionNamed(request.words, seen, context)
    const how = request.assumed.startsWith('own') ? 'own' : 'use'
    const title = inLanguage(message.title, context.actor.language).words
    return {
      form: formOf(message, how),
      about: message.id,
      assumed: `${how}.${message.version}`,
      ...(how === 'own' ? { values: { name: title } } : {}),
    }
  },
  run: async (request, context) => {
    const seen = request.from === 'form' ? Number(request.assumed.split('.')[1]) : 0
    const { message } = await versionNamed(request.words, seen, context)
    const own = request.assumed.startsWith('own')
    const answers = readForm(formOf(message, own ? 'own' : 'use'), request.values)
    const text = (name: string) => String(answers[name] ?? '')
    const fillings = Object.fromEntries(
      message.blanks.map(({ name }, index): [string, LocalText] => {
        const [en, es] = [text(`en${index + 1}`), text(`es${index + 1}`)]
        return [name, { ...(en === '' ? {} : { en }), ...(es === '' ? {} : { es }) }]
      }),
    )
    if (!own) {
      const words = wordingFor(message, 'public')?.words ?? {}
      const plan = planWith(message, filled(spoken(words, fillings), fillings), context.actor.language)
      return {
        type: 'do',
        action: { type: 'broadcast', about: null, do: { type: 'draft', plan } },
        say: ({ broadcast }) =>
          broadcast ? shown(draftedView(message, broadcast.after.id)) : tell('library.gone', { id: message.id }),
      }
    }
    const base = preparedOf(message)
    const wordings = filledAll(
      base.wordings.map(one => ({ ...one, words: spoken(one.words, fillings) })),
      fillings,
    )
    const claims = [...base.claims]
    const named = text('name')
    const next: Prepared = { ...base, title: { en: named, es: named }, wordings, claims, blanks: [], sample: false }
    refuseFlaws(next)
    const { deed, view } = await writing(next, null, context)
    return shelve(deed, () => shown(view))
  },
})

/** One field a blank and language, and for a message of its own what it is called: five at most. */
function formOf({ blanks, wordings }: KeptMessage, how: 'own' | 'use'): Form {
  const languages = (['en', 'es'] as const).filter(one => wordings.some(wording => wording.words[one]))
  const fields = blanks.flatMap(({ label }, index) =>
    languages.map((language, nth): [string, Field] => {
      const said: Param = { en: label.en ?? label.es ?? '', es: label.es ?? label.en ?? '' }
      return [
        `${language}${index + 1}`,
        {
          ...{ type: 'text', lines: 'many', required: nth === 0, max: 500 },
          label: phrase(`library.fill-${language}`, { label: said }),
        },
      ]
    }),
  )
  return { ...whole, fields: { ...Object.fromEntries(fields), ...(how === 'own' ? { name: nameField } : {}) } }
}

/** The languages in which something was filled in: a sentence with a hole in it is nobody's language. */
function spoken(words: LocalText, fillings: Readonly<Record<string, LocalText>>): LocalText {
  const given = (language: Language) => Object.values(fillings).every(one => one[language] !== undefined)
  return Object.fromEntries(Object.entries(words).filter(([language]) => given(language as Language)))
}
