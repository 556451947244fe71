import { insideView } from '../workflows/inside.ts'
import { defineCommand, knownOf } from './command.ts'

/** Everything this person may see of an incident and do with it. */
export const more = defineCommand({
  name: 'more',
  summary: 'command.more',
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
