import { messengerNamed } from '../workflows/library/find.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, shelve, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('messenger.contact-title'),
  submit: phrase('messenger.button-open'),
  fields: { reason: reasonField('messenger.contact-why', 'messenger.contact-hint', 500) },
})

/** Opens the sealed name and contact of a messenger, with a reason that the coordinators read. */
export const opencontact = defineCommand({
  name: 'opencontact',
  summary: 'command.opencontact',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async ({ words }, context) => {
    return { about: (await messengerNamed(words, context)).id }
  },
  run: async ({ words, values }, context) => {
    const one = await messengerNamed(words, context)
    const { reason } = readForm(form, values)
    const doing = shelve({ type: 'open', id: one.id, reason }, () => tell('messenger.gone', { id: one.id }))
    return { ...doing, sequel: { type: 'contact', messenger: one.id } }
  },
})
