import { button } from '../workflows/button.ts'
import type { Credibility } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { readCredibility } from '../workflows/spoken.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const steps: readonly Credibility[] = ['unverified', 'checking', 'corroborated', 'verified', 'false']

const form = defineForm({
  title: phrase('form.verify'),
  submit: phrase('form.send'),
  fields: {
    to: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.verify-to'),
      hint: phrase('form.verify-hint'),
      required: true,
      choices: steps.map(value => ({ value, label: phrase(`form.verify-${value}`) })),
    },
    note: {
      type: 'text',
      lines: 'many',
      label: phrase('form.verify-note'),
      hint: phrase('form.verify-note-hint'),
      required: false,
      max: 2000,
    },
  },
})

/** Says how far a report is to be believed; it never changes how severe it is. */
export const verify = defineCommand({
  name: 'verify',
  summary: 'command.verify',
  usage: 'usage.verify',
  permission: 'work',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && readCredibility(words) ? 'work' : 'form'),
  private: true,
  form,
  open: async request => ({ values: { to: incidentOf(request).credibility, note: request.words } }),
  run: async request => {
    const said = request.from === 'form' ? null : readCredibility(request.words)
    const typed = { to: said?.value ?? '', note: said?.rest ?? request.words }
    const { to, note } = readForm(form, request.from === 'form' ? request.values : typed)
    return act(request, { type: 'verify', to: to as Credibility, note }, ({ incident }) =>
      tell('reply.verified', { id: incident.id, to: phrase(`card.credibility-${incident.credibility}`) }, [
        button('more', incident),
      ]),
    )
  },
})
