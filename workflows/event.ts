import type { ItemKind, Shown } from './custody.ts'
import type { AccountId, BroadcastId, IncidentId, PersonId, ProtocolId, RegionCode, RoomId, RunId } from './ids.ts'
import type {
  Alike,
  Contact,
  Credibility,
  Details,
  Evidence,
  FileRef,
  Lost,
  Mark,
  Outcome,
  Place,
  Removal,
  Source,
  Triage,
  Visibility,
} from './incident.ts'
import type { Unsaid } from './reword.ts'
import type { RunEvent } from './run.ts'
import type { Scores } from './speech.ts'
import type { Kind, Severity } from './taxonomy.ts'

/** People's words that go with an entry, by name; stored apart, sealed, and shreddable. */
export type EntryWords = Readonly<Record<string, string>>

/** What an incident hears of a message to many about it. */
export type BroadcastNews = 'begun' | 'stopped' | 'corrected' | 'recalled'

/** What can happen to an incident; a closed list, one timeline entry each. */
export type IncidentEvent =
  | {
      readonly type: 'reported'
      readonly id: IncidentId
      readonly region: RegionCode
      readonly severity: Severity
      readonly kind: Kind | null
      readonly kindGuessed: boolean
      readonly mark: Mark
      readonly visibility: Visibility
      readonly allowed: readonly PersonId[]
      readonly place: Place
      readonly evidence: Evidence
      readonly files?: readonly FileRef[]
      readonly awaited?: Evidence
      readonly contact: Contact
      readonly account: AccountId | null
      readonly room: RoomId | null
      /** It came from somebody outside the roster. */
      readonly waiting?: true
      /** It is made up, for the drill of that name. */
      readonly drill?: string
    }
  | { readonly type: 'passed'; readonly from: Exclude<Triage, 'done'> }
  | { readonly type: 'unpassed'; readonly to: Exclude<Triage, 'done'> }
  | {
      readonly type: 'added'
      /** When it was written (epoch ms), if that was long before it came; so with what was said. */
      readonly written?: number
      /** Where it was written, if not to the hub alone. */
      readonly room?: RoomId
      readonly evidence: Evidence
      readonly files?: readonly FileRef[]
      readonly awaited?: Evidence
    }
  | {
      readonly type: 'collected'
      /** The entry that it came with; absent where that was not kept. */
      readonly of?: number
      readonly from: PersonId | null
      readonly kind: FileRef['kind']
      readonly evidence: Evidence
      readonly files?: readonly FileRef[]
    }
  | {
      readonly type: 'not-collected'
      readonly from: PersonId | null
      readonly kind: FileRef['kind']
      readonly why: 'gone' | 'refused' | 'failed'
    }
  | { readonly type: 'said'; readonly room: RoomId | null; readonly links?: number; readonly written?: number }
  | { readonly type: 'updated'; readonly links?: number }
  | {
      /** Newer words for what was said in entry `of`, in place of those of entry `from`; `links`: so many more. */
      readonly type: 'reworded'
      readonly of: number
      readonly from: number
      readonly links?: number
    }
  | {
      /** What was said in entry `of` is taken back, and with it the words of entry `from`, its links and files. */
      readonly type: 'unsaid'
      readonly of: number
      readonly from: number
      readonly whose: PersonId
      readonly why: Unsaid
      readonly links?: number
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
      /** Files that need not be fetched any more. */
      readonly awaited?: Evidence
    }
  | { readonly type: 'evidence-opened'; readonly item: string; readonly kind: ItemKind; readonly copy: Shown }
  | { readonly type: 'evidence-exported'; readonly item: string | null; readonly kind: ItemKind | null }
  | { readonly type: 'speech-scored'; readonly scores: Scores }
  | { readonly type: 'detailed'; readonly details: Details }
  | { readonly type: 'placed'; readonly region: RegionCode; readonly place: Place }
  | { readonly type: 'kind-set'; readonly kind: Kind; readonly mark: Mark }
  | { readonly type: 'severity-raised'; readonly from: Severity; readonly to: Severity }
  | { readonly type: 'lowering-asked'; readonly to: Severity }
  | { readonly type: 'lowering-refused' }
  | {
      readonly type: 'severity-lowered'
      readonly from: Severity
      readonly to: Severity
      readonly asked: PersonId | null
    }
  | {
      readonly type: 'credibility-set'
      readonly from: Credibility
      readonly to: Credibility
      /** How many independent sources made it so by rule; absent where a person said so. */
      readonly sources?: number
    }
  | { readonly type: 'marked'; readonly from: Mark; readonly to: Mark }
  | { readonly type: 'restricted'; readonly allowed: readonly PersonId[] }
  | { readonly type: 'unrestricted' }
  | { readonly type: 'claimed'; readonly until: number }
  | { readonly type: 'extended'; readonly until: number }
  /** `late`, here and below: when it was due (epoch ms), if the hub was away then. */
  | { readonly type: 'claim-warned'; readonly late?: number }
  | { readonly type: 'claim-lapsed'; readonly by: PersonId; readonly late?: number }
  | { readonly type: 'released' }
  | { readonly type: 'declined' }
  | { readonly type: 'joined' }
  | { readonly type: 'left' }
  | { readonly type: 'handover-offered'; readonly to: PersonId; readonly until: number }
  | { readonly type: 'handover-accepted'; readonly from: PersonId; readonly until: number }
  | { readonly type: 'handover-declined'; readonly to: PersonId }
  | { readonly type: 'handover-expired'; readonly to: PersonId; readonly late?: number }
  | { readonly type: 'update-overdue'; readonly late?: number }
  | {
      readonly type: 'unanswered'
      readonly rung: number
      readonly to: readonly Level[]
      readonly late?: number
    }
  | { readonly type: 'escalated'; readonly rung: number; readonly to: readonly Level[] }
  | { readonly type: 'reporter-told'; readonly late?: number }
  | { readonly type: 'resolved'; readonly outcome: Outcome; readonly undoUntil: number }
  | { readonly type: 'dismissed'; readonly undoUntil: number }
  | { readonly type: 'undone' }
  | { readonly type: 'settled' }
  | { readonly type: 'closed' }
  | { readonly type: 'reopened' }
  | { readonly type: 'merged'; readonly into: IncidentId }
  | {
      readonly type: 'absorbed'
      readonly from: IncidentId
      readonly also: readonly Source[]
      readonly evidence: Evidence
      readonly severity: Severity
      readonly mark: Mark
    }
  | {
      readonly type: 'separated'
      readonly from: IncidentId
      readonly undo: boolean
      /** What was worked through for it until then, and stays with the other. */
      readonly protocols?: readonly ProtocolId[]
    }
  | {
      readonly type: 'parted'
      readonly from: IncidentId
      /** The one of its own that held it, where that is not itself. */
      readonly through: IncidentId | null
      readonly reports: readonly IncidentId[]
      readonly evidence: Evidence
      readonly undo: boolean
    }
  | {
      readonly type: 'sourced'
      readonly report: IncidentId
      readonly source: Source | null
      /** What that report has no more, and files of this one that go with its words. */
      readonly evidence?: Evidence
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
    }
  | { readonly type: 'likened'; readonly to: readonly Alike[] }
  | { readonly type: 'unlikened'; readonly to: IncidentId }
  | { readonly type: 'proposed'; readonly into: IncidentId }
  | {
      readonly type: 'withdrawn'
      readonly kept: boolean
      /** Files that go with the words. */
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
    }
  | { readonly type: 'revealed'; readonly whose: PersonId }
  | { readonly type: 'held'; readonly of?: IncidentId }
  | { readonly type: 'hold-lifted' }
  /** A message to many about it goes out, was stopped on its way, put right or taken back. */
  | { readonly type: 'broadcast'; readonly id: BroadcastId; readonly what: BroadcastNews }
  /** A protocol that is worked through for it was begun, went on or ended. */
  | { readonly type: 'run'; readonly run: RunId; readonly on: RunEvent }
  | {
      readonly type: 'removed'
      readonly what: Removal
      readonly count: number
      readonly lost: readonly Lost[]
      /** Who was erased, and their files that are gone. */
      readonly whose?: PersonId
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
    }

/** Who is called when nobody answers: coordinators of the region, duty officers, leaders, all network coordinators. */
export type Level = 'RC' | 'DO' | 'LD' | 'network'

/** One line of an incident's timeline: numbered from 1, at a time, by a person or (null) by the hub itself. */
export type Entry = {
  readonly seq: number
  readonly at: number
  readonly by: PersonId | null
  readonly event: IncidentEvent
  readonly words: EntryWords | null
}
