import type { Audience } from './audience.ts'
import type { Language } from './directory.ts'
import type { BroadcastId, IncidentId, MessageId, PersonId, PlatformName, RegionCode, RoomId } from './ids.ts'
import type { Severity } from './taxonomy.ts'

/** How soon it goes out beside others, and whether people can do without it: what saves lives cannot be stopped. */
export type Urgency = 'routine' | 'urgent' | 'life-safety'

/** What everybody is asked for; `one-of` has its answers in each language of the wording, two to five of them. */
export type AnswerWanted =
  | { readonly type: 'none' }
  | { readonly type: 'got-it' }
  | { readonly type: 'yes-no' }
  | { readonly type: 'one-of'; readonly options: readonly LocalText[] }
  | { readonly type: 'safety' }

/** What somebody answered: a fixed word, or the number of an option, from 1. */
export type Answered = 'got-it' | 'yes' | 'no' | 'safe' | 'help' | `${number}`

/** Words by language; a language that is missing falls back to the first one that there is, and is marked. */
export type LocalText = Readonly<Partial<Record<Language, string>>>

/** When it goes out; `before`: so many minutes before an event of that name, at an hour (epoch ms). */
export type When =
  | { readonly type: 'now' }
  | { readonly type: 'at'; readonly at: number }
  | { readonly type: 'before'; readonly event: string; readonly eventAt: number; readonly minutes: number }

/** What is to be said, to whom and how: all that two people approve. Variables stand in words as `{name}`. */
export type Plan = {
  /** What it is called among those who work on it; nobody else reads it. */
  readonly title: string
  readonly audience: Audience | null
  readonly words: LocalText
  readonly urgency: Urgency
  readonly answer: AnswerWanted
  readonly when: When
  /** `pass`: it also goes out in people's quiet hours. What saves lives always does. */
  readonly quiet: 'keep' | 'pass'
  /** From then on (epoch ms) nobody is sent it any more; null: a day after it began. */
  readonly expiresAt: number | null
  /** After so many ms without an answer an urgent one goes to the next account of who has several; null: never. */
  readonly answerWithinMs: number | null
  /** How grave what it is about is; null: nothing in particular. */
  readonly severity: Severity | null
  /** Its words are meant for people outside the network. */
  readonly public: boolean
  /** The incident that it is about, or null. */
  readonly incident: IncidentId | null
  /** The prepared message that it was made from, in which version; null: its words are its own. */
  readonly from: { readonly message: MessageId; readonly version: number } | null
  /** What stands for a variable of that name where a person has nothing of their own. */
  readonly defaults: Readonly<Record<string, string>>
  /** Languages that are missing among its readers, which somebody has accepted to go without. */
  readonly without: readonly Language[]
}

/** Somebody approved exactly this plan, then meant for so many. `alone`: by themselves, to save lives, and why. */
export type Approval = {
  readonly by: PersonId
  readonly at: number
  readonly plan: Plan
  readonly people: number
  readonly rooms: number
  readonly alone?: { readonly reason: string }
}

/**
 * Where it stands. `draft` is being written; `submitted` waits for approval; `approved` for its hour; `held` grew by
 * more than a tenth since it was approved, and waits for approval anew; `sending` may wait for a platform's limit;
 * `sent` went to everybody who could be reached; `cancelled` and `expired` ended before that.
 */
export type BroadcastState =
  | ('draft' | 'submitted' | 'approved' | 'held' | 'sending' | 'paused')
  | ('sent' | 'cancelled' | 'expired')

/** New words for those who had it: of wave 1 and on. `recall`: it is taken away, and these words say so. */
export type Correction = {
  readonly wave: number
  readonly by: PersonId
  readonly at: number
  readonly words: LocalText
  readonly recall: boolean
  /** Who approved new words beside whoever proposed them. */
  readonly with?: readonly PersonId[]
  /** Why one alone changed what saves lives, or why it was taken back. */
  readonly reason?: string
}

/** New words for those who had it, which go to nobody until as many have approved them as it needed itself. */
export type Proposal = {
  readonly words: LocalText
  readonly by: PersonId
  readonly at: number
  readonly approvals: readonly { readonly by: PersonId; readonly at: number }[]
}

/** A message to many, from its first draft to its last answer. Who it went to stands in its recipients. */
export type Broadcast = {
  readonly id: BroadcastId
  /** How many things have happened to it. */
  readonly seq: number
  readonly state: BroadcastState
  readonly by: PersonId
  readonly createdAt: number
  readonly plan: Plan
  /** Those that count now, in order; a change of the plan voids those of others than who changed it (see `needs`). */
  readonly approvals: readonly Approval[]
  /** What was approved last and counts no more: whoever approves next sees what has changed since. */
  readonly seen: Approval | null
  readonly corrections: readonly Correction[]
  /** The new words that wait for approval; absent or null: none do. */
  readonly proposed?: Proposal | null
  /** What was proposed before that, and counts no more: whoever saw it is shown what has changed. */
  readonly unproposed?: LocalText | null
  /** How often the silent were nudged, and when last (epoch ms); to which regions they were handed. */
  readonly nudges: number
  readonly nudgedAt: number | null
  readonly handed: readonly (RegionCode | 'all')[]
  /** When it began to be sent, and when it ended (epoch ms). */
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** The check-in or reminder that made it, with its window; null: a person. */
  readonly recurring: string | null
  /** The drill that it is part of. */
  readonly drill?: string
}

/** What somebody wants of a broadcast; judged against its present state, whatever they saw. */
export type BroadcastDeed =
  | {
      readonly type: 'draft'
      readonly plan: Plan
      readonly recurring?: string
      readonly drill?: string
      /** By whom its recurring plan was approved: it waits for its hour at once. Only the hub says so. */
      readonly approvals?: readonly Approval[]
    }
  | { readonly type: 'edit'; readonly plan: Partial<Plan> }
  | { readonly type: 'discard' }
  /** It is written: who may approve it is asked to. The same press approves it, where its writer may. */
  | { readonly type: 'submit'; readonly counted: Counted }
  | { readonly type: 'approve'; readonly plan: string; readonly counted: Counted }
  | { readonly type: 'alone'; readonly reason: string; readonly counted: Counted }
  | { readonly type: 'reject'; readonly reason: string }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel'; readonly reason: string }
  /** New words, or (`recall`) taking it back. A `reason` lets one alone change what saves lives. */
  | { readonly type: 'correct'; readonly words: LocalText; readonly recall: boolean; readonly reason?: string }
  /** Approves the proposed words that a digest stands for, or sends them back to whoever proposed them. */
  | { readonly type: 'second'; readonly words: string }
  | { readonly type: 'decline'; readonly reason: string }
  | { readonly type: 'nudge' }
  | { readonly type: 'hand'; readonly region: RegionCode | 'all' }
  /** The table of who answered what leaves the hub, and why. */
  | { readonly type: 'export'; readonly reason: string }
  /** What the hub does by itself: its hour has come, all were sent, its time is over, it grew, its limit. */
  | { readonly type: 'begin'; readonly counted: Counted }
  | { readonly type: 'end' }
  | { readonly type: 'expire' }

/** How many people and rooms an audience means at a moment. */
export type Counted = { readonly people: number; readonly rooms: number }

/** What happened to a broadcast; words lie in the plan, sealed with it. */
export type BroadcastEvent =
  /** `writer` is also who answers for a recurring one, which the hub writes by itself. */
  | {
      readonly type: 'drafted'
      readonly writer: PersonId
      readonly plan: Plan
      readonly recurring: string | null
      readonly drill?: string
    }
  | { readonly type: 'edited'; readonly plan: Plan }
  | { readonly type: 'submitted'; readonly counted: Counted }
  | { readonly type: 'approved'; readonly approval: Approval }
  | { readonly type: 'rejected'; readonly reason: string }
  /** Enough people have approved it. */
  | { readonly type: 'cleared' }
  /** It must be approved again: it has grown, or (`approver`) too few of those who approved it may still do so. */
  | { readonly type: 'held'; readonly counted: Counted; readonly why?: 'approver' }
  | { readonly type: 'begun' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'proposed'; readonly words: LocalText }
  | { readonly type: 'seconded'; readonly person: PersonId }
  | { readonly type: 'declined'; readonly reason: string }
  | { readonly type: 'corrected'; readonly correction: Correction }
  | { readonly type: 'nudged' }
  | { readonly type: 'handed'; readonly region: RegionCode | 'all' }
  | { readonly type: 'exported'; readonly reason: string }
  | { readonly type: 'ended'; readonly how: 'sent' | 'cancelled' | 'expired'; readonly reason: string | null }

/** One thing that happened, by whom (null: the hub), when. */
export type BroadcastEntry = {
  readonly seq: number
  readonly by: PersonId | null
  readonly at: number
  readonly event: BroadcastEvent
}

/** One broadcast as it was, as it is, and how it got there. */
export type BroadcastChange = {
  readonly before: Broadcast | null
  readonly after: Broadcast
  readonly entries: readonly BroadcastEntry[]
}

/** Who is to get it: a person through one account after the other, or a room. */
export type RecipientKey = `p:${PersonId}` | `r:${RoomId}`

/**
 * How far it has come with one of them: `waiting` for its turn; `given` to the outbox, whose post says the rest;
 * `unreachable` from the start; `stopped` because they wish none; `dropped` because it ended first or they left.
 */
export type RecipientState = 'waiting' | 'given' | 'unreachable' | 'stopped' | 'dropped'

/** One who is to get it. Exactly one of person and room is set. */
export type Recipient = {
  readonly broadcast: BroadcastId
  readonly key: RecipientKey
  readonly person: PersonId | null
  readonly room: RoomId | null
  readonly region: RegionCode | null
  readonly language: Language
  /** Where it goes now. */
  readonly platform: PlatformName | null
  /** Nobody has written to that account before. */
  readonly first: boolean
}

/** The key of the post that carries a wave (0: the broadcast itself) to somebody, at the nth account tried, from 1. */
export function broadcastPostKey(id: BroadcastId, wave: number | `n${number}`, to: RecipientKey, turn: number): string {
  return `cast:${id}:${wave}:${to}:${turn}`
}

/** What such a key says; `nudge` is the number of a reminder, else null. Null for the key of any other post. */
export function readBroadcastPost(key: string): BroadcastPost | null {
  const [, id, nudge = '', wave = '', to, turn] = /^cast:(B-\d+):(n?)(\d+):([pr]:.+):(\d+)$/.exec(key) ?? []
  if (!id || !to) return null
  const count = Number(wave)
  return {
    id: id as BroadcastId,
    ...(nudge ? { wave: 0, nudge: count } : { wave: count, nudge: null }),
    to: to as RecipientKey,
    turn: Number(turn),
  }
}

/** A post of a broadcast: of which wave, or which reminder, to whom, at which of their accounts. */
export type BroadcastPost = {
  readonly id: BroadcastId
  readonly wave: number
  readonly nudge: number | null
  readonly to: RecipientKey
  readonly turn: number
}
