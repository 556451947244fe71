import type { IncidentChange, Newcomer, Post, RosterChange } from '../workflows/change.ts'
import type { Holdings } from '../workflows/clearing.ts'
import type { MessageRef, PracticeStore } from '../workflows/delivery.ts'
import type { Directory } from '../workflows/directory.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RegionCode, RoomId } from '../workflows/ids.ts'
import type { FileRef, Incident, Source } from '../workflows/incident.ts'
import type { Network } from '../workflows/network.ts'
import type { Draft, IncidentReads } from '../workflows/ports.ts'
import type { Indexable } from '../workflows/search/terms.ts'
import type { Originals } from '../workflows/sources.ts'
import type { DueTimer } from '../workflows/timer.ts'
import type { TriageLease } from './batches.ts'
import type { ErasureStore } from './erasure.ts'
import type { FetchStore, FileStore, ToFetch } from './evidence.ts'
import type { HeldStore } from './held.ts'
import type { NoticeStore } from './notices.ts'
import type { RecallStore } from './recalls.ts'
import type { RetentionStore } from './retention.ts'
import type { TicketStore } from './tickets.ts'
import type { TriageStore } from './triage.ts'

/** Everything the hub keeps, on either engine. Each member says what it promises. */
export interface Store {
  /** Runs one unit of work; nobody is answered before it is durable. @throws StoreError, ConflictError */
  transaction<T>(run: (tx: StoreTx) => Promise<T>): Promise<T>
  readonly incidents: IncidentReads
  readonly roster: RosterStore
  readonly drafts: DraftStore
  readonly inbox: InboxStore
  readonly outbox: OutboxStore
  readonly recalls: RecallStore
  readonly held: HeldStore
  readonly erasures: ErasureStore
  readonly retention: RetentionStore
  /** Rids the database's files of what was deleted, as far as the engine can; false: to be tried again. */
  scrub(): Promise<boolean>
  /** Whether something was deleted since then that should leave no trace. */
  scrubDue(): boolean
  readonly cards: CardStore
  readonly timers: TimerStore
  readonly leases: LeaseStore
  readonly files: FileStore
  readonly fetches: FetchStore
  readonly tickets: TicketStore
  readonly audit: AuditStore
  readonly search: SearchStore
  readonly triage: TriageStore
  readonly notices: NoticeStore
  readonly practice: PracticeStore
  /** A fresh number for an incident id of that region; reserved in blocks outside any transaction, gaps are allowed. */
  nextNumber(region: RegionCode): Promise<number>
  /**
   * Open incidents reported after that one and no later than `until` (epoch ms), oldest first, at most `limit`: what
   * nobody may have looked at yet.
   */
  reportedAfter(
    after: { readonly at: number; readonly id: string },
    until: number,
    limit: number,
  ): Promise<readonly { readonly at: number; readonly id: IncidentId }[]>
  /** Answers as soon as the database can be read; @throws StoreError */
  ping(): Promise<void>
  close(): Promise<void>
}

/** What can be done inside a transaction; only queries are awaited there. */
export interface StoreTx {
  /** The answer once given under that key; `undefined` if it never took effect. */
  answered(key: string): Promise<unknown | undefined>
  /** The incident as it stands now, to be handed back as `before`; null if there is none. */
  incident(id: IncidentId): Promise<Incident | null>
  /** What of an incident could be cleared away now. */
  holdings(id: IncidentId): Promise<Holdings>
  /** The files of an incident that this person sent, also those that were shredded. */
  filesBy(id: IncidentId, person: PersonId): Promise<readonly Pick<FileRef, 'id' | 'kind'>[]>
  /** The originals (links and files) that the people behind these sources gave with them. */
  originals(sources: readonly Source[]): Promise<Originals>
  /** Voids the clock; false if it was re-armed, settled or fired meanwhile. */
  fire(timer: DueTimer): Promise<boolean>
  /** How many reports came in since then (epoch ms), of a region or (null) of all; `limit` at most. */
  reported(region: RegionCode | null, since: number, limit: number): Promise<number>
  /** Makes a report in triage theirs for so long, unless somebody else holds it: then who does, and until when. */
  hold(id: IncidentId, person: PersonId, now: number, ms: number): Promise<TriageLease | null>
  /**
   * Writes the whole change. @throws ConflictError if an incident is no longer as `before` says, or the key is taken.
   */
  commit(change: Commit): Promise<void>
}

/** One thing a person or a clock did, with everything that follows from it. */
export type Commit = {
  readonly key: string | null
  readonly person: PersonId | null
  readonly now: number
  readonly answer: unknown
  readonly incidents: readonly IncidentChange[]
  readonly roster?: RosterChange
  /** Whoever becomes known by this, being from outside the roster. */
  readonly newcomer?: Newcomer
  /** The name of an act on many, which can be taken back as a whole. */
  readonly act?: string
  /** Posts that belong to no incident change. */
  readonly posts?: readonly Post[]
  /** Kept files that now belong to the (first) incident. */
  readonly files?: readonly string[]
  /** Files that a platform still has, to be fetched for the (first) incident. */
  readonly fetches?: readonly ToFetch[]
  /** The fetch that this settles. */
  readonly fetched?: string
  /** The command whose form was sent in: the person's drafts of it are done with. */
  readonly draft?: string
}

/** People, rooms, regions and duty; the whole of it is small and held in memory. */
export interface RosterStore {
  /** The roster as last read; at most a second behind what another process wrote, never behind this one. */
  directory(): Directory
  /** Whose account that is, or null for a stranger. */
  whose(platform: PlatformName, address: string): Promise<{ person: PersonId; account: AccountId } | null>
  /** The unsealed address of an account, for delivery only; null if it is gone. */
  address(account: AccountId): Promise<string | null>
  /** Takes the network file into an empty database; does nothing once seeded. True if it seeded. */
  seed(network: Network): Promise<boolean>
  /** Reads the roster anew if another process changed it. */
  refresh(): Promise<void>
}

/** Forms that were opened and not sent, or refused; sealed, kept for a day. */
export interface DraftStore {
  save(person: PersonId, draft: Draft): Promise<void>
  /** The freshest of that name saved since then (epoch ms), or null. */
  latest(person: PersonId, name: string, since: number): Promise<Draft | null>
  prune(before: number): Promise<void>
}

/** A raw message as a platform gave it; kept before it is handled. */
export type RawMessage = { readonly key: string; readonly payload: string; readonly receivedAt: number }

/** What came in: messages are stored raw before they are handled, and everything that took effect leaves its key. */
export interface InboxStore {
  /** Keeps a raw message; false if that key was kept before. */
  take(message: RawMessage): Promise<boolean>
  /** Messages that are due to be handled, leased to this caller until `now + leaseMs`. */
  due(now: number, leaseMs: number, limit: number): Promise<readonly (RawMessage & { attempts: number })[]>
  /** Says that handling failed: tried again at `retryAt`, or parked (null) with the reason. */
  failed(key: string, reason: string, retryAt: number | null): Promise<void>
  /** Marks a message handled that changed nothing. */
  handled(key: string, now: number): Promise<void>
  /** The answer under a key after an unknown outcome; `undefined` if it never took effect. */
  answer(key: string): Promise<unknown | undefined>
}

/** A post on its way. */
export type DuePost = Post & {
  readonly id: number
  readonly state: 'sending' | 'unknown'
  readonly attempts: number
  readonly createdAt: number
}

/** The posts: said once each, in order within a thread or conversation, most urgent first between them. */
export interface OutboxStore {
  /** Adds posts outside of an incident change; a key that exists is left alone. Returns how many were new. */
  add(posts: readonly Post[], now: number): Promise<number>
  exists(key: string): Promise<boolean>
  /**
   * Leases due posts whose turn it is and marks them `sending` durably before they are returned: lane order; a thread
   * post only once its incident's card stands in that room; within one thread or conversation in order of creation,
   * unless the earlier one failed. For accounts that are `quiet` now only what goes out at any time.
   */
  lease(
    rooms: readonly RoomId[],
    accounts: readonly PlatformName[],
    now: number,
    leaseMs: number,
    limit: number,
    quiet?: readonly AccountId[],
  ): Promise<readonly DuePost[]>
  sent(id: number, message: MessageRef, now: number): Promise<void>
  /** Surely not sent: to be tried at `retryAt`, or given up (null) with the reason. */
  failed(id: number, reason: string, retryAt: number | null): Promise<void>
  /** Perhaps sent: to be looked up at `retryAt`. */
  unknown(id: number, reason: string, retryAt: number): Promise<void>
  counts(): Promise<{ waiting: number; unknown: number; failed: number; oldestWaitingAt: number | null }>
}

/** A card that does not yet show the present state. */
export type DueCard = {
  readonly incident: IncidentId
  readonly room: RoomId
  readonly wanted: number
  readonly generation: number
  readonly message: MessageRef | null
  readonly sentAt: number | null
  readonly edits: number
  readonly attempts: number
  readonly state: 'sending' | 'unknown'
}

/** The cards: each is brought to show the present state. */
export interface CardStore {
  /** Leases cards behind, most urgent first, marking them `sending` (or `unknown` if an earlier try has no outcome). */
  lease(rooms: readonly RoomId[], now: number, leaseMs: number, limit: number): Promise<readonly DueCard[]>
  /** The card now shows `shown` in that message; if more is wanted it is due again at once. */
  shown(card: DueCard, shown: number, message: MessageRef, how: 'posted' | 'edited', now: number): Promise<void>
  failed(card: DueCard, reason: string, retryAt: number | null): Promise<void>
  unknown(card: DueCard, reason: string, retryAt: number): Promise<void>
  /** The message of an incident's current card in a room, or null while there is none. */
  message(incident: IncidentId, room: RoomId): Promise<MessageRef | null>
  /** Whether that message of a card is the current one and shows what is wanted, or is behind; or a former one. */
  isDrawn(incident: IncidentId, room: RoomId, message: MessageRef): Promise<'drawn' | 'behind' | 'former'>
  /** The incident whose card (of any generation) is that message. */
  at(platform: PlatformName, message: MessageRef): Promise<IncidentId | null>
}

/** Clocks that are due. */
export interface TimerStore {
  due(now: number, limit: number): Promise<readonly DueTimer[]>
  /** The next due time (epoch ms), or null. */
  next(): Promise<number | null>
}

/** What only one process may do at a time. */
export interface LeaseStore {
  /** Takes or renews a lease for `ms`; false while another holder has it. */
  hold(name: string, holder: string, ms: number): Promise<boolean>
  /** Takes it whoever has it; the former holder's next `hold` is refused until it runs out. */
  seize(name: string, holder: string, ms: number): Promise<void>
  release(name: string, holder: string): Promise<void>
}

/** The index of words, which follows what was committed. */
export interface SearchStore {
  /** Takes up at most `limit` incidents that changed, with what `terms` says they are found by; gives how many. */
  catchUp(limit: number, terms: (found: Indexable) => readonly string[]): Promise<number>
}

/** What a digest over timelines covers: 32 hex digits over so many timelines with so many entries. */
export type ChainHead = { readonly timelines: number; readonly entries: number; readonly digest: string }

/** The proof that timelines were not altered. */
export interface AuditStore {
  /** Checks every hash, and every digest whose words still stand; yields what is wrong. */
  verify(): AsyncIterable<{ incident: IncidentId; seq: number; problem: string }>
  /**
   * One digest over all timelines as they stood before that moment (epoch ms): whoever keeps it can tell later, when it
   * is made anew for the same moment, whether any of those entries was changed or taken away.
   */
  head(before: number): Promise<ChainHead>
  /** How much there is to check, and how many entries had words that are shredded. */
  counts(): Promise<{ incidents: number; entries: number; shredded: number }>
}
