import { button, triageButton } from './button.ts'
import { type Incident, isWaiting } from './incident.ts'
import { listLine } from './inside.ts'
import type { Actor } from './permission.ts'
import { phrase } from './phrase.ts'
import type { Read } from './ports.ts'
import { actorSight } from './sight.ts'
import { mayWork } from './standing.ts'
import { mayTriage } from './triage.ts'
import type { Button, Line } from './view.ts'

/** What already waits for somebody: a line each with what opens it, and the buttons that take them. */
export type Backlog = { readonly lines: readonly Line[]; readonly buttons: readonly Button[] }

const most = 5

/**
 * What somebody who goes on duty until then (epoch ms) finds: the open S4 and S5 of their regions that nobody has,
 * also strangers' that nobody has checked; the most severe first, of these the oldest, five at most.
 */
export async function backlog(read: Read, actor: Actor, until: number, now: number): Promise<Backlog> {
  const { directory } = read
  const { regions, id: viewer } = actor
  const asked = { regions, viewer, open: true, status: ['reported'], severity: [4, 5], limit: most + 1 } as const
  const duty = [...directory.duty, { person: viewer, until }]
  const [listed, queued] = await Promise.all([
    read.incidents.list(asked),
    mayTriage(actor, { ...directory, duty }, now) ? read.triage.urgent({ person: viewer, regions }, most + 1) : [],
  ])
  const found = [...listed.items, ...queued]
    .filter(one => mayWork(actor, one) && actorSight(one, actor, directory) !== 'nothing')
    .toSorted((one, other) => other.severity - one.severity || one.reportedAt - other.reportedAt)
  if (found.length === 0) return { lines: [], buttons: [] }
  const shown = found.slice(0, most)
  return {
    lines: [
      { type: 'strong', text: phrase('reply.duty-waits') },
      ...shown.map(one => lineOf(one, read, actor)),
      ...(found.length > most ? [{ type: 'note', text: phrase('reply.duty-waits-more') } as const] : []),
    ],
    buttons: shown.filter(one => !isWaiting(one)).map(claimButton),
  }
}

function lineOf(incident: Incident, read: Read, actor: Actor): Line {
  const line = listLine(incident, actorSight(incident, actor, read.directory) === 'whole' ? 'whole' : 'bare', read)
  return isWaiting(incident) && line.type === 'item' ? { ...line, button: triageButton('open', incident) } : line
}

function claimButton(incident: Incident): Button {
  return { ...button('claim', incident), label: phrase('reply.button-claim', { id: incident.id }) }
}
