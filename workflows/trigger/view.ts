import { countyText } from '../card/place.ts'
import { titleOf } from '../card.ts'
import { type Directory, hasRole, type Person, type Room, regionName } from '../directory.ts'
import { countyOf } from '../figures.ts'
import type { Incident } from '../incident.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { Protocol, Trigger } from '../protocol.ts'
import { type Sight, sight, type Viewer } from '../sight.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { askedAt, type ProposalLevel } from './climb.ts'
import { byAlarm, type Proposal, whyNot } from './proposal.ts'
import { saysSame, triggerOf } from './same.ts'

/** What a proposal is shown with: the states of all that it takes in, in its order, and what else there is to say. */
export type Shown = {
  readonly proposal: Proposal
  readonly incidents: readonly Incident[]
  readonly protocol: Protocol
  /** What found them, where that is another trigger than the one that proposed it. */
  readonly trigger?: Trigger
  /** Why it is told (again): it is new, has grown, holds something more severe, or nobody answered. */
  readonly why: 'new' | 'grown' | 'graver' | { readonly silent: ProposalLevel }
  /** When it should have come (epoch ms), if the hub was away then. */
  readonly late?: number
  /** How many reports like these nobody has checked yet, and whether that is only as many as were looked for. */
  readonly unchecked?: { readonly count: number; readonly many: boolean }
}

type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy; readonly now: number }

// What fits on a phone beside the question itself.
const mostNamed = 6

/** What can be pressed about a proposal. */
export type ProposeDeed = 'start' | 'not' | 'open' | 'why' | 'undo'

/**
 * A proposal as that room or person may see it: each incident that matched by its id, severity, kind and place, never
 * its words; null where they may not know of the one it is about. What they may not know of is not counted before them.
 */
export function proposalView(shown: Shown, viewer: Viewer, context: Context): View | null {
  const { proposal, protocol, unchecked, late } = shown
  const seen = shown.incidents.filter(one => sight(one, viewer, context.directory) !== 'nothing')
  const about = seen.find(one => one.id === proposal.about)
  if (!about) return null
  const how = sight(about, viewer, context.directory)
  const first = [about, ...seen.filter(one => one !== about)]
  const named = first.slice(0, mostNamed)
  const trigger = shown.trigger ?? triggerOf(protocol, proposal.trigger)
  const here = trigger?.count?.within === 'county' && seen.length > 1
  const lines: Line[] = [
    ...(late === undefined ? [] : [note(phrase('trigger.late', { time: { time: late } }))]),
    ...whyLines(shown, seen.length),
    text(reason(proposal, trigger, { seen, how }, context)),
    ...named.map((one): Line => ({ type: 'item', text: here ? lineHere(one, context) : lineOf(one, context) })),
    ...(first.length > named.length ? [note(phrase('trigger.more', { count: first.length - named.length }))] : []),
    ...(unchecked && unchecked.count > 0 ? [uncheckedLine(unchecked)] : []),
  ]
  const asks = mayAnswer(viewer)
  return {
    tone: `S${about.severity}`,
    title: phrase('trigger.ask', { name: protocolName(protocol), id: about.id }),
    lines: asks ? lines : [...lines, callLine(about, context)],
    buttons: asks
      ? [startButton(proposal, protocol, about), deedButton('not', proposal), deedButton('open', proposal)]
      : [deedButton('open', proposal)],
  }
}

/** The code and the title of a protocol. */
export function protocolName({ id, title }: Pick<Protocol, 'id' | 'title'>): Phrase {
  return phrase('trigger.name', { protocol: id, title })
}

/** The button that starts it for one of its incidents; where the hour of an event is needed, it is asked for first. */
export function startButton({ id }: Pick<Proposal, 'id'>, protocol: Protocol, about: Pick<Incident, 'id'>): Button {
  const label = phrase('trigger.button-start', { protocol: protocol.id, id: about.id })
  const press = protocol.event
    ? buttonId('protocol', about.id, `start.${protocol.id}`)
    : buttonId('propose', about.id, `start.${id}`)
  return { id: press, label, style: 'primary' }
}

/** A button of the proposal as a whole. */
export function deedButton(deed: 'not' | 'open' | 'undo', { id, about }: Pick<Proposal, 'id' | 'about'>): Button {
  return { id: buttonId('propose', about, `${deed}.${id}`), label: phrase(`trigger.button-${deed}`) }
}

/** One press for each reason why not now. */
export function whyButtons({ id, about }: Pick<Proposal, 'id' | 'about'>): readonly Button[] {
  return whyNot.map(why => ({
    id: buttonId('propose', about, `why.${id}.${why}`),
    label: phrase(`trigger.button-${why}`),
  }))
}

/** One incident of a proposal: its status, severity, id and kind, where it is and when it was reported. */
export function lineOf(incident: Incident, { directory, taxonomy }: Pick<Context, 'directory' | 'taxonomy'>): Phrase {
  return phrase('trigger.line', {
    title: titleOf(incident, taxonomy),
    place: countyText(incident, directory),
    time: { time: incident.reportedAt },
  })
}

// Where all are is said before them.
function lineHere(incident: Incident, { taxonomy }: Pick<Context, 'taxonomy'>): Phrase {
  return phrase('trigger.line-here', { title: titleOf(incident, taxonomy), time: { time: incident.reportedAt } })
}

function mayAnswer(viewer: Viewer): boolean {
  return 'purpose' in viewer ? viewer.purpose !== 'leadership' : hasRole(viewer.person, 'coordinator')
}

function whyLines({ why, proposal }: Shown, count: number): readonly Line[] {
  if (why === 'new') return []
  if (why === 'grown') return [strong(phrase('trigger.grown', { count }))]
  if (why === 'graver') return [strong(phrase('trigger.graver', { id: proposal.about }))]
  const level = phrase(`trigger.level-${why.silent}`)
  return [strong(phrase('trigger.silent', { time: { time: proposal.at }, level }))]
}

type Seen = { readonly seen: readonly Incident[]; readonly how: Sight }

function reason(
  { about, trigger: by }: Proposal,
  trigger: Trigger | null,
  { seen, how }: Seen,
  { directory }: Context,
): Phrase {
  const own = phrase('trigger.why', { id: about })
  if (by === byAlarm) return phrase('trigger.why-alarm', { count: seen.length })
  if (!trigger) return own
  const { count, unclaimed, words } = trigger
  const first = seen.find(one => one.id === about)
  if (count && first && seen.length > 1) {
    const said = { count: seen.length, minutes: { minutes: count.minutes } }
    const counties = new Set(seen.flatMap(one => countyOf(one.place) ?? [])).size
    if (saysSame(trigger)) return phrase('trigger.why-same', { ...said, counties })
    if (count.counties > 1) return phrase('trigger.why-counties', { ...said, counties })
    const place = { region: regionName(directory, first.region), county: countyText(first, directory) }
    return phrase('trigger.why-count', { ...said, where: phrase(`trigger.where-${count.within}`, place) })
  }
  if (unclaimed !== null) return phrase('trigger.why-unclaimed', { id: about, minutes: { minutes: unclaimed } })
  // Where its words may not be shown, nothing is said of them.
  return words !== null && how === 'whole' ? phrase('trigger.why-words', { id: about }) : own
}

function uncheckedLine({ count, many }: NonNullable<Shown['unchecked']>): Line {
  return note(phrase(many ? 'trigger.unchecked-many' : 'trigger.unchecked', { count }))
}

function callLine(about: Incident, { directory, now }: Context): Line {
  const people = askedAt(0, about, directory, now).slice(0, mostNamed)
  if (people.length === 0) return strong(phrase('trigger.call-nobody'))
  return strong(phrase('trigger.call', { people: people.map((one: Person) => ({ person: one.id })) }))
}

/** The rooms that hear of proposals: those of the coordinators, and the leaders' once it has climbed to them. */
export function proposalRooms({ rooms }: Directory, level: ProposalLevel): readonly Room[] {
  return rooms.filter(room => room.purpose === 'coordination' || (level === 'LD' && room.purpose === 'leadership'))
}

const text = (said: Phrase): Line => ({ type: 'text', text: said })
const note = (said: Phrase): Line => ({ type: 'note', text: said })
const strong = (said: Phrase): Line => ({ type: 'strong', text: said })
