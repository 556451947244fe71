import type { PlaceAnswer, PlaceCandidate, Places } from '../routing.ts'
import { type Word, wordsOf } from '../words.ts'
import { allowed, openSpellings, type Spellings } from './near.ts'
import { type Point, pointIn } from './point.ts'

/** A place that a network lists: its name, the area it lies in and that one's country, where it is, who lives there. */
export type ListedPlace = {
  readonly name: string
  readonly admin: string
  readonly country: string
  readonly point: Point
  /** 0 where nobody counted. */
  readonly people: number
  /** Borders of the area, each a closed ring of longitude and latitude; empty for a mere point. */
  readonly rings: readonly (readonly (readonly [number, number])[])[]
}
/** The places of a network in another country; `name` is the file's, for messages. */
export type PlaceList = { readonly name: string; readonly places: readonly ListedPlace[] }

type Area = PlaceCandidate & { readonly fips: string; readonly county: string }
type Meant = { readonly area: Area; readonly weight: number }
type Index = { readonly names: ReadonlyMap<string, readonly Meant[]>; readonly spellings: () => Spellings }

const mostRead = 1_500
const longestName = 5
const mostAsked = 40
const nearKm = 30
const twice = 2

/**
 * The places that a network lists, behind the same port as the gazetteer of the United States: `fips` and `county` are
 * the area's code, `state` its country. What stands in several areas is asked back unless one has ten times the people
 * of the next; a misspelt name is always a question.
 */
export function listedPlaces(list: PlaceList): Places {
  const index = indexOf(list)
  return {
    find(text, home = null) {
      const heard = text.slice(0, mostRead)
      const point = pointIn(heard)
      if (point) return answer(text, atPoint(point, list), false)
      const words = wordsOf(heard)
      const countries = countriesIn(words, list)
      const meant = within(named(words, index), countries, home)
      if (meant.length > 0) return answer(text, meant, false)
      const misspelt = within(near(words, index), countries, home)
      if (misspelt.length > 0) return answer(text, misspelt, true)
      const [country] = countries
      if (country === undefined || countries.length > 1) return { input: text, ...nothing }
      const only = { fips: null, county: null, state: country }
      return { input: text, confidence: 'certain', ...only, candidates: [only] }
    },
  }
}

const nothing = { confidence: 'unknown', fips: null, county: null, state: null, candidates: [] } as const

function indexOf({ places }: PlaceList): Index {
  const names = new Map<string, Meant[]>()
  const put = (name: string, meant: Meant) => {
    const key = keyOf(wordsOf(name))
    if (key !== '') names.set(key, [...(names.get(key) ?? []), meant])
  }
  for (const place of places) put(place.name, { area: areaOf(place), weight: Math.max(1, place.people) })
  // An area is meant by its own name as much as the biggest place in it.
  for (const [, all] of Map.groupBy(places, place => `${place.country}\n${place.admin}`)) {
    const [first] = all
    if (first) put(first.admin, { area: areaOf(first), weight: Math.max(1, ...all.map(place => place.people)) })
  }
  let opened: Spellings | null = null
  const spellings = () => {
    opened ??= openSpellings([...names.keys()])
    return opened
  }
  return { names, spellings }
}

function areaOf({ admin, country }: ListedPlace): Area {
  return { fips: admin, county: admin, state: country }
}

function keyOf(words: readonly Pick<Word, 'text'>[]): string {
  return words.map(word => word.text).join(' ')
}

/** What the longest names in the text mean; in scripts without spaces any part of a word may be one. */
function named(words: readonly Word[], { names }: Index): Meant[] {
  const found: Meant[][] = []
  for (let at = 0; at < words.length; ) {
    let used = 1
    for (let length = Math.min(longestName, words.length - at); length > 0; length--) {
      const all = names.get(keyOf(words.slice(at, at + length)))
      if (!all) continue
      found.push([...all])
      used = length
      break
    }
    at += used
  }
  return agreed(found.length > 0 ? found : words.flatMap(word => joined(word.text, names)))
}

const spaceless = /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Thai}|\p{sc=Khmer}|\p{sc=Lao}|\p{sc=Myanmar}/u

function joined(word: string, names: Index['names']): Meant[][] {
  if (!spaceless.test(word)) return []
  const letters = [...word]
  const found: Meant[][] = []
  for (let at = 0; at < letters.length; ) {
    let used = 1
    for (let length = Math.min(8, letters.length - at); length > 1; length--) {
      const all = names.get(letters.slice(at, at + length).join(''))
      if (!all) continue
      found.push([...all])
      used = length
      break
    }
    at += used
  }
  return found
}

/** Several names in one text: the areas that they share; where they share none, every one of them. */
function agreed(found: readonly Meant[][]): Meant[] {
  const [first = [], ...rest] = found
  const shared = first.filter(one => rest.every(all => all.some(other => sameArea(one.area, other.area))))
  return shared.length > 0 ? shared : found.flat()
}

function near(words: readonly Word[], { names, spellings }: Index): Meant[] {
  const spans = words.flatMap((_, at) => [3, 2, 1].map(length => keyOf(words.slice(at, at + length))))
  const tried = [...new Set(spans)].filter(key => allowed(key.length) > 0).slice(0, 60)
  return tried.flatMap(key =>
    spellings()
      .near(key)
      .flatMap(found => names.get(found.key) ?? []),
  )
}

function countriesIn(words: readonly Word[], { places }: PlaceList): string[] {
  const said = ` ${keyOf(words)} `
  const countries = [...new Set(places.map(place => place.country))]
  return countries.filter(country => said.includes(` ${keyOf(wordsOf(country))} `))
}

/** Of those countries, if the text names some; else of the one that is meant at home, if that has any. */
function within(meant: readonly Meant[], countries: readonly string[], home: string | null): readonly Meant[] {
  if (countries.length > 0) return meant.filter(({ area }) => countries.includes(area.state))
  const ours = meant.filter(({ area }) => area.state === home)
  return ours.length > 0 ? ours : meant
}

function answer(input: string, meant: readonly Meant[], doubt: boolean): PlaceAnswer {
  const heaviest = new Map<string, Meant>()
  for (const one of meant) {
    const key = `${one.area.state}\n${one.area.fips}`
    const known = heaviest.get(key)
    if (!known || known.weight < one.weight) heaviest.set(key, one)
  }
  const sorted = [...heaviest.values()].toSorted((one, other) => other.weight - one.weight)
  const candidates = sorted.slice(0, mostAsked).map(({ area }) => area)
  const [first, second] = sorted
  if (!first) return { input, ...nothing }
  const sure = !doubt && (!second || second.weight * 10 <= first.weight)
  return sure
    ? { input, confidence: 'certain', ...first.area, candidates: [first.area] }
    : { input, ...nothing, confidence: 'ask', candidates }
}

/** The areas whose borders hold a point; without borders the nearest places, and those that are nearly as near. */
function atPoint(point: Point, { places }: PlaceList): readonly Meant[] {
  const inside = places.filter(place => place.rings.length > 0 && holds(place, point))
  if (inside.length > 0) return inside.map(place => ({ area: areaOf(place), weight: 1 }))
  const close = places
    .map(place => ({ place, km: distance(place.point, point) }))
    .filter(({ km }) => km <= nearKm)
    .toSorted((one, other) => one.km - other.km)
  const least = close[0]?.km ?? 0
  return close.filter(({ km }) => km <= twice * least + 1).map(({ place }) => ({ area: areaOf(place), weight: 1 }))
}

function holds({ rings }: ListedPlace, { latitude: y, longitude: x }: Point): boolean {
  let inside = false
  for (const ring of rings) {
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at++) {
      const [x1, y1] = ring[at] as readonly [number, number]
      const [x2, y2] = ring[last] as readonly [number, number]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

function distance(one: Point, other: Point): number {
  const flat = Math.cos((one.latitude * Math.PI) / 180)
  return 111.2 * Math.hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * flat)
}

function sameArea(one: Area, other: Area): boolean {
  return one.fips === other.fips && one.state === other.state
}
