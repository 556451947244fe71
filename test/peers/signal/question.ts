/** A question of a conversation, as somebody reads it on their phone. */
export type Question = {
  readonly type: 'ask' | 'review' | 'resume'
  readonly label: string
  readonly choices: readonly { readonly number: string; readonly label: string }[]
  readonly optional: boolean
}

type Numbered = { readonly number: string; readonly label: string }

/** What stands in a text with a number before it, one under the other or side by side. */
export function numbered(text: string): readonly Numbered[] {
  return text
    .split('\n')
    .flatMap(line => line.split(' · '))
    .flatMap(part => {
      const [, number, label] = /^(\d{1,2})[.)]? +(.+)$/.exec(part.trim()) ?? []
      return number && label ? [{ number, label }] : []
    })
}

/** The question that a message asks, or null if it asks none. */
export function questionIn(text: string): Question | null {
  const choices = numbered(text)
  const labels = choices.map(one => one.label)
  const label = text.split('\n').find(line => line.trim() !== '') ?? ''
  const optional = /\bskip\b|\bsaltar\b/i.test(text)
  const is = (index: number, word: RegExp) => choices.length === 3 && word.test(labels[index] ?? '')
  if (is(1, /^(Change|Cambiar)/) && is(2, /^Cancel/)) return { type: 'review', label, choices, optional }
  if (is(1, /^(Start anew|Empezar)/) && is(2, /^Cancel/)) return { type: 'resume', label, choices, optional }
  const asks = label.includes('?') || /\b(back|cancel|atrás|atras|cancelar)\b/i.test(text) || optional
  return asks ? { type: 'ask', label, choices, optional } : null
}

/** What somebody writes to that question who wants these values, by the labels' first words. */
export function answerTo(question: Question, values: Readonly<Record<string, string>>): string {
  if (question.type !== 'ask') return '1'
  const label = plain(question.label)
  const [, value] = Object.entries(values).find(([name]) => label.startsWith(plain(name))) ?? []
  if (value === undefined || value === '') {
    if (question.optional) return 'skip'
    throw new Error(`nothing to answer to "${question.label}"`)
  }
  if (question.choices.length === 0) return value
  return value
    .split(/,\s*/)
    .map(part => question.choices.find(one => plain(one.label).startsWith(plain(part)))?.number ?? part)
    .join(' ')
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim()
}
