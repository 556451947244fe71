import type { Directory, Person } from './directory.ts'
import { onDuty } from './directory.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { after, plain } from './spoken.ts'
import { mayWork } from './standing.ts'

/** Whom a person meant: one, several who could be meant, or nobody; `rest` is what was typed after the name. */
export type Named =
  | { readonly type: 'one'; readonly person: Person; readonly rest: string }
  | { readonly type: 'several'; readonly people: readonly Person[] }
  | { readonly type: 'nobody' }

/** Finds whom the words start with by call sign: whole, or by its beginning if only one person's begins so. */
export function whoIs(words: string, among: readonly Person[]): Named {
  const tokens = words.trim().replace(/^@/, '').split(/\s+/)
  for (let count = Math.min(4, tokens.length); count > 0; count--) {
    const said = plain(tokens.slice(0, count).join(' '))
    const exact = said === '' ? undefined : among.find(person => plain(person.callsign) === said)
    if (exact) return { type: 'one', person: exact, rest: after(words, count) }
  }
  const start = plain(tokens[0] ?? '')
  const people = start === '' ? [] : among.filter(person => plain(person.callsign).startsWith(start))
  const [only] = people
  if (only && people.length === 1) return { type: 'one', person: only, rest: after(words, 1) }
  return people.length > 0 ? { type: 'several', people } : { type: 'nobody' }
}

/** Everyone else who may take that incident, those on duty first, then by call sign. */
export function takers(directory: Directory, incident: Incident, asker: PersonId, now: number): readonly Person[] {
  const duty = new Set(onDuty(directory, incident.region, now).map(person => person.id))
  return [...directory.people.values()]
    .filter(person => person.id !== asker && person.id !== incident.claim?.by && mayWork(person, incident))
    .sort((a, b) => Number(duty.has(b.id)) - Number(duty.has(a.id)) || (a.callsign < b.callsign ? -1 : 1))
}
