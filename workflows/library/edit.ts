import { isSenior } from '../broadcast/needs.ts'
import type { LocalText } from '../broadcast.ts'
import { InputError } from '../errors.ts'
import type { MessageId } from '../ids.ts'
import {
  type Claim,
  type KeptMessage,
  type Prepared,
  readMessageId,
  type Shelved,
  type Situation,
  type WordingFor,
} from '../library.ts'
import type { Actor } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import { plain } from '../spoken.ts'
import { buttonId, plainView, type View } from '../view.ts'
import { blanksIn } from './blank.ts'
import { flawsOf } from './check.ts'
import type { LibraryDeed } from './deed.ts'
import { wordingRev } from './define.ts'
import { inLanguage } from './say.ts'

/** What was written into the form of a message. */
export type Written = {
  readonly title: string
  readonly situation: Situation
  readonly en: string
  readonly es: string
  readonly claims: readonly Claim[]
}

/** A message with the words that were written, in place of those of `base` for the same readers. */
export function rewritten(base: Prepared | null, written: Written, whom: WordingFor): Prepared {
  const { title, situation, en, es, claims } = written
  const words = { ...(en === '' ? {} : { en }), ...(es === '' ? {} : { es }) }
  const others = base?.wordings ?? []
  const own = { for: whom, words }
  const wordings = others.some(one => one.for === whom)
    ? others.map(one => (one.for === whom ? own : one))
    : [...others, own]
  const used = [...new Set(wordings.flatMap(one => [one.words.en, one.words.es]).flatMap(text => blanksIn(text ?? '')))]
  return {
    title: retitled(base?.title ?? {}, title),
    situation,
    wordings,
    blanks: used.map(name => base?.blanks.find(one => one.name === name) ?? { name, label: { en: name, es: name } }),
    voice: base?.voice ?? { kinds: ['anyone'], who: {} },
    avoid: base?.avoid ?? {},
    claims,
    review: base?.review ?? null,
    sample: false,
  }
}

/** Keeps a message as a new one (`before` null) or as the next version of one, and says what happens next. */
export async function writing(
  message: Prepared,
  before: Pick<Shelved, 'id' | 'last'> | null,
  { read, actor }: { readonly read: Pick<Read, 'library'>; readonly actor: Actor },
): Promise<{ readonly deed: LibraryDeed; readonly view: View }> {
  const taken = before ? [] : (await read.library.list()).map(one => one.id)
  const id = before?.id ?? messageName(inLanguage(message.title, 'en').words, one => taken.includes(one))
  const leads = isSenior(actor)
  const version = (before?.last ?? 0) + 1
  const params = { id, version }
  const saved = phrase(leads ? 'library.saved' : 'library.saved-lead', params)
  const next = [
    { id: buttonId('carrier', id), label: phrase('library.button-carrier') },
    { id: buttonId('library', id), label: phrase('library.button-open') },
  ]
  return {
    deed: { type: 'write', id, version, message, rev: wordingRev(message), leads },
    view: plainView([saved, phrase('library.saved-told')], next),
  }
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

/** The wording alone of a version that is kept. */
export function preparedOf(kept: KeptMessage): Prepared {
  const { title, situation, wordings, blanks, voice, avoid, claims, review, sample } = kept
  return { title, situation, wordings, blanks, voice, avoid, claims, review, sample }
}

/** A name for a message from what it is called, not one of those that are taken. */
export function messageName(title: string, taken: (id: MessageId) => boolean): MessageId {
  const words = plain(title)
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, longestStem)
    .replace(/-+$/, '')
  const stem = readMessageId(words) ?? ('message' as MessageId)
  for (let number = 1; ; number++) {
    const name = (number === 1 ? stem : `${stem}-${number}`) as MessageId
    if (!taken(name)) return name
  }
}

/** The claims that were written one a line, as `what it says | where checked`; null where a line has no two parts. */
export function readClaims(text: string, known: readonly Claim[]): readonly Claim[] | null {
  const claims = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map((line): Claim | null => {
      const at = line.lastIndexOf('|')
      const [says, evidence] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      if (at < 0 || says === '' || evidence.length < 3) return null
      const same = known.find(one => Object.values(one.says).includes(says))
      return { says: same?.says ?? { en: says, es: says }, evidence }
    })
  return claims.some(one => one === null) ? null : claims.filter(one => one !== null)
}

// Room for a number behind it.
const longestStem = 34

// What is called the same in one language stays as it is called in the other.
function retitled(before: LocalText, title: string): LocalText {
  return Object.values(before).includes(title) ? before : { en: title, es: title }
}
