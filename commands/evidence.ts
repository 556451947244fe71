import { evidenceView } from '../workflows/exhibits.ts'
import { defineCommand, incidentOf } from './command.ts'

/** Lists what is kept with an incident, for whoever may open it; nothing is shown yet. */
export const evidence = defineCommand({
  name: 'evidence',
  summary: 'command.evidence',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context) => ({
    type: 'view',
    view: await evidenceView(incidentOf(request), context, Number(request.assumed) || 1),
    private: true,
  }),
})
