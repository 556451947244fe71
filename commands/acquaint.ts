import { whoIs } from '../workflows/callsign.ts'
import { personNow } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import { messengerNamed } from '../workflows/library/find.ts'
import { phrase } from '../workflows/phrase.ts'
import { type Context, defineCommand, shelve, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const line = { type: 'text', lines: 'one', required: false } as const
const form = defineForm({
  title: phrase('messenger.acquaint-title'),
  submit: phrase('messenger.form-submit'),
  fields: {
    name: {
      ...{ ...line, max: 120 },
      label: phrase('messenger.acquaint-name'),
      hint: phrase('messenger.acquaint-sealed'),
    },
    contact: {
      ...{ ...line, max: 300 },
      label: phrase('messenger.acquaint-contact'),
      hint: phrase('messenger.acquaint-sealed'),
    },
    through: {
      ...{ ...line, max: 40 },
      label: phrase('messenger.acquaint-through'),
      hint: phrase('messenger.acquaint-through-hint'),
    },
    until: {
      ...{ ...line, max: 20 },
      label: phrase('messenger.acquaint-until'),
      hint: phrase('messenger.acquaint-until-hint'),
    },
  },
})

/** Keeps name and contact of a messenger, sealed; who knows them; and until when they agreed. */
export const acquaint = defineCommand({
  name: 'acquaint',
  summary: 'command.acquaint',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async ({ words }, context) => {
    const one = await messengerNamed(words, context)
    const { id, through, consentUntil } = one
    const until = consentUntil === null ? '' : new Date(consentUntil).toISOString().slice(0, 10)
    // What lies sealed is not shown again: an empty field leaves it as it is.
    return { about: id, values: { through: personNow(context.read.directory, through)?.callsign ?? '', until } }
  },
  run: async ({ words, values }, context) => {
    const one = await messengerNamed(words, context)
    const { name, contact, through, until } = readForm(form, values)
    const facts = {
      ...(through === '' ? {} : { through: named(through, context) }),
      consentUntil: until === '' ? null : dayEnd(until, context.now),
    }
    const secret = { ...(name === '' ? {} : { name }), ...(contact === '' ? {} : { contact }) }
    return shelve({ type: 'change', id: one.id, facts, secret }, () => tell('messenger.changed', { id: one.id }))
  },
})

function named(words: string, { read }: Context): PersonId {
  const found = whoIs(words, [...read.directory.people.values()])
  if (found.type !== 'one' || found.rest !== '') throw new InputError({ through: phrase('messenger.acquaint-nobody') })
  return found.person.id
}

function dayEnd(text: string, now: number): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T23:59:59Z`) : Number.NaN
  if (Number.isNaN(day) || day <= now) throw new InputError({ until: phrase('messenger.acquaint-day') })
  return day
}
