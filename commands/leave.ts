import { act, defineCommand, tell } from './command.ts'

/** No longer helps with an incident that was joined. */
export const leave = defineCommand({
  name: 'leave',
  summary: 'command.leave',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => act(request, { type: 'leave' }, ({ incident }) => tell('reply.left', { id: incident.id })),
})
