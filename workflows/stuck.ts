import type { Destination, Post } from './change.ts'
import { type Directory, hasRole, type Person, servesRegion } from './directory.ts'
import type { AccountId, BroadcastId, IncidentId, PersonId, RoomId } from './ids.ts'
import { type Phrase, phrase } from './phrase.ts'
import { toolName } from './sight.ts'
import type { Subject, Trace } from './trace.ts'
import { type Button, buttonId, type Line, type View } from './view.ts'

/**
 * How it stands with something that did not go out: it waits too long, nobody can tell whether it arrived, it was
 * given up, its room is closed to the hub, or its person cannot be written to and is shown it at their next contact.
 */
export type StuckState = 'waiting' | 'unsure' | 'failed' | 'parked' | 'kept'

/**
 * What somebody decides on: one post or card; everything in that state for one room or account, of one incident if that
 * is given; all of a broadcast (`cast`) in these states; or something that came in, was `heard`, and lies still.
 */
export type StuckItem =
  | { readonly type: 'post'; readonly id: number }
  | { readonly type: 'card'; readonly incident: IncidentId; readonly room: RoomId }
  | {
      readonly type: 'all'
      readonly state: StuckState
      readonly to: Destination
      readonly incident?: IncidentId
    }
  | { readonly type: 'cast'; readonly broadcast: BroadcastId; readonly states: readonly StuckState[] }
  | { readonly type: 'heard'; readonly id: string }

/**
 * What can be done with it: send it (once more), leave it for good, put on record that it arrived, or say the same in
 * another place.
 */
export type StuckDeed = 'again' | 'leave' | 'arrived' | 'elsewhere'

/**
 * What was decided. `via` is for what goes elsewhere: to which place; whether that is an account of the `same` person;
 * the line that says in front why it comes there; and what is posted in the place of cards.
 */
export type Decided = {
  readonly item: StuckItem
  readonly deed: StuckDeed
  readonly via?: {
    readonly to: Destination
    readonly same: boolean
    readonly lead: Phrase
    readonly notes: readonly Post[]
  }
}

/** What did not go out, since when (epoch ms), and why; `incident` is null where it is about several or none. */
export type Stuck = {
  readonly state: StuckState
  readonly to: Destination
  readonly what: 'card' | 'message'
  readonly incident: IncidentId | null
  readonly count: number
  readonly since: number
  readonly reason: string | null
  readonly item: StuckItem
}

/** Reads of what did not go out. */
export interface StuckReads {
  /**
   * The newest first, each unsure one by itself, the rest by room or account and state; bounded. What broadcasts carry
   * stands with these.
   */
  list(now: number): Promise<readonly Stuck[]>
  /** How much of which broadcasts lies still, the newest broadcast first; bounded. */
  casts(): Promise<readonly { readonly id: BroadcastId; readonly count: number }[]>
  /** How it stands with everything about an incident or for a room, newest first; bounded. */
  traces(subject: Subject): Promise<readonly Trace[]>
}

/** True if it is theirs to look after: whatever is stuck for rooms of their regions, and all direct messages. */
export function isTheirs(
  to: Destination,
  actor: Pick<Person, 'roles' | 'regions'>,
  { rooms, people }: Pick<Directory, 'rooms' | 'people'>,
): boolean {
  // Of a person or a room that is gone nothing is to be done.
  if ('account' in to) return [...people.values()].some(one => one.accounts.some(own => own.id === to.account))
  const room = rooms.find(one => one.id === to.room)
  return room !== undefined && (room.region === null || hasRole(actor, 'admin') || servesRegion(actor, room.region))
}

/** Whether there is another way for it, and the incident whose list it was opened from. */
export type Ways = { readonly elsewhere: boolean; readonly about: IncidentId | null }

/** Everything that is stuck on one screen: how much of what, then each with a button that opens it. */
export function stuckList(list: readonly Stuck[], directory: Directory, parked: readonly Line[] = []): View {
  if (list.length + parked.length === 0) {
    return { tone: 'plain', title: phrase('delivery.title'), lines: [text(phrase('delivery.none'))], buttons: [] }
  }
  const states = (['unsure', 'parked', 'failed', 'kept', 'waiting'] as const).flatMap(state => {
    const count = list.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0)
    return count > 0 ? [phrase(`delivery.count-${state}`, { count })] : []
  })
  const heard = parked.length > 0 ? [phrase('parked.count', { count: parked.length })] : []
  const items = list.map(
    (one): Line => ({
      type: 'item',
      text: stuckText(one, directory),
      button: { id: pressId('open', one.item), label: phrase('delivery.button-open') },
    }),
  )
  const all = [...parked, ...items]
  return {
    tone: 'plain',
    title: phrase('delivery.title'),
    lines: [
      ...[...heard, ...states].map((said): Line => ({ type: 'strong', text: said })),
      ...all.slice(0, mostShown),
      ...(all.length > mostShown ? [note(phrase('delivery.more', { count: all.length - mostShown }))] : []),
    ],
    buttons: [],
  }
}

/** One thing that is stuck, with what can be done about it; `about`: the incident whose list it was opened from. */
export function stuckOne(
  one: Stuck,
  directory: Directory,
  { nameless = null, ...ways }: Ways & { readonly nameless?: PersonId | null } = { elsewhere: false, about: null },
): View {
  const reason =
    one.reason && one.state !== 'unsure' ? [note(phrase('delivery.reason', { reason: { words: one.reason } }))] : []
  return {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'strong', text: stuckText(one, directory, nameless) },
      ...reason,
      text(phrase(`delivery.hint-${one.state}`)),
    ],
    buttons: stuckButtons(one.item, one.state, ways),
  }
}

/** What can be pressed about it. */
export function stuckButtons(
  item: StuckItem,
  state: StuckState,
  { elsewhere, about }: Ways = { elsewhere: false, about: null },
): readonly Button[] {
  const other: readonly StuckDeed[] = elsewhere ? ['elsewhere'] : []
  const deeds: readonly StuckDeed[] = [
    ...(state === 'unsure' ? (['arrived'] as const) : []),
    'again',
    ...other,
    'leave',
  ]
  return deeds.map(deed => ({ id: pressId(deed, item, about), label: phrase(`delivery.button-${deed}`) }))
}

/** What stands in a button's assumption, read back; null for anything else. */
export function readStuck(assumed: string): { readonly deed: StuckDeed | 'open'; readonly item: StuckItem } | null {
  const [deed, type, ...rest] = assumed.split('.')
  if (!isDeed(deed)) return null
  const [first = '', second = '', third] = rest
  if (type === 'h' && first) return { deed, item: { type: 'heard', id: first } }
  if (type === 'p' && /^\d{1,15}$/.test(first)) return { deed, item: { type: 'post', id: Number(first) } }
  if (type === 'c' && first && second)
    return { deed, item: { type: 'card', incident: first as IncidentId, room: second as RoomId } }
  const state = states.find(one => one === type)
  if (!state || !second) return null
  const to: Destination | null =
    first === 'r' ? { room: second as RoomId } : first === 'a' ? { account: second as AccountId } : null
  const about = third ? { incident: third as IncidentId } : {}
  return to && { deed, item: { type: 'all', state, to, ...about } }
}

/**
 * Where something was to go, as coordinators read it: the room and its tool, or the person and theirs. Of whoever is to
 * stay `nameless`, being the reporter, only that is said.
 */
export function whereText(to: Destination, directory: Directory, nameless: PersonId | null = null): Phrase {
  if ('room' in to) {
    const room = directory.rooms.find(one => one.id === to.room)
    if (!room) return phrase('delivery.where-gone')
    return phrase('delivery.where', { name: { words: room.name }, tool: toolName(room.platform) })
  }
  const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === to.account))
  const account = person?.accounts.find(own => own.id === to.account)
  if (!person || !account) return phrase('delivery.where-gone')
  const name = person.id === nameless ? phrase('trace.reporter') : { person: person.id }
  return phrase('delivery.where', { name, tool: toolName(account.platform) })
}

// As many lines with a button as the tightest platform shows in one message.
const mostShown = 10
const states: readonly StuckState[] = ['waiting', 'unsure', 'failed', 'parked', 'kept']

/** The id of a button that opens one of them, or does something about it. */
export function pressId(deed: StuckDeed | 'open', item: StuckItem, about: IncidentId | null = null): string {
  return buttonId('delivery', about ?? '', `${deed}.${codeOf(item)}`)
}

function isDeed(text: string | undefined): text is StuckDeed | 'open' {
  return ['open', 'again', 'leave', 'arrived', 'elsewhere'].some(deed => deed === text)
}

function codeOf(item: StuckItem): string {
  switch (item.type) {
    case 'post':
      return `p.${item.id}`
    case 'card':
      return `c.${item.incident}.${item.room}`
    case 'all': {
      const place = 'room' in item.to ? `r.${item.to.room}` : `a.${item.to.account}`
      return `${item.state}.${place}${item.incident ? `.${item.incident}` : ''}`
    }
    case 'cast':
      return `b.${item.broadcast}`
    case 'heard':
      return `h.${item.id}`
  }
}

function stuckText(
  { state, to, what, incident, count, since }: Stuck,
  directory: Directory,
  nameless: PersonId | null = null,
): Phrase {
  return phrase(incident ? 'delivery.line-of' : 'delivery.line', {
    where: whereText(to, directory, nameless),
    what: phrase(`delivery.what-${what}`, { count }),
    ...(incident ? { id: incident } : {}),
    how: phrase(`delivery.how-${state}`),
    time: { date: since },
  })
}

function text(said: Phrase): Line {
  return { type: 'text', text: said }
}

function note(said: Phrase): Line {
  return { type: 'note', text: said }
}
