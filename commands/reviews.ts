import { speechView } from '../workflows/review.ts'
import { defineCommand, incidentOf } from './command.ts'

/** Shows how reviewers scored the words of an incident, side by side. */
export const reviews = defineCommand({
  name: 'reviews',
  summary: 'command.reviews',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, { actor }) => ({
    type: 'view',
    view: speechView(incidentOf(request), actor.id),
    private: true,
  }),
})
