import type { PartnerKind } from '../audience.ts'
import type { LocalText } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import type { MessageId, PersonId, RegionCode } from '../ids.ts'
import type { Prepared } from '../library.ts'
import type { Handout, HandoutId, Messenger, MessengerId, MessengerSecret, Reception } from '../messenger.ts'

/** What is known of a trusted messenger when they are put on the roster, or changed there. */
export type MessengerFacts = {
  readonly alias: string
  readonly kinds: readonly PartnerKind[]
  readonly regions: 'all' | readonly RegionCode[]
  readonly languages: readonly Language[]
  readonly through: PersonId
  readonly consentAt: number
  readonly consentUntil: number | null
}

/** What somebody does with prepared messages and trusted messengers; judged by how things stand then. */
export type LibraryDeed =
  /** A new message (version 1), or the next version of one, which must still be the next. */
  | {
      readonly type: 'write'
      readonly id: MessageId
      readonly version: number
      readonly message: Prepared
      /** The digest of its wording. */
      readonly rev: string
      readonly leads: boolean
    }
  /** `clears`: so far as is known, nobody else has to approve it then. */
  | {
      readonly type: 'approve'
      readonly id: MessageId
      readonly version: number
      readonly leads: boolean
      readonly title: LocalText
      readonly clears: boolean
    }
  | {
      readonly type: 'reject'
      readonly id: MessageId
      readonly version: number
      readonly reason: string
      readonly title: LocalText
    }
  | { readonly type: 'retire'; readonly id: MessageId }
  /** Somebody looked at it again: it holds until that day. */
  | { readonly type: 'review'; readonly id: MessageId; readonly version: number; readonly until: string }
  /** `person`: themselves, where they are on the roster. */
  | {
      readonly type: 'add'
      readonly person: PersonId | null
      readonly facts: MessengerFacts
      readonly secret: MessengerSecret
    }
  | {
      readonly type: 'change'
      readonly id: MessengerId
      readonly facts: Partial<MessengerFacts>
      readonly secret: Partial<MessengerSecret>
    }
  /** Their name and contact were looked at, and why. */
  | { readonly type: 'open'; readonly id: MessengerId; readonly reason: string }
  /** They are taken off and erased. */
  | { readonly type: 'remove'; readonly id: MessengerId; readonly self: boolean }
  | { readonly type: 'hand'; readonly handout: Given; readonly to: Messenger; readonly title: LocalText }
  | {
      readonly type: 'receive'
      readonly id: HandoutId
      readonly received: Reception
      readonly reach: number | null
      readonly note: string | null
      /** What was handed, and to whom: those who must hear of it are told. */
      readonly about: { readonly handout: Handout; readonly messenger: Messenger | null; readonly title: LocalText }
    }

/** What is handed to a messenger. */
export type Given = Pick<
  Handout,
  'messenger' | 'message' | 'version' | 'broadcast' | 'region' | 'words' | 'avoid' | 'rumour'
>

/** A deed by whom, when (epoch ms); `number`: that of the messenger or handout that it makes. */
export type LibraryChange = {
  readonly do: LibraryDeed
  readonly by: PersonId
  readonly at: number
  readonly number: number | null
}
