import { hash } from 'node:crypto'
import type { IncidentEvent } from '../workflows/event.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Seal } from './seal.ts'

/** What the hash of a timeline entry vouches for; `digest` stands for its words, null if it has none. */
export type Link = {
  readonly incident: IncidentId
  readonly seq: number
  readonly at: number
  readonly by: PersonId | null
  readonly event: IncidentEvent
  readonly digest: string | null
}

/** The hash before the first entry. */
export const chainStart = ''

/** The hash of an entry, over itself and the hash of the entry before: SHA-256, 43 characters. */
export function chained(previous: string, { incident, seq, at, by, event, digest }: Link): string {
  // Both engines keep the text of JSON as it was written, so that the same event always gives the same text.
  return digestOf(previous + JSON.stringify([incident, seq, at, by, event, digest]))
}

/** SHA-256 of a text, 43 characters. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** The proof of a timeline's last entry, which only a hub with the database's own key can make: 22 characters. */
export function headProof(
  seal: Pick<Seal, 'proof'>,
  { id, seq }: { id: IncidentId; seq: number },
  hash: string,
): string {
  return seal.proof(`head:${id}:${seq}:${hash}`)
}
