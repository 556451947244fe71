import { standsAs } from '../workflows/alike.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import type { Protocol } from '../workflows/protocol.ts'
import { openRuns } from '../workflows/run.ts'
import { coordinates } from '../workflows/standing.ts'
import { proposalInside } from '../workflows/trigger/list.ts'
import { isRunning } from '../workflows/trigger/match.ts'
import { type Proposal, whyNot } from '../workflows/trigger/proposal.ts'
import { deedButton, type ProposeDeed, startButton, whyButtons } from '../workflows/trigger/view.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse, tell } from './command.ts'

/** Answers a protocol that the hub proposes: starts it for one of its incidents, says not now and why, or opens it. */
export const propose = defineCommand({
  name: 'propose',
  summary: 'command.propose',
  permission: 'lead',
  about: 'maybe-incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { deed, id, more } = readPress(request.assumed)
    const proposal = id === '' ? null : await context.read.proposals.find(id)
    const known = request.incident && (await standsAs(request.incident.incident.id, context.read.incidents))
    if (!proposal || !known) return tell('trigger.gone')
    const protocol = context.read.taxonomy.protocols.current.find(one => one.id === proposal.protocol)
    if (!protocol) return tell('trigger.no-protocol', { protocol: proposal.protocol })
    const { incident } = known
    if (deed === 'open') {
      return { type: 'view', private: true, view: await proposalInside(proposal, protocol, context) }
    }
    if (!coordinates(context.actor, incident)) return refuse('run.start-coordinator', { id: incident.id })
    switch (deed) {
      case 'start':
        return start({ proposal, protocol, incident }, request)
      case 'undo':
        return undo({ proposal, protocol, incident }, context)
      case 'not':
      case 'why':
        return decline(proposal, whyNot.find(one => one === more) ?? null)
    }
  },
})

type Asked = { readonly proposal: Proposal; readonly protocol: Protocol; readonly incident: Incident }

function start({ proposal, protocol, incident }: Asked, request: Request): Doing | Reply {
  const { id } = incident
  const from = request.incident?.incident.id ?? id
  // Whoever presses must know which one they start it for.
  if (from !== id && isOpen(incident) && !isRunning(protocol, incident)) {
    return tell('trigger.moved', { from, id }, [startButton(proposal, protocol, incident)])
  }
  if (!isOpen(incident)) return tell('trigger.ended', { id })
  if (isRunning(protocol, incident)) return tell('trigger.running', { protocol: protocol.id, id })
  const deed = { type: 'start', protocol: protocol.id, eventAt: null, proposal: proposal.id } as const
  return {
    type: 'do',
    action: { type: 'incident', about: id, do: { type: 'run', do: deed } },
    say: done => {
      const run = openRuns(done.incident ?? incident).find(one => one.protocol === protocol.id)
      const until = { time: run?.undoUntil ?? 0 }
      return tell('trigger.started', { protocol: protocol.id, id, until }, [
        deedButton('undo', { ...proposal, about: id }),
      ])
    },
  }
}

function undo({ protocol, incident }: Asked, { now }: Context): Doing | Reply {
  const { id } = incident
  const run = openRuns(incident).find(one => one.protocol === protocol.id)
  if (!run || now > run.undoUntil) return tell('trigger.no-undo', { protocol: protocol.id, id })
  return {
    type: 'do',
    action: { type: 'incident', about: id, do: { type: 'run', do: { type: 'undo-start', run: run.id } } },
    say: () => tell('trigger.undone', { protocol: protocol.id, id }),
  }
}

function decline(proposal: Proposal, why: (typeof whyNot)[number] | null): Doing {
  const { id, protocol, about } = proposal
  return {
    type: 'do',
    action: { type: 'proposal', id, answer: { type: 'declined', why } },
    say: () => (why ? tell('trigger.reason') : tell('trigger.declined', { protocol, id: about }, whyButtons(proposal))),
  }
}

function readPress(assumed: string): { readonly deed: ProposeDeed; readonly id: string; readonly more: string } {
  const [deed = '', id = '', more = ''] = assumed.split('.')
  return { deed: deeds.find(one => one === deed) ?? 'open', id, more }
}

const deeds: readonly ProposeDeed[] = ['start', 'not', 'open', 'why', 'undo']
