import { act, defineCommand, tell } from './command.ts'

/** Says no to an incident that was offered to the presser. */
export const decline = defineCommand({
  name: 'decline',
  summary: 'command.decline',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'decline' }, ({ incident }) => tell('reply.declined', { id: incident.id })),
})
