import { button } from '../workflows/button.ts'
import { InputError } from '../workflows/errors.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { readSeverity } from '../workflows/spoken.ts'
import { requireOpen } from '../workflows/standing.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import { act, type Doing, defineCommand, incidentOf, type Request, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('form.escalate'),
  submit: phrase('form.send'),
  fields: {
    how: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.escalate-how'),
      required: true,
      choices: [
        { value: 'call', label: phrase('form.escalate-call') },
        ...([5, 4, 3, 2] as const).map(level => ({
          value: `S${level}`,
          label: phrase('form.escalate-raise', { severity: phrase(`card.severity-${level}`) }),
        })),
      ],
    },
    reason: reasonField('form.escalate-reason', 'form.escalate-hint', 2000),
  },
})

/** Calls the next level at once, or raises the severity. */
export const escalate = defineCommand({
  name: 'escalate',
  summary: 'command.escalate',
  usage: 'usage.escalate',
  permission: 'work',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && words.trim() !== '' ? 'work' : 'form'),
  private: true,
  form,
  open: async request => {
    requireOpen(incidentOf(request))
    return { values: { how: 'call' } }
  },
  run: async request => {
    if (request.from !== 'form') {
      const to = readSeverity(request.words)
      return to ? raise(request, to.value, to.rest, 'text') : call(request, request.words)
    }
    const { how, reason } = readForm(form, request.values)
    const to = readSeverity(how)
    return to ? raise(request, to.value, reason, 'how') : call(request, reason)
  },
})

function call(request: Request, reason: string): Doing {
  return act(request, { type: 'escalate', reason }, ({ incident, entries }) => {
    const event = entries.find(entry => entry.event.type === 'escalated')?.event
    const to = event?.type === 'escalated' ? event.to.map(level => phrase(`post.level-${level}`)) : []
    return tell('reply.escalated', { id: incident.id, to }, [button('more', incident)])
  })
}

function raise(request: Request, to: Severity, reason: string, field: string): Doing {
  const { severity }: Incident = incidentOf(request)
  if (to < severity) throw new InputError({ [field]: phrase('form.not-higher', { severity: `S${severity}` }) })
  return act(request, { type: 'severity', to, reason }, ({ incident }) =>
    tell('reply.raised', { id: incident.id, severity: `S${incident.severity}` }, [button('more', incident)]),
  )
}
