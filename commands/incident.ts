import { evidenceView } from '../workflows/exhibits.ts'
import { insideView } from '../workflows/inside.ts'
import { plain } from '../workflows/spoken.ts'
import { defineCommand, incidentOf, knownOf } from './command.ts'

/** Shows one incident as far as the asker may see it, with everything they may do. */
export const incident = defineCommand({
  name: 'incident',
  summary: 'command.incident',
  usage: 'usage.id',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    switch (plain(request.words)) {
      case 'evidence':
      case 'evidencia':
        return { type: 'view', view: await evidenceView(incidentOf(request), context, 1), private: true }
      default:
        return { type: 'view', view: await insideView(knownOf(request), context), private: true }
    }
  },
})
