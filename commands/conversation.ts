import { InputError } from '../workflows/errors.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { type Reader, say } from '../workflows/text/say.ts'
import type { Line, View } from '../workflows/view.ts'
import { type Field, type Form, type OpenForm, readForm, readWritten, type Values } from './form.ts'
import { fieldsOf, fitsOneLine, line, numberOf, oneLine, repeat, strong } from './question.ts'

/** The question of a conversation as it stands, and whether its answer may hold more than that. */
export { holdsMore, repeat } from './question.ts'

/**
 * A form as a conversation, where a platform has no forms: a small JSON value that lasts. `F` is how the platform names
 * a file. `done` are the questions that need no asking, `asked` those that were asked, in that order; `at` is when it
 * was last spoken of (epoch ms).
 */
export type Conversation<F> = {
  readonly open: OpenForm
  readonly answers: Values
  readonly files: readonly F[]
  readonly step: Step<F>
  readonly done: readonly string[]
  readonly asked: readonly string[]
  readonly at: number
}

/** What somebody wrote, with the files that came along. */
export type Told<F> = { readonly words: string; readonly files: readonly F[] }

/** What is asked now; `held` is what was written before it was clear whether the conversation goes on. */
type Step<F> =
  | { readonly type: 'ask'; readonly field: string }
  | { readonly type: 'review' }
  | { readonly type: 'change' }
  | {
      readonly type: 'resume'
      readonly then: Exclude<Step<F>, { type: 'resume' }>
      readonly held: Told<F> | null
      readonly instead: OpenForm | null
    }

/** What follows: the conversation goes on with a message, the form is to be sent in, or nothing is left of it. */
export type Turn<F> =
  | { readonly type: 'going'; readonly state: Conversation<F>; readonly view: View }
  | { readonly type: 'send'; readonly state: Conversation<F> }
  | { readonly type: 'over'; readonly view: View }

/** How long (ms) until it is asked whether to go on, and until what was typed is a draft no longer. */
export const patience = { resume: 2 * 60 * 60_000, draft: 24 * 60 * 60_000 } as const

const commandWords = {
  back: ['back', 'atras', 'volver'],
  skip: ['skip', 'saltar', 'omitir'],
  done: ['done', 'listo', 'lista'],
  cancel: ['cancel', 'cancelar', 'stop', 'parar'],
  help: ['help', 'ayuda'],
} as const
const sendWords = ['1', 'yes', 'y', 'ok', 'okay', 'si', 'vale', 'send', 'enviar']
const changeWords = ['2', 'no', 'change', 'cambiar']
// As choices are answered: one that came late would stand in place of what was told before.
const bareNumber = /^\d{1,2}$/
// A single short word where a number is asked for is a slip, not news.
const shortest = 12
const anewWords = ['2', 'new', 'start anew', 'de nuevo', 'empezar de nuevo']
/** Begins, or goes on with a form that was refused: what is filled in is not asked again, but for what is wrong. */
export function begin<F>(form: OpenForm, reader: Reader, now: number, files: readonly F[] = []): Turn<F> {
  const open = settle(form, reader)
  const wrong = Object.keys(open.errors)
  const names = Object.keys(open.form.fields)
  const done = names.filter(name => !wrong.includes(name) && (wrong.length > 0 || isSettled(open, name)))
  const state = { open, answers: open.values, files, step: { type: 'review' }, done, asked: [], at: now } as const
  return onward(state, now, reader, open.notice && wrong.length === 0 ? [line(open.notice)] : [])
}

/** Puts a form that was opened in its place: what it holds is taken over, and keeps its one id. */
export function refill<F>(state: Conversation<F>, form: OpenForm, reader: Reader, now: number): Turn<F> {
  const open = settle({ ...form, id: state.open.id }, reader)
  const answers = { ...state.answers, ...open.values }
  const done = Object.keys(open.form.fields).filter(name => isFilled(open, name, answers))
  const asked = [...new Set([...state.asked, ...(state.step.type === 'ask' ? [state.step.field] : [])])]
  return onward({ ...state, open, answers, done, asked }, now, reader, open.notice ? [line(open.notice)] : [])
}

/** Asks whether to go on with what was left, before what came since is heard; `instead` is a form opened meanwhile. */
export function wake<F>(
  state: Conversation<F>,
  since: { readonly held?: Told<F>; readonly instead?: OpenForm },
  reader: Reader,
): Turn<F> {
  const then = state.step.type === 'resume' ? state.step.then : state.step
  const before = state.step.type === 'resume' ? state.step.held : null
  const { held = before, instead = null } = since
  return going({ ...state, step: { type: 'resume', then, held, instead: instead && settle(instead, reader) } }, reader)
}

/** Hears what was written: an answer, or one of the words that steer; whatever it is, nothing typed before is lost. */
export function hear<F>(before: Conversation<F>, told: Told<F>, reader: Reader, now: number): Turn<F> {
  if (before.step.type !== 'resume' && now - before.at > patience.resume) return wake(before, { held: told }, reader)
  const { state, said } = takeFiles(before, told.files, now)
  const word = plain(told.words)
  if (isWord('cancel', word)) return { type: 'over', view: oneLine('conversation.cancelled') }
  if (isWord('help', word) || told.words.trim() === '?')
    return going(state, reader, [line('conversation.help'), ...said])
  if (word === '' && told.files.length > 0) return going(state, reader, said)
  const step = state.step
  switch (step.type) {
    case 'ask':
      return answer(state, step.field, told.words, reader, now, said)
    case 'review':
      return confirm(state, told.words, reader, now, said)
    case 'change': {
      if (isWord('back', word)) return going({ ...state, step: { type: 'review' } }, reader, said)
      const fields = fieldsOf(state.open.form)
      const choices = fields.map(([value, field]) => ({ value, label: field.label }))
      const field: Field = {
        type: 'choice',
        look: 'select',
        required: true,
        label: phrase('conversation.which'),
        choices,
      }
      const name = readWritten(field, told.words, label => say(label, reader))
      if (typeof name !== 'string') return going(state, reader, [...said, numberOf(fields.length)])
      return going({ ...state, step: { type: 'ask', field: name } }, reader, said)
    }
    case 'resume':
      return resume(state, step, told, reader, now)
  }
}

/** Forgets the answer to a question that was taken back, and asks for it anew. */
export function forget<F>(state: Conversation<F>, name: string, reader: Reader, now: number): Turn<F> {
  const { [name]: _, ...answers } = state.answers
  const done = state.done.filter(one => one !== name)
  return onward({ ...state, answers, done, asked: state.asked.filter(one => one !== name) }, now, reader)
}

function answer<F>(
  state: Conversation<F>,
  name: string,
  words: string,
  reader: Reader,
  now: number,
  said: readonly Line[],
): Turn<F> {
  const field = state.open.form.fields[name]
  const word = plain(words)
  const needed = field !== undefined && 'required' in field && field.required
  if (isWord('back', word)) return back(state, reader, said)
  if (isWord('done', word)) {
    const left = fieldsOf(state.open.form).filter(([, one]) => !('required' in one && one.required))
    const done = [...new Set([...state.done, ...left.map(([other]) => other)])]
    return needed
      ? going(state, reader, [...said, line('conversation.needed')])
      : onward({ ...state, done }, now, reader, said)
  }
  if (isWord('skip', word)) {
    if (needed) return going(state, reader, [...said, line('conversation.needed')])
    const { [name]: _, ...answers } = state.answers
    return onward(after({ ...state, answers }, name), now, reader, said)
  }
  if (field?.type === 'text' && field.words && bareNumber.test(word))
    return going(state, reader, [...said, strong(phrase('conversation.only-number'))])
  const value = field && readWritten(field, words, label => say(label, reader))
  if (!field || value === null || value === undefined) {
    return going(state, reader, [...said, numberOf(field && 'choices' in field ? field.choices.length : 1)])
  }
  const wrong = problemWith(state.open.form, name, value)
  if (wrong) return going(state, reader, [...said, strong(wrong)])
  return onward(after({ ...state, answers: { ...state.answers, [name]: value } }, name), now, reader, said)
}

function confirm<F>(
  state: Conversation<F>,
  words: string,
  reader: Reader,
  now: number,
  said: readonly Line[],
): Turn<F> {
  const word = plain(words)
  if (sendWords.includes(word)) return { type: 'send', state }
  if (word === '3') return { type: 'over', view: oneLine('conversation.cancelled') }
  if (isWord('back', word)) return back(state, reader, said)
  const fields = fieldsOf(state.open.form)
  if (changeWords.includes(word)) return going({ ...state, step: { type: 'change' } }, reader, said)
  // Whoever writes on instead of choosing has more to tell, and must not lose it.
  const [name, field] = fields.find(([, one]) => one.type === 'text' && one.lines === 'many') ?? []
  if (!name || !field || (word.length < shortest && !word.includes(' ')))
    return going(state, reader, [...said, numberOf(3)])
  const value = [state.answers[name], words.trim()].filter(Boolean).join('\n')
  const wrong = problemWith(state.open.form, name, value)
  if (wrong) return going(state, reader, [...said, strong(wrong)])
  const added = line('conversation.appended', { label: field.label })
  return onward({ ...state, answers: { ...state.answers, [name]: value } }, now, reader, [...said, added])
}

function resume<F>(
  state: Conversation<F>,
  step: Extract<Step<F>, { type: 'resume' }>,
  told: Told<F>,
  reader: Reader,
  now: number,
): Turn<F> {
  const word = plain(told.words)
  const again = { ...state, step: step.then, at: now }
  if (word === '3') return { type: 'over', view: oneLine('conversation.cancelled') }
  if (!sendWords.includes(word) && !anewWords.includes(word)) {
    // What is written meanwhile is kept with what was written before.
    const held = step.held && { words: [step.held.words, told.words].join('\n'), files: step.held.files }
    return going({ ...state, step: { ...step, held: held ?? { words: told.words, files: [] } } }, reader, [numberOf(3)])
  }
  if (anewWords.includes(word)) {
    return begin(step.instead ?? { ...state.open, values: {}, errors: {}, notice: null }, reader, now)
  }
  return step.held ? hear(again, step.held, reader, now) : going(again, reader)
}

function back<F>(state: Conversation<F>, reader: Reader, said: readonly Line[]): Turn<F> {
  const field = state.asked.at(-1)
  if (field === undefined) return going(state, reader, [...said, line('conversation.first')])
  const done = state.done.filter(name => name !== field)
  return going({ ...state, done, asked: state.asked.slice(0, -1), step: { type: 'ask', field } }, reader, said)
}

function after<F>(state: Conversation<F>, name: string): Conversation<F> {
  const asked = [...state.asked.filter(one => one !== name), name]
  return { ...state, done: [...new Set([...state.done, name])], asked }
}

function onward<F>(state: Conversation<F>, now: number, reader: Reader, said: readonly Line[] = []): Turn<F> {
  const next = fieldsOf(state.open.form).find(([name, { type }]) => type !== 'files' && !state.done.includes(name))
  const step: Step<F> = next ? { type: 'ask', field: next[0] } : { type: 'review' }
  return going({ ...state, step, at: now }, reader, said)
}

function going<F>(state: Conversation<F>, reader: Reader, said: readonly Line[] = []): Turn<F> {
  return { type: 'going', state, view: repeat(state, reader, said) }
}

function takeFiles<F>(state: Conversation<F>, files: readonly F[], now: number) {
  if (files.length === 0) return { state: { ...state, at: now }, said: [] }
  const field = Object.values(state.open.form.fields).find(one => one.type === 'files')
  if (!field) return { state: { ...state, at: now }, said: [line('conversation.no-files')] }
  const all = [...state.files, ...files]
  const kept = all.slice(0, field.max)
  const said = [line('conversation.took', { count: kept.length })]
  if (all.length > kept.length) said.push(line('conversation.too-many', { count: field.max }))
  return { state: { ...state, files: kept, at: now }, said }
}

/** The form with its moving parts said once: who can be picked is named now, and stays so while it lasts. */
function settle(open: OpenForm, reader: Reader): OpenForm {
  const settled = (text: Phrase) => (text.params ? phrase('form.name', { name: say(text, reader) }) : text)
  const fields = Object.entries(open.form.fields).map(([name, field]) => {
    if (!('choices' in field)) return [name, field]
    return [name, { ...field, choices: field.choices.map(({ value, label }) => ({ value, label: settled(label) })) }]
  })
  const errors = Object.fromEntries(Object.entries(open.errors).map(([name, why]) => [name, settled(why)]))
  const form: Form = { ...open.form, fields: Object.fromEntries(fields) }
  return { ...open, form, errors, notice: open.notice && settled(open.notice) }
}

/** What was typed needs no asking; a choice that must be made stands as it is now, and is what is to be changed. */
function isSettled(open: OpenForm, name: string): boolean {
  const field = open.form.fields[name]
  if (field?.type === 'choice' && field.required && !fitsOneLine(open)) return false
  return isFilled(open, name, open.values)
}

function isFilled({ form }: OpenForm, name: string, values: Values): boolean {
  const value = values[name]
  return value !== undefined && value.length > 0 && problemWith(form, name, value) === null
}

function problemWith({ title, submit, fields }: Form, name: string, value: Values[string]): Phrase | null {
  const field = fields[name]
  if (!field) return null
  try {
    readForm({ title, submit, fields: { [name]: field } }, { [name]: value })
    return null
  } catch (error) {
    if (error instanceof InputError) return error.fields[name] ?? null
    throw error
  }
}

function isWord(meant: keyof typeof commandWords, word: string): boolean {
  return (commandWords[meant] as readonly string[]).includes(word)
}
