import type { AccountId, IncidentId, PersonId, RoomId } from './ids.ts'
import type { Entry, Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import type { TimerChange } from './timer.ts'
import type { View } from './view.ts'

/** How soon a post must go out, most urgent first; equal lanes go in the order they were made. */
export type Lane = 'S5' | 'S4' | 'claim' | 'talk' | 'broadcast' | 'summary'

/** The lanes from most to least urgent. */
export const lanes: readonly Lane[] = ['S5', 'S4', 'claim', 'talk', 'broadcast', 'summary']

/** Where a post goes: a room, or a person's account as a direct message. */
export type Destination = { readonly room: RoomId } | { readonly account: AccountId }

/**
 * Something said once: a thread line, a notice, a direct message, a summary. The key makes it once and for ever once.
 */
export type Post = {
  readonly key: string
  readonly to: Destination
  readonly incident: IncidentId | null
  /** True: it stands in the thread under the incident's card in that room, and waits for the card. */
  readonly thread: boolean
  readonly lane: Lane
  readonly view: View
}

/** What the people must come to see because of an event: cards to draw anew, things to say, clocks to set. */
export type Effects = {
  readonly cards: readonly RoomId[]
  readonly posts: readonly Post[]
  readonly timers: readonly TimerChange[]
}

/** One incident as it was, as it is, and how it got there; `shred` names the person whose words must go. */
export type IncidentChange = {
  readonly before: Incident | null
  readonly after: Incident
  readonly entries: readonly Entry[]
  readonly shred: PersonId | null
  readonly effects: Effects
}

/** A change of the roster that a person made for themselves. */
export type RosterChange =
  | { readonly type: 'duty'; readonly person: PersonId; readonly until: number | null }
  | { readonly type: 'callsign'; readonly person: PersonId; readonly callsign: string }
  | { readonly type: 'language'; readonly person: PersonId; readonly language: string }

/** The view without anything that people typed, and without naming that person. */
export function wordless(view: View, nameless: PersonId | null = null): View {
  return JSON.parse(JSON.stringify(view), (_, value) => {
    if (isAlone(value, 'words')) return phrase('post.hidden')
    return isAlone(value, 'person') && value.person === nameless ? phrase('hub.someone') : value
  })
}

/** True for an object of that one text, such as people's words among the params of a phrase. */
function isAlone<Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false
  return name in value && typeof (value as Record<string, unknown>)[name] === 'string'
}
