import { button } from '../workflows/button.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'

/** Raises an incident to S4, as the scores of its words propose. */
export const raise = defineCommand({
  name: 'raise',
  summary: 'command.raise',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => {
    const { id, severity } = incidentOf(request)
    const show = [button('more', incidentOf(request))]
    if (severity >= 4) return tell('rule.severity-already', { id, severity: `S${severity}` }, show)
    return act(request, { type: 'severity', to: 4, reason: '' }, ({ incident }) =>
      tell('reply.raised', { id, severity: `S${incident.severity}` }, show),
    )
  },
})
