import { type Phrase, phrase } from '../phrase.ts'
import type { Ask, Step } from '../protocol.ts'
import { plain } from '../spoken.ts'
import type { InLanguages } from '../taxonomy.ts'

/** What a step is answered with: codes and numbers apart from people's words, both by the id of the question. */
export type Answered = {
  readonly answers: Readonly<Record<string, string>>
  readonly texts: Readonly<Record<string, string>>
  readonly note: string
}

/**
 * What was typed behind `done`, where it answers all that a step must be told: one question by one of its choices or a
 * number, or nothing that must be answered. Null: the questions are to be asked.
 */
export function readAnswer({ asks, evidence }: Pick<Step, 'asks' | 'evidence'>, typed: string): Answered | null {
  const [ask, second] = asks
  if (!ask) return typed === '' && evidence ? null : { answers: {}, texts: {}, note: typed }
  if (second || typed === '') return null
  if (ask.type === 'text') return { answers: {}, texts: { [ask.id]: typed }, note: '' }
  if (ask.type === 'number') return /^\d{1,6}$/.test(typed) ? only(ask, typed) : null
  const said = plain(typed)
  const found = ask.choices.find(({ code, name }) => [code, name.en, name.es].some(one => plain(one) === said))
  return found ? only(ask, found.code) : null
}

/** What a form was answered with, and the note beside: codes and numbers apart from people's words. */
export function givenAnswers(
  asks: readonly Ask[],
  values: Readonly<Record<string, string | readonly string[]>>,
): Answered {
  const given = (id: string) => (typeof values[id] === 'string' ? values[id] : '')
  const those = (words: boolean) =>
    Object.fromEntries(
      asks.filter(ask => (ask.type === 'text') === words && given(ask.id) !== '').map(ask => [ask.id, given(ask.id)]),
    )
  return { answers: those(false), texts: those(true), note: given('note') }
}

/** How a question stands in a form: as the label of its field, and as its hint, too, if it is too long for a label. */
export function questionLabels(text: InLanguages): { readonly label: Phrase; readonly hint?: Phrase } {
  const short = { en: cut(text.en, longestLabel), es: cut(text.es, longestLabel) }
  const label = phrase('protocol.form-question', { text: short })
  const long = text.en.length > longestLabel || text.es.length > longestLabel
  return long ? { label, hint: phrase('protocol.form-question', { text }) } : { label }
}

const longestLabel = 45

function only({ id }: Ask, answer: string): Answered {
  return { answers: { [id]: answer }, texts: {}, note: '' }
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const start = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')
  return `${start.slice(0, Math.max(start.lastIndexOf(' '), most / 2)).trimEnd()}…`
}
