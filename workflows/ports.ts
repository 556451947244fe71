import type { InviteCode } from './account.ts'
import type { AgendaReads } from './agenda.ts'
import type { TriageReads } from './batch.ts'
import type { BroadcastReads } from './broadcast/standing.ts'
import type { BulletinReads } from './bulletin.ts'
import type { Directory } from './directory.ts'
import type { Drill, DrillId } from './drill.ts'
import type { Entry } from './event.ts'
import type { EvidenceItem } from './evidence.ts'
import type { ExportCounts, ExportReads } from './export/request.ts'
import type { Cell } from './former.ts'
import type { Health } from './health.ts'
import type { Held } from './held.ts'
import type { AccountId, FormId, IncidentId, PersonId, PlatformName, RegionCode, RunId, StepId } from './ids.ts'
import type { CurrentWords, Incident, Status } from './incident.ts'
import type { LibraryReads } from './library.ts'
import type { MessengerReads } from './messenger.ts'
import type { ParkedReads } from './parked.ts'
import type { RecurringReads } from './recurring.ts'
import type { Places } from './routing.ts'
import type { RumourReads } from './rumour.ts'
import type { Shielded } from './shield.ts'
import type { Figures, FigureWindow } from './sitrep.ts'
import type { StuckReads } from './stuck.ts'
import type { Kind, Severity, Taxonomy } from './taxonomy.ts'
import type { ProposalReads } from './trigger/proposal.ts'
import type { BriefReads, WarningReads } from './warning.ts'

/**
 * An incident with the words that its card shows; `kin` are those merged with it, absent where there are none; `rest`
 * the one of them that speaks for it since its own report was taken back.
 */
export type Known = {
  readonly incident: Incident
  readonly words: CurrentWords
  readonly kin?: readonly Incident[]
  readonly rest?: { readonly incident: Incident; readonly words: CurrentWords }
}

/** Which incidents to list; everything given must hold. `regions: 'all'` asks for every region. */
export type IncidentFilter = {
  readonly regions: 'all' | readonly RegionCode[]
  readonly viewer: PersonId
  readonly open?: boolean
  readonly status?: readonly Status[]
  readonly severity?: Severity | readonly Severity[]
  readonly kind?: Kind
  readonly claimer?: PersonId
  readonly reporter?: PersonId
  /** Restricted to people among whom this one is. */
  readonly named?: PersonId
  /** S3 and above that rest on one source and that nobody has confirmed: they need a second one. */
  readonly second?: boolean
  /** Reported at or after `since` and before `until`, epoch ms. */
  readonly since?: number
  readonly until?: number
  /** Holds all of these, as `stemsOf` gives them. */
  readonly words?: readonly string[]
  /** How history goes; with words always the most urgent first. */
  readonly order?: 'newest' | 'urgent'
  readonly limit: number
  /** The page after that token, or, without one, after so many. */
  readonly after?: string
  readonly skip?: number
}

/**
 * One page of a list; `next` asks for the page after it. With `open: true` it goes from the most urgent to the least,
 * the oldest first. Any other list reaches into history: newest first (or the most urgent, of these the newest), among
 * the newest 1,000 of each region (or of the claimer or reporter, or that hold the words), and `total` is at most
 * 1,000, which then means "1,000 or more". Words are found a moment after they were committed.
 */
export type IncidentPage = { readonly items: readonly Incident[]; readonly total: number; readonly next: string | null }

/** What was typed into a form that was not sent or was refused; kept for a day. */
export type Draft = {
  readonly form: FormId
  readonly name: string
  readonly about: string
  readonly values: Readonly<Record<string, unknown>>
  readonly savedAt: number
}

/** What is looked for by `similar`; `kinds` are those of the same group, nearest first. */
export type Probe = Pick<Incident, 'id' | 'region' | 'visibility' | 'place' | 'severity' | 'reportedAt'> & {
  readonly kinds: readonly Kind[]
  /** How far apart two reports of one event are told at most, in ms. */
  readonly within: number
}

/** One that may be the same; `shared`: it has a link or a file in common. */
export type Near = Known & { readonly shared: boolean }

/** Reads of incidents; everything is bounded and served by an index, however long the history. */
export interface IncidentReads {
  /** The incident with the words on its card, or null. */
  find(id: IncidentId): Promise<Known | null>
  /** The last `limit` entries, oldest first, words unsealed where they still stand. */
  timeline(id: IncidentId, limit: number): Promise<readonly Entry[]>
  /** A page of incidents. Restricted ones only if the viewer is named or reported them. */
  list(filter: IncidentFilter): Promise<IncidentPage>
  /**
   * Open incidents that may be the same event as that one, at most `limit`: of its region and visibility, of its county
   * or without one, reported within those hours of it; those of a near kind and time first, and before them whatever
   * shares a link or a file with it. It looks at the newest 1,500 of the county.
   */
  similar(probe: Probe, limit: number): Promise<readonly Near[]>
  /** Those in which people are asked whether they are safe, by a head count or check-ins that go on. */
  counting(): Promise<readonly Incident[]>
  /** The figures a summary needs for a window and, if given, some regions. */
  figures(window: FigureWindow): Promise<Figures>
  /** What was reported in that window by region, severity and kind, as it stands now. */
  cells(window: FigureWindow): Promise<readonly Cell[]>
}

/** How it stands with a chat tool that the hub is connected to, since when (epoch ms), and what is wrong if not. */
export type ToolState = {
  readonly platform: PlatformName
  readonly state: 'up' | 'down' | 'off'
  readonly since: number
  readonly problem: string | null
}

/** Reads of exercises. */
export interface DrillReads {
  /** The last exercises, the newest first. */
  latest(limit: number): Promise<readonly Drill[]>
  /** What was made up for it, in the order in which it came. */
  incidents(id: DrillId): Promise<readonly IncidentId[]>
  /** How much of its script has happened, and that script; null where there is none. */
  progress(id: DrillId): Promise<{ readonly played: number; readonly script: string } | null>
}

/** A step that somebody is to do, of an incident as it stands; `dueAt` (epoch ms) is null at no set time. */
export type OwnTask = {
  readonly incident: Incident
  readonly run: RunId
  readonly step: StepId
  readonly dueAt: number | null
}

/** Reads of what people are to do in protocols that go on. */
export interface TaskReads {
  /** What somebody is to do across all of them, soonest due first, what is due at no set time last; `limit` at most. */
  list(person: PersonId, limit: number): Promise<readonly OwnTask[]>
}

/** Everything a command may read. It never writes. */
export interface Read {
  readonly incidents: IncidentReads
  readonly directory: Directory
  /** What the hub holds on somebody; asked for themselves only. */
  held(person: PersonId): Promise<Held>
  readonly places: Places
  readonly taxonomy: Taxonomy
  /** The invitations that hold now. */
  invites(): Promise<readonly InviteCode[]>
  /** What is kept with that incident itself (not with those merged into it) and stands, oldest first. */
  evidence(id: IncidentId): Promise<readonly EvidenceItem[]>
  readonly triage: TriageReads
  readonly tasks: TaskReads
  /** Protocols that the hub proposes and that wait for an answer. */
  readonly proposals: ProposalReads
  /** How regions stand now, and what made it so. */
  readonly warnings: WarningReads
  readonly broadcasts: BroadcastReads
  /** Prepared messages, and who may carry them. */
  readonly library: LibraryReads
  /** What was asked to leave the hub. */
  readonly exports: ExportReads & ExportCounts
  readonly bulletins: BulletinReads
  readonly messengers: MessengerReads
  readonly recurring: RecurringReads
  readonly rumours: RumourReads
  readonly briefs: BriefReads
  readonly agenda: AgendaReads
  readonly drills: DrillReads
  /** Who is hidden now; for duty officers only. */
  hidden(): Promise<readonly Shielded[]>
  readonly stuck: StuckReads
  readonly parked: ParkedReads
  /** How it stands with the chat tools now; none while practising. */
  readonly connections: readonly ToolState[]
  /** The Signal accounts of the roster that have written to the hub, or it to them. */
  acquainted(): Promise<ReadonlySet<AccountId>>
  /** How it stands with the hub itself, within two seconds. */
  health(): Promise<Health>
  /** The person's freshest unsent form of that name, not older than a day, or null. */
  draft(person: PersonId, name: string): Promise<Draft | null>
}
