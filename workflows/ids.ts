declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/**
 * The speakable, lasting name of an incident: region code at the time of the report, a dash, a number, as in
 * `AZ-0412`.
 */
export type IncidentId = Branded<'incident'>
/** A random, meaningless key of a person; what timelines hold instead of a name. */
export type PersonId = Branded<'person'>
/** A random key of one account that a person has on one platform; the platform's own id is sealed. */
export type AccountId = Branded<'account'>
/** A random key of a room: a channel, group or conversation on one platform. */
export type RoomId = Branded<'room'>
/** The speakable name of a broadcast: `B-0007`, one letter, so that it is never taken for an incident. */
export type BroadcastId = Branded<'broadcast'>
/** The name of a prepared message, as in `calm-call`: small letters, digits and dashes, 40 at most. */
export type MessageId = Branded<'message'>
/** A key of one opened form: submitting the same form twice counts once. */
export type FormId = Branded<'form'>
/** Two to five capital letters that name a region and start its incident ids. */
export type RegionCode = string
/** The code of a protocol, as in `P1`: a capital letter, then capitals or digits, eight in all at most. */
export type ProtocolId = string
/** A run of a protocol for one incident: the protocol's code, from the second on with a number, as in `P1-2`. */
export type RunId = string
/** The number of a step in its protocol, as in `4`, `10a` or (closing steps) `C1`. */
export type StepId = string
/** The code of a gate, as in `G2`. */
export type GateId = string
/** The tools people sit in; `workspace` is the practice workspace in the browser. */
export type PlatformName = 'slack' | 'discord' | 'signal' | 'workspace'

const spoken = /^\s*#?([a-z]{2,5})[\s-]*0*([1-9]\d{0,8})\s*$/i

/** Builds the id of a region's nth incident, at least four digits wide. */
export function makeIncidentId(region: RegionCode, number: number): IncidentId {
  return `${region}-${String(number).padStart(4, '0')}` as IncidentId
}

/** Reads an id as people type it (`az 412`, `AZ-0412`, `#az412`); null if the text is no id. */
export function readIncidentId(text: string): IncidentId | null {
  const found = spoken.exec(text)
  return found ? makeIncidentId((found[1] as string).toUpperCase(), Number(found[2])) : null
}

/** By what the numbers of broadcasts are reserved: one letter, as no region has. */
export const broadcastCode: RegionCode = 'B'

/** Builds the id of the nth broadcast. */
export function makeBroadcastId(number: number): BroadcastId {
  return `B-${String(number).padStart(4, '0')}` as BroadcastId
}

/** Reads a broadcast's id as people type it (`b7`, `B-0007`, `#b 7`); null if the text is none. */
export function readBroadcastId(text: string): BroadcastId | null {
  const found = /^\s*#?b[\s-]*0*([1-9]\d{0,8})\s*$/i.exec(text)
  return found ? makeBroadcastId(Number(found[1])) : null
}

/** Takes the broadcast's id that stands first: `B-0007 table`, `b 7`; null where none does. */
export function takeBroadcastId(text: string): { readonly id: BroadcastId | null; readonly rest: string } {
  const [start = ''] = /^\s*#?b[\s-]*\d{1,9}(?!\w)\s*/i.exec(text) ?? []
  const id = readBroadcastId(start)
  return id ? { id, rest: text.slice(start.length) } : { id: null, rest: text }
}
