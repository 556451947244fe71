import { laneOf } from '../alert.ts'
import type { Post } from '../change.ts'
import type { Directory, Person } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Protocol } from '../protocol.ts'
import { sight, type Viewer } from '../sight.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { type Button, plainView, type View } from '../view.ts'
import { askedAt, type ProposalLevel, proposalLevels } from './climb.ts'
import { type Answer, type Proposal, whyNot } from './proposal.ts'
import { deedButton, proposalRooms, proposalView, protocolName, type Shown } from './view.ts'

type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy; readonly now: number }

/**
 * The question to those who are asked at the rung that it stands at: in the coordinators' rooms, and to each of them
 * directly, on every account; once for each rung and each time that it is told anew.
 */
export function askingPosts(shown: Shown, context: Context): readonly Post[] {
  const { proposal, incidents } = shown
  const about = incidents.find(one => one.id === proposal.about)
  const level = proposalLevels[proposal.rung] ?? 'RC'
  if (!about) return []
  const people = askedAt(proposal.rung, about, context.directory, context.now)
  const key = `proposal:${proposal.id}:${proposal.rung}:${proposal.told}:${proposal.severity}`
  return told(key, about, { level, people }, viewer => proposalView(shown, viewer, context), context)
}

/** What the coordinators' rooms hear of an answer; whoever else was asked directly about an S4 or S5 hears it too. */
export function answeredPosts(
  proposal: Proposal,
  { answer, by }: { readonly answer: Answer; readonly by: Person['id'] | null },
  { about, protocol, until }: { readonly about: Incident; readonly protocol: Protocol; readonly until: number },
  context: Context,
): readonly Post[] {
  const said = answerText(proposal, answer, by, { about, protocol, until })
  const buttons: readonly Button[] = by === null ? [deedButton('undo', proposal), deedButton('open', proposal)] : []
  const again = answer.type === 'declined' && answer.why ? `:${answer.why}` : ''
  const key = `proposal:${proposal.id}:${answer.type}${again}`
  const asked = proposalLevels
    .slice(0, proposal.rung + 1)
    .flatMap((_, rung) => askedAt(rung, about, context.directory, context.now))
  const all = about.severity >= 4 || by === null || about.visibility === 'restricted'
  const people = again === '' && all ? [...new Set(asked)].filter(one => one.id !== by) : []
  const level = proposalLevels[proposal.rung] ?? 'RC'
  const posts = told(key, about, { level, people }, () => plainView([said], buttons), context)
  return posts.map(post => ({ ...post, author: by }))
}

function answerText(
  { protocol: code }: Proposal,
  answer: Answer,
  by: Person['id'] | null,
  { about: { id }, protocol, until }: { about: Incident; protocol: Protocol; until: number },
): Phrase {
  const name = protocolName(protocol)
  if (by === null) return phrase('trigger.told-itself', { name, id, until: { time: until } })
  const person = { person: by }
  if (answer.type === 'started') return phrase('trigger.told-started', { person, name, id })
  const why = whyNot.find(one => one === answer.why)
  return why
    ? phrase('trigger.told-reason', { person, protocol: code, id, why: phrase(`trigger.why-not-${why}`) })
    : phrase('trigger.told-declined', { person, protocol: code, id })
}

type Ears = { readonly level: ProposalLevel; readonly people: readonly Person[] }

function told(
  key: string,
  about: Incident,
  { level, people }: Ears,
  viewOf: (viewer: Viewer) => View | null,
  { directory }: Context,
): readonly Post[] {
  const lane = laneOf(about)
  const post = (to: Post['to'], name: string, viewer: Viewer): readonly Post[] => {
    const view = sight(about, viewer, directory) === 'nothing' ? null : viewOf(viewer)
    return view ? [{ key: `${key}:${name}`, to, incident: about.id, thread: false, lane, view }] : []
  }
  return [
    ...proposalRooms(directory, level).flatMap(room => post({ room: room.id }, room.id, room)),
    ...people.flatMap(person =>
      person.accounts.flatMap(own => post({ account: own.id }, own.id, { person, through: own.platform })),
    ),
  ]
}
