import { readSeverity } from '../workflows/spoken.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'

/** Agrees, as the second person, to lower the severity to what the presser saw. */
export const agree = defineCommand({
  name: 'agree',
  summary: 'command.agree',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => {
    const { id, lowering, severity } = incidentOf(request)
    const to = readSeverity(request.assumed)?.value ?? lowering?.to ?? severity
    return act(request, { type: 'agree-lowering', to }, ({ incident }) =>
      tell('reply.lowered', { id, severity: `S${incident.severity}` }),
    )
  },
})
