import { act, defineCommand, tell } from './command.ts'

/** Takes back the reporter's own report and its words. */
export const withdraw = defineCommand({
  name: 'withdraw',
  summary: 'command.withdraw',
  usage: 'usage.id',
  permission: 'own',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'withdraw' }, ({ incident }) => tell('reply.withdrawn', { id: incident.id })),
})
