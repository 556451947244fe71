import { partnerKinds } from '../audience.ts'
import type { LocalText } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import { type Directory, hasRole, regionName, servesRegion } from '../directory.ts'
import { consents, type Handout, type Messenger, type MessengerSecret } from '../messenger.ts'
import type { Actor } from '../permission.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { plain } from '../spoken.ts'
import { say } from '../text/say.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { carrierOf } from './posts.ts'
import { inLanguage } from './say.ts'

/** How many can be listed with a button each in one message of the tightest platform. */
export const mostListed = 8

/** True if this person works with that messenger: leaders, and coordinators of a region of theirs. */
export function mayWorkWith(actor: Pick<Actor, 'roles' | 'regions'>, { regions }: Pick<Messenger, 'regions'>): boolean {
  if (hasRole(actor, 'leader')) return true
  if (!hasRole(actor, 'coordinator')) return false
  return actor.regions === 'all' || (regions !== 'all' && regions.some(region => servesRegion(actor, region)))
}

/** Those of a list who are meant by some typed words: kinds, regions, languages or names; null where a word is none. */
export function narrowed(
  messengers: readonly Messenger[],
  words: string,
  directory: Pick<Directory, 'regions'>,
): readonly Messenger[] {
  return plain(words)
    .split(' ')
    .filter(word => word !== '')
    .reduce<readonly Messenger[]>((left, word) => left.filter(one => fits(one, word, directory)), messengers)
}

/** The roster as a list with a button each, those whose yes has run out marked. */
export function messengersView(
  messengers: readonly Messenger[],
  { words, now, directory }: { readonly words: string; readonly now: number; readonly directory: Directory },
): View {
  const shown = narrowed(messengers, words, directory)
  const none = messengers.length === 0 ? phrase('messenger.none') : phrase('messenger.none-fit')
  const rest = shown.length - mostListed
  return {
    tone: 'plain',
    title: phrase('messenger.title'),
    lines: [
      ...(shown.length === 0 ? [{ type: 'text', text: none } as const] : []),
      ...shown.slice(0, mostListed).map(
        (one): Line => ({
          type: 'item',
          text: consents(one, now)
            ? phrase('messenger.line', factsOf(one, directory))
            : phrase('messenger.line-lapsed', { alias: { words: one.alias }, id: one.id }),
          button: { id: buttonId('messengers', one.id), label: phrase('messenger.button-open') },
        }),
      ),
      ...(rest > 0 ? [{ type: 'note', text: phrase('kit.whom-rest', { count: rest }) } as const] : []),
      { type: 'note', text: phrase('messenger.how') },
    ],
    buttons: [{ id: buttonId('messenger'), label: phrase('messenger.button-add') }],
  }
}

/** One messenger, what they were given, and what came of it; neither name nor contact. */
export function messengerView(
  one: Messenger,
  given: readonly { readonly handout: Handout; readonly title: LocalText }[],
  { language, now, directory }: { readonly language: Language; readonly now: number; readonly directory: Directory },
): View {
  const { id, consentAt, consentUntil, through } = one
  const facts = factsOf(one, directory)
  const { carrier, self } = carrierOf(one, directory)
  const day = dayOf(consentAt)
  const lines: readonly Phrase[] = [
    phrase('messenger.kinds', facts),
    phrase('messenger.regions', facts),
    phrase('messenger.community', { community: { words: one.community } }),
    self
      ? phrase('messenger.rostered', { person: { person: carrier?.id ?? one.person } })
      : phrase('messenger.through', { person: { person: through } }),
    consentUntil === null
      ? phrase('messenger.consent', { day })
      : phrase('messenger.consent-until', { day, until: dayOf(consentUntil) }),
  ]
  const lapsed: readonly Line[] = consents(one, now)
    ? []
    : [{ type: 'strong', text: phrase('messenger.lapsed', { until: dayOf(consentUntil ?? now) }) }]
  return {
    tone: 'plain',
    title: phrase('messenger.one-title', facts),
    lines: [
      ...lapsed,
      ...lines.map((text): Line => ({ type: 'text', text })),
      { type: 'note', text: phrase('messenger.sealed') },
      ...(given.length > 0 ? [{ type: 'strong', text: phrase('messenger.history') } as const] : []),
      ...given.map(({ handout, title }): Line => {
        const params = { id: handout.id, what: inLanguage(title, language), time: { date: handout.at } }
        return { type: 'item', text: phrase('messenger.given', { ...params, outcome: outcomeText(handout) }) }
      }),
    ],
    buttons: [
      { id: buttonId('messenger', id), label: phrase('messenger.button-edit') },
      { id: buttonId('acquaint', id), label: phrase('messenger.button-acquaint') },
      { id: buttonId('opencontact', id), label: phrase('messenger.button-contact') },
      removeButton(id),
    ],
  }
}

/** What lies sealed of a messenger, for whoever has just opened it. */
export function contactView({ id, through }: Messenger, { name, contact, consent }: MessengerSecret): View {
  const text = (said: Phrase): Line => ({ type: 'text', text: said })
  if (name === '' && contact === '') {
    const none = phrase('messenger.contact-none', { id, person: { person: through } })
    return { tone: 'plain', title: null, lines: [text(none)], buttons: [] }
  }
  return {
    tone: 'plain',
    title: null,
    lines: [
      text(phrase('messenger.contact-shown', { id })),
      ...(name === '' ? [] : [text(phrase('messenger.contact-name', { name: { words: name } }))]),
      ...(contact === '' ? [] : [text(phrase('messenger.contact-at', { contact: { words: contact } }))]),
      text(phrase('messenger.contact-consent', { consent: { words: consent } })),
    ],
    buttons: [],
  }
}

/** How words were received, and by how many, as far as anybody said. */
export function outcomeText({ received, reach }: Pick<Handout, 'received' | 'reach'>): Phrase {
  const outcome = phrase(`messenger.outcome-${received ?? 'none'}`)
  return reach === null || received === 'not-said' ? outcome : phrase('messenger.reach', { outcome, count: reach })
}

/** What is said of a messenger in one line. */
export function factsOf({ id, alias, kinds, regions, languages }: Messenger, directory: Directory) {
  return {
    id,
    alias: { words: alias },
    kinds: kinds.map((kind): Param => phrase(`library.voice-${kind}`)),
    regions: regions === 'all' ? phrase('kit.everywhere') : regions.map((code): Param => regionName(directory, code)),
    languages: languages.map((language): Param => phrase(`library.name-${language}`)),
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function removeButton(id: Messenger['id']): Button {
  return {
    id: buttonId('messengers', id, 'remove'),
    label: phrase('messenger.button-remove'),
    style: 'danger',
    confirm: phrase('messenger.remove-sure'),
  }
}

function fits(one: Messenger, word: string, directory: Pick<Directory, 'regions'>): boolean {
  const region = directory.regions.find(({ code, name }) => plain(code) === word || plain(name) === word)
  if (one.languages.some(language => language === word)) return true
  if (region && (one.regions === 'all' || one.regions.includes(region.code))) return true
  if (one.kinds.some(kind => kindWords.get(kind)?.includes(word))) return true
  return [one.alias, one.id, one.community].some(text => plain(text).split(' ').includes(word))
}

const readers = (['en', 'es'] as const).map(language => ({ language, zone: 'UTC', now: 0, person: () => null }))
const kindWords: ReadonlyMap<string, readonly string[]> = new Map(
  partnerKinds.map(kind => {
    const said = readers.map(reader => say(phrase(`library.voice-${kind}`), reader))
    return [kind, [kind, ...said].flatMap(name => plain(name).split(' '))]
  }),
)
