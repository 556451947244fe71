import type { Directory, Person } from './directory.ts'
import { onDuty } from './directory.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import { after, plain } from './spoken.ts'
import { mayWork } from './standing.ts'
import { say } from './text/say.ts'
import { fold } from './words.ts'

/** Whom a person meant: one, several who could be meant, or nobody; `rest` is what was typed after the name. */
export type Named =
  | { readonly type: 'one'; readonly person: Person; readonly rest: string }
  | { readonly type: 'several'; readonly people: readonly Person[] }
  | { readonly type: 'nobody' }

/** Finds whom the words start with by call sign: whole, or by its beginning if only one person's begins so. */
export function whoIs(words: string, all: readonly Person[]): Named {
  const among = all.filter(person => !person.hidden)
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
    .filter(person => person.id !== asker && person.id !== incident.claim?.by && isPicked(person, incident))
    .sort((a, b) => Number(duty.has(b.id)) - Number(duty.has(a.id)) || (a.callsign < b.callsign ? -1 : 1))
}

/**
 * Why a person cannot take that call sign: `shape` (30 Latin letters, digits and dashes at most), or `taken`, because
 * it reads like that of one of the others, like a role, or like the hub itself; null if they can.
 */
export function callsignProblem(callsign: string, others: readonly Called[]): 'shape' | 'taken' | null {
  const typed = callsign.normalize('NFC')
  if (typed.length > longest || !shape.test(typed)) return 'shape'
  // Letters of other scripts look like ours without being them.
  if (!/^[a-z0-9 .-]+$/.test(fold(typed))) return 'shape'
  const looks = looksOf(typed)
  return reserved.has(looks) || others.some(person => looksOf(person.callsign) === looks) ? 'taken' : null
}

/** All call signs that are somebody's, those that are hidden too. */
export function called({ people, reserved = [] }: Pick<Directory, 'people' | 'reserved'>): readonly Called[] {
  return [...people.values(), ...reserved.map(callsign => ({ callsign }))]
}

type Called = Pick<Person, 'callsign'>

function isPicked(person: Person, incident: Incident): boolean {
  return !person.hidden && mayWork(person, incident)
}

const longest = 30
const shape = /^[\p{L}\p{N}](?:[\p{L}\p{N} .'’-]*[\p{L}\p{N}])?$/u

/** What is left of a name at a glance: neither spaces nor accents, and one sign for those that look alike. */
function looksOf(name: string): string {
  return plain(name)
    .replaceAll(' ', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replace(/[1i|]/g, 'l')
}

const titles = [
  ...(['hub.the-hub', 'hub.someone', 'workspace.hub', 'workspace.bot'] as const),
  ...([
    'hub.role-mediator',
    'hub.role-responder',
    'hub.role-coordinator',
    'hub.role-leader',
    'hub.role-admin',
  ] as const),
  ...(['post.level-RC', 'post.level-DO', 'post.level-LD', 'post.level-network', 'sitrep.duty-officer'] as const),
]
const readers = (['en', 'es'] as const).map(language => ({ language, zone: 'UTC', now: 0, person: () => null }))
const said = readers.flatMap(reader => titles.map(key => say(phrase(key), reader)))
const reserved = new Set([...said, 'hub'].map(looksOf))
