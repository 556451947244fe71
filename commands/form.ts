import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import { type Phrase, type PhraseKey, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'

/** One answer that can be picked; the value is what the command gets. */
export type Choice = { readonly value: string; readonly label: Phrase }

/** One component of a form. `choices` may be filled when the form is opened, so that people can be picked. */
export type Field =
  | {
      readonly type: 'text'
      readonly label: Phrase
      readonly hint?: Phrase
      readonly lines: 'one' | 'many'
      readonly required: boolean
      readonly max: number
      /** It wants words: where answers are typed one by one, a bare number is a slip, meant for another question. */
      readonly words?: true
    }
  | {
      readonly type: 'choice'
      readonly label: Phrase
      readonly hint?: Phrase
      readonly look: 'radio' | 'select'
      readonly required: boolean
      readonly choices: readonly Choice[]
    }
  | { readonly type: 'checks'; readonly label: Phrase; readonly hint?: Phrase; readonly choices: readonly Choice[] }
  | { readonly type: 'files'; readonly label: Phrase; readonly hint?: Phrase; readonly max: number }

/** The field for what somebody wants to say besides; it may stay empty. */
export const noteField: Field = {
  ...reasonField('protocol.form-note', 'protocol.form-note-hint', 1000),
  required: false,
}

/** The field for a reason, which must be given, in at most so many characters. */
export function reasonField(label: PhraseKey, hint: PhraseKey, max: number): Extract<Field, { type: 'text' }> {
  return { type: 'text', lines: 'many', label: phrase(label), hint: phrase(hint), required: true, max, words: true }
}

/** What a platform sends of a form: text and choice as a string, checks as a list; files travel beside. */
export type Values = Readonly<Record<string, string | readonly string[]>>

type Read<F extends Field> = F extends { type: 'checks' | 'files' } ? readonly string[] : string
/** What a command gets of a form whose values were good: every field is there; an optional one left out is `''`. */
export type Answers<F extends Readonly<Record<string, Field>>> = { readonly [K in keyof F]: Read<F[K]> }

/** A screen of at most five components that every platform can show. */
export type Form<F extends Readonly<Record<string, Field>> = Readonly<Record<string, Field>>> = {
  readonly title: Phrase
  readonly submit: Phrase
  readonly fields: F
}

/**
 * A form as it is shown to one person: what stands in it, what is wrong with it, and the id that makes it count once.
 */
export type OpenForm = {
  readonly id: string
  readonly command: string
  readonly about: string
  readonly form: Form
  readonly notice: Phrase | null
  readonly values: Values
  readonly errors: Readonly<Record<string, Phrase>>
}

const tightest = { components: 5, choices: 25, radio: 10, text: 4000 }

/** People to pick from, by how they are named to whoever picks; as many as a field holds at the most. */
export function peopleChoices(people: readonly { readonly id: PersonId }[]): readonly Choice[] {
  return people
    .slice(0, tightest.choices)
    .map(({ id }) => ({ value: id, label: phrase('form.person', { person: { person: id } }) }))
}

/**
 * Makes a form within the tightest limits of all platforms: five components, 25 choices (10 as radio or checks), 4,000
 * characters a text. Title (24) and labels (45 characters) are sentences, so a test checks them in every language.
 * @throws Error when a limit is broken: a mistake in the program, found at its start.
 */
export function defineForm<const F extends Readonly<Record<string, Field>>>(form: Form<F>): Form<F> {
  const fields = Object.entries(form.fields)
  if (fields.length > tightest.components) throw new Error(`${form.title.key}: more than five components`)
  for (const [name, field] of fields) {
    if (field.type === 'text' && field.max > tightest.text) throw new Error(`${form.title.key}.${name}: text too long`)
    if (!('choices' in field)) continue
    const most = field.type === 'choice' && field.look === 'select' ? tightest.choices : tightest.radio
    if (field.choices.length > most) throw new Error(`${form.title.key}.${name}: more than ${most} choices`)
  }
  return form
}

/**
 * The form within the five components, its notice included: where the notice would be a sixth, it stands in place of
 * the first field's hint.
 */
export function fitNotice(open: OpenForm): OpenForm {
  const entries = Object.entries(open.form.fields)
  const [first, ...rest] = entries
  if (!open.notice || !first || entries.length < tightest.components) return open
  const fields = Object.fromEntries([[first[0], { ...first[1], hint: open.notice }], ...rest])
  return { ...open, notice: null, form: { ...open.form, fields } }
}

/**
 * Reads what was sent in against the form.
 * @throws InputError that names every field with its reason, so that all can be mended at once.
 */
export function readForm<F extends Readonly<Record<string, Field>>>(form: Form<F>, values: Values): Answers<F> {
  const errors: Record<string, Phrase> = {}
  const answers: Record<string, string | readonly string[]> = {}
  for (const [name, field] of Object.entries(form.fields)) {
    const value = values[name]
    if (field.type === 'files') answers[name] = list(value)
    else if (field.type === 'checks') answers[name] = readChecks(field.choices, list(value), name, errors)
    else answers[name] = readOne(field, typeof value === 'string' ? value.trim() : '', name, errors)
  }
  if (Object.keys(errors).length > 0) throw new InputError(errors)
  return answers as Answers<F>
}

/**
 * Reads what somebody wrote as the answer to one field: a choice by its number or its words (as `said` says them),
 * several by their numbers. What cannot be read is given back as it stands, or with null where it means no choice.
 */
export function readWritten(field: Field, words: string, said: (label: Phrase) => string): Values[string] | null {
  switch (field.type) {
    case 'text':
      return words.trim()
    case 'files':
      return null
    case 'choice':
      return field.choices.length === 0 ? words.trim() : pick(field.choices, words, said)
    case 'checks': {
      const parts = words.split(/[\s,;.+&]+|\b(?:and|y)\b/iu).filter(part => part !== '')
      const picked = parts.map(part => pick(field.choices, part, said))
      const whole = pick(field.choices, words, said)
      if (whole !== null) return [whole]
      return picked.length > 0 && picked.every(one => one !== null) ? [...new Set(picked)] : null
    }
  }
}

/** The choice that was meant; behind its number may stand (the start of) its words, but no others. */
function pick(choices: readonly Choice[], words: string, said: (label: Phrase) => string): string | null {
  const [, number = '', rest = ''] = /^\s*(\d{1,2})(?!\d)([\s\S]*)$/u.exec(words.normalize('NFKC')) ?? []
  const numbered = choices[Number(number) - 1]
  if (numbered && plain(said(numbered.label)).startsWith(plain(rest))) return numbered.value
  const meant = plain(words)
  return choices.find(({ value, label }) => plain(said(label)) === meant || plain(value) === meant)?.value ?? null
}

function readOne(
  field: Extract<Field, { type: 'text' | 'choice' }>,
  value: string,
  name: string,
  errors: Record<string, Phrase>,
): string {
  if (field.required && !visible.test(value))
    errors[name] = phrase(field.type === 'text' ? 'form.required' : 'form.pick-one')
  else if (field.type === 'text' && value.length > field.max)
    errors[name] = phrase('form.too-long', { max: field.max, over: value.length - field.max })
  else if (field.type === 'choice' && value !== '' && !isChoice(field.choices, value))
    errors[name] = phrase('form.pick-one')
  return value
}

// What is not among the choices would be kept as typed, where only codes may stand.
function readChecks(
  choices: readonly Choice[],
  values: readonly string[],
  name: string,
  errors: Record<string, Phrase>,
): readonly string[] {
  if (values.some(value => !choices.some(choice => choice.value === value))) errors[name] = phrase('form.pick-one')
  return [...new Set(values)]
}

// Choices that depend on the roster are empty in the definition and checked by the command.
function isChoice(choices: readonly Choice[], value: string): boolean {
  return choices.length === 0 || choices.some(choice => choice.value === value)
}

const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u

function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === '') return []
  return typeof value === 'string' ? [value] : value
}
