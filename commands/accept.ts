import { yoursView } from '../workflows/inside.ts'
import { act, defineCommand } from './command.ts'

/** Takes over an incident that was offered to the presser. */
export const accept = defineCommand({
  name: 'accept',
  summary: 'command.accept',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'accept' }, ({ incident }) => ({ type: 'view', view: yoursView(incident), private: true })),
})
