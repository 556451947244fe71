import { type Incident, isOpen } from '../workflows/incident.ts'
import type { PhraseKey } from '../workflows/phrase.ts'
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
  run: async request => act(request, { type: 'withdraw' }, ({ incident }) => tell(said(incident), { id: incident.id })),
})

function said(incident: Incident): PhraseKey {
  if (incident.hold) return 'privacy.withdrawn-held'
  return isOpen(incident) ? 'reply.withdrawn-kept' : 'reply.withdrawn'
}
