import { button } from '../workflows/button.ts'
import { act, defineCommand, tell } from './command.ts'

/** Helps whoever has an incident, without being the accountable one. */
export const join = defineCommand({
  name: 'join',
  summary: 'command.join',
  usage: 'usage.id',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'join' }, ({ incident }) => {
      const own = [button('update', incident), button('leave', incident)]
      return incident.claim
        ? tell('reply.joined', { id: incident.id }, own)
        : tell('reply.joined-free', { id: incident.id }, [button('claim', incident), ...own])
    }),
})
