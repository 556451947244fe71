import type { Picture } from './drawing.ts'
import type { Phrase, Text } from './phrase.ts'

/** How urgent a view looks: a severity, a closed incident, or plain talk. Colour is never the only sign of it. */
export type Tone = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'closed' | 'plain'

/**
 * One line of a view: its weight tells the platform how to show it. `rule` is the line between what is and who acts.
 */
export type Line =
  | { readonly type: 'strong'; readonly text: Text }
  | { readonly type: 'text'; readonly text: Text }
  | { readonly type: 'quote'; readonly text: Text }
  | { readonly type: 'note'; readonly text: Text }
  | { readonly type: 'item'; readonly text: Text; readonly button?: Button }
  /** Something to go to on the internet or on the hub's own pages; only ever http or https. */
  | { readonly type: 'link'; readonly text: Text; readonly url: string }
  | { readonly type: 'table'; readonly head: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly type: 'rule' }

/**
 * Something a person can press: the id is `command:argument:assumption`, at most 100 characters, and works for ever.
 */
export type Button = {
  readonly id: string
  readonly label: Phrase
  readonly style?: 'primary' | 'danger'
  readonly confirm?: Phrase
}

/** A whole message before it has a language or a platform: what a card, a post, a reply and a summary are. */
export type View = {
  readonly tone: Tone
  readonly title: Text | null
  readonly lines: readonly Line[]
  readonly buttons: readonly Button[]
  /** A picture beneath its words, drawn in the reader's language when it goes out. */
  readonly picture?: Picture
}

/** Makes a plain view of a few lines of text. */
export function plainView(lines: readonly Text[], buttons: readonly Button[] = []): View {
  return { tone: 'plain', title: null, lines: lines.map(text => ({ type: 'text', text })), buttons }
}

/** Builds the id of a button from the command it runs, what it is about and what the presser could see. */
export function buttonId(command: string, about = '', assumed = ''): string {
  return [command, about, assumed].join(':').replace(/:+$/, '')
}
