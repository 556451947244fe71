import { isSenior } from '../workflows/broadcast/needs.ts'
import { InputError } from '../workflows/errors.ts'
import type { MessageId } from '../workflows/ids.ts'
import { flawsOf, longestWords } from '../workflows/library/check.ts'
import { wordingRev } from '../workflows/library/define.ts'
import { messageName, readClaims, rewritten } from '../workflows/library/edit.ts'
import { inLanguage } from '../workflows/library/say.ts'
import { type KeptMessage, type Prepared, readMessageId, type Situation, situations } from '../workflows/library.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { buttonId, plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Opening, type Request, refuse, shown, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'
import { keep, worksOnMessages } from './library.ts'

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
    const base = await baseOf(request, context)
    if (base === undefined) return refuse('library.unknown', { words: { words: request.words } })
    if (base === null) return {}
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
    const base = await baseOf(request, context)
    if (base === undefined) return refuse('library.unknown', { words: { words: request.words } })
    const { title, situation, en, es, claims } = readForm(form, request.values)
    const read = readClaims(claims, base?.claims ?? [])
    if (read === null) throw new InputError({ claims: phrase('library.form-claims-bad') })
    if (en === '' && es === '') throw new InputError({ en: phrase('library.form-no-words') })
    const whom = base?.wordings[0]?.for ?? 'public'
    const message = rewritten(base, { title, situation: situation as Situation, en, es, claims: read }, whom)
    refuseFlaws(message)
    if (base && wordingRev(base) === wordingRev(message)) return tell('library.same', { version: base.version })
    return saved(message, base, request, context)
  },
})

/** Keeps a message as a new one or as the next version, and says what happens next. */
export async function saved(
  message: Prepared,
  base: Pick<KeptMessage, 'id' | 'version'> | null,
  request: Pick<Request, 'assumed'>,
  { read, actor }: Context,
): Promise<Doing> {
  const taken = base ? [] : await everyName(read)
  const id = base?.id ?? messageName(inLanguage(message.title, 'en').words, one => taken.includes(one))
  const seen = base && (Number(request.assumed.split('.')[0]) || base.version)
  const leads = isSenior(actor)
  const params = { id, version: (seen ?? 0) + 1 }
  const next = [
    { id: buttonId('carrier', id), label: phrase('library.button-carrier') },
    { id: buttonId('library', id), label: phrase('library.button-open') },
  ]
  const say = () =>
    shown(
      plainView([phrase(leads ? 'library.saved' : 'library.saved-lead', params), phrase('library.saved-told')], next),
    )
  return keep({ type: 'write', id, base: seen, message, leads }, say)
}

/** Throws what is wrong with a message at the fields of the form in which it was written. @throws InputError */
export function refuseFlaws(message: Prepared): void {
  const fields: Record<string, Phrase> = {}
  if (message.blanks.length > 2) fields.en = phrase('library.flaw-blanks')
  for (const { at, why } of flawsOf(message)) {
    const name = at[0] === 'claims' ? 'claims' : at.includes('es') ? 'es' : 'en'
    fields[name] ??= why
  }
  if (Object.keys(fields).length > 0) throw new InputError(fields)
}

/** The message whose next version is written; null for a new one, undefined where there is none of that name. */
async function baseOf(request: Request, { read }: Context): Promise<KeptMessage | null | undefined> {
  const [first = ''] = request.words.trim().split(/\s+/)
  if (first === '') return null
  const id = readMessageId(first)
  const shelved = id && (await read.library.find(id))
  if (!shelved) return undefined
  const seen = request.from === 'form' ? Number(request.assumed.split('.')[0]) : 0
  return (seen > 0 ? await read.library.version(shelved.id, seen) : null) ?? shelved.newest
}

async function everyName(read: Context['read']): Promise<readonly MessageId[]> {
  return (await read.library.list()).map(one => one.id)
}
