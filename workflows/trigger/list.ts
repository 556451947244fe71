import type { Incident } from '../incident.ts'
import { type Actor, actsAs } from '../permission.ts'
import { phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import type { Protocol } from '../protocol.ts'
import { type Sight, sight } from '../sight.ts'
import { coordinates } from '../standing.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { mayTrigger, wasStarted } from './match.ts'
import type { Proposal } from './proposal.ts'
import { deedButton, lineOf, protocolName, startButton } from './view.ts'

type Asked = { readonly read: Pick<Read, 'directory' | 'taxonomy' | 'incidents' | 'proposals'>; readonly actor: Actor }

const mostListed = 9
const mostOffered = 3
const mostAmong = 4

/** The proposals that wait for an answer, each with a button; only those whose incident this person may see. */
export async function openProposals({ read, actor }: Asked): Promise<readonly Line[]> {
  if (!actsAs(actor, 'coordinator') && !actsAs(actor, 'leader')) return []
  const lines: Line[] = []
  for (const proposal of await read.proposals.open(actor.regions)) {
    const protocol = read.taxonomy.protocols.current.find(one => one.id === proposal.protocol)
    const known = await read.incidents.find(proposal.about)
    if (!protocol || !known || seenBy(known.incident, { read, actor }) === 'nothing') continue
    const params = { name: protocolName(protocol), id: proposal.about, time: { time: proposal.at } }
    lines.push({ type: 'item', text: phrase('trigger.open-line', params), button: deedButton('open', proposal) })
    if (lines.length === mostListed) break
  }
  return lines
}

/** A list with the proposals that wait before all else, as many as leave room for the rest. */
export function withProposals(view: View, proposals: readonly Line[]): View {
  if (proposals.length === 0) return view
  const heading: Line = { type: 'strong', text: phrase('trigger.open-title', { count: proposals.length }) }
  return { ...view, lines: [heading, ...proposals.slice(0, mostAmong), { type: 'rule' }, ...view.lines] }
}

/** One proposal for whoever opened it: what matched, as far as they may see it, and what can still be done. */
export async function proposalInside(proposal: Proposal, protocol: Protocol, { read, actor }: Asked): Promise<View> {
  const found = await Promise.all(proposal.incidents.slice(0, mostFound).map(id => read.incidents.find(id)))
  const seen = found.flatMap(one => (one && seenBy(one.incident, { read, actor }) !== 'nothing' ? [one.incident] : []))
  const asked = seen.filter(one => mayTrigger(one) && !wasStarted(protocol, one) && coordinates(actor, one))
  const first = [...asked.filter(one => one.id === proposal.about), ...asked.filter(one => one.id !== proposal.about)]
  const not = proposal.state === 'open' && first.length > 0 ? [deedButton('not', proposal)] : []
  return {
    tone: 'plain',
    title: phrase('trigger.ask', { name: protocolName(protocol), id: proposal.about }),
    lines: [
      { type: 'text', text: phrase('trigger.summary', { text: protocol.summary }) },
      ...seen
        .slice(0, mostListed)
        .map((one): Line => ({ type: 'item', text: lineOf(one, read), button: openButton(one) })),
    ],
    buttons: [...first.slice(0, mostOffered).map(one => startButton(proposal, protocol, one)), ...not],
  }
}

const mostFound = 30

function seenBy(incident: Incident, { read, actor }: Asked): Sight {
  return sight(incident, { person: actor, through: actor.platform }, read.directory)
}

function openButton({ id }: Pick<Incident, 'id'>): Button {
  return { id: buttonId('more', id), label: phrase('button.open') }
}
