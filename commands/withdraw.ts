import { isOpen } from '../workflows/incident.ts'
import { act, defineCommand, tell } from './command.ts'

/** Takes back the reporter's own report and its words. */
export const withdraw = defineCommand({
  name: 'withdraw',
  summary: 'command.withdraw',
  usage: 'usage.id',
  permission: 'own',
  about: 'incident',
  strangers: true,
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'withdraw' }, ({ incident }) =>
      tell(isOpen(incident) ? 'reply.withdrawn-kept' : 'reply.withdrawn', { id: incident.id }),
    ),
})
