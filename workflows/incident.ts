import type { AccountId, IncidentId, PersonId, RegionCode, RoomId } from './ids.ts'
import type { Run } from './run.ts'
import type { Review } from './speech.ts'
import type { Kind, Severity } from './taxonomy.ts'

/** Where an incident stands in its life; `dismissed` is shown as "not an incident". */
export type Status =
  | 'reported'
  | 'claimed'
  | 'resolved'
  | 'closed'
  | 'duplicate'
  | 'unfounded'
  | 'withdrawn'
  | 'dismissed'
/** How far the report is to be believed; separate from status and never a reason to lower severity. */
export type Credibility = 'unverified' | 'checking' | 'corroborated' | 'verified' | 'false'
/** The sharing mark (TLP 2.0) in rising order of secrecy. */
export type Mark = 'CLEAR' | 'GREEN' | 'AMBER' | 'RED'
/** Who may know of it at all: everyone with the region, or only the named. */
export type Visibility = 'region' | 'restricted'
/** What came of it; one is named whenever an incident is resolved. */
export type Outcome = 'calmed' | 'referred' | 'moved-on' | 'supported' | 'no-action' | 'worse' | 'unfounded'
/** Whether the hub may write to the reporter: yes, only after they wrote first, or never. */
export type Contact = 'yes' | 'after' | 'no'
/** How the reporter knows. */
export type Known = 'saw' | 'told-present' | 'told-absent' | 'online' | 'official'
/** What kept evidence there is; counts only. */
export type Evidence = { photo: number; video: number; voice: number; document: number; link?: number }
/** A kept file as entries name it; `proof` binds its bytes without telling what they are. */
export type FileRef = { readonly id: string; readonly kind: Exclude<keyof Evidence, 'link'>; readonly proof: string }
/**
 * Whether somebody has looked it through: `waiting` is a stranger's that nobody has passed on, `fresh` one of the
 * roster that nobody has looked through, `done` one that was.
 */
export type Triage = 'waiting' | 'fresh' | 'done'
/**
 * Where one report of an event comes from: whose it is, how they know, whether they sent a photo, video or voice note
 * with it, and the report whose original it repeats.
 */
export type Source = {
  readonly report: IncidentId
  readonly by: PersonId | null
  readonly known: Known | null
  readonly shown?: true
  readonly derivedFrom: IncidentId | null
}
/** Another event that may be the same: what may be said of it to whoever reported this one, if they may hear of it. */
export type Alike = {
  readonly id: IncidentId
  readonly kind: Kind | null
  readonly county: string | null
  readonly reportedAt: number
  readonly offered: boolean
}
/** Where it is, as far as the hub knows; `asked` waits for the reporter's answer. */
export type Place = {
  readonly state: 'found' | 'room' | 'asked'
  readonly county: string | null
  readonly fips: string | null
  readonly usState: string | null
}
/** The one accountable claimer and the hour the lease runs out (epoch ms). */
export type Claim = { readonly by: PersonId; readonly since: number; readonly until: number }
/** Facts of the two optional screens; codes only, never words. */
export type Details = {
  readonly when?: 'now' | 'hour' | 'today' | 'earlier'
  readonly sides?: 'one' | 'few' | 'tens' | 'hundreds'
  readonly weapons?: 'none' | 'carried' | 'drawn' | 'other' | 'unknown'
  readonly injuries?: 'none' | 'minor' | 'serious' | 'dead' | 'unknown'
  readonly known?: Known
  readonly informed?: readonly ('police' | 'medics' | 'officials' | 'partners')[]
  readonly consent?: readonly ('region' | 'network' | 'partners' | 'police' | 'media' | 'public')[]
}

/** One that an incident has taken in: what that changed, so that the two can be taken apart again. */
export type Taken = {
  readonly from: IncidentId
  readonly evidence: Evidence
  readonly was: Pick<Incident, 'severity' | 'mark' | 'lowering' | 'rung' | 'credibility' | 'credibilityBy'>
  readonly made: Pick<Incident, 'severity' | 'mark'>
}

/** One incident as the hub knows it now; times are epoch ms; it never holds people's words, only where they stand. */
export type Incident = {
  readonly id: IncidentId
  readonly region: RegionCode
  readonly status: Status
  readonly severity: Severity
  readonly credibility: Credibility
  readonly credibilityBy: PersonId | null
  readonly kind: Kind | null
  readonly kindGuessed: boolean
  readonly mark: Mark
  readonly visibility: Visibility
  readonly allowed: readonly PersonId[]
  readonly place: Place
  readonly details: Details
  readonly evidence: Evidence
  /** Its reporter sent a photo, a video or a voice note; absent while they did not. */
  readonly shown?: true
  /** Ids of the kept files, its own only; absent while there are none. */
  readonly files?: readonly string[]
  /** How many of its own links each person gave; absent while there are none. */
  readonly links?: readonly { readonly by: PersonId; readonly count: number }[]
  /** What was sent with it and is still to be fetched; absent while nothing ever was. */
  readonly awaited?: Evidence
  /** What each reviewer scored its words; absent while nobody did. */
  readonly speech?: readonly Review[]
  readonly reporter: PersonId | null
  readonly account: AccountId | null
  readonly contact: Contact
  readonly room: RoomId | null
  readonly claim: Claim | null
  readonly joined: readonly PersonId[]
  readonly handover: { readonly to: PersonId; readonly until: number } | null
  readonly lowering: { readonly by: PersonId; readonly to: Severity } | null
  readonly declined: readonly PersonId[]
  /** The next step of the escalation ladder that is still to be climbed. */
  readonly rung: number
  /** Since when nobody has had it, epoch ms; the ladder is counted from here. */
  readonly poolSince: number
  readonly reporterTold: boolean
  readonly triage: Triage
  /** When it was passed on (epoch ms), and what it was before, so that this can be taken back. */
  readonly passed: { readonly at: number; readonly from: Exclude<Triage, 'done'> } | null
  readonly outcome: Outcome | null
  readonly undo: { readonly until: number; readonly status: Status; readonly claim: Claim | null } | null
  readonly mergedInto: IncidentId | null
  readonly merged: readonly IncidentId[]
  /** The sources of the reports that it has taken in; its own is not among them, see `sourcesOf`. */
  readonly also?: readonly Source[]
  readonly taken?: readonly Taken[]
  /** Since when it is part of another (epoch ms), and what that ended. */
  readonly apart?: { readonly at: number; readonly handover: Incident['handover'] } | null
  /** Open ones that may be the same event, likeliest first, and those that somebody said are not. */
  readonly like?: readonly IncidentId[]
  readonly unlike?: readonly IncidentId[]
  readonly reportedAt: number
  readonly claimedAt: number | null
  readonly resolvedAt: number | null
  readonly updatedAt: number
  /** Timeline entries that hold the current words of "what" and "where"; 0 when shredded or never given. */
  readonly whatSeq: number
  readonly whereSeq: number
  readonly seq: number
  /**
   * A legal hold: nothing of it is cleared away; `owed` are those whose words go as soon as it ends; `of` is what it is
   * part of, if it is only held with that.
   */
  readonly hold?: {
    readonly owed: readonly PersonId[]
    readonly of?: IncidentId
    /** Entries whose words were taken back or changed meanwhile, and files: hidden, and gone when it ends. */
    readonly unsaid?: readonly number[]
    readonly files?: readonly string[]
  } | null
  /** Protocols that are, or were, worked through for it, oldest first; absent while there never was one. */
  readonly runs?: readonly Run[]
  /** Head counts that were asked by hand, by the name that stands in the place of a step. */
  readonly counts?: Run['counts']
  /** It is made up, for a drill of that name: nothing of it leaves the drill, and it stands in no figure. */
  readonly drill?: string
  /** How many steps of clearing away were taken since it last ended; absent: none. */
  readonly cleared?: number
}

/** The order in which an ended incident loses what it has; each step is taken once, and after the one before. */
export const clearings = ['contact', 'narrative', 'evidence'] as const
/** One step of clearing away an ended incident. */
export type Clearing = (typeof clearings)[number]
/** Why something was cleared away: its time was over (noise: all of it at once), or somebody was erased. */
export type Removal = Clearing | 'noise' | 'person'
/** What an incident has no more. */
export type Lost = 'account' | 'reporter' | 'what' | 'where' | 'evidence'

/** The words a card shows now; null when there are none or they were shredded. */
export type CurrentWords = { readonly what: string | null; readonly where: string | null }

/** True while somebody may still have to act on it. */
export function isOpen(incident: Incident): boolean {
  return incident.status === 'reported' || incident.status === 'claimed'
}

/** True while a stranger's report has not been passed on: no regional room, list or summary knows of it. */
export function isWaiting(incident: Incident): boolean {
  return incident.triage === 'waiting' && isOpen(incident)
}

/** True while it stands in the triage queue: a stranger's, or one of the roster that nobody took or looked through. */
export function isQueued(incident: Incident): boolean {
  return incident.triage !== 'done' && incident.status === 'reported' && incident.claimedAt === null
}

/** The ids of others that an incident names: those merged with it, and those that may be the same event. */
export function kinOf({ merged, mergedInto, like = [] }: Incident): readonly IncidentId[] {
  return [...new Set([...merged, ...(mergedInto ? [mergedInto] : []), ...like])]
}

/** True while its own report stands; false once that was taken back. Where it is, others may have said since. */
export function hasOwn({ reporter, whatSeq }: Incident): boolean {
  return reporter !== null || whatSeq > 0
}

/** The report, merged into an incident, that speaks for it since its own was taken back; null if its own stands. */
export function speaksFor(incident: Incident): IncidentId | null {
  const first = hasOwn(incident) ? null : incident.also?.[0]?.report
  return first && incident.merged.includes(first) ? first : null
}

/** True if no word of it may stand in the search index: it is RED, restricted or not checked. */
export function isConcealed({ mark, visibility, triage }: Incident): boolean {
  return mark === 'RED' || visibility === 'restricted' || triage === 'waiting'
}

/**
 * From when the days of an incident are counted (epoch ms): its last news, once it has ended for good and no hold keeps
 * it. Null while it stands, and for one that is part of another, which goes with that one.
 */
export function endedAt({ status, hold, updatedAt }: Incident): number | null {
  if (hold || status === 'reported' || status === 'claimed' || status === 'duplicate') return null
  return status === 'resolved' ? null : updatedAt
}
