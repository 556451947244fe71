import { button } from '../workflows/button.ts'
import { act, defineCommand, tell } from './command.ts'

/** Gives a claimed incident back, so that somebody else can take it. */
export const release = defineCommand({
  name: 'release',
  summary: 'command.release',
  usage: 'usage.id-reason',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'release', reason: request.words }, ({ incident }) =>
      tell('reply.released', { id: incident.id }, [button('claim', incident)]),
    ),
})
