import type { LocalText } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import type { Handout, HandoutId, Messenger } from '../messenger.ts'
import { type PhraseKey, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { inLanguage, languagesIn } from './say.ts'

/** What a kit is made of. */
export type Kit = Pick<Handout, 'words' | 'avoid' | 'rumour'> & {
  readonly id: HandoutId
  readonly messenger: Messenger
}

/**
 * The words for a messenger, what not to do, and how to tell how they were received: for themselves, or for whoever
 * hands it on to them; in that reader's language, the words in all that the messenger speaks.
 */
export function kitView(kit: Kit, self: boolean, language: Language): View {
  const { id, messenger, words, avoid, rumour } = kit
  const alias = { words: messenger.alias }
  const own = [
    ...(avoid.en || avoid.es ? [{ type: 'item', text: inLanguage(avoid, language) } as const] : []),
    ...(rumour ? [item('kit.avoid-rumour')] : []),
    ...(['kit.avoid-argue', 'kit.avoid-danger', 'kit.avoid-source'] as const).map(item),
  ]
  return {
    tone: 'plain',
    title: self ? phrase('kit.kit-self', { id }) : phrase('kit.kit-title', { id, alias }),
    lines: [
      { type: 'text', text: self ? phrase('kit.intro-self') : phrase('kit.intro-through', { alias }) },
      { type: 'strong', text: phrase('kit.words') },
      ...wordLines(words, messenger.languages, language),
      { type: 'strong', text: phrase('kit.avoid') },
      ...own,
      { type: 'note', text: phrase('kit.help') },
      { type: 'strong', text: phrase('kit.after') },
    ],
    buttons: [...receptionButtons(id), ...(self ? [leaveButton(messenger)] : [])],
  }
}

/** How words were received, as buttons; a press says it at once. */
function receptionButtons(id: HandoutId): readonly Button[] {
  const one = (name: string, label: PhraseKey) => ({ id: buttonId('received', id, name), label: phrase(label) })
  return [
    one('well', 'kit.button-well'),
    one('mixed', 'kit.button-mixed'),
    one('badly', 'kit.button-badly'),
    one('not-said', 'kit.button-not-said'),
  ]
}

/** The words in the languages that somebody speaks, those of the reader first; in all there are, if in none of them. */
export function wordLines(words: LocalText, spoken: readonly Language[], reader: Language): readonly Line[] {
  const there = languagesIn(words, reader)
  const meant = there.filter(one => spoken.includes(one))
  const shown = meant.length > 0 ? meant : there
  return shown.flatMap(one => [
    ...(shown.length > 1 ? [{ type: 'note', text: phrase(`library.language-${one}`) } as const] : []),
    { type: 'quote', text: { words: words[one] ?? '' } } as const,
  ])
}

/** By which a messenger takes themselves off the list. */
export function leaveButton({ id }: Pick<Messenger, 'id'>): Button {
  return { id: buttonId('messengers', id, 'leave'), label: phrase('messenger.button-leave') }
}

function item(key: PhraseKey): Line {
  return { type: 'item', text: phrase(key) }
}
