import type { Audience } from '../../audience.ts'
import type { Directory } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { plain } from '../../spoken.ts'
import { nearestOf } from './near.ts'
import { type Meaning, mostWords, type Vocabulary, vocabularyOf } from './vocabulary.ts'

/** An audience as it was typed, or why it cannot be read and what can be done. */
export type ReadAudience = { readonly audience: Audience } | { readonly problem: Phrase }

/**
 * Reads whom a message is for as people type it, in either language: regions by code or name, roles, languages, tools,
 * on duty, partners, call signs (`@Heron`), rooms (`rooms of AZ`, `#Phoenix`). What stands side by side narrows: `AZ
 * coordinators`. Alike things joined by `and`, `or` or a comma add up: `AZ and NM`, `coordinators, leaders`; so do
 * people and rooms. Between others a comma or `or` begins anew, `and` narrows. `not` leaves the next one out, `but` or
 * `except` all that follows it. Brackets hold together.
 */
export function readAudience(words: string, directory: Directory): ReadAudience {
  if (words.length > longest) return { problem: phrase('audience.long') }
  const vocabulary = vocabularyOf(directory)
  const read = tokensOf(words, vocabulary)
  if ('problem' in read) return read
  const { tokens } = read
  if (!tokens.some(({ meaning }) => meaning.type === 'whom' || meaning.type === 'rooms')) {
    return { problem: tokens[0] ? hanging(tokens[0]) : phrase('audience.empty') }
  }
  const reader = { tokens, at: 0 }
  const audience = anyOf(reader)
  if ('problem' in audience) return audience
  return reader.at < tokens.length ? { problem: phrase('audience.bracket') } : { audience: simple(audience) }
}

const longest = 1000

type Token = { readonly said: string; readonly meaning: Exclude<Meaning, { type: 'filler' }> }
type Reading = { readonly tokens: readonly Token[]; at: number }
type Parsed = Audience | { readonly problem: Phrase }

const marks: Readonly<Record<string, Token['meaning']['type']>> = {
  ...{ '(': 'open', ')': 'close', ',': 'or', ';': 'or', '|': 'or', '/': 'or', '&': 'both', '+': 'and', '!': 'not' },
}

function tokensOf(words: string, vocabulary: Vocabulary): { readonly tokens: Token[] } | { readonly problem: Phrase } {
  const parts = words.normalize('NFKC').match(/[(),;|/&+!]|[^\s(),;|/&+!]+/gu) ?? []
  const tokens: Token[] = []
  for (let at = 0; at < parts.length; ) {
    const part = parts[at] ?? ''
    const mark = marks[part]
    if (mark) {
      tokens.push({ said: part, meaning: { type: mark } as Token['meaning'] })
      at++
      continue
    }
    const found = meaningAt(parts, at, vocabulary, tokens.at(-1))
    if (!found) return { problem: unknown(part, vocabulary) }
    if (found.meaning.type !== 'filler') {
      const said = parts.slice(at, at + found.count).join(' ')
      // `Arizona, but not leaders`: the comma parts nothing there.
      if (narrowing.has(found.meaning.type) && tokens.at(-1)?.said === ',') tokens.pop()
      tokens.push({ said, meaning: found.meaning })
    }
    at += found.count
  }
  return { tokens }
}

const narrowing: ReadonlySet<string> = new Set(['both', 'but', 'not'])

/** What the most words from there on mean together. */
function meaningAt(parts: readonly string[], at: number, vocabulary: Vocabulary, before: Token | undefined) {
  for (let count = Math.min(mostWords, parts.length - at); count > 0; count--) {
    const said = parts.slice(at, at + count)
    if (said.some(part => part in marks)) continue
    const whole = said.join(' ')
    const sign = /^[@#]/.exec(whole)?.[0] ?? ''
    const key = plain(whole)
    const spoken = key === '' ? filler : vocabulary.get(sign + key)
    const code = count === 1 ? vocabulary.get(`=${whole}`) : undefined
    // `AZ OR NM` names no Oregon: between two things it joins them.
    const joins = spoken && spoken.type !== 'whom' && before && isThing(before) && at + 1 < parts.length
    const meaning = joins ? spoken : (code ?? spoken)
    if (meaning) return { meaning, count }
  }
  return null
}

function isThing({ meaning }: Token): boolean {
  return meaning.type === 'whom' || meaning.type === 'rooms' || meaning.type === 'close'
}

const filler: Meaning = { type: 'filler' }

function unknown(word: string, vocabulary: Vocabulary): Phrase {
  const near = nearestOf(
    plain(word),
    [...vocabulary.keys()].filter(one => !/^[=@#]/.test(one)),
  )
  if (near === null) return phrase('audience.unknown', { word: { words: word } })
  return phrase('audience.unknown-near', { word: { words: word }, near: { words: near } })
}

/** Parts that a comma or `or` holds apart, one of which must hold. */
function anyOf(reading: Reading): Parsed {
  const all: Audience[] = []
  for (;;) {
    const part = allOf(reading)
    if ('problem' in part) return part
    all.push(part)
    const next = reading.tokens[reading.at]
    if (next?.meaning.type !== 'or') return joined('or', all)
    reading.at++
    if (reading.at >= reading.tokens.length) return { problem: hanging(next) }
  }
}

/** What stands side by side, all of which must hold. */
function allOf(reading: Reading): Parsed {
  let all: Audience[] = []
  for (;;) {
    const token = reading.tokens[reading.at]
    switch (token?.meaning.type) {
      case undefined:
      case 'or':
      case 'close': {
        const previous = reading.tokens[reading.at - 1]
        return all.length > 0
          ? joined('and', all)
          : { problem: previous ? hanging(previous) : phrase('audience.empty') }
      }
      case 'and':
      case 'both':
        reading.at++
        if (all.length === 0 || reading.at >= reading.tokens.length) {
          if (token.meaning.type === 'both' && reading.at < reading.tokens.length) break
          return { problem: hanging(token) }
        }
        break
      case 'but': {
        reading.at++
        const rest = anyOf(reading)
        if ('problem' in rest) return rest
        all.push({ type: 'not', of: rest })
        break
      }
      default: {
        const unit = unitOf(reading)
        if ('problem' in unit) return unit
        const adds = 'adds' in unit
        if (adds && all.length > 0) all = [joined('or', [joined('and', all), unit.adds])]
        else all.push(adds ? unit.adds : unit)
      }
    }
  }
}

/** One thing, or several alike that add up; `adds`: rooms that come with people, or people with rooms. */
function unitOf(reading: Reading): Parsed | { readonly adds: Audience } {
  const before = reading.tokens[reading.at - 1]?.meaning.type
  const earlier = reading.tokens.slice(0, Math.max(reading.at - 1, 0))
  const first = oneOf(reading)
  if ('problem' in first) return first
  const alike: Audience[] = [first]
  for (;;) {
    const joins = ['and', 'or'].includes(reading.tokens[reading.at]?.meaning.type ?? '')
    const next = reading.tokens[joins ? reading.at + 1 : reading.at]
    const sort = sortIn(first)
    if (!next || sort === null || !alikes.has(sort) || sortOf(next) !== sort) break
    if (joins) reading.at++
    const one = oneOf(reading)
    if ('problem' in one) return one
    alike.push(one)
  }
  const unit = joined('or', alike)
  return before === 'and' && addsUp(sortIn(unit), earlier) ? { adds: unit } : unit
}

/** People are never rooms, and somebody is named beside others to get it too: whoever says `and` there wants both. */
function addsUp(sort: string | null, earlier: readonly Token[]): boolean {
  const sorts = earlier.flatMap(token => sortOf(token) ?? [])
  if (sort === null || sorts.length === 0) return false
  if (sort === 'person' || sorts.every(one => one === 'person')) return true
  return sort === 'rooms' ? !sorts.includes('rooms') : people.has(sort) && sorts.includes('rooms')
}

const people: ReadonlySet<string> = new Set(['everyone', 'region', 'role', 'duty', 'partner'])
// Nobody means those who are both: two regions, two roles.
const alikes: ReadonlySet<string> = new Set(['region', 'role', 'language', 'platform', 'partner', 'person', 'rooms'])

/** Exactly one thing: in brackets, left out, or rooms with the regions that they are of. */
function oneOf(reading: Reading): Parsed {
  const token = reading.tokens[reading.at]
  if (!token) return { problem: phrase('audience.empty') }
  reading.at++
  switch (token.meaning.type) {
    case 'whom': {
      if (reading.tokens[reading.at]?.meaning.type === 'rooms' && token.meaning.audience.type === 'region') {
        reading.at++
        return { type: 'rooms', region: token.meaning.audience.region }
      }
      return token.meaning.audience
    }
    case 'rooms':
      return roomsOf(reading)
    case 'not': {
      if (reading.at >= reading.tokens.length) return { problem: hanging(token) }
      const one = unitOf(reading)
      return 'problem' in one ? one : { type: 'not', of: 'adds' in one ? one.adds : one }
    }
    case 'open': {
      const inside = anyOf(reading)
      if ('problem' in inside) return inside
      if (reading.tokens[reading.at]?.meaning.type !== 'close') return { problem: phrase('audience.bracket') }
      reading.at++
      return inside
    }
    default:
      return { problem: token.meaning.type === 'close' ? phrase('audience.bracket') : hanging(token) }
  }
}

/** `rooms of AZ and NM`: the regions right behind belong to the rooms. */
function roomsOf(reading: Reading): Audience {
  const regions: Audience[] = []
  for (;;) {
    const next = regions.length > 0 ? reading.at + 1 : reading.at
    const joins = regions.length === 0 || ['and', 'or'].includes(reading.tokens[reading.at]?.meaning.type ?? '')
    const meaning = reading.tokens[next]?.meaning
    if (!joins || meaning?.type !== 'whom' || meaning.audience.type !== 'region') break
    regions.push({ type: 'rooms', region: meaning.audience.region })
    reading.at = next + 1
  }
  return regions.length === 0 ? { type: 'rooms', region: 'all' } : joined('or', regions)
}

function sortOf({ meaning }: Token): string | null {
  return meaning.type === 'whom' ? sortIn(meaning.audience) : meaning.type === 'rooms' ? 'rooms' : null
}

function sortIn(audience: Audience): string | null {
  if (audience.type === 'or') return audience.of[0] ? sortIn(audience.of[0]) : null
  return audience.type === 'room' ? 'rooms' : audience.type
}

function joined(type: 'and' | 'or', parts: readonly Audience[]): Audience {
  const flat = parts.flatMap(part => (part.type === type ? part.of : [part]))
  const [only, ...rest] = [...new Map(flat.map(part => [JSON.stringify(part), part])).values()]
  return only && rest.length === 0 ? only : { type, of: only ? [only, ...rest] : [] }
}

/** `everyone` narrowed by something else says nothing more. */
function simple(audience: Audience): Audience {
  if (audience.type === 'not') return { type: 'not', of: simple(audience.of) }
  if (audience.type !== 'and' && audience.type !== 'or') return audience
  const parts = audience.of.map(simple)
  if (audience.type === 'or') return joined('or', parts)
  const narrow = parts.filter(part => part.type !== 'everyone')
  return joined('and', narrow.length === 0 ? parts : narrow)
}

function hanging({ said }: Token): Phrase {
  return phrase('audience.hanging', { word: { words: said } })
}
