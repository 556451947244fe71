import { button } from '../workflows/button.ts'
import { act, defineCommand, tell } from './command.ts'

/** Sets an incident aside as none, at one press because most of what comes on a busy day is none; can be undone. */
export const dismiss = defineCommand({
  name: 'dismiss',
  summary: 'command.dismiss',
  usage: 'usage.id-reason',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, { now }) =>
    act(request, { type: 'dismiss', reason: request.words }, ({ incident }) =>
      tell('reply.dismissed', { id: incident.id, until: { time: incident.undo?.until ?? now } }, [
        button('undo', incident),
      ]),
    ),
})
