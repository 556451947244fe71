import type { Readable } from 'node:stream'
import type { Reply } from '../commands/command.ts'
import type { Values } from '../commands/form.ts'
import type { MessageRef } from '../workflows/delivery.ts'
import type { PlatformName } from '../workflows/ids.ts'
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
  readonly room: string | null
  /** The message whose thread it was done in, or that carried the button. */
  readonly message: MessageRef | null
  readonly at: number
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
    | { readonly type: 'message'; readonly words: string; readonly files: readonly IncomingFile[] }
  )

/** The hub's answer, and how it reads to the person who asked. */
export type Answer = { readonly reply: Reply; readonly reader: Reader }

/** What a platform calls with everything it hears; it never rejects. */
export type Receive = (interaction: Interaction) => Promise<Answer>

/** Where a message goes: a room, the thread under a message, or a person's direct conversation. */
export type Target =
  | { readonly type: 'room'; readonly room: string }
  | { readonly type: 'thread'; readonly under: MessageRef }
  | { readonly type: 'direct'; readonly account: string }

/** A message to send; the key is the same however often it is tried. */
export type Outgoing = { readonly view: View; readonly reader: Reader; readonly key: string }

/** What a platform can do; what it cannot do, delivery goes around. */
export type Capabilities = {
  /** How often and how long (ms) one message can be edited before it must be sent anew. */
  readonly edits: { readonly most: number; readonly within: number }
  /** Whether a message of an unknown outcome can be looked up by its key. */
  readonly lookup: boolean
}

/** Bytes on their way, and how many more than that are refused; the platform must let go once the signal says so. */
export type Fetch = (
  source: string,
  limit: { readonly bytes: number; readonly signal: AbortSignal },
) => Promise<AsyncIterable<Uint8Array>>

/** One chat tool, as the hub sees it. Every call may fail with a PlatformError. */
export interface Platform {
  readonly name: PlatformName
  readonly capabilities: Capabilities
  /** Connects, and hands everything it hears to `receive` from then on. */
  start(receive: Receive): Promise<void>
  /** Hears nothing more, waits for what is in hand, disconnects. */
  stop(): Promise<void>
  /** Sends a new message. */
  post(to: Target, message: Outgoing): Promise<MessageRef>
  /** Makes an own message show this instead. */
  edit(message: MessageRef, to: Outgoing): Promise<void>
  /** Takes an own message away; absent where the platform cannot. */
  remove?(message: MessageRef): Promise<void>
  /**
   * Opens a file by the source it once gave; absent where files come with their bytes. @throws PlatformError, permanent
   * when the file is gone for good
   */
  fetch?: Fetch
  /** The message once sent under that key, or null if there is none. */
  find(to: Target, key: string): Promise<MessageRef | null>
}
