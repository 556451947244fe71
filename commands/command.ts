import type { CodeWanted } from '../workflows/account.ts'
import type { Action } from '../workflows/action.ts'
import type { Batch } from '../workflows/batch.ts'
import type { BoardName } from '../workflows/board/scope.ts'
import type { Broadcast, BroadcastChange, BroadcastDeed } from '../workflows/broadcast.ts'
import type { BulletinDeed, BulletinId } from '../workflows/bulletin.ts'
import type { Room } from '../workflows/directory.ts'
import type { Entry } from '../workflows/event.ts'
import type { ExportDeed, ExportId } from '../workflows/export/request.ts'
import type { BroadcastId, IncidentId, MessageId, PersonId, PlatformName, RegionCode } from '../workflows/ids.ts'
import type { Evidence, Incident } from '../workflows/incident.ts'
import type { LibraryDeed } from '../workflows/library/deed.ts'
import type { HandoutId, MessengerId } from '../workflows/messenger.ts'
import type { OutlookDeed } from '../workflows/outlook.ts'
import type { Actor, Permission } from '../workflows/permission.ts'
import { type Phrase, type PhraseKey, phrase } from '../workflows/phrase.ts'
import type { Known, Read } from '../workflows/ports.ts'
import type { Rumour } from '../workflows/rumour.ts'
import { plainView, type View } from '../workflows/view.ts'
import type { Choice, Form, OpenForm, Values } from './form.ts'

/** What a person gets back; the platform that asked renders it. */
export type Reply =
  | { readonly type: 'form'; readonly form: OpenForm }
  | { readonly type: 'view'; readonly view: View; readonly private: boolean }
  | { readonly type: 'refused'; readonly phrase: Phrase }
  | { readonly type: 'failed'; readonly phrase: Phrase; readonly words: string | null }
  | { readonly type: 'nothing' }

/** How somebody asked: they typed it, pressed a button, or sent in a form. */
export type Request = {
  readonly from: 'typed' | 'press' | 'form'
  /** The incident it is about, found and allowed; null only if the command takes none. */
  readonly incident: Known | null
  /** What was typed after the command and the id. */
  readonly words: string
  /** What the presser could see, from the button's id. */
  readonly assumed: string
  /** The values of the form, if one was sent in. */
  readonly values: Values
  /** Files that came along, already kept: their ids and what they are. */
  readonly files: readonly string[]
  readonly evidence: Evidence
}

/** Who asks, where, when (epoch ms), and what may be read. */
export type Context = {
  readonly read: Read
  readonly actor: Actor
  readonly room: Room | null
  /** The room in which it was asked, bound or not; absent in a direct conversation with the hub. */
  readonly here?: Here
  readonly now: number
}

/** A room of a platform, and what it is called there, where the platform says so. */
export type Here = { readonly platform: PlatformName; readonly address: string; readonly name: string | null }

/** What was committed: the incident as it stands now and what was added to its timeline. */
export type Done = {
  readonly incident: Incident | null
  readonly entries: readonly Entry[]
  /** What was done to a broadcast; absent where nothing changed. */
  readonly broadcast?: BroadcastChange
  /** The name of the messenger, or of the handout, that was made. */
  readonly made?: MessengerId | HandoutId | ExportId | BulletinId
  /** Of an act on many: which were done, in order, and how many were left out because they had changed. */
  readonly several?: { readonly done: readonly IncidentId[]; readonly left: number }
}

/** Something to commit, the words for whoever asked once it is done, and what follows then. */
export type Doing = {
  readonly type: 'do'
  readonly action: Action
  readonly say: (done: Done) => Reply
  readonly sequel?: Sequel
  /** The incident it is about, where the request itself named none. */
  readonly known?: Known
}

/**
 * What follows once something is done: the next of a batch; the sealed name of somebody, which is shown only then and
 * kept nowhere, as is their link to a calendar; or the answer in place of the question it was pressed in.
 */
export type Sequel =
  | Leasing
  | { readonly type: 'reveal'; readonly person: PersonId }
  | { readonly type: 'contact'; readonly messenger: MessengerId }
  | { readonly type: 'passphrase'; readonly export: ExportId }
  | { readonly type: 'replace' }
  | { readonly type: 'feed'; readonly show: (link: OneTimeLink) => Reply }

/** A batch of the triage queue to be taken, or kept, and what is shown of it; `said` is the answer to what was done. */
export type Leasing = {
  readonly type: 'lease'
  readonly regions: 'all' | readonly RegionCode[]
  readonly show: (batch: Batch, said: Reply | null) => Promise<Reply>
}

/** A one-time link to a page of the hub, and until when it holds (epoch ms). */
export type OneTimeLink = { readonly url: string; readonly until: number }

/**
 * Something to look at on a page of its own: a kept file, (item null) the record of all, the answers to a
 * broadcast, or a board; the hub makes the link.
 */
export type Showing = {
  readonly type: 'show'
  readonly incident: IncidentId | BroadcastId | ExportId | BoardName
  readonly item: string | null
  readonly say: (link: OneTimeLink) => Reply
}

/** A code to be made, and shown to whoever asked: it is kept nowhere. `told`: the coordinators hear of it. */
export type Issuing = { readonly type: 'issue'; readonly wanted: CodeWanted; readonly told?: boolean }

/** What stands in a form when it is opened; `choices` fills fields that depend on the roster or the incident. */
export type Opening = {
  /** The form itself, where even its questions depend on what it is about. */
  readonly form?: Form
  /** The incident it is about, where the request itself named none. */
  readonly about?: IncidentId | BroadcastId | MessageId | MessengerId | HandoutId | Rumour['id']
  readonly notice?: Phrase
  readonly values?: Values
  readonly choices?: Readonly<Record<string, readonly Choice[]>>
  /** Fields that are left out this time. */
  readonly without?: readonly string[]
  /** What the form takes for granted beside its values; it comes back with them. */
  readonly assumed?: string
}

/** Something a person can ask for: typed, pressed or sent in. It never writes, and may be run again. */
export type Command = {
  readonly name: string
  /** One line for help and for the platforms' own lists; at most 100 characters. */
  readonly summary: PhraseKey
  /** How it is typed after its name, e.g. `ID words`; absent: it exists only as a button. */
  readonly usage?: PhraseKey
  readonly permission: Permission
  /** Whether it is about one incident: from the button, the typed id, or the thread it is typed in. */
  readonly about: 'incident' | 'maybe-incident' | 'nothing'
  /** True if people who are not on the roster may use it too, where the network takes their reports. */
  readonly strangers?: true
  /** What is typed begins with what is to be done; the id stands after it or, `loose`, after what it is done to. */
  readonly verb?: true | 'loose'
  /** Told before any reading, because a platform must know within three seconds. A form sent in is always work. */
  readonly opens: 'form' | 'work' | ((request: Pick<Request, 'from' | 'words' | 'assumed'>) => 'form' | 'work')
  /** Whether only the person sees the answer. */
  readonly private: boolean
  /** Words after the id that stand for another command, and the words it is then asked with: `/incident ID reveal`. */
  readonly subs?: Readonly<Record<string, string>>
  /** A broadcast's id may stand on either side of such a word, and comes first in what the other command is asked. */
  readonly broadcasts?: true
  readonly form?: Form
  /** What stands in the form at first, or `run`: there is nothing to ask, it is done at once. One bounded read. */
  readonly open?: (request: Request, context: Context) => Promise<Opening | Reply | 'run'>
  readonly run: (request: Request, context: Context) => Promise<Doing | Showing | Issuing | Leasing | Reply>
}

/** Makes a command; the list in commands/index.ts is what makes it known. */
export function defineCommand(command: Command): Command {
  return command
}

/** A private answer of one sentence. */
export function tell(key: PhraseKey, params?: Phrase['params'], buttons: View['buttons'] = []): Reply {
  return { type: 'view', view: plainView([params ? { key, params } : { key }], buttons), private: true }
}

/** A private answer that shows a whole view. */
export function shown(view: View): Reply {
  return { type: 'view', view, private: true }
}

/** A refusal with its reason and the way on. */
export function refuse(key: PhraseKey, params?: Phrase['params']): Reply {
  return { type: 'refused', phrase: phrase(key, params) }
}

/** An action on the incident of the request, answered privately with one sentence when it is done. */
export function act(
  request: Request,
  action: Extract<Action, { type: 'incident' }>['do'],
  say: (done: Done & { incident: Incident }) => Reply,
): Doing {
  const incident = incidentOf(request)
  return {
    type: 'do',
    action: { type: 'incident', about: incident.id, do: action },
    say: done => say({ ...done, incident: done.incident ?? incident }),
  }
}

/** A deed on a broadcast, answered with how it stands then: as before, where nothing changed. */
export function cast(broadcast: Broadcast, deed: BroadcastDeed, say: (after: Broadcast) => Reply): Doing {
  return {
    type: 'do',
    action: { type: 'broadcast', about: broadcast.id, do: deed },
    say: done => say(done.broadcast?.after ?? broadcast),
  }
}

/** A deed with prepared messages or messengers, and what whoever did it hears. */
export function shelve(deed: LibraryDeed, say: Doing['say']): Doing {
  return { type: 'do', action: { type: 'library', do: deed }, say }
}

/** A deed about rumors, the weekly brief or what is to come, and what whoever did it hears. */
export function foresee(deed: OutlookDeed, say: Doing['say']): Doing {
  return { type: 'do', action: { type: 'outlook', do: deed }, say }
}

/** A deed about something that is to leave, and what whoever did it hears. */
export function exporting(deed: ExportDeed, say: Doing['say']): Doing {
  return { type: 'do', action: { type: 'export', do: deed }, say }
}

/** A deed about a summary that is to leave the network, and what whoever did it hears. */
export function handOn(deed: BulletinDeed, say: Doing['say']): Doing {
  return { type: 'do', action: { type: 'bulletin', do: deed }, say }
}

/** The incident of a request whose command is declared to be about one. */
export function incidentOf(request: Request): Incident {
  return knownOf(request).incident
}

/** The same incident with the words that its card shows. */
export function knownOf(request: Request): Known {
  if (!request.incident) throw new Error('a command about an incident was run without one')
  return request.incident
}
