import { mayHearOf, standsAs } from '../workflows/alike.ts'
import { button } from '../workflows/button.ts'
import { readIncidentId } from '../workflows/ids.ts'
import { isOpen } from '../workflows/incident.ts'
import { offerButtons } from '../workflows/same.ts'
import { mayWork } from '../workflows/standing.ts'
import { act, defineCommand, incidentOf, refuse, tell } from './command.ts'

/** Joins the reporter's own report to the one it was said to be the same as; where somebody has it, they are asked. */
export const same = defineCommand({
  name: 'same',
  summary: 'command.same',
  permission: 'own',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, { read, actor }) => {
    const incident = incidentOf(request)
    const { id } = incident
    const asked = readIncidentId(request.assumed)
    if (incident.mergedInto) return refuse('same.holds', { id, into: incident.mergedInto })
    const found = asked && (await standsAs(asked, read.incidents))
    if (!asked || !found || !mayHearOf(actor, found.incident)) return refuse('refusal.unknown', { id: asked ?? id })
    const into = found.incident.id
    if (into === id) return refuse('same.holds', { id: asked, into: id })
    if (!isOpen(found.incident)) return tell('same.gone', { id: into })
    if (into !== asked) return tell('same.moved', { id, from: asked, into }, offerButtons(id, into))
    if (incident.status === 'claimed' && !mayWork(actor, incident)) {
      return {
        ...act(request, { type: 'propose', into }, () => tell('same.proposed', { id, into })),
        sequel: { type: 'replace' },
      }
    }
    const untold = incident.details.known === undefined
    return {
      type: 'do',
      action: { type: 'merge', from: id, into },
      sequel: { type: 'replace' },
      say: done =>
        tell(
          untold ? 'same.added-known' : 'same.added',
          { id, into },
          done.incident && untold ? [button('sources', done.incident)] : [],
        ),
    }
  },
})
