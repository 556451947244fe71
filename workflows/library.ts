import { partnerKinds } from './audience.ts'
import type { LocalText } from './broadcast.ts'
import type { BroadcastId, MessageId, PersonId, RegionCode } from './ids.ts'
import type { HandoutId, MessengerId } from './messenger.ts'

/** What prepared messages are for. */
export const situations = ['calm', 'rumour', 'polling', 'condolence', 'result', 'safety', 'other'] as const
/** One of them. */
export type Situation = (typeof situations)[number]

/** Whom a wording is written for: people of the network, anybody, or people of a kind outside. */
export const audiences = ['network', 'public', ...partnerKinds] as const
/** One of them. */
export type WordingFor = (typeof audiences)[number]

/** Who may carry a message: anyone, a leader of the network, or a respected person of a kind. */
export const voices = ['anyone', 'leader', ...partnerKinds] as const
/** One of them. */
export type Voice = (typeof voices)[number]

/** The words for some people, in one language or more; `[name]` stands for what must be filled in before use. */
export type Wording = { readonly for: WordingFor; readonly words: LocalText }
/** Something to be filled in, and how it is asked for. */
export type Blank = { readonly name: string; readonly label: LocalText }
/** Something that a message says is so, and where that was checked. */
export type Claim = { readonly says: LocalText; readonly evidence: string }

/** A prepared message in one wording for all its readers: what two people approve. */
export type Prepared = {
  readonly title: LocalText
  readonly situation: Situation
  readonly wordings: readonly Wording[]
  readonly blanks: readonly Blank[]
  /** Who may carry it, and in words which of them. */
  readonly voice: { readonly kinds: readonly Voice[]; readonly who: LocalText }
  /** What whoever carries it should not do, beside what goes for all. */
  readonly avoid: LocalText
  readonly claims: readonly Claim[]
  /** The day (`2026-11-30`) from which it must be looked at again; null: none. */
  readonly review: string | null
  /** It was shipped as an example and nobody has made it theirs. */
  readonly sample: boolean
}

/** How a version stands: `waiting` for two people, `approved`, sent back (`rejected`), or used no more (`retired`). */
export type MessageState = 'waiting' | 'approved' | 'rejected' | 'retired'

/** Somebody approved a version; `leads`: as a leader or a coordinator of the whole network. */
export type MessageApproval = { readonly by: PersonId; readonly at: number; readonly leads: boolean }

/** A version of a prepared message as it is kept; `by` is null where a file brought it. */
export type KeptMessage = Prepared & {
  readonly id: MessageId
  readonly version: number
  /** The digest of its wording, which approvals are given to. */
  readonly rev: string
  readonly by: PersonId | null
  readonly at: number
  readonly state: MessageState
  readonly approvals: readonly MessageApproval[]
}

/** A prepared message: the version that may be used, if any, and the newest one that was not sent back. */
export type Shelved = {
  readonly id: MessageId
  readonly approved: KeptMessage | null
  readonly newest: KeptMessage
  /** The number of the last version that was ever written, sent back or not. */
  readonly last: number
}

/** Once that a message was used: sent in a broadcast or given to a messenger, where and when. */
export type MessageUse = {
  readonly message: MessageId
  readonly version: number
  readonly at: number
  readonly by: PersonId
  readonly broadcast: BroadcastId | null
  readonly handout: HandoutId | null
  readonly messenger: MessengerId | null
  /** Null: no region in particular. */
  readonly region: RegionCode | null
}

/** Which uses are asked for; the newest ones, at most `limit`. */
export type UseFilter = {
  readonly message?: MessageId
  readonly messenger?: MessengerId
  readonly since?: number
  readonly limit: number
}

/** Reads of prepared messages. */
export interface LibraryReads {
  /** All that are not retired, by situation and name. */
  list(): Promise<readonly Shelved[]>
  /** The message of that name, retired ones too; null if there is none. */
  find(id: MessageId): Promise<Shelved | null>
  /** One version of it; null if there is none. */
  version(id: MessageId, version: number): Promise<KeptMessage | null>
  /** When and where messages were used, the newest first. */
  uses(filter: UseFilter): Promise<readonly MessageUse[]>
}

/** Reads a name of a message as people type it; null if the text is none. */
export function readMessageId(text: string): MessageId | null {
  const name = text.trim().toLowerCase()
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && name.length <= 40 ? (name as MessageId) : null
}

/** True if its review day is over. */
export function isStale({ review }: Pick<Prepared, 'review'>, now: number): boolean {
  return review !== null && now >= Date.parse(review) + dayMs
}

/** True if two different people have approved it, one of them a leader or a coordinator of the whole network. */
export function isCleared(approvals: readonly MessageApproval[]): boolean {
  return new Set(approvals.map(one => one.by)).size >= 2 && approvals.some(one => one.leads)
}

/** The words for those readers, else those for the network, else the first there are. */
export function wordingFor({ wordings }: Pick<Prepared, 'wordings'>, whom: WordingFor): Wording | null {
  const found = [whom, 'public', 'network'].flatMap(wanted => wordings.filter(one => one.for === wanted))
  return found[0] ?? wordings[0] ?? null
}

const dayMs = 24 * 60 * 60_000
