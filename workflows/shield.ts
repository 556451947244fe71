import { freeCallsigns } from './birds.ts'
import { called } from './callsign.ts'
import type { Post, ShieldChange } from './change.ts'
import { type Directory, dutyOfficers, type Person, personAsking } from './directory.ts'
import { toAccounts } from './entry.ts'
import type { PersonId } from './ids.ts'
import { type Actor, actsAs } from './permission.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import { plain } from './spoken.ts'
import { buttonId, type Line, plainView, type View } from './view.ts'

/**
 * How somebody is hidden: what everybody reads instead of their call sign; `cut`: nothing is taken from them; `called`:
 * they are called all the same.
 */
export type Shield = { readonly alias: string; readonly cut: boolean; readonly called: boolean }

/** Somebody who is hidden now, by whom, when and why; the reason is null once their key is shredded. */
export type Shielded = Shield & {
  readonly person: PersonId
  /** The call sign that is hidden; null once they were erased. */
  readonly former: string | null
  readonly by: PersonId
  readonly at: number
  readonly reason: string | null
}

/** A call sign that nobody has or had, for somebody who is hidden at that moment. */
export function neutralName(directory: Directory, now: number): string {
  const free = freeCallsigns(called(directory))
  return free[Math.floor(now / 1000) % free.length] ?? `Bird-${now % 1_000_000}`
}

/** True if the actor may hide that person: themselves, or as coordinator of one of their regions or of the network. */
export function mayShield(actor: Actor, person: Person): boolean {
  if (actor.id === person.id) return true
  if (!actsAs(actor, 'coordinator')) return false
  if (actor.regions === 'all' || person.regions === 'all') return actor.regions === 'all'
  return person.regions.length === 0 || person.regions.some(region => actor.regions.includes(region))
}

/** True for a duty officer, who alone can show somebody again; nobody does so for themselves. */
export function mayLift(actor: Actor, person: PersonId | null, directory: Directory, now: number): boolean {
  return actor.id !== person && dutyOfficers(directory, now).some(officer => officer.id === actor.id)
}

/** Whom a coordinator may pick, by call sign: everybody on the roster who is not hidden already. */
export function shieldable(actor: Actor, directory: Directory): readonly Person[] {
  return [...directory.people.values()]
    .filter(person => person.vetted && !person.hidden && mayShield(actor, person))
    .sort((one, other) => (one.callsign < other.callsign ? -1 : 1))
}

/** Who of those hidden is meant: by the name that everybody reads now, or by the one that is hidden. */
export function hiddenAs(words: string, all: readonly Shielded[]): { one: Shielded; rest: string } | null {
  const said = words.trim().replace(/^@/, '')
  for (const one of all) {
    for (const name of [one.alias, one.former]) {
      const tokens = name ? name.split(/\s+/).length : 0
      const [first, rest] = split(said, tokens)
      if (name && plain(first) === plain(name)) return { one, rest }
    }
  }
  return null
}

/** Who is hidden now, for duty officers: under the new name only, with who did it and why, each with the way back. */
export function shieldedView(all: readonly Shielded[]): View {
  if (all.length === 0) return plainView([phrase('shield.none')])
  const lines = all.slice(0, mostListed).map(({ person, by, at, cut, reason }): Line => {
    const params = { person: { person }, by: { person: by }, at: { date: at } }
    return {
      type: 'item',
      text: phrase(cut ? 'shield.line-cut' : 'shield.line', { ...params, because: because(reason) }),
      button: { id: buttonId('unshield', '', person), label: phrase('shield.button-off') },
    }
  })
  const left = all.length - lines.length
  const more: Line[] = left > 0 ? [{ type: 'note', text: phrase('shield.more', { count: left }) }] : []
  return {
    tone: 'plain',
    title: phrase('shield.title', { count: all.length }),
    lines: [...lines, ...more],
    buttons: [],
  }
}

/** What duty officers, and they themselves where they are not cut off, are told of it; nothing goes to any room. */
export function shieldPosts(change: ShieldChange, returned: number, directory: Directory): readonly Post[] {
  const { person, by, at, reason, type } = change
  const hidden = directory.people.get(person)
  if (!hidden) return []
  const params = { person: { person }, by: { person: by }, because: because(reason) }
  const key = `${type}:${person}:${at}`
  const told = (one: Person, lines: readonly Phrase[]) =>
    toAccounts(one, key, lines[0] ?? phrase('shield.told-you')).map(post => ({ ...post, view: plainView(lines) }))
  const officers = dutyOfficers(directory, at).filter(officer => officer.id !== person)
  if (type === 'unshield') {
    return [
      ...officers.flatMap(officer => told(officer, [phrase('shield.told-off', params)])),
      ...told(hidden, [phrase('shield.told-you-off')]),
    ]
  }
  const { alias, cut } = change
  const lines = [
    phrase(by === person ? 'shield.told-self' : 'shield.told', { ...params, callsign: hidden.callsign, alias }),
    ...(cut ? [phrase('shield.told-cut')] : []),
    ...(returned > 0 ? [phrase('shield.told-returned', { count: returned })] : []),
    phrase('shield.told-undo', { alias }),
  ]
  const self = cut || by === person ? [] : told(hidden, [phrase('shield.told-you', { alias }), phrase('shield.self')])
  return [...officers.flatMap(officer => told(officer, lines)), ...self]
}

/** Somebody as they act when what they had is given back in their name. */
export function asThemselves(id: PersonId, directory: Directory): Actor | null {
  const person = personAsking(directory, id) ?? directory.people.get(id)
  if (!person) return null
  const { callsign, roles, regions, vetted, languages } = person
  const language = languages[0] ?? 'en'
  return { id, callsign, roles, regions, vetted, account: null, platform: 'workspace', language, zone: directory.zone }
}

const mostListed = 20

function because(reason: string | null): Param {
  return reason ? phrase('post.because', { words: { words: reason } }) : ''
}

function split(words: string, tokens: number): readonly [string, string] {
  const parts = words.split(/\s+/)
  return [parts.slice(0, tokens).join(' '), parts.slice(tokens).join(' ')]
}
