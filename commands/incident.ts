import { insideView } from '../workflows/inside.ts'
import { defineCommand, knownOf } from './command.ts'

/** Shows one incident as far as the asker may see it, with everything they may do. */
export const incident = defineCommand({
  name: 'incident',
  summary: 'command.incident',
  usage: 'usage.id',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context) => ({
    type: 'view',
    view: await insideView(knownOf(request), context),
    private: true,
  }),
})
