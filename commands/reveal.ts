import { phrase } from '../workflows/phrase.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('privacy.reveal-form'),
  submit: phrase('privacy.reveal-form'),
  fields: {
    reason: reasonField('privacy.reveal-reason', 'privacy.reveal-hint', 2000),
  },
})

/** Opens the reporter's sealed name and contacts, with a reason that stays in the timeline. */
export const reveal = defineCommand({
  name: 'reveal',
  summary: 'command.reveal',
  permission: 'read',
  about: 'incident',
  opens: ({ from, words }) => (from !== 'form' && words.trim() === '' ? 'form' : 'work'),
  private: true,
  form,
  run: async (request, { actor }) => {
    const reason = request.from === 'form' ? readForm(form, request.values).reason : request.words
    const { id, reporter } = incidentOf(request)
    const doing = act(request, { type: 'reveal', reason }, () => tell('privacy.revealed', { id }))
    return reporter === null || reporter === actor.id
      ? doing
      : { ...doing, sequel: { type: 'reveal', person: reporter } }
  },
})
