import { readReach } from '../workflows/headcount/press.ts'
import { phrase } from '../workflows/phrase.ts'
import { act, defineCommand, refuse, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('headcount.reach-form'),
  submit: phrase('headcount.reach-form'),
  fields: {
    reason: reasonField('privacy.reveal-reason', 'privacy.reveal-hint', 2000),
  },
})

/** Opens the sealed contact of somebody who does not answer or needs help, with a reason that stays in the timeline. */
export const reach = defineCommand({
  name: 'reach',
  summary: 'command.reach',
  permission: 'read',
  about: 'incident',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  run: async request => {
    const about = readReach(request.assumed)
    if (!about) return refuse('headcount.heard')
    const { person } = about
    const reason = request.from === 'form' ? readForm(form, request.values).reason : request.words
    const deed = { ...about, type: 'count-contact', reason } as const
    const doing = act(request, { type: 'run', do: deed }, () => tell('headcount.reached', { person: { person } }))
    return { ...doing, sequel: { type: 'reveal', person } }
  },
})
