import type { NetworkAction } from './account.ts'
import type { Given } from './broadcast/answer/given.ts'
import type { BroadcastDeed } from './broadcast.ts'
import type { BulletinDeed } from './bulletin.ts'
import type { Wish } from './change.ts'
import type { Holdings } from './clearing.ts'
import type { Awaited, WhyLost } from './collect.ts'
import type { Item, Shown } from './custody.ts'
import type { Language, Quiet } from './directory.ts'
import type { DrillDeed } from './drill.ts'
import type { BroadcastNews } from './event.ts'
import type { ExportDeed } from './export/request.ts'
import type { AccountId, BroadcastId, IncidentId, PersonId, RegionCode, RoomId } from './ids.ts'
import type {
  Alike,
  Clearing,
  Contact,
  Credibility,
  CurrentWords,
  Details,
  Evidence,
  FileRef,
  Incident,
  Mark,
  Outcome,
  Place,
  Source,
  Visibility,
} from './incident.ts'
import type { LibraryDeed } from './library/deed.ts'
import type { OutlookDeed } from './outlook.ts'
import type { RecurringDeed } from './recurring.ts'
import type { Said, Unsaid } from './reword.ts'
import type { RunDeed } from './run.ts'
import type { Originals } from './sources.ts'
import type { Scores } from './speech.ts'
import type { Decided } from './stuck.ts'
import type { Kind, Severity } from './taxonomy.ts'
import type { Clock } from './timer.ts'
import type { Answer } from './trigger/proposal.ts'
import type { WarningDeed } from './warning/deed.ts'

/** A report as it comes off the form, already routed; the hub adds the id. */
export type ReportAction = {
  readonly type: 'report'
  readonly id: IncidentId
  readonly region: RegionCode
  readonly place: Place
  readonly severity: Severity
  readonly kind: Kind | null
  /** The reporter said the kind: it is not guessed. */
  readonly kindSaid?: true
  readonly what: string
  readonly where: string
  readonly contact: Contact
  readonly account: AccountId | null
  readonly room: RoomId | null
  readonly evidence: Evidence
  readonly files?: readonly FileRef[]
  readonly awaited?: Evidence
  readonly visibility?: Visibility
  /** It is made up, for the drill of that name. */
  readonly drill?: string
}

/** Who may be told of an incident. */
export type Sharing = Pick<Incident, 'mark' | 'visibility' | 'allowed'>

/** What a person (or a clock) wants of one incident; judged against its present state, whatever they saw. */
export type IncidentAction =
  | ReportAction
  | {
      readonly type: 'add'
      /** When it was written (epoch ms), if that was long before it came; so with what is said. */
      readonly written?: number
      readonly text: string
      readonly room?: RoomId | null
      readonly evidence: Evidence
      readonly files?: readonly FileRef[]
      readonly awaited?: Evidence
    }
  | { readonly type: 'collect'; readonly awaited: Awaited; readonly files: readonly FileRef[]; readonly of?: number }
  | { readonly type: 'give-up'; readonly awaited: Awaited; readonly why: WhyLost }
  | { readonly type: 'say'; readonly text: string; readonly room: RoomId | null; readonly written?: number }
  | { readonly type: 'reword'; readonly said: Said; readonly text: string }
  | { readonly type: 'unsay'; readonly said: Said; readonly why: Unsaid }
  | { readonly type: 'update'; readonly text: string }
  | { readonly type: 'detail'; readonly details: Details; readonly safeContact?: string }
  | { readonly type: 'place'; readonly region: RegionCode; readonly place: Place; readonly where: string }
  | { readonly type: 'kind'; readonly kind: Kind }
  | { readonly type: 'open-evidence'; readonly item: Item; readonly copy: Shown }
  | { readonly type: 'export-evidence'; readonly item: Item | null; readonly reason: string }
  | { readonly type: 'score'; readonly scores: Scores }
  | { readonly type: 'severity'; readonly to: Severity; readonly reason: string }
  | { readonly type: 'agree-lowering'; readonly to: Severity }
  | { readonly type: 'keep-severity' }
  | { readonly type: 'verify'; readonly to: Credibility; readonly note: string }
  | { readonly type: 'mark'; readonly to: Mark; readonly reason: string }
  | { readonly type: 'restrict'; readonly allow: readonly PersonId[]; readonly reason: string }
  | { readonly type: 'unrestrict'; readonly reason: string }
  /** What it is part of may be told to fewer, or was named to more: how that was shared, and is. */
  | { readonly type: 'share-as'; readonly was: Sharing; readonly is: Sharing }
  | { readonly type: 'claim' }
  | { readonly type: 'cannot' }
  | { readonly type: 'join' }
  | { readonly type: 'leave' }
  | { readonly type: 'release'; readonly reason: string }
  | { readonly type: 'handover'; readonly to: PersonId; readonly note: string }
  | { readonly type: 'accept' }
  | { readonly type: 'decline' }
  | { readonly type: 'escalate'; readonly reason: string }
  | { readonly type: 'resolve'; readonly outcome: Outcome; readonly note: string }
  | { readonly type: 'dismiss'; readonly reason: string }
  | { readonly type: 'undo' }
  | { readonly type: 'pass' }
  | { readonly type: 'unpass' }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'merge'; readonly into: Incident }
  | { readonly type: 'absorb'; readonly from: Incident; readonly originals?: Originals }
  | { readonly type: 'unmerge' }
  | { readonly type: 'part'; readonly from: Incident; readonly through: IncidentId | null }
  | {
      readonly type: 'source'
      readonly report: IncidentId
      readonly source: Source | null
      /** What that report has no more, and the files of this one that its reporter sent. */
      readonly evidence?: Evidence
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
    }
  | { readonly type: 'liken'; readonly to: readonly Alike[] }
  | { readonly type: 'unlike'; readonly to: IncidentId }
  | { readonly type: 'propose'; readonly into: IncidentId }
  | { readonly type: 'withdraw'; readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[] }
  | { readonly type: 'reveal'; readonly reason: string }
  /** `of`: the incident it is part of, with which it is held, and with which that ends. */
  | { readonly type: 'hold'; readonly reason: string; readonly of?: IncidentId }
  | {
      readonly type: 'run'
      readonly do: RunDeed
      /** What came along as evidence of the step. */
      readonly evidence?: Evidence
      readonly files?: readonly FileRef[]
      readonly awaited?: Evidence
    }
  | { readonly type: 'lift-hold'; readonly reason: string; readonly of?: IncidentId }
  /** A message to many about it goes out, was stopped, put right or taken back. */
  | { readonly type: 'broadcast'; readonly id: BroadcastId; readonly what: BroadcastNews }
  | ClearAction
  | { readonly type: 'let-go'; readonly person: PersonId }
  | {
      readonly type: 'forget'
      readonly person: PersonId
      readonly seqs: readonly number[]
      readonly files?: readonly Pick<FileRef, 'id' | 'kind'>[]
    }
  /** The drill that it was made up for is over. */
  | { readonly type: 'end-drill' }
  /** A clock is due; `due` (epoch ms): since when. */
  | { readonly type: 'clock'; readonly clock: Clock; readonly due?: number }

/** The hub clears away what is over its time of an incident, or of one that is part of `root`. */
export type ClearAction = {
  readonly type: 'clear'
  readonly step: Clearing
  /** What its card showed, to be kept masked. */
  readonly words: CurrentWords
  readonly holdings: Holdings
  readonly root: Incident
}

/** What a command asks the hub to do. Exactly one transaction each; `about` names the incident that must stand. */
export type Action =
  | {
      readonly type: 'incident'
      readonly about: IncidentId
      readonly do: IncidentAction
      /** It is done in triage: nobody else may be looking through it. */
      readonly held?: true
    }
  /** Done to each that still stands in the queue; `act` names it, so that exactly those can be set back. */
  | {
      readonly type: 'several'
      readonly ids: readonly IncidentId[]
      readonly do: 'pass' | 'dismiss' | 'unpass' | 'undo'
      readonly reason: string
      readonly act: string
    }
  | { readonly type: 'block'; readonly person: PersonId; readonly reason: string }
  | { readonly type: 'unblock'; readonly person: PersonId }
  | {
      readonly type: 'shield'
      readonly person: PersonId
      readonly alias: string
      readonly cut: boolean
      readonly called: boolean
      readonly reason: string
    }
  | { readonly type: 'unshield'; readonly person: PersonId; readonly reason: string }
  /** An exercise begins or ends, or somebody enters or leaves it. */
  | { readonly type: 'drill'; readonly do: DrillDeed }
  | { readonly type: 'report'; readonly do: Omit<ReportAction, 'id' | 'type'>; readonly files: readonly string[] }
  | { readonly type: 'merge'; readonly from: IncidentId; readonly into: IncidentId; readonly held?: true }
  | (Pick<ClearAction, 'type' | 'step' | 'words'> & {
      readonly about: IncidentId
      readonly root: IncidentId
      /** The last entry when the words were read: what has happened since makes it void. */
      readonly seen: number
    })
  | { readonly type: 'unmerge'; readonly about: IncidentId }
  /** A coordinator decided on something that did not go out. */
  | ({ readonly type: 'deliver' } & Decided)
  /** What somebody, or the hub, wants of a broadcast; `about` is null for a new draft. */
  | { readonly type: 'broadcast'; readonly about: BroadcastId | null; readonly do: BroadcastDeed }
  /** Somebody answers a broadcast; `report` is opened where that calls for help, unless theirs is open already. */
  | {
      readonly type: 'answer'
      readonly given: Given
      readonly who: { readonly region: RegionCode | null; readonly language: Language }
      readonly report: Omit<ReportAction, 'id' | 'type'> | null
    }
  /** Something is done with a prepared message or a trusted messenger. */
  | { readonly type: 'library'; readonly do: LibraryDeed }
  /** Somebody decides about a warning. */
  | { readonly type: 'warning'; readonly do: WarningDeed }
  /** Something is asked to leave the hub, agreed to or refused. */
  | { readonly type: 'export'; readonly do: ExportDeed }
  /** A summary is asked to leave the network, approved or refused. */
  | { readonly type: 'bulletin'; readonly do: BulletinDeed }
  /** Something is done about rumors, the weekly brief or what is to come. */
  | { readonly type: 'outlook'; readonly do: OutlookDeed }
  /** A coordinator says what they make of a proposal, short of starting what it proposes. */
  | { readonly type: 'proposal'; readonly id: string; readonly answer: Extract<Answer, { type: 'declined' }> }
  /** What was said in a message (by its key) reads otherwise since then, or is no more. */
  | { readonly type: 'reword'; readonly message: string; readonly text: string; readonly at: number }
  | { readonly type: 'unsay'; readonly message: string; readonly why: 'deleted' | 'expired'; readonly at: number }
  | { readonly type: 'duty'; readonly person: PersonId; readonly until: number | null }
  | { readonly type: 'callsign'; readonly person: PersonId; readonly callsign: string }
  | { readonly type: 'language'; readonly person: PersonId; readonly language: string }
  | { readonly type: 'quiet'; readonly person: PersonId; readonly quiet: Quiet | null }
  | { readonly type: 'contact'; readonly person: PersonId; readonly contact: string | null }
  | { readonly type: 'recurring'; readonly do: RecurringDeed }
  | { readonly type: 'wish'; readonly person: PersonId; readonly wish: Wish }
  | { readonly type: 'erase'; readonly person: PersonId; readonly claims: readonly IncidentId[] }
  | NetworkAction
