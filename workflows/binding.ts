import type { Action } from './action.ts'
import type { Post } from './change.ts'
import { type Directory, type Language, type Room, regionName, regionOf } from './directory.ts'
import { toAccounts, toCoordination, toolName } from './entry.ts'
import type { PersonId } from './ids.ts'
import { type Phrase, phrase } from './phrase.ts'
import { plain } from './spoken.ts'

/** What a room is to become. */
export type Binding = Pick<Room, 'purpose' | 'region' | 'language' | 'red'> & {
  /** What it is called, if whoever binds it says so. */
  readonly name: string | null
  readonly talk: 'all' | 'digest' | null
}

/**
 * Reads `AZ language es red talk digest name Arizona team`, in any language of the hub; null where it names neither a
 * region nor a purpose, or goes on with something else.
 */
export function readBinding(words: string, directory: Directory): Binding | null {
  const named = /^(.*?)\s(?:name|nombre)\s+(.+)$/isu.exec(words)
  const name = named?.[2] ? cleanName(named[2]) : null
  const said = plain(named?.[1] ?? words)
  const target = targets(directory)
    .filter(({ way }) => said === way || said.startsWith(`${way} `))
    .sort((one, other) => other.way.length - one.way.length)[0]
  if (!target) return null
  const { purpose, region } = target
  const rest = ` ${said.slice(target.way.length).trim()} `.replaceAll(
    / (?:language|idioma|talk|charla|in|en(?= e[ns] )) /gu,
    ' ',
  )
  const marks = rest.split(' ').filter(each => each !== '')
  const language = marks.find(each => each in spoken)
  if (marks.some(each => !(each in spoken) && !isRed(each) && !(each in talks))) return null
  const talk = marks.find(each => each in talks)
  return {
    purpose,
    region,
    name,
    language: language ? (spoken[language] ?? null) : null,
    red: marks.some(isRed),
    talk: talk ? (talks[talk] ?? null) : null,
  }
}

/** The words without a yes at their end, and whether there was one: it is meant, and need not be asked. */
export function takeYes(words: string): { readonly words: string; readonly sure: boolean } {
  const found = /^(.*\S)\s+(?:yes|s[ií])\s*$/isu.exec(words)
  return found ? { words: found[1] ?? '', sure: true } : { words, sure: false }
}

/** True if the words ask to bind a room no more. */
export function readUnbinding(words: string): boolean {
  return ['off', 'no', 'none', 'unbind', 'apagar', 'quitar', 'ninguna'].includes(plain(words))
}

/** A binding in the id of a button. */
export function writeBinding({ purpose, region, language, red, talk, name }: Binding): readonly [string, string] {
  const marks = [language ?? '', red ? 'red' : '', talk ?? ''].filter(mark => mark !== '')
  return [region ?? purpose, `${marks.join('.')}${name ? `~${name}` : ''}`]
}

/** The binding in the id of a button. */
export function pressedBinding(about: string, assumed: string, directory: Directory): Binding | null {
  const [marks = '', ...name] = assumed.split('~')
  const read = readBinding([about, ...marks.split('.')].join(' '), directory)
  return read && { ...read, name: name.length > 0 ? name.join('~') : null }
}

/** What a room is, as part of a sentence. */
export function roomText({ purpose, region }: Pick<Room, 'purpose' | 'region'>, directory: Directory): Phrase {
  return purpose === 'region' && region
    ? phrase('account.room-region', { region: regionName(directory, region) })
    : phrase(`account.room-${purpose}`)
}

/** What people hear of what was done about rooms and accounts, as the network was before. */
export function networkPosts(action: Action, directory: Directory, now: number): readonly Post[] {
  switch (action.type) {
    case 'bind':
      return roomPosts('account.bind-told', action.room, action.person, directory, now)
    case 'unbind': {
      const room = directory.rooms.find(one => one.id === action.room)
      return room ? roomPosts('account.unbind-told', room, action.person, directory, now) : []
    }
    case 'unlink': {
      const person = directory.people.get(action.person)
      const gone = person?.accounts.find(one => one.id === action.account)
      if (!person || !gone) return []
      const left = { ...person, accounts: person.accounts.filter(one => one !== gone) }
      const params = { tool: toolName(gone.platform), person: { person: person.id } }
      const key = `unlinked:${gone.id}:${now}`
      // Whoever was locked out by somebody else has no account left to hear of it.
      return [
        ...toAccounts(left, key, phrase('account.unlink-told', params)),
        ...toCoordination(directory, key, phrase('account.unlink-seen', params)),
      ]
    }
    default:
      return []
  }
}

function roomPosts(
  key: 'account.bind-told' | 'account.unbind-told',
  room: Omit<Room, 'id'>,
  person: PersonId,
  directory: Directory,
  now: number,
): readonly Post[] {
  const params = {
    room: { words: room.name },
    tool: toolName(room.platform),
    what: roomText(room, directory),
    person: { person },
  }
  return toCoordination(directory, `${key}:${person}:${now}`, phrase(key, params))
}

/** What a room without a name of its own is called: its region or purpose, as people read it in that language. */
export function usualName({ purpose, region }: Pick<Room, 'purpose' | 'region'>, directory: Directory): string {
  return (region && regionOf(directory, region)?.name) || purpose
}

/** A name without what would part the id of a button or break a line. */
export function cleanName(name: string): string {
  return name
    .replace(/[:\s]+/gu, ' ')
    .trim()
    .slice(0, mostName)
}

const mostName = 40

type Target = Pick<Room, 'purpose' | 'region'> & { readonly way: string }

function targets({ regions }: Directory): readonly Target[] {
  return [
    ...regions.flatMap(({ code, name }): Target[] =>
      [code, name].map(way => ({ way: plain(way), purpose: 'region', region: code })),
    ),
    ...Object.entries(purposes).flatMap(([purpose, ways]): Target[] =>
      ways.map(way => ({ way, purpose: purpose as Room['purpose'], region: null })),
    ),
  ]
}

const purposes = {
  coordination: ['coordination', 'coordinacion'],
  leadership: ['leadership', 'direccion', 'liderazgo'],
  triage: ['triage', 'triaje'],
} as const
const spoken: Readonly<Record<string, Language>> = {
  en: 'en',
  english: 'en',
  ingles: 'en',
  es: 'es',
  spanish: 'es',
  espanol: 'es',
}
const talks: Readonly<Record<string, 'all' | 'digest'>> = {
  all: 'all',
  todo: 'all',
  digest: 'digest',
  resumen: 'digest',
}

function isRed(word: string): boolean {
  return word === 'red' || word === 'rojo'
}
