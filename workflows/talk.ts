import type { Directory, Room } from './directory.ts'
import type { Entry, IncidentEvent } from './event.ts'
import type { PersonId, RoomId } from './ids.ts'
import type { Incident } from './incident.ts'
import { evidenceButton, evidenceParts } from './kept.ts'
import { mask } from './mask/labels.ts'
import { type Param, type Phrase, phrase, type Text } from './phrase.ts'
import { toolName } from './sight.ts'
import { coordinates } from './standing.ts'
import { type Line, plainView, type View } from './view.ts'

/**
 * What somebody said in an entry, as it reads now: `from` is the entry that holds its words, and `text` these; '' if
 * there never were any, null if they are gone.
 */
export type Wording = Pick<Entry, 'seq' | 'at' | 'by' | 'event'> & {
  readonly from: number
  readonly text: string | null
  /** It was taken back by itself, and not with a whole report. */
  readonly gone?: true
}

type Network = Pick<Directory, 'rooms' | 'names' | 'people'>

/** For how long lines wait to be told together, in ms. */
export const digestAfter = 15 * 60_000
/** How many lines do not wait for that. */
export const digestAt = 12

/** How a room hears what people say to each other elsewhere: line by line, or some lines at a time. */
export function talkOf({ talk, platform }: Pick<Room, 'talk' | 'platform'>): 'all' | 'digest' {
  return talk ?? (platform === 'signal' ? 'digest' : 'all')
}

/** Whether what somebody said may be told later, with other lines: not if they are in charge, or report. */
export function canWait({ event, by }: Pick<Entry, 'event' | 'by'>, incident: Incident, { people }: Network): boolean {
  if (event.type !== 'said' && event.type !== 'added') return false
  const person = by && people.get(by)
  if (!person || incident.claim?.by === by || coordinates(person, incident)) return false
  return event.type === 'said' || by !== incident.reporter
}

/** The line that carries what somebody said into another room; null if it came from there, or its words are gone. */
export function carriedLine(said: Wording, incident: Incident, room: Room, network: Network): View | null {
  const { event } = said
  if (event.type !== 'said' && event.type !== 'added') return null
  const text = event.room === room.id ? null : lineOf(said, incident, room, network)
  if (!text) return null
  const files = event.type === 'added' && filesOf(event).length > 0
  return plainView([text], files ? [evidenceButton(incident)] : [])
}

/** What is said in a thread whose line cannot be changed any more; null if there are no newer words. */
export function changedLine(said: Wording, room: Room, network: Network): View | null {
  if (!said.text || said.from === said.seq) return null
  const words = { words: onOneLine(mask(said.text, room.language ?? 'en', network)) }
  return plainView([phrase('talk.changed', { person: who(said.by), time: { time: said.at }, words })])
}

/** What is said in a thread in which words still stand that somebody took back. */
export function standingLine({ by, at }: Pick<Wording, 'by' | 'at'>): View {
  return plainView([phrase('talk.still-stands', { person: who(by), time: { time: at } })])
}

/**
 * Several lines in one message, oldest first: each cut at the end of a sentence where they would be too long together,
 * and the number of those that found no place. Null if nothing is left to be told.
 */
export function digestView(said: readonly Wording[], incident: Incident, room: Room, network: Network): View | null {
  const left = said.filter(one => lineOf(one, incident, room, network) !== null)
  const shown = left.slice(0, mostLines)
  const [first, last] = [left[0], left.at(-1)]
  if (!first || !last) return null
  const most = Math.min(longestLine, Math.floor(longestDigest / shown.length))
  const over = left.length - shown.length
  const head = phrase('talk.digest', { id: incident.id, from: { time: first.at }, to: { time: last.at } })
  const lines: readonly Line[] = [
    { type: 'strong', text: head },
    ...shown.flatMap(one => {
      const text = lineOf(one, incident, room, network, most)
      return text ? [{ type: 'text', text } as const] : []
    }),
    ...(over > 0
      ? [{ type: 'note', text: phrase('talk.digest-more', { count: over, id: incident.id }) } as const]
      : []),
  ]
  return { tone: 'plain', title: null, lines, buttons: [] }
}

/** The text up to the last sentence that ends within so many characters, else up to the last word. */
export function cutAtSentence(text: string, most: number): string {
  if (text.length <= most) return text
  const part = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')
  const sentence = /^[\s\S]*[.!?…](?=\s|$)/u.exec(part)?.[0]
  if (sentence && sentence.length > most / 3) return `${sentence} …`
  return `${(/^([\s\S]*\S)\s/u.exec(part)?.[1] ?? part).trimEnd()}…`
}

const mostLines = 20
const longestLine = 400
const longestDigest = 1_500

/** A line of talk: who, whence, and the words, masked. */
function lineOf(said: Wording, incident: Incident, room: Room, network: Network, most?: number): Text | null {
  const { event, by, text } = said
  if (event.type !== 'said' && event.type !== 'added') return null
  const typed = text && onOneLine(mask(text, room.language ?? 'en', network))
  const words: Param = { words: typed && most ? cutAtSentence(typed, most) : (typed ?? '') }
  const origin = originOf(event.room ?? null, incident, network)
  const person: Param = origin ? phrase('talk.from', { person: who(by), room: origin }) : who(by)
  const parts = event.type === 'added' ? filesOf(event) : []
  if (!typed && parts.length === 0) return null
  return late(said, edited(said, sentence()))

  function sentence(): Phrase {
    const kept = { person, parts, id: incident.id, words }
    if (parts.length > 0) return phrase(typed ? 'look.kept-words' : 'look.kept', kept)
    if (event.type === 'added') return phrase('post.added', { person, words })
    return phrase('post.said', { person: who(by), room: origin ?? 'Trust Hub', words })
  }
}

/** Words as one line: a new line of somebody's words could look like another speaker's. */
export function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s*[\n\r\u2028\u2029\v\f\u0085]+\s*/gu, ' / ')
}

/** Words that were written while the hub was away say when. */
function late({ event }: Wording, line: Phrase): Phrase {
  const at = 'written' in event ? event.written : undefined
  return at === undefined ? line : phrase('late.written', { line, at: { time: at } })
}

function edited({ seq, from, text }: Wording, line: Phrase): Phrase {
  return text && from !== seq ? phrase('talk.edited', { line }) : line
}

// Media is never copied between rooms: they only read that it is there, and where it can be opened.
function filesOf({ evidence }: Extract<IncidentEvent, { type: 'added' }>): readonly Phrase[] {
  const { link: _, ...files } = evidence
  return evidenceParts(files)
}

/** The tool that it was written in; where its region has several rooms in that tool, the room. */
function originOf(id: RoomId | null, { region }: Incident, directory: Network): Param | null {
  const room = directory.rooms.find(each => each.id === id)
  if (!room) return null
  const own = room.region ?? region
  const alike = directory.rooms.filter(each => each.region === own && each.platform === room.platform)
  return alike.length > 1 || room.platform === 'workspace' ? `#${room.name}` : toolName(room.platform)
}

function who(person: PersonId | null): Param {
  return person ? { person } : phrase('hub.the-hub')
}
