import { hash } from 'node:crypto'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { IncidentEvent } from '../workflows/incident.ts'

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
