import { yoursView } from '../workflows/inside.ts'
import { act, defineCommand } from './command.ts'

/** Takes an incident nobody has, for the time of its lease; the first press wins. */
export const claim = defineCommand({
  name: 'claim',
  summary: 'command.claim',
  usage: 'usage.id',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'claim' }, ({ incident }) => ({ type: 'view', view: yoursView(incident), private: true })),
})
