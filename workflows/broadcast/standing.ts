import type { Answered, Broadcast, BroadcastEntry, BroadcastState, Recipient } from '../broadcast.ts'
import type { BroadcastId, IncidentId, PersonId, PlatformName, RegionCode } from '../ids.ts'

/**
 * How far it has come with somebody, as people read it: `waiting`, on its way (`sending`), `sent`, and where the
 * platform tells, `delivered` and `read`; `unsure`: nobody can tell if it arrived; `kept` until they are here again;
 * not to be had: `failed`, `unreachable`, `stopped` (they wish none) and `dropped` (it ended first, or they left).
 */
export type Reached =
  | ('waiting' | 'sending' | 'sent' | 'delivered' | 'read')
  | ('unsure' | 'kept' | 'failed' | 'unreachable' | 'stopped' | 'dropped')

/** One recipient as they stand now: taken from their row, the post that carries it, and what the platform has told. */
export type RecipientStanding = Recipient & {
  readonly reached: Reached
  readonly sentAt: number | null
  readonly why: string | null
  /** How many of their accounts were tried. */
  readonly turn: number
  readonly answer: Answered | null
  readonly answeredAt: number | null
  readonly said: string | null
  readonly nudges: number
  readonly handedAt: number | null
  readonly incident: IncidentId | null
}

/** Some of a broadcast's recipients: those that match all that is given, by region and key; the page after `after`. */
export type RecipientFilter = {
  readonly reached?: readonly Reached[]
  /** `silent`: asked, had it, and gave no answer. */
  readonly answer?: 'silent' | 'answered' | Answered
  readonly region?: RegionCode | null
  readonly person?: PersonId
  readonly limit: number
  readonly after?: string
}

/** A page of recipients; `next` asks for the page after it. */
export type RecipientPage = { readonly items: readonly RecipientStanding[]; readonly next: string | null }

/** How many stand where, people and rooms apart, and what people answered. */
export type Tally = {
  readonly people: Readonly<Partial<Record<Reached, number>>>
  readonly rooms: Readonly<Partial<Record<Reached, number>>>
  readonly platforms: readonly { readonly platform: PlatformName; readonly reached: Reached; readonly count: number }[]
  readonly answers: Readonly<Partial<Record<Answered, number>>>
  /** Who gave none of the answers asked for, but wrote something. */
  readonly wrote: number
  readonly silent: number
  /** When the last one went out (epoch ms). */
  readonly lastSentAt: number | null
}

/** Reads of broadcasts. */
export interface BroadcastReads {
  /** The broadcast as it stands now, or null. */
  find(id: BroadcastId): Promise<Broadcast | null>
  /** The newest ones, of these states if given. */
  latest(filter: { readonly states?: readonly BroadcastState[]; readonly limit: number }): Promise<readonly Broadcast[]>
  /** What happened to it, oldest first. */
  entries(id: BroadcastId): Promise<readonly BroadcastEntry[]>
  /** A page of its recipients. */
  recipients(id: BroadcastId, filter: RecipientFilter): Promise<RecipientPage>
  /** How it stands with all of them. */
  tally(id: BroadcastId): Promise<Tally>
  /** What that person was sent or asked of late and has not answered, the newest first, at most ten. */
  asking(person: PersonId, since: number): Promise<readonly Broadcast[]>
}
