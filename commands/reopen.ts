import { button } from '../workflows/button.ts'
import { requireReopenable } from '../workflows/lifecycle.ts'
import { phrase } from '../workflows/phrase.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.reopen'),
  submit: phrase('form.send'),
  fields: {
    reason: { type: 'text', lines: 'many', label: phrase('form.reopen-reason'), required: true, max: 2000 },
  },
})

/** Opens an ended incident again, with a reason; nobody has it then. */
export const reopen = defineCommand({
  name: 'reopen',
  summary: 'command.reopen',
  usage: 'usage.id-reason',
  permission: 'work',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && words.trim() !== '' ? 'work' : 'form'),
  private: true,
  form,
  open: async request => {
    requireReopenable(incidentOf(request))
    return {}
  },
  run: async request => {
    const { reason } = readForm(form, request.from === 'form' ? request.values : { reason: request.words })
    return act(request, { type: 'reopen', reason }, ({ incident }) =>
      tell('reply.reopened', { id: incident.id }, [button('claim', incident)]),
    )
  },
})
