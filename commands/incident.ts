import { insideView } from '../workflows/inside.ts'
import { defineCommand, knownOf } from './command.ts'

/** Shows one incident as far as the asker may see it, and what they may do; a word more asks for a part of it. */
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
    ...{ safe: 'headcount', headcount: 'headcount', recuento: 'headcount' },
  },
  run: async (request, context) => ({
    type: 'view',
    view: await insideView(knownOf(request), context),
    private: true,
  }),
})
