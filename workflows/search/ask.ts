import { whoIs } from '../callsign.ts'
import type { Directory, Region } from '../directory.ts'
import type { Status } from '../incident.ts'
import type { Actor } from '../permission.ts'
import { type Phrase, phrase } from '../phrase.ts'
import type { IncidentFilter } from '../ports.ts'
import { plain, readKind, readSeverity, readStatus } from '../spoken.ts'
import { type Severity, severities, type Taxonomy } from '../taxonomy.ts'
import { stemsOf } from './stem.ts'
import { readSpan, type Span } from './time.ts'

/** One thing that was typed, as it was understood; `text` asks for the same again. */
export type Part = {
  readonly type: 'region' | 'severity' | 'kind' | 'state' | 'who' | 'time' | 'page' | 'words'
  readonly text: string
}

/** What a list was asked for: a filter, how it was read, and which page; or a region that the asker does not see. */
export type Asked =
  | {
      readonly type: 'search'
      readonly filter: Omit<IncidentFilter, 'viewer' | 'limit' | 'after' | 'skip'>
      /** How it was understood, to be said back. */
      readonly read: readonly Phrase[]
      readonly parts: readonly Part[]
      /** Typed words that are too common to search for. */
      readonly common: readonly string[]
      /** A call sign that was typed alone and read as whoever has it; in quotes it is searched for as a word. */
      readonly callsign: string | null
      readonly page: number
    }
  | { readonly type: 'other-region'; readonly region: string }

type Asker = Pick<Actor, 'id' | 'regions' | 'language' | 'zone'>
type Network = { readonly directory: Directory; readonly taxonomy: Taxonomy }

/**
 * Reads what somebody typed after `incidents`, in any order: regions, severities, states, a kind, who has it, a time,
 * `all` for the ended ones too, a page; every other word is searched for. A call sign alone is whoever has it. Without
 * words: what is open in their regions.
 */
export function readSearch(words: string, asker: Asker, network: Network, now: number): Asked {
  const all: (Taken & { part: Part; said: string })[] = []
  const typed = tokensOf(words)
  for (let at = 0; at < typed.length; ) {
    const taken = take(typed.slice(at), typed.length === 1, asker, network, now)
    if (taken.region && !sees(asker, taken.region)) return { type: 'other-region', region: taken.region.name }
    const tokens = typed.slice(at, at + taken.used)
    all.push({ ...taken, part: partOf(taken, tokens), said: tokens.map(token => token.text).join(' ') })
    at += taken.used
  }
  return askedFor(all, asker, network)
}

/** A word, or what stood in quotes. */
type Token = { readonly text: string; readonly quoted: boolean }

function tokensOf(words: string): Token[] {
  const found = words.matchAll(/["“”«»]([^"“”«»]*)["“”«»]?|[^\s,;"“”«»]+/gu)
  return [...found].flatMap(([text, inside]) => {
    const said = (inside ?? text).trim()
    return said === '' ? [] : [{ text: said, quoted: inside !== undefined }]
  })
}

type Taken = {
  readonly used: number
  readonly region?: Region
  readonly severity?: readonly Severity[]
  readonly kind?: string
  readonly status?: readonly Status[]
  readonly everything?: true
  readonly second?: true
  readonly claimer?: Asker['id']
  readonly callsign?: string
  readonly span?: Span
  readonly page?: number
}

const longestName = 8
// Fewer letters are no name that somebody meant.
const shortestName = 3

function take(tokens: readonly Token[], alone: boolean, asker: Asker, network: Network, now: number): Taken {
  const [first] = tokens
  const joined = (count: number) =>
    tokens
      .slice(0, count)
      .map(token => token.text)
      .join(' ')
  for (let used = first?.quoted ? 1 : Math.min(longestName, tokens.length); used > 0; used--) {
    const said = joined(used)
    const region = regionOf(said, alone, network.directory)
    if (region) return { used, region }
    const kind = readKind(said, network.taxonomy)
    if (kind) return { used, kind }
  }
  if (!first || first.quoted) return { used: 1 }
  const plainly = tokens.map(token => token.text)
  return (
    severityOf(first.text) ??
    stateOf(plainly) ??
    pageOf(plainly) ??
    whoOf(plainly, asker, network.directory) ??
    timeOf(plainly, asker, now) ??
    (alone ? whoAlone(first.text, network.directory) : null) ?? { used: 1 }
  )
}

// "us" and "mi" are words too: as codes they are typed in capitals, or alone.
function regionOf(said: string, alone: boolean, { regions }: Directory): Region | undefined {
  return regions.find(({ code, name }) => {
    if (plain(name) === plain(said)) return true
    return plain(code) === plain(said) && (alone || said === code || stemsOf(said).length > 0)
  })
}

function severityOf(text: string): Taken | null {
  const [, from = '', to = ''] = /^s([1-5])(?:\+|-s?([1-5]))?$/i.exec(text) ?? []
  if (from === '') {
    const one = readSeverity(text)
    return one && one.rest === '' ? { used: 1, severity: [one.value] } : null
  }
  const [low, high] = [Number(from), text.endsWith('+') ? 5 : Number(to || from)]
  return { used: 1, severity: severities.filter(level => level >= Math.min(low, high) && level <= Math.max(low, high)) }
}

function stateOf([first = '', second = '']: readonly string[]): Taken | null {
  if (everything.has(plain(first))) return { used: 1, everything: true }
  if (seconds.has(plain(first)) && !streets.has(plain(second))) {
    return { used: sources.has(plain(second)) ? 2 : 1, second: true }
  }
  const two = second === '' ? null : readStatus(`${first} ${second}`)
  if (two) return { used: 2, status: two }
  const one = readStatus(first)
  return one && { used: 1, status: one }
}

function pageOf([first = '', second = '']: readonly string[]): Taken | null {
  const joined = /^p(\d{1,3})$/i.exec(first)?.[1]
  const page = joined ?? (pages.has(plain(first)) && /^\d{1,3}$/.test(second) ? second : undefined)
  return page === undefined ? null : { used: joined ? 1 : 2, page: Math.max(1, Number(page)) }
}

function whoOf([first = '', ...rest]: readonly string[], asker: Asker, { people }: Directory): Taken | null {
  if (mine.has(plain(first))) return { used: 1, claimer: asker.id }
  if (!by.has(plain(first)) || rest.length === 0) return null
  if (me.has(plain(rest[0] ?? ''))) return { used: 2, claimer: asker.id }
  if (plain(rest[0] ?? '').length < shortestName) return null
  const found = whoIs(rest.join(' '), [...people.values()])
  if (found.type !== 'one') return null
  const left = found.rest === '' ? 0 : found.rest.split(/\s+/).length
  return { used: 1 + rest.join(' ').split(/\s+/).length - left, claimer: found.person.id }
}

function whoAlone(text: string, { people }: Directory): Taken | null {
  const found = whoIs(text, [...people.values()])
  if (found.type !== 'one' || plain(found.person.callsign) !== plain(text)) return null
  return { used: 1, claimer: found.person.id, callsign: text }
}

function timeOf(typed: readonly string[], { language, zone }: Asker, now: number): Taken | null {
  const found = readSpan(typed, { language, zone, now })
  return found && { used: found.used, span: found.span }
}

function partOf(taken: Taken, tokens: readonly Token[]): Part {
  const text = tokens.map(token => (token.quoted ? `"${token.text}"` : token.text)).join(' ')
  if (taken.region) return { type: 'region', text }
  if (taken.severity) return { type: 'severity', text }
  if (taken.status || taken.everything || taken.second) return { type: 'state', text }
  if (taken.kind) return { type: 'kind', text }
  // With more words beside it a call sign alone would be one of them.
  if (taken.claimer) return { type: 'who', text: taken.callsign ? `by ${text}` : text }
  if (taken.span) return { type: 'time', text }
  return { type: taken.page ? 'page' : 'words', text }
}

function askedFor(all: readonly (Taken & { part: Part; said: string })[], asker: Asker, { taxonomy }: Network): Asked {
  const { kind, claimer, callsign, everything, second, page = 1 }: Partial<Taken> = Object.assign({}, ...all)
  const span: Span = Object.assign({}, ...all.map(each => each.span))
  const status = [...new Set(all.flatMap(each => each.status ?? []))]
  const severity = [...new Set(all.flatMap(each => each.severity ?? []))]
  const regions = all.flatMap(each => each.region ?? [])
  const said = all.filter(each => each.part.type === 'words').map(each => each.said)
  const words = stemsOf(said.join(' '))
  // What is open has an index of its own, however long the history.
  const live = second || (status.length > 0 ? status.every(isLive) : !everything)
  const name = kind && taxonomy.kinds.find(one => one.code === kind)?.name
  return {
    type: 'search',
    filter: {
      order: 'urgent',
      regions: regions.length > 0 ? regions.map(region => region.code) : asker.regions,
      ...(severity.length > 0 && { severity }),
      ...(kind && { kind }),
      ...(claimer && { claimer }),
      ...(status.length > 0 && { status }),
      ...(live && { open: true }),
      ...(second && { second }),
      ...(words.length > 0 && { words }),
      ...span,
    },
    read: [
      stateText(status, live),
      ...(second ? [phrase('same.second')] : []),
      ...severity.toSorted((one, other) => other - one).map(level => phrase('search.name', { name: `S${level}` })),
      ...regions.map(({ name }) => phrase('search.name', { name })),
      ...(name ? [phrase('search.name', { name })] : []),
      ...(claimer ? [phrase('search.with', { person: { person: claimer } })] : []),
      ...(span.since === undefined ? [] : [phrase('search.since', { from: { date: span.since } })]),
      ...(span.until === undefined ? [] : [phrase('search.until', { to: { date: span.until } })]),
      ...(words.length > 0 ? [phrase('search.words', { words: { words: said.join(' ') } })] : []),
    ],
    parts: all.map(each => each.part),
    common: words.length > 0 ? [] : said,
    callsign: callsign ?? null,
    page,
  }
}

function stateText(status: readonly Status[], live: boolean): Phrase {
  if (status.length === 0) return phrase(live ? 'search.open' : 'search.all')
  if (status.length === 2 && status.every(isLive)) return phrase('search.open')
  return phrase('search.states', { states: status.map(one => phrase(`search.state-${one}`)) })
}

const everything = new Set(['all', 'todos', 'todas', 'todo'])
// "Second Avenue" is a place.
const seconds = new Set(['second', 'segunda'])
const sources = new Set(['source', 'fuente'])
const streets = new Set(['street', 'st', 'avenue', 'ave', 'road', 'rd', 'floor', 'avenida', 'calle', 'planta'])
const pages = new Set(['page', 'pagina'])
const mine = new Set(['mine', 'mios', 'mias'])
const by = new Set(['by', 'por'])
const me = new Set(['me', 'mi'])

function isLive(status: Status): boolean {
  return status === 'reported' || status === 'claimed'
}

function sees({ regions }: Asker, { code }: Region): boolean {
  return regions === 'all' || regions.includes(code)
}
