import { phrase } from '../workflows/phrase.ts'
import { act, defineCommand, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = (title: 'privacy.hold-form' | 'privacy.unhold-form') =>
  defineForm({
    title: phrase(title),
    submit: phrase('form.send'),
    fields: {
      reason: reasonField('privacy.hold-reason', 'privacy.hold-hint', 2000),
    },
  })

const [holding, lifting] = [form('privacy.hold-form'), form('privacy.unhold-form')]

/** Puts an incident under a legal hold: nothing of it is cleared away until the hold ends. */
export const hold = defineCommand({
  name: 'hold',
  summary: 'command.hold',
  permission: 'read',
  about: 'incident',
  opens: ({ from, words }) => (from !== 'form' && words.trim() === '' ? 'form' : 'work'),
  private: true,
  form: holding,
  run: async request => {
    const reason = request.from === 'form' ? readForm(holding, request.values).reason : request.words
    return act(request, { type: 'hold', reason }, ({ incident }) => tell('privacy.held', { id: incident.id }))
  },
})

/** Ends a legal hold. */
export const unhold = defineCommand({
  name: 'unhold',
  summary: 'command.unhold',
  permission: 'read',
  about: 'incident',
  opens: ({ from, words }) => (from !== 'form' && words.trim() === '' ? 'form' : 'work'),
  private: true,
  form: lifting,
  run: async request => {
    const reason = request.from === 'form' ? readForm(lifting, request.values).reason : request.words
    return act(request, { type: 'lift-hold', reason }, ({ incident }) =>
      tell('privacy.hold-lifted', { id: incident.id }),
    )
  },
})
