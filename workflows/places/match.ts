import type { PlaceAnswer, Places } from '../routing.ts'
import { countySaid } from './county.ts'
import { type County, type Gazetteer, type GazetteerData, openGazetteer } from './gazetteer.ts'
import { answerFor, type Meaning, type Scope, unknown } from './meaning.ts'
import { openSpellings, type Spellings } from './near.ts'
import { type Point, pointIn } from './point.ts'
import { type Reading, read, type Token } from './read.ts'
import { zipsIn } from './said.ts'
import { townMisspelt } from './slip.ts'
import { leadsIn, longest, townsOf } from './span.ts'
import { stateOf } from './states.ts'
import { townAlone, townInState } from './town.ts'

const mostRead = 1500
// The borders are drawn to some hundred metres, and simplified at the coast.
const borderKm = 0.3
const shoreKm = 3
const farKm = 30

/** The places of a compiled gazetteer: coordinates, ZIPs, counties, towns, then misspelt towns, then states. */
export function gazetteerPlaces(data: GazetteerData): Places {
  const gazetteer = openGazetteer(data)
  let opened: Spellings | null = null
  const spellings = () => {
    opened ??= openSpellings([...new Set([...gazetteer.keys, ...gazetteer.countyKeys])])
    return opened
  }
  return {
    find(text, defaultState = null) {
      const heard = text.slice(0, mostRead)
      const point = pointIn(heard)
      if (point) return answerFor(text, atPoint(point, gazetteer))
      const reading = read(heard, (words, state) => endsInTown(words, gazetteer, state))
      const scope = { states: reading.states, home: defaultState }
      const meaning =
        byZip(heard, reading, gazetteer) ??
        countySaid(reading, gazetteer, spellings, scope) ??
        byTown(reading, gazetteer, spellings, scope)
      return meaning ? answerFor(text, meaning) : byState(text, reading, gazetteer)
    },
  }
}

function atPoint(point: Point, gazetteer: Gazetteer): Meaning {
  const close = near(point, gazetteer)
  if (close.length > 0) return close.length === 1 ? sure(close) : doubtful(close)
  // A minus sign that was left out: no county lies that far east of Greenwich.
  return doubtful(near({ ...point, longitude: -Math.abs(point.longitude) }, gazetteer))
}

function near(point: Point, gazetteer: Gazetteer): County[] {
  const all = gazetteer.at(point, farKm)
  const inside = all.some(one => one.km === 0)
  const reach = inside ? borderKm : all.some(one => one.km <= shoreKm) ? (all[0]?.km ?? 0) + borderKm : farKm
  return all.filter(one => one.km <= reach).map(one => gazetteer.counties[one.county] as County)
}

/** A ZIP says it all, unless it is a house's number or lies in another state than the text names. */
function byZip(text: string, { states, tokens }: Reading, gazetteer: Gazetteer): Meaning | null {
  const codes = zipsIn(text).filter(zip => !isHouse(zip, tokens))
  const found = codes.flatMap(zip => gazetteer.zip(zip) ?? [])
  const fitting = found.filter(county => states.length === 0 || states.includes(county.state))
  if (fitting.length === 0) return null
  return new Set(fitting).size === 1 ? sure(fitting.slice(0, 1)) : doubtful(fitting)
}

function isHouse(zip: string, tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(token => token.text === zip)
  return at >= 0 && tokens.slice(at + 1, at + 6).some(token => streets.has(token.text))
}

const streets = new Set(
  `st street ave av avenue blvd boulevard rd road dr drive ln lane way hwy highway pkwy parkway ct court pl cir circle
   trl trail ter terrace loop`.split(/\s+/),
)

function byTown(reading: Reading, gazetteer: Gazetteer, spellings: () => Spellings, scope: Scope): Meaning | null {
  if (scope.states.length === 0) {
    const alone = townAlone(reading, gazetteer, scope)
    return alone && !alone.doubt
      ? alone
      : (better(townMisspelt(reading, gazetteer, spellings(), scope), alone) ?? alone)
  }
  return townInState(reading, gazetteer, scope) ?? townMisspelt(reading, gazetteer, spellings(), scope)
}

/** A misspelt town settles nothing that a name in the text left open. */
function better(misspelt: Meaning | null, alone: Meaning | null): Meaning | null {
  return alone === null ? misspelt : null
}

function byState(text: string, { states, named, tokens }: Reading, gazetteer: Gazetteer): PlaceAnswer {
  const candidates = states.map(state => ({ fips: null, county: null, state }))
  const [only] = candidates
  if (!only) return { input: text, ...unknown }
  const city = cityCalled(named, tokens)
  const found = gazetteer.counties.find(county => county.fips === city)
  if (found) {
    const { fips, name, state } = found
    return { input: text, ...unknown, confidence: 'ask', candidates: [only, { fips, county: name, state }] }
  }
  if (candidates.length > 1) return { input: text, ...unknown, confidence: 'ask', candidates }
  const counties = gazetteer.counties.filter(county => county.state === only.state)
  if (counties.length === 1) return answerFor(text, sure(counties))
  return { input: text, confidence: 'certain', ...only, candidates }
}

/** The county of the city that people call as they do a state: "Washington", and "LA" with nothing before it. */
function cityCalled(named: Reading['named'], tokens: readonly Token[]): string | null {
  const [{ start, end, state, kind } = { start: 0, end: 0, state: '', kind: '' }] = named
  if (state === 'WA' && kind === 'name' && end - start === 'Washington'.length) return '11001'
  const others = tokens.filter(token => token.start !== start)
  return state === 'LA' && kind === 'postal' && others.every(leadsIn) ? '06037' : null
}

function endsInTown(words: readonly Token[], gazetteer: Gazetteer, state: string): boolean {
  if (!stateOf(state)) return false
  const last = words.slice(-longest)
  return last.some((_, from) => townsOf(last.slice(from), gazetteer, [state]).length > 0)
}

function sure(counties: readonly County[]): Meaning {
  return { counties: counties.map(county => ({ county, weight: 1 })), doubt: false }
}

function doubtful(counties: readonly County[]): Meaning {
  return { counties: counties.map((county, at) => ({ county, weight: 1 / (at + 1) })), doubt: true }
}
