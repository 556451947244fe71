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
  return digestOf(previous + canonical({ incident, seq, at, by, event, digest }))
}

/** SHA-256 of a text, 43 characters. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url')
}

/** JSON of a value whose keys stand in order, so that equal values give equal texts. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const held = (value as Record<string, unknown>)[key]
    if (held !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonical(held)}`
  }
  return `{${text}}`
}
