import { type Phrase, type PhraseKey, phrase, type Text } from '../workflows/phrase.ts'
import { type Reader, say } from '../workflows/text/say.ts'
import type { Line, View } from '../workflows/view.ts'
import type { Conversation } from './conversation.ts'
import type { Field, Form, OpenForm, Values } from './form.ts'

/** Forms whose first answer may hold the others, so that a report is told in the fewest messages. */
const atOnce: Readonly<Record<string, PhraseKey>> = { report: 'conversation.at-once' }

/** What is asked now, as a message; `first` stands above it. */
export function repeat<F>(state: Conversation<F>, reader: Reader, first: readonly Line[] = []): View {
  const { open, step } = state
  switch (step.type) {
    case 'ask':
      return questionView(state, step.field, reader, first)
    case 'review':
      return list(
        open.form.title,
        [...first, ...reviewLines(state, reader)],
        [open.form.submit, phrase('conversation.change'), phrase('conversation.cancel')],
      )
    case 'change':
      return list(
        phrase('conversation.which'),
        first,
        fieldsOf(open.form).map(([, field]) => field.label),
      )
    case 'resume':
      return list(resumeTitle(state), first, [
        phrase('conversation.yes'),
        phrase('conversation.anew'),
        phrase('conversation.cancel'),
      ])
  }
}

/** True if the form of a command may be filled in by one line, and then only has to be confirmed. */
export function fitsOneLine({ command }: Pick<OpenForm, 'command'>): boolean {
  return command in atOnce
}

/** True while the answer may hold more than what is asked: the form is best opened anew with it. */
export function holdsMore<F>({ open, step, asked }: Conversation<F>): boolean {
  const [first] = Object.keys(open.form.fields)
  return step.type === 'ask' && step.field === first && asked.length === 0 && fitsOneLine(open)
}

/** The fields of a form that are asked one by one, with their names; files may come at any time. */
export function fieldsOf({ fields }: Form): readonly [string, Field][] {
  return Object.entries(fields).filter(([, field]) => field.type !== 'files')
}

/** A message of one sentence. */
export function oneLine(key: PhraseKey): View {
  return { tone: 'plain', title: null, lines: [line(key)], buttons: [] }
}

/** Asks for one of the numbers up to that. */
export function numberOf(last: number): Line {
  return strong(phrase('conversation.pick', { last }))
}

/** A plain line. */
export function line(text: PhraseKey | Phrase, params?: Phrase['params']): Line {
  return { type: 'text', text: typeof text === 'string' ? phrase(text, params) : text }
}

/** A line that must not be missed. */
export function strong(text: Text): Line {
  return { type: 'strong', text }
}

function questionView<F>(state: Conversation<F>, name: string, reader: Reader, first: readonly Line[]): View {
  const { open, answers, asked, done } = state
  const field = open.form.fields[name]
  if (!field) return list(open.form.title, first, [])
  const now = answers[name]
  const choices = 'choices' in field ? field.choices.map(choice => choice.label) : []
  const left = fieldsOf(open.form).filter(([other, one]) => isOptional(one) && !done.includes(other)).length
  const wrong = open.errors[name]
  const more = holdsMore(state) ? atOnce[open.command] : undefined
  return list(
    field.label,
    [
      ...first,
      ...(wrong && !asked.includes(name) ? [strong(wrong)] : []),
      ...('hint' in field && field.hint ? [note(field.hint)] : []),
      ...(more ? [note(phrase(more))] : []),
      ...(now === undefined || now === '' || now.length === 0
        ? []
        : [line('conversation.now', { words: answered(field, now, reader) })]),
    ],
    choices,
    [
      ...(field.type === 'checks' ? [note(phrase('conversation.several'))] : []),
      ...(isOptional(field) ? [note(phrase(left > 1 ? 'conversation.optional-more' : 'conversation.optional'))] : []),
      ...(asked.length === 0 ? [note(phrase('conversation.how'))] : []),
    ],
  )
}

function reviewLines<F>({ open, answers, files }: Conversation<F>, reader: Reader): readonly Line[] {
  const lines = Object.entries(open.form.fields).flatMap(([name, field]): Line[] => {
    if (field.type === 'files') {
      const count = files.length
      const key = count > 0 ? 'conversation.files' : 'conversation.files-none'
      return [line(key, { label: field.label, count })]
    }
    const value = answers[name] ?? ''
    return value.length === 0
      ? []
      : [line('conversation.said', { label: field.label, value: answered(field, value, reader) })]
  })
  const wrong = Object.entries(open.errors).filter(
    ([name]) => open.form.fields[name]?.type === 'files' || !open.form.fields[name],
  )
  return [...wrong.map(([, why]) => strong(why)), ...lines, line('conversation.right')]
}

function answered(field: Field, value: Values[string], reader: Reader): { readonly words: string } {
  if (!('choices' in field)) return { words: typeof value === 'string' ? value : value.join(', ') }
  const picked = typeof value === 'string' ? [value] : value
  const labels = picked.map(one => field.choices.find(choice => choice.value === one)?.label)
  return { words: labels.map((label, index) => (label ? say(label, reader) : picked[index])).join(', ') }
}

function list(title: Text, lines: readonly Line[], choices: readonly Phrase[], after: readonly Line[] = []): View {
  const items = choices.map(
    (label, index): Line => ({
      type: 'item',
      text: phrase('conversation.choice', { number: String(index + 1), label }),
    }),
  )
  return { tone: 'plain', title, lines: [...lines, ...items, ...after], buttons: [] }
}

function resumeTitle<F>({ open, at }: Conversation<F>): Phrase {
  if (open.command === 'report') return phrase('conversation.resume-report', { time: { time: at } })
  return phrase('conversation.resume', { form: open.form.title, time: { time: at } })
}

function isOptional(field: Field): boolean {
  return !('required' in field && field.required)
}

function note(text: Text): Line {
  return { type: 'note', text }
}
