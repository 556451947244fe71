import type { Readable } from 'node:stream'
import type { Reply } from '../commands/command.ts'
import type { Values } from '../commands/form.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { Language, Room } from '../workflows/directory.ts'
import type { Drawing } from '../workflows/drawing.ts'
import type { IncidentId, PlatformName } from '../workflows/ids.ts'
import type { Status } from '../workflows/incident.ts'
import type { Phrase } from '../workflows/phrase.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import type { Reader } from '../workflows/text/say.ts'
import type { View } from '../workflows/view.ts'

/**
 * A file that somebody attached: bytes that the hub reads once before it answers, or a source that the platform can
 * open later, to be fetched after the answer.
 */
export type IncomingFile = {
  readonly name: string
  readonly type: string
  readonly size: number
  /** The platform recompresses what passes through it: this is not the camera's own file. */
  readonly processed?: boolean
} & ({ readonly open: () => Readable } | { readonly source: string })

/**
 * Where and by whom something was done; ids are the platform's own. `room` null is a direct conversation with the
 * hub.
 */
export type Origin = {
  readonly platform: PlatformName
  /** Makes it count once: see the keys of DESIGN §6. */
  readonly key: string
  readonly account: string
  /** Another address of the same account, by which the roster may know it: Signal has uuids, and numbers too. */
  readonly also?: string
  readonly room: string | null
  /** The message whose thread it was done in, or that carried the button. */
  readonly message: MessageRef | null
  readonly at: number
  /** The platform's own groups that the account is in now (Slack user groups, Discord roles); absent: not known. */
  readonly groups?: readonly string[]
  /** What the room is called, where the platform says so. */
  readonly roomName?: string
  /** The language that the person uses the platform in, where it says so and the hub speaks it. */
  readonly language?: Language
}

/** Everything a platform can tell the hub. */
export type Interaction = Origin &
  (
    | { readonly type: 'command'; readonly name: string; readonly words: string }
    | { readonly type: 'press'; readonly button: string }
    | {
        readonly type: 'submission'
        readonly form: string
        readonly command: string
        readonly about: string
        readonly values: Values
        readonly files: readonly IncomingFile[]
      }
    | {
        readonly type: 'draft'
        readonly form: string
        readonly command: string
        readonly about: string
        readonly values: Values
      }
    | {
        readonly type: 'message'
        readonly words: string
        readonly files: readonly IncomingFile[]
        /** The message itself, by which an edit or a deletion of it is known; absent: it is never heard of again. */
        readonly self?: MessageRef
        /** When the platform takes it from everybody's screen (epoch ms), as in chats whose messages disappear. */
        readonly until?: number
        /** It counts only as an answer to "are you safe?", if that is asked of them; else nothing comes of it. */
        readonly ifAsked?: true
      }
    /** Somebody changed, or took away, what they had written; `self` is the message. */
    | { readonly type: 'edited'; readonly self: MessageRef; readonly words: string }
    | { readonly type: 'deleted'; readonly self: MessageRef }
  )

/**
 * The hub's answer, and how it reads to the person who asked. `later` is there where the reply only says that it is
 * still being saved: how it ended, which whoever shows the one shows in the same place then. It never rejects.
 */
export type Answer = {
  readonly reply: Reply
  readonly reader: Reader
  readonly later?: Promise<Answer>
  /** The picture of its view, drawn; absent: it has none, or says in words what it would have shown. */
  readonly image?: Image
}

/** Draws a picture as PNG bytes, in the reader's language. Rejects where it cannot. */
export type Drawer = (drawing: Drawing, reader: Pick<Reader, 'language'>) => Promise<Uint8Array>

/**
 * A picture as it goes out: PNG bytes, a file name, and what it shows in words. `held`: the platform's own id of it,
 * where it was put there before the message.
 */
export type Image = {
  readonly bytes: Uint8Array
  readonly name: string
  readonly alt: string
  readonly held?: string
}

/** What a platform calls with everything it hears; it never rejects. */
export type Receive = (interaction: Interaction) => Promise<Answer>

/**
 * Where a message goes: a room, the thread under a message, or a person's direct conversation. `replaces` is the former
 * card that the new one stands in for: it is quoted, and its thread goes on, where the platform can.
 */
export type Target =
  | { readonly type: 'room'; readonly room: string; readonly replaces?: MessageRef }
  | { readonly type: 'thread'; readonly under: MessageRef }
  | { readonly type: 'direct'; readonly account: string }

/**
 * A message to send; the key is the same however often it is tried. `card`: it is the card of that incident. `urgent`:
 * of an S4 or S5, which goes before all else within the platform's limits.
 */
export type Outgoing = {
  readonly view: View
  readonly reader: Reader
  readonly key: string
  readonly urgent?: boolean
  readonly card?: CardFacts
  /** The picture of its view, drawn; the platform that cannot show it sends the message without. */
  readonly image?: Image
  /** Its words must not be shortened: an edit for which they are too long is refused as stale. */
  readonly whole?: boolean
}

/** What a platform may make of a card beside showing it: a title for its thread, a tag, a place in an archive. */
export type CardFacts = { readonly incident: IncidentId; readonly severity: Severity; readonly status: Status }

/** What a platform can do; what it cannot do, delivery goes around. */
export type Capabilities = {
  /** How often and how long (ms) one message can be edited before it must be sent anew. */
  readonly edits: { readonly most: number; readonly within: number }
  /** Whether a message of an unknown outcome can be looked up by its key. */
  readonly lookup: boolean
  /** Whether messages have threads; without them what belongs to a card stands in the room and quotes it. */
  readonly threads: boolean
}

/** Bytes on their way, and how many more than that are refused; the platform must let go once the signal says so. */
export type Fetch = (
  source: string,
  limit: { readonly bytes: number; readonly signal: AbortSignal },
) => Promise<AsyncIterable<Uint8Array>>

/**
 * Something as the platform sent it, before it is understood; the key makes it count once. Those of one `order` are
 * handled one after the other (without it, all of the platform are): whatever must not overtake each other, such as the
 * messages of one conversation.
 */
export type Raw = {
  readonly key: string
  readonly body: string
  readonly order?: string
  /** When it was kept (epoch ms, by the hub's own clock), once it is handed on to be understood. */
  readonly keptAt?: number
}

/** Whose words something carries that was kept, by the account's own ids on the platform. */
export type Whose = Pick<Origin, 'account' | 'also'> & { readonly words: string }

/** A few things that a platform must know again after a restart, sealed; `account` is whose they are, if anybody's. */
export type Memory = {
  /** The value, or null. */
  get(key: string): Promise<string | null>
  /** Keeps a value, or forgets it (null). @throws StoreError */
  set(key: string, value: string | null, account?: string): Promise<void>
}

/** An incident that somebody may mean with what they have typed so far. */
export type Suggestion = { readonly id: IncidentId; readonly label: string }

/** A message that somebody wrote, and their account. */
export type Said = { readonly message: MessageRef; readonly account: string }

/** A time (epoch ms) in which nobody was heard on a platform; in these rooms of it, by their addresses, or anywhere. */
export type Away = {
  readonly from: number
  readonly until: number
  readonly rooms?: readonly string[]
  /** Some of what was written was read all the same. */
  readonly partly?: true
}

/** Somebody (`by`, their account) received or read a message, by its own id on the platform. */
export type Sighting = { readonly message: string; readonly by: string; readonly how: 'received' | 'read' }

/** What a platform that tells who has seen a message hands on. */
export type Receipts = {
  /** What was sent under that key stands there as these messages. @throws StoreError */
  readonly posted: (key: string, messages: readonly string[]) => Promise<void>
  /** Counts each person once; gives those of messages that are not known. @throws StoreError */
  readonly count: (seen: readonly Sighting[]) => Promise<readonly Sighting[]>
  /** What was sent under that key arrived, though its answer was lost; false if that was in no doubt. */
  readonly arrived: (key: string, message: MessageRef) => Promise<boolean>
}

/** What the hub does for a platform. */
export type Host = {
  /** Answers what somebody did; never rejects. */
  readonly receive: Receive
  /**
   * Keeps what was heard, and resolves once it is durable: only then may the platform be told so. It is handed to
   * `handle` right after, in the order it was kept, and again (after a crash too) until that resolves. What was kept
   * before under that key is left alone. @throws StoreError when it could not be kept
   */
  readonly keep: (raw: Raw) => Promise<void>
  /** The rooms that are bound on this platform now. */
  readonly rooms: () => readonly Room[]
  /** The cards of this platform's rooms whose incidents are not closed: where people may still talk. */
  readonly threads: () => Promise<readonly MessageRef[]>
  readonly memory: Memory
  readonly receipts: Receipts
  /** Up to 25 incidents that this person may see and may mean. */
  readonly suggest: (origin: Origin, typed: string) => Promise<readonly Suggestion[]>
  /** Tells the coordinators, on every platform that works, once for that key. */
  readonly notice: (key: string, what: Phrase) => Promise<void>
  /**
   * Says in rooms of this platform (all, or those of these addresses) that nothing was heard between two times (epoch
   * ms), once for a gap and room; without rooms also to people there of whom something is expected. @throws StoreError
   */
  readonly away: (gap: Away) => Promise<void>
  /** Messages of people here that stand in open incidents, the newest 500 of a week, to be looked at again. */
  readonly spoken: () => Promise<readonly Said[]>
  /** That own message does not stand any more: a card that it showed is sent anew. @throws StoreError */
  readonly gone: (message: MessageRef) => Promise<void>
  /** Does `task` now, after any other process that is at the task of that name; rejects as it does. */
  readonly alone: (name: string, task: (signal: AbortSignal) => Promise<void>, until: AbortSignal) => Promise<void>
  /**
   * Runs `task` in one process at a time, for as long as this one holds the lease of that name; its signal says when to
   * let go. Resolves when the platform's own signal ends it.
   */
  readonly lead: (name: string, task: (signal: AbortSignal) => Promise<void>, until: AbortSignal) => Promise<void>
  /**
   * Does work of which the platform takes one at a time, while no other process does: each waits for its turn. Of this
   * process the caller does one at a time by itself.
   */
  readonly single: <T>(work: () => Promise<T>) => Promise<T>
}

/** Hears that something waits for the platform's pace (`waited`), or that the platform itself asked to (`refused`). */
export type Limited = (how: 'waited' | 'refused') => void

/** Whether a platform can be reached, since when (epoch ms), and what is wrong if not. */
export type Connection = {
  readonly state: 'up' | 'down' | 'off'
  readonly since: number
  readonly problem: string | null
}

/** One chat tool, as the hub sees it. Every call may fail with a PlatformError. */
export interface Platform {
  readonly name: PlatformName
  readonly capabilities: Capabilities
  /** Connects, in the background where that takes long, and hands everything it hears to the host from then on. */
  start(host: Host): Promise<void>
  /** Hears nothing more, waits for what is in hand, disconnects. */
  stop(): Promise<void>
  /**
   * Sends a new message, pacing itself for a moment at most. An answer that takes longer than delivery waits (12 s,
   * 65 s where nothing can be looked up) counts as lost.
   */
  post(to: Target, message: Outgoing): Promise<MessageRef>
  /** Puts a picture where a message can show it, and says as what; absent where it goes with the message. */
  hold?(image: Image): Promise<string>
  /** Makes an own message show this instead. */
  edit(message: MessageRef, to: Outgoing): Promise<void>
  /** Takes an own message away; absent where the platform cannot. */
  remove?(message: MessageRef): Promise<void>
  /**
   * Opens a file by the source it once gave; absent where files come with their bytes. @throws PlatformError, permanent
   * when the file is gone for good
   */
  fetch?: Fetch
  /** Lets go of a file that was fetched and is kept now, where the platform would hold on to it. */
  release?(source: string): Promise<void>
  /** Understands what `keep` was given and does what follows; rejects to have it handed over again later. */
  handle?(raw: Raw): Promise<void>
  /** Whether it still reads what was written while nobody listened; absent where that cannot be had. */
  catchingUp?(): boolean
  /** Who said what `keep` was given, without asking anybody; null where nobody can tell, or nobody did. */
  whose?(raw: Pick<Raw, 'body'>): Whose | null
  /** How it stands with the platform; absent where there is nothing to be cut off from. */
  connection?(): Connection
  /** The message sent under that key since then (epoch ms, by the hub's own clock), or null if there is none. */
  find(to: Target, key: string, since: number): Promise<MessageRef | null>
}

/** One thing that must be so; `run` says what was found, or rejects with what to do, in a sentence or two. */
export type Probe = { readonly name: string; readonly run: () => Promise<string> | string }

/** A channel, group or conversation that the bot is in. */
export type FoundRoom = { readonly address: string; readonly name: string }

/** What whoever sets the hub up can ask of a platform, without starting anything. */
export type Inspection = {
  /** Tries everything that must be so, these rooms included. */
  readonly probes: (rooms: readonly FoundRoom[]) => readonly Probe[]
  /** The rooms that could be bound. @throws PlatformError that says what to do */
  readonly rooms: () => Promise<readonly FoundRoom[]>
}
