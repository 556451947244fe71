import type { Given } from '../workflows/broadcast/answer/given.ts'
import type { BroadcastReads } from '../workflows/broadcast/standing.ts'
import type { Broadcast, BroadcastChange } from '../workflows/broadcast.ts'
import type { BulletinChange, BulletinReads } from '../workflows/bulletin.ts'
import type { IncidentChange, Newcomer, Post, RosterChange } from '../workflows/change.ts'
import type { Holdings } from '../workflows/clearing.ts'
import type { PracticeStore } from '../workflows/delivery.ts'
import type { ExportChange } from '../workflows/export/request.ts'
import type { FormerStore } from '../workflows/former.ts'
import type { BroadcastId, IncidentId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { FileRef, Incident, Source } from '../workflows/incident.ts'
import type { LibraryChange } from '../workflows/library/deed.ts'
import type { OutlookChange } from '../workflows/outlook.ts'
import type { IncidentReads, TaskReads } from '../workflows/ports.ts'
import type { Originals } from '../workflows/sources.ts'
import type { Decided } from '../workflows/stuck.ts'
import type { DueTimer } from '../workflows/timer.ts'
import type { Proposal } from '../workflows/trigger/proposal.ts'
import type { WarningChange } from '../workflows/warning/deed.ts'
import type { SeriesReads } from '../workflows/warning/series.ts'
import type { Alarm, BriefReads, Warning } from '../workflows/warning.ts'
import type { AcquaintedStore } from './acquainted.ts'
import type { AgendaStore } from './agenda.ts'
import type { AmendStore } from './amends.ts'
import type { AnsweredBefore, AnswerStore, InRoom } from './answers.ts'
import type { AuditStore } from './audit.ts'
import type { BackupStore } from './backups.ts'
import type { TriageLease } from './batches.ts'
import type { BroadcastStore } from './broadcasts.ts'
import type { CardStore } from './cards.ts'
import type { CodeStore } from './codes.ts'
import type { DeedStore } from './deeds.ts'
import type { DigestStore } from './digests.ts'
import type { DraftStore } from './drafts.ts'
import type { DrillStore } from './drills.ts'
import type { ErasureStore } from './erasure.ts'
import type { FetchStore, FileStore, ToFetch } from './evidence.ts'
import type { ExportPages } from './exporting.ts'
import type { ExportStore } from './exports.ts'
import type { HealthStore } from './health.ts'
import type { HeldStore } from './held.ts'
import type { InboxStore } from './inbox.ts'
import type { LeaseStore } from './leases.ts'
import type { LibraryStore } from './library.ts'
import type { LookStore } from './looks.ts'
import type { MatchingReads } from './matching.ts'
import type { MemoryStore } from './memory.ts'
import type { MessengerStore } from './messengers.ts'
import type { NoticeStore } from './notices.ts'
import type { OutboxStore } from './outbox.ts'
import type { ParkedStore } from './parked.ts'
import type { ProgressStore } from './progress.ts'
import type { Answered, ProposalStore } from './proposals.ts'
import type { ProtocolStore } from './protocols.ts'
import type { RecallStore } from './recalls.ts'
import type { RecipientStore } from './recipients.ts'
import type { RecurringStore } from './recurring.ts'
import type { RetentionStore } from './retention.ts'
import type { RosterStore } from './roster.ts'
import type { RumourStore } from './rumours.ts'
import type { SearchStore } from './search.ts'
import type { SetbackStore } from './setbacks.ts'
import type { ShieldStore } from './shields.ts'
import type { SightingStore } from './sightings.ts'
import type { StuckStore } from './stuck.ts'
import type { TicketStore } from './tickets.ts'
import type { TimerStore } from './timers.ts'
import type { TriageStore } from './triage.ts'
import type { Changed, NewSpoken, Spoken, UtteranceStore } from './utterances.ts'
import type { WarningStore } from './warnings.ts'

/** Everything the hub keeps, on either engine. Each member says what it promises. */
export interface Store {
  /** Runs one unit of work; nobody is answered before it is durable. @throws StoreError, ConflictError */
  transaction<T>(run: (tx: StoreTx) => Promise<T>): Promise<T>
  readonly incidents: IncidentReads
  readonly roster: RosterStore
  readonly codes: CodeStore
  readonly protocols: ProtocolStore
  readonly deeds: DeedStore
  readonly drills: DrillStore
  readonly recurring: RecurringStore
  readonly drafts: DraftStore
  readonly inbox: InboxStore
  readonly outbox: OutboxStore
  readonly utterances: UtteranceStore
  readonly digests: DigestStore
  readonly recalls: RecallStore
  readonly held: HeldStore
  readonly erasures: ErasureStore
  readonly retention: RetentionStore
  /** Rids the database's files of what was deleted, as far as the engine can; false: to be tried again. */
  scrub(): Promise<boolean>
  /** Whether something was deleted since then that should leave no trace. */
  scrubDue(): boolean
  readonly cards: CardStore
  readonly stuck: StuckStore
  readonly timers: TimerStore
  readonly leases: LeaseStore
  readonly files: FileStore
  readonly fetches: FetchStore
  readonly tickets: TicketStore
  readonly audit: AuditStore
  readonly backups: BackupStore
  readonly search: SearchStore
  readonly looks: LookStore
  readonly proposals: ProposalStore & MatchingReads
  readonly broadcasts: BroadcastStore & BroadcastReads
  readonly answers: AnswerStore
  readonly recipients: RecipientStore
  readonly amends: AmendStore
  readonly progress: ProgressStore
  readonly warnings: WarningStore
  readonly series: SeriesReads
  readonly summaries: FormerStore
  readonly rumours: RumourStore
  readonly briefs: BriefReads
  readonly agenda: AgendaStore
  readonly library: LibraryStore
  readonly exports: ExportStore & ExportPages
  readonly bulletins: BulletinReads
  readonly messengers: MessengerStore
  readonly triage: TriageStore
  readonly tasks: TaskReads
  readonly shields: ShieldStore
  readonly notices: NoticeStore
  readonly setbacks: SetbackStore
  readonly sightings: SightingStore
  readonly parked: ParkedStore
  readonly health: HealthStore
  readonly memory: MemoryStore
  readonly acquainted: AcquaintedStore
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
  /** What somebody said in the message with that key (`UtteranceStore.keyOf`); null if nothing stands by it. */
  said(message: string): Promise<Spoken | null>
  /** The incidents that somebody may still have to act on and that name that person in any way, by id. */
  naming(person: PersonId): Promise<readonly IncidentId[]>
  /** Voids the clock; false if it was re-armed, settled or fired meanwhile. */
  fire(timer: DueTimer): Promise<boolean>
  /** The proposal of that name as it stands now; null if there is none. */
  proposal(id: string): Promise<Proposal | null>
  /** The alarm as it stands now (not whether its time is over); null if there is none. */
  alarm(id: string): Promise<Alarm | null>
  /** The alert that somebody confirmed for a region and that stands; null if there is none. */
  alertIn(region: RegionCode): Promise<Warning['alert']>
  /** The broadcast as it stands now; null if there is none. */
  broadcast(id: BroadcastId): Promise<Broadcast | null>
  /**
   * Keeps an answer to a broadcast, and gives how it stood before; null, and nothing is kept, where they were not asked
   * or have answered later than that.
   */
  answer(given: Given, who: InRoom): Promise<AnsweredBefore | null>
  /** The incident that their call for help opened. */
  called(given: Pick<Given, 'broadcast' | 'person'>, incident: IncidentId): Promise<void>
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
  /** The proposal that this answers. */
  readonly answered?: Answered
  /** What was done to a broadcast. */
  readonly broadcast?: BroadcastChange
  /** What was done with a prepared message or a trusted messenger. */
  readonly library?: LibraryChange
  /** What was decided about a warning. */
  readonly warning?: WarningChange
  /** What was done about rumors, the weekly brief or what is to come. */
  readonly outlook?: OutlookChange
  /** What was done about something that is to leave. */
  readonly export?: ExportChange
  /** What was done about a summary that is to leave. */
  readonly bulletin?: BulletinChange
  /** What was decided about something that did not go out. */
  readonly stuck?: Decided
  /** The message that became an entry of the (first) incident. */
  readonly spoken?: NewSpoken
  /** The message that was changed or taken away. */
  readonly changed?: Changed
  /** The command whose form was sent in: the person's drafts of it are done with. */
  readonly draft?: string
}
