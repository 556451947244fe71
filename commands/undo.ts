import { button } from '../workflows/button.ts'
import { act, defineCommand, tell } from './command.ts'

/** Takes back a resolving or dismissing of the last minute. */
export const undo = defineCommand({
  name: 'undo',
  summary: 'command.undo',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'undo' }, ({ incident }) =>
      tell('reply.undone', { id: incident.id }, [button('more', incident)]),
    ),
})
