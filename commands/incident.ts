import { evidenceView } from '../workflows/exhibits.ts'
import { insideView } from '../workflows/inside.ts'
import { plain } from '../workflows/spoken.ts'
import { defineCommand, incidentOf, knownOf } from './command.ts'

/** Shows one incident as far as the asker may see it, with everything they may do; a word more asks for a part of it. */
export const incident = defineCommand({
  name: 'incident',
  summary: 'command.incident',
  usage: 'usage.incident',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  subs: {
    ...{ evidence: 'evidence', evidencia: 'evidence', pruebas: 'evidence' },
    ...{ reveal: 'reveal', name: 'reveal', revelar: 'reveal', nombre: 'reveal' },
    ...{ hold: 'hold', retener: 'hold', retencion: 'hold' },
    ...{ unhold: 'unhold', lift: 'unhold', soltar: 'unhold' },
  },
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
