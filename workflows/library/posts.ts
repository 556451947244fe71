import type { Lane, Post } from '../change.ts'
import { type Account, type Directory, type Person, personNow, type Room, regionName, roomsFor } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import { type HandoutId, type Messenger, makeLibraryId } from '../messenger.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import type { LibraryChange } from './deed.ts'
import { kitView } from './kit.ts'
import { inLanguage, languagesIn } from './say.ts'

/** Who hears of what was done with a message or a messenger, where, and in which words. */
export function libraryPosts({ do: deed, by, at, number }: LibraryChange, directory: Directory): readonly Post[] {
  const person = { person: by }
  switch (deed.type) {
    case 'write': {
      const { id, version, message } = deed
      const ask = (room: Room): View => {
        const language = languageOf(room, directory)
        const title = inLanguage(message.title, language)
        const lines = message.wordings
          .slice(0, 2)
          .flatMap(({ for: whom, words }): Line[] => [
            { type: 'note', text: phrase('library.words-for', { whom: phrase(`library.for-${whom}`) }) },
            ...languagesIn(words, language).map((one): Line => ({ type: 'quote', text: { words: words[one] ?? '' } })),
          ])
        const text = phrase('library.ask', { person, id, version, title })
        return {
          tone: 'plain',
          title: null,
          lines: [{ type: 'text', text }, ...lines],
          buttons: askButtons(id, version),
        }
      }
      return toRooms(approving(directory), `library:${id}:${version}:ask`, ask, by)
    }
    case 'approve': {
      const { id, version, title, clears } = deed
      if (!clears) return []
      const said = (room: Room) =>
        view([phrase('library.told-approved', { id, version, title: inLanguage(title, languageOf(room, directory)) })])
      return toRooms(roomsFor(directory, 'coordination'), `library:${id}:${version}:approved`, said, null)
    }
    case 'reject': {
      const { id, version, title, reason } = deed
      const said = (room: Room): View => {
        const named = inLanguage(title, languageOf(room, directory))
        const told = view([phrase('library.told-rejected', { person, id, version, title: named })])
        return { ...told, lines: [...told.lines, { type: 'quote', text: { words: reason } }] }
      }
      return toRooms(roomsFor(directory, 'coordination'), `library:${id}:${version}:rejected`, said, by)
    }
    case 'open': {
      const { id, reason } = deed
      const told = view([phrase('messenger.contact-opened', { person, id })])
      const said = (): View => ({ ...told, lines: [...told.lines, { type: 'quote', text: { words: reason } }] })
      return toRooms(roomsFor(directory, 'coordination'), `messenger:${id}:opened:${at}`, said, by)
    }
    case 'hand': {
      const id = makeLibraryId('K', number ?? 0) as HandoutId
      const { handout, to } = deed
      const { carrier, self } = carrierOf(to, directory)
      const account = carrier && preferred(carrier)
      if (!carrier || !account) return []
      const shown = kitView({ ...handout, id, messenger: to }, self, carrier.languages[0] ?? 'en')
      return [post(`kit:${id}`, { account: account.id }, shown, 'talk', by)]
    }
    case 'receive': {
      const { id, received, about, note } = deed
      if (received !== 'badly') return []
      const { messenger, handout, title } = about
      const where = handout.region ? regionName(directory, handout.region) : phrase('kit.everywhere')
      const alias = messenger ? { words: messenger.alias } : handout.messenger
      const said = (room: Room): View => {
        const named = inLanguage(title, languageOf(room, directory))
        const told = view([phrase('kit.badly-told', { id, title: named, alias, where })])
        const quoted = note ? [{ type: 'quote', text: { words: note } } as const] : []
        return { ...told, lines: [...told.lines, ...quoted] }
      }
      return toRooms(
        roomsFor(directory, 'coordination'),
        `kit:${id}:badly${note ? ':note' : ''}`,
        said,
        messenger?.person ?? by,
      )
    }
    case 'remove': {
      const own = deed.self
      if (!own) return []
      const said = () => view([phrase('messenger.left-told', { id: deed.id })])
      return toRooms(roomsFor(directory, 'coordination'), `messenger:${deed.id}:left`, said, null)
    }
    case 'retire':
    case 'review':
    case 'add':
    case 'change':
      return []
  }
}

/** Who gets a messenger's kit: themselves (`self`), where the hub can write to them, else whoever knows them. */
export function carrierOf(
  { person, through }: Pick<Messenger, 'person' | 'through'>,
  directory: Directory,
): { readonly carrier: Person | null; readonly self: boolean } {
  const own = reachable(directory.people.get(person))
  if (own) return { carrier: own, self: true }
  // Whoever is hidden is given nothing through somebody else either: that would say that they are still at it.
  if (directory.people.has(person)) return { carrier: null, self: true }
  return { carrier: reachable(personNow(directory, through)), self: false }
}

/** Where somebody would rather be written to, else their first account. */
function preferred({ accounts, wishes }: Person): Account | null {
  return accounts.find(one => one.platform === wishes?.platform) ?? accounts[0] ?? null
}

function reachable(person: Person | null | undefined): Person | null {
  return person && !person.hidden && !person.blocked && person.accounts.length > 0 ? person : null
}

function approving(directory: Directory): readonly Room[] {
  return [...roomsFor(directory, 'coordination'), ...roomsFor(directory, 'leadership')]
}

function askButtons(id: string, version: number): readonly Button[] {
  return [
    {
      id: buttonId('library', id, `approve.${version}`),
      label: phrase('library.button-approve'),
      style: 'primary',
    },
    { id: buttonId('sendback', id, String(version)), label: phrase('library.button-reject') },
    { id: buttonId('library', id), label: phrase('library.button-open') },
  ]
}

function toRooms(
  rooms: readonly Room[],
  key: string,
  said: (room: Room) => View,
  author: PersonId | null,
): readonly Post[] {
  return rooms.map(room => post(`${key}:${room.id}`, { room: room.id }, said(room), 'summary', author))
}

function post(key: string, to: Post['to'], shown: View, lane: Lane, author: PersonId | null): Post {
  const own = author ? { author } : {}
  return { key, to, incident: null, thread: false, lane, view: shown, ...own }
}

function languageOf({ language }: Room, { languages }: Directory) {
  return language ?? languages[0] ?? 'en'
}

function view(lines: readonly Phrase[]): View {
  return { tone: 'plain', title: null, lines: lines.map(text => ({ type: 'text', text })), buttons: [] }
}
