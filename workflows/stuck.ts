import type { Destination } from './change.ts'
import { type Directory, hasRole, type Person, servesRegion } from './directory.ts'
import type { AccountId, IncidentId, RoomId } from './ids.ts'
import { type Phrase, phrase } from './phrase.ts'
import { toolName } from './sight.ts'
import { type Button, buttonId, type Line, type View } from './view.ts'

/**
 * How it stands with something that did not go out: it waits too long, nobody can tell whether it arrived, it was
 * given up, its room is closed to the hub, or its person cannot be written to and is shown it at their next contact.
 */
export type StuckState = 'waiting' | 'unsure' | 'failed' | 'parked' | 'kept'

/** What a coordinator decides on: one post or card, or everything in that state for one room or account. */
export type StuckItem =
  | { readonly type: 'post'; readonly id: number }
  | { readonly type: 'card'; readonly incident: IncidentId; readonly room: RoomId }
  | { readonly type: 'all'; readonly state: StuckState; readonly to: Destination }

/** What can be done with it: send it (once more), leave it for good, or put on record that it arrived. */
export type StuckDeed = 'again' | 'leave' | 'arrived'

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
  /** The newest first, each unsure one by itself, the rest by room or account and state; bounded. */
  list(now: number): Promise<readonly Stuck[]>
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

/** Everything that is stuck on one screen: how much of what, then each with a button that opens it. */
export function stuckList(list: readonly Stuck[], directory: Directory): View {
  if (list.length === 0) {
    return { tone: 'plain', title: phrase('delivery.title'), lines: [text(phrase('delivery.none'))], buttons: [] }
  }
  const states = (['unsure', 'parked', 'failed', 'kept', 'waiting'] as const).flatMap(state => {
    const count = list.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0)
    return count > 0 ? [phrase(`delivery.count-${state}`, { count })] : []
  })
  return {
    tone: 'plain',
    title: phrase('delivery.title'),
    lines: [
      ...states.map((said): Line => ({ type: 'strong', text: said })),
      ...list.slice(0, mostShown).map(
        (one): Line => ({
          type: 'item',
          text: stuckText(one, directory),
          button: { id: pressId('open', one.item), label: phrase('delivery.button-open') },
        }),
      ),
      ...(list.length > mostShown ? [note(phrase('delivery.more', { count: list.length - mostShown }))] : []),
    ],
    buttons: [],
  }
}

/** One thing that is stuck, with what can be done about it. */
export function stuckOne(one: Stuck, directory: Directory): View {
  const reason =
    one.reason && one.state !== 'unsure' ? [note(phrase('delivery.reason', { reason: { words: one.reason } }))] : []
  return {
    tone: 'plain',
    title: null,
    lines: [{ type: 'strong', text: stuckText(one, directory) }, ...reason, text(phrase(`delivery.hint-${one.state}`))],
    buttons: stuckButtons(one.item, one.state),
  }
}

/** What a coordinator can press about it. */
export function stuckButtons(item: StuckItem, state: StuckState): readonly Button[] {
  const deeds: readonly StuckDeed[] = state === 'unsure' ? ['arrived', 'again', 'leave'] : ['again', 'leave']
  return deeds.map(deed => ({ id: pressId(deed, item), label: phrase(`delivery.button-${deed}`) }))
}

/** What stands in a button's assumption, read back; null for anything else. */
export function readStuck(assumed: string): { readonly deed: StuckDeed | 'open'; readonly item: StuckItem } | null {
  const [deed, type, ...rest] = assumed.split('.')
  if (deed !== 'open' && deed !== 'again' && deed !== 'leave' && deed !== 'arrived') return null
  const [first = '', second = ''] = rest
  if (type === 'p' && /^\d{1,15}$/.test(first)) return { deed, item: { type: 'post', id: Number(first) } }
  if (type === 'c' && first && second)
    return { deed, item: { type: 'card', incident: first as IncidentId, room: second as RoomId } }
  const state = states.find(one => one === type)
  if (!state || !second) return null
  if (first === 'r') return { deed, item: { type: 'all', state, to: { room: second as RoomId } } }
  return first === 'a' ? { deed, item: { type: 'all', state, to: { account: second as AccountId } } } : null
}

/** Where something was to go, as coordinators read it: the room and its tool, or the person and theirs. */
export function whereText(to: Destination, directory: Directory): Phrase {
  if ('room' in to) {
    const room = directory.rooms.find(one => one.id === to.room)
    if (!room) return phrase('delivery.where-gone')
    return phrase('delivery.where', { name: { words: room.name }, tool: toolName(room.platform) })
  }
  const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === to.account))
  const account = person?.accounts.find(own => own.id === to.account)
  if (!person || !account) return phrase('delivery.where-gone')
  return phrase('delivery.where', { name: { person: person.id }, tool: toolName(account.platform) })
}

// As many lines with a button as the tightest platform shows in one message.
const mostShown = 10
const states: readonly StuckState[] = ['waiting', 'unsure', 'failed', 'parked', 'kept']

function pressId(deed: StuckDeed | 'open', item: StuckItem): string {
  return buttonId('delivery', '', `${deed}.${codeOf(item)}`)
}

function codeOf(item: StuckItem): string {
  switch (item.type) {
    case 'post':
      return `p.${item.id}`
    case 'card':
      return `c.${item.incident}.${item.room}`
    case 'all':
      return `${item.state}.${'room' in item.to ? `r.${item.to.room}` : `a.${item.to.account}`}`
  }
}

function stuckText({ state, to, what, incident, count, since }: Stuck, directory: Directory): Phrase {
  return phrase(incident ? 'delivery.line-of' : 'delivery.line', {
    where: whereText(to, directory),
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
