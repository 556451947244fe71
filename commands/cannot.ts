import { act, defineCommand, tell } from './command.ts'

/** Says that the presser cannot come, so that the hub can call further. */
export const cannot = defineCommand({
  name: 'cannot',
  summary: 'command.cannot',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => act(request, { type: 'cannot' }, ({ incident }) => tell('reply.cannot', { id: incident.id })),
})
