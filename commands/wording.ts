import { InputError } from '../workflows/errors.ts'
import { longestWords } from '../workflows/library/check.ts'
import { wordingRev } from '../workflows/library/define.ts'
import { readClaims, refuseFlaws, rewritten, writing } from '../workflows/library/edit.ts'
import { versionNamed, worksOnMessages } from '../workflows/library/find.ts'
import { inLanguage } from '../workflows/library/say.ts'
import { type Situation, situations } from '../workflows/library.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, type Opening, refuse, shelve, shown, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const field = { type: 'text', required: false } as const
const form = defineForm({
  title: phrase('library.form-title'),
  submit: phrase('library.form-submit'),
  fields: {
    title: {
      ...{ type: 'text', lines: 'one', required: true, max: 60 },
      label: phrase('library.form-name'),
      hint: phrase('library.form-name-hint'),
    },
    situation: {
      ...{ type: 'choice', look: 'select', required: true },
      label: phrase('library.form-situation'),
      choices: situations.map(one => ({ value: one, label: phrase(`library.situation-${one}`) })),
    },
    en: {
      ...{ ...field, lines: 'many', max: longestWords },
      label: phrase('library.form-en'),
      hint: phrase('library.form-words-hint'),
    },
    es: {
      ...{ ...field, lines: 'many', max: longestWords },
      label: phrase('library.form-es'),
      hint: phrase('library.form-rumour-hint'),
    },
    claims: {
      ...{ ...field, lines: 'many', max: 2000 },
      label: phrase('library.form-claims'),
      hint: phrase('library.form-claims-hint'),
    },
  },
})

/** Writes a prepared message, or the next version of one, and asks a second person to approve it. */
export const wording = defineCommand({
  name: 'wording',
  summary: 'command.wording',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, context) => {
    if (!worksOnMessages(context.actor)) return refuse('library.who')
    if (request.words.trim() === '') return {}
    const { message: base } = await versionNamed(request.words, 0, context)
    const { title, situation, wordings, claims } = base
    const words = wordings[0]?.words ?? {}
    const { language } = context.actor
    const values = {
      ...{ title: inLanguage(title, language).words, situation, en: words.en ?? '', es: words.es ?? '' },
      claims: claims.map(one => `${inLanguage(one.says, language).words} | ${one.evidence}`).join('\n'),
    }
    // The form is opened anew by the name that stands in it, and by the version that was read.
    return { about: base.id, assumed: String(base.version), values } satisfies Opening
  },
  run: async (request, context) => {
    if (!worksOnMessages(context.actor)) return refuse('library.who')
    const anew = request.words.trim() !== ''
    const found = anew ? await versionNamed(request.words, Number(request.assumed) || 0, context) : null
    if (found?.moved) throw new InputError({ title: phrase('library.changed', { id: found.shelved.id }) })
    const base = found?.message ?? null
    const { title, situation, en, es, claims } = readForm(form, request.values)
    const read = readClaims(claims, base?.claims ?? [])
    if (read === null) throw new InputError({ claims: phrase('library.form-claims-bad') })
    if (en === '' && es === '') throw new InputError({ en: phrase('library.form-no-words') })
    const whom = base?.wordings[0]?.for ?? 'public'
    const message = rewritten(base, { title, situation: situation as Situation, en, es, claims: read }, whom)
    refuseFlaws(message)
    if (base && wordingRev(base) === wordingRev(message)) return tell('library.same', { version: base.version })
    const { deed, view } = await writing(message, found?.shelved ?? null, context)
    return shelve(deed, () => shown(view))
  },
})
