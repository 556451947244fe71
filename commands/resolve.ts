import { button } from '../workflows/button.ts'
import type { Outcome } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { readOutcome } from '../workflows/spoken.ts'
import { requireOpen, requireSay } from '../workflows/standing.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const outcomes: readonly Outcome[] = ['calmed', 'referred', 'moved-on', 'supported', 'no-action', 'worse', 'unfounded']

const form = defineForm({
  title: phrase('form.resolve'),
  submit: phrase('form.send'),
  fields: {
    outcome: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.outcome'),
      required: true,
      choices: outcomes.map(value => ({ value, label: phrase(`outcome.${value}`) })),
    },
    note: {
      type: 'text',
      lines: 'many',
      label: phrase('form.note'),
      hint: phrase('form.note-hint'),
      required: false,
      max: 2000,
    },
  },
})

/** Ends an incident with an outcome; can be undone for a minute. */
export const resolve = defineCommand({
  name: 'resolve',
  summary: 'command.resolve',
  usage: 'usage.resolve',
  permission: 'work',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && readOutcome(words) ? 'work' : 'form'),
  private: true,
  form,
  open: async (request, { actor, now }) => {
    const incident = incidentOf(request)
    requireOpen(incident)
    requireSay(incident, actor, now)
    return { values: { note: request.words } }
  },
  run: async (request, { now }) => {
    const said = request.from === 'form' ? null : readOutcome(request.words)
    const typed = { outcome: said?.value ?? '', note: said?.rest ?? request.words }
    const { outcome, note } = readForm(form, request.from === 'form' ? request.values : typed)
    return act(request, { type: 'resolve', outcome: outcome as Outcome, note }, ({ incident }) =>
      tell(
        'reply.resolved',
        {
          id: incident.id,
          outcome: phrase(`outcome.${outcome as Outcome}`),
          until: { time: incident.undo?.until ?? now },
        },
        [button('undo', incident)],
      ),
    )
  },
})
