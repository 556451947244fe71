import type { Language, Room } from '../../workflows/directory.ts'
import { type Param, type PhraseKey, phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'

/** A room of the practice network: its address is its id here. */
export type PracticeRoom = Pick<Room, 'address' | 'name' | 'purpose'> & { readonly topic: string }

/** Somebody that whoever sits at the browser can play; `role` is written in the persona's own language. */
export type Persona = {
  readonly account: string
  readonly callsign: string
  readonly name: string
  readonly role: string
  readonly language: Language
  readonly zone: string
}

/** A command as the composer's list shows it. */
export type CommandHint = { readonly name: string; readonly summary: PhraseKey; readonly usage?: PhraseKey | undefined }

/** Everything that stands still while the workspace runs. */
export type Setting = {
  readonly rooms: readonly PracticeRoom[]
  readonly personas: readonly Persona[]
  readonly commands: readonly CommandHint[]
  readonly clock: () => number
}

/** The conversation somebody has open: a room, or (null) the direct one with the hub. */
export type Sight = {
  readonly setting: Setting
  readonly persona: Persona
  readonly room: PracticeRoom | null
  readonly reader: Reader
  /** A sentence of the page in the persona's language. */
  readonly t: (key: PhraseKey, params?: Readonly<Record<string, Param>>) => string
}

/** What a persona sees with that room open, '' being the direct conversation; null if either is unknown. */
export function sightOf(setting: Setting, account: string, address: string): Sight | null {
  const persona = setting.personas.find(one => one.account === account)
  const room = setting.rooms.find(one => one.address === address) ?? null
  if (!persona || (!room && address !== '')) return null
  const reader = readerOf(persona, setting.clock())
  return { setting, persona, room, reader, t: (key, params) => say(phrase(key, params), reader) }
}

/** How a persona reads the page itself; what the hub says comes already rendered. */
function readerOf(persona: Pick<Persona, 'language' | 'zone'>, now: number): Reader {
  return { language: persona.language, zone: persona.zone, now, person: () => null }
}

/** Where the store keeps the direct conversation of an account. */
export function directAddress(account: string): string {
  return `direct:${account}`
}

/** Where the store keeps the conversation that is open. */
export function addressOf(sight: Sight): string {
  return sight.room?.address ?? directAddress(sight.persona.account)
}

/** What the conversation is called on the page. */
export function titleOf(sight: Sight): string {
  return sight.room?.name ?? sight.t('workspace.hub')
}

/** The path of the page that shows a room (null: the direct conversation) as a persona. */
export function pathOf(account: string, room: string | null): string {
  const as = `/as/${encodeURIComponent(account)}`
  return room === null ? `${as}/direct` : `${as}/room/${encodeURIComponent(room)}`
}
