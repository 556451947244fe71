import type { PartnerKind } from './audience.ts'
import type { LocalText } from './broadcast.ts'
import type { Language } from './directory.ts'
import type { BroadcastId, MessageId, PersonId, RegionCode } from './ids.ts'

/** The speakable name of a trusted messenger: `M-0003`. */
export type MessengerId = `M-${string}`
/** The speakable name of words that were handed to a messenger: `K-0012`. */
export type HandoutId = `K-${string}`

/** What lies sealed of a trusted messenger, under their own key. */
export type MessengerSecret = {
  readonly name: string
  readonly contact: string
  /** Whose trust they have: a congregation, a union, a neighbourhood. */
  readonly community: string
  /** When and how they said yes, in the words of whoever asked them. */
  readonly consent: string
}

/** Somebody whom a community trusts and who has agreed to carry words to it. */
export type Messenger = {
  readonly id: MessengerId
  /** Themselves where they are on the roster; else a random key of nobody there, under which their secret lies. */
  readonly person: PersonId
  /** What they are called in the network; no real name. */
  readonly alias: string
  readonly kinds: readonly PartnerKind[]
  readonly regions: 'all' | readonly RegionCode[]
  readonly languages: readonly Language[]
  readonly community: string
  /** Who knows them, and hands them words where the hub cannot write to them. */
  readonly through: PersonId
  readonly addedBy: PersonId
  readonly addedAt: number
  /** When they agreed, and until when that holds; null: until they say otherwise. */
  readonly consentAt: number
  readonly consentUntil: number | null
}

/** How words were received. */
export const receptions = ['well', 'mixed', 'badly', 'not-said'] as const
/** One of them. */
export type Reception = (typeof receptions)[number]

/** Words that were handed to a messenger, and what came of it. */
export type Handout = {
  readonly id: HandoutId
  readonly messenger: MessengerId
  /** The prepared message with its version, or the broadcast, that the words are of. */
  readonly message: MessageId | null
  readonly version: number | null
  readonly broadcast: BroadcastId | null
  readonly region: RegionCode | null
  readonly by: PersonId
  readonly at: number
  readonly words: LocalText
  readonly avoid: LocalText
  readonly rumour: boolean
  readonly received: Reception | null
  /** How many heard it, as far as they say. */
  readonly reach: number | null
  readonly note: string | null
  readonly toldAt: number | null
}

/** Which handouts are asked for; the newest ones, at most `limit`. */
export type HandoutFilter = {
  readonly message?: MessageId
  readonly broadcast?: BroadcastId
  readonly messenger?: MessengerId
  readonly since?: number
  readonly limit: number
}

/** Reads of trusted messengers and of what they were given. */
export interface MessengerReads {
  /** All of them, by what they are called. */
  list(): Promise<readonly Messenger[]>
  /** The messenger of that name, or null. */
  find(id: MessengerId): Promise<Messenger | null>
  /** Those that this person is, on the roster. */
  of(person: PersonId): Promise<readonly Messenger[]>
  /** What was given to messengers, the newest first. */
  handouts(filter: HandoutFilter): Promise<readonly Handout[]>
  /** What was given under that name, or null. */
  handout(id: HandoutId): Promise<Handout | null>
}

/** Reads a messenger's name as people type it (`m3`, `M-0003`); null if the text is none. */
export function readMessengerId(text: string): MessengerId | null {
  return numbered('M', text) as MessengerId | null
}

/** Reads a handout's name as people type it (`k12`, `K-0012`); null if the text is none. */
export function readHandoutId(text: string): HandoutId | null {
  return numbered('K', text) as HandoutId | null
}

/** True if what they agreed to still holds. */
export function consents({ consentUntil }: Pick<Messenger, 'consentUntil'>, now: number): boolean {
  return consentUntil === null || consentUntil > now
}

/** True if they speak to people of that region. */
export function serves({ regions }: Pick<Messenger, 'regions'>, region: RegionCode): boolean {
  return regions === 'all' || regions.includes(region)
}

/** The name of the nth messenger or handout. */
export function makeLibraryId<Letter extends 'M' | 'K'>(letter: Letter, number: number): `${Letter}-${string}` {
  return `${letter}-${String(number).padStart(4, '0')}`
}

function numbered(letter: 'M' | 'K', text: string): string | null {
  const found = new RegExp(`^\\s*#?${letter}[\\s-]*0*([1-9]\\d{0,8})\\s*$`, 'i').exec(text)
  return found ? makeLibraryId(letter, Number(found[1])) : null
}
