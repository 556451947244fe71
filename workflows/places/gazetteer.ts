import { fold } from '../words.ts'
import { keyOf } from './key.ts'
import { type OutlineData, type Outlines, openOutlines } from './outline.ts'
import { stateOfFips } from './states.ts'

/** What the compiled file holds; a county is its place in `counties`, lists run in step. */
export type GazetteerData = {
  /** `04013 Maricopa County`, by code. */
  readonly counties: readonly string[]
  /** Names that counties had, with today's code, in the same form. */
  readonly former: readonly string[]
  /** The names of towns, campuses and parts of towns as keys, sorted. */
  readonly keys: readonly string[]
  /** How many people live in the towns of each county. */
  readonly populations: Uint32Array
  /** How many places each key has. */
  readonly many: Uint8Array
  /** The county of each place, and its people (0 if not known). */
  readonly homes: Uint16Array
  readonly people: Uint32Array
  readonly zips: Uint32Array
  readonly zipHomes: Uint16Array
  readonly outlines: OutlineData
}
/** A county or what stands for one; `type` is the last word of its name (county, parish, city ...), lower case. */
export type County = {
  readonly index: number
  readonly fips: string
  readonly name: string
  readonly state: string
  readonly type: string
}
/** A named place: its county and its people (a few hundred where nobody counted). */
export type Town = { readonly county: County; readonly people: number }
/** A name of counties without its type, as a key. */
export type Named = { readonly county: County; readonly type: string }
/** The compiled data, indexed: every look-up is exact, by key, and answers in microseconds. */
export type Gazetteer = Outlines & {
  readonly counties: readonly County[]
  readonly keys: readonly string[]
  towns(key: string): readonly Town[]
  /** Of the counties with that name; former names included. */
  named(key: string): readonly Named[]
  readonly countyKeys: readonly string[]
  zip(code: string): County | null
  /** About how many people live in the county's towns. */
  people(county: County): number
}

const uncounted = 400
const types = /^(.+?) (county|parish|city and borough|borough|census area|municipality|municipio|city|island|district)$/

/** Indexes the compiled data. */
export function openGazetteer(data: GazetteerData): Gazetteer {
  const counties = data.counties.map((line, index) => countyOf(line, index))
  const starts = startsOf(data.many)
  const ids = new Map(data.keys.map((key, id) => [key, id]))
  const names = namesOf(counties, data.former)
  return {
    ...openOutlines(data.outlines),
    counties,
    keys: data.keys,
    towns(key) {
      const id = ids.get(key)
      if (id === undefined) return []
      const towns: Town[] = []
      for (let at = starts[id] as number; at < (starts[id + 1] as number); at++) {
        towns.push({ county: counties[data.homes[at] as number] as County, people: data.people[at] || uncounted })
      }
      return towns
    },
    named: key => names.get(key) ?? [],
    countyKeys: [...names.keys()],
    zip(code) {
      const at = search(data.zips, Number(code))
      return at === null ? null : (counties[data.zipHomes[at] as number] ?? null)
    },
    people: county => data.populations[county.index] ?? 0,
  }
}

function countyOf(line: string, index: number): County {
  const [fips, name] = [line.slice(0, 5), line.slice(6)]
  return { index, fips, name, state: stateOfFips(fips)?.code ?? '', type: bareOf(name).type }
}

function namesOf(counties: readonly County[], former: readonly string[]): ReadonlyMap<string, readonly Named[]> {
  const byFips = new Map(counties.map(county => [county.fips, county]))
  const now = counties.map(county => ({ county, name: county.name }))
  const once = former.flatMap(line => {
    const county = byFips.get(line.slice(0, 5))
    return county ? [{ county, name: line.slice(6) }] : []
  })
  const all = [...now, ...once].map(({ county, name }) => ({ county, ...bareOf(name) }))
  return Map.groupBy(all, one => one.key)
}

/** `Maricopa County` is `maricopa` and `county`; only `city` in small letters is a type (Carson City is a name). */
function bareOf(name: string): { key: string; type: string } {
  const found = name.endsWith(' City') ? null : types.exec(fold(name))
  const words = fold(found?.[1] ?? name).split(/[^\p{L}\p{N}]+/u)
  return { key: keyOf(words), type: found?.[2] ?? '' }
}

function startsOf(many: Uint8Array): Uint32Array {
  const starts = new Uint32Array(many.length + 1)
  many.forEach((count, at) => {
    starts[at + 1] = (starts[at] as number) + count
  })
  return starts
}

function search(sorted: Uint32Array, wanted: number): number | null {
  let [low, high] = [0, sorted.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] as number
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return null
}
