import type { AccountChange } from './account.ts'
import type { Language, Quiet, Wishes } from './directory.ts'
import type { DrillDeed } from './drill.ts'
import type { Entry } from './event.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RoomId } from './ids.ts'
import type { Incident } from './incident.ts'
import type { Loss } from './loss.ts'
import { phrase } from './phrase.ts'
import type { RecurringDeed } from './recurring.ts'
import type { TaskChange } from './run/tasks.ts'
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
  /** True for a notice about S4 or less that may stand as a line in a list. */
  readonly list?: true
  /** When it is told together with others (epoch ms), because too many came at once; absent: by itself, at once. */
  readonly gatherAt?: number
  /** The entry whose line the room hears together with others, in a message of its own time; absent: at once. */
  readonly digest?: number
  /** Whose words or name the view carries; absent: nobody's that could be taken back. */
  readonly author?: PersonId | null
  /** Goes out also in quiet hours, as what answers to something the person has just done; S4 and S5 always do. */
  readonly anytime?: boolean
}

/** The view of a post whose words are looked up when it goes out. */
export const drawnLater: View = { tone: 'plain', title: null, lines: [], buttons: [] }

/** What the people must come to see because of an event: cards to draw anew, things to say, clocks to set. */
export type Effects = {
  readonly cards: readonly RoomId[]
  readonly posts: readonly Post[]
  readonly timers: readonly TimerChange[]
  /** What people are to do now that they were not before, and the other way round; absent: as before. */
  readonly tasks?: TaskChange
}

/** One incident as it was, as it is, how it got there, and what must go with it. */
export type IncidentChange = Loss & {
  readonly before: Incident | null
  readonly after: Incident
  readonly entries: readonly Entry[]
  readonly effects: Effects
}

/** A change of the roster: one that a person made for themselves, or of who is in it, through what, and where. */
export type RosterChange =
  | { readonly type: 'duty'; readonly person: PersonId; readonly until: number | null }
  | { readonly type: 'callsign'; readonly person: PersonId; readonly callsign: string }
  | { readonly type: 'language'; readonly person: PersonId; readonly language: string }
  | { readonly type: 'quiet'; readonly person: PersonId; readonly quiet: Quiet | null }
  | { readonly type: 'contact'; readonly person: PersonId; readonly contact: string | null }
  | { readonly type: 'wish'; readonly person: PersonId; readonly wish: Wish }
  | { readonly type: 'erase'; readonly person: PersonId }
  | BlockChange
  | DrillChange
  | ShieldChange
  | RecurringChange
  | AccountChange

/** What somebody wishes otherwise from now on; null: that no more. What is not named stays. */
export type Wish = { readonly [Name in keyof Wishes]: Wishes[Name] | null }

/** Somebody is kept out, or let in again, by a person at a time (epoch ms). */
export type BlockChange = { readonly person: PersonId; readonly by: PersonId; readonly at: number } & (
  | { readonly type: 'block'; readonly reason: string }
  | { readonly type: 'unblock' }
)

/** Somebody is hidden under another name, or shown again, by a person at a time (epoch ms) for a reason. */
export type ShieldChange = {
  readonly person: PersonId
  readonly by: PersonId
  readonly at: number
  readonly reason: string
} & (
  | { readonly type: 'shield'; readonly alias: string; readonly cut: boolean; readonly called: boolean }
  | { readonly type: 'unshield' }
)

/** An exercise begins or ends, or somebody enters or leaves it. */
export type DrillChange = { readonly type: 'drill'; readonly do: DrillDeed }

/** Somebody approves a recurring plan, or has it rest, at a time (epoch ms). */
export type RecurringChange = {
  readonly type: 'recurring'
  readonly person: PersonId
  readonly at: number
  readonly do: RecurringDeed
}

/** Somebody from outside the roster whose first report makes them known, by an account that nobody here had before. */
export type Newcomer = {
  readonly person: PersonId
  readonly account: AccountId
  readonly platform: PlatformName
  readonly address: string
  readonly callsign: string
  readonly language: Language
}

/** The key of the message in which a report was received, by which it is found again. */
export function receiptKey(incident: IncidentId): string {
  return `${incident}:told:received`
}

/** The key of the message that carries lines of a thread together, the first of which is that entry. */
export function digestKey(incident: IncidentId, room: RoomId, first: number): string {
  return `digest:${incident}:${room}:${first}`
}

/** The view without anything that people typed, and without naming that person if one is given. */
export function wordless(view: View, nameless: PersonId | null = null): View {
  return JSON.parse(JSON.stringify(view), (_, value) => {
    if (isAlone(value, 'words')) return phrase('post.hidden')
    return isAlone(value, 'person') && value.person === nameless ? phrase('hub.someone') : value
  })
}

/** True if a view shows anything that people typed. */
export function isWorded(view: View): boolean {
  return JSON.stringify(view).includes('{"words":')
}

/** True for an object of that one text, such as people's words among the params of a phrase. */
function isAlone<Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false
  return name in value && typeof (value as Record<string, unknown>)[name] === 'string'
}
