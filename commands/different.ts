import { readIncidentId } from '../workflows/ids.ts'
import { act, defineCommand, incidentOf, refuse, tell } from './command.ts'

/** Says that another incident is not the same event, so that it is never offered again. */
export const different = defineCommand({
  name: 'different',
  summary: 'command.different',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => {
    const { id, mergedInto } = incidentOf(request)
    const other = readIncidentId(request.assumed)
    if (!other) return refuse('refusal.unknown', { id })
    if (mergedInto) return tell('same.part-already', { id, into: mergedInto })
    return {
      ...act(request, { type: 'unlike', to: other }, () => tell('same.different', { id, other })),
      sequel: { type: 'replace' },
    }
  },
})
