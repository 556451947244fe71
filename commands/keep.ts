import { act, defineCommand, tell } from './command.ts'

/** Says no to a lowering that waits for a second person. */
export const keep = defineCommand({
  name: 'keep',
  summary: 'command.keep',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request =>
    act(request, { type: 'keep-severity' }, ({ incident }) =>
      tell('reply.kept', { id: incident.id, severity: `S${incident.severity}` }),
    ),
})
