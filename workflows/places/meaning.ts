import type { PlaceAnswer } from '../routing.ts'
import type { County, Gazetteer, Town } from './gazetteer.ts'

/** What words may mean: counties by weight (about the people who would mean them), and if that is in doubt anyway. */
export type Meaning = { readonly counties: readonly Weighed[]; readonly doubt: boolean }
/** A county and how much speaks for it. */
export type Weighed = { readonly county: County; readonly weight: number }
/** Where to look: the states that a text names, and the one that is meant if it names none. */
export type Scope = { readonly states: readonly string[]; readonly home: string | null }

const most = 40
// People who mean the county usually say so; with a state after the name hardly anybody leaves it out.
const countyAlone = 0.15
const countyWithState = 0.005
const countyOfCity = 0.0002
const farAndWide = 100_000

/** The answer for a meaning: sure if nothing speaks against it and no other has a tenth of the first's weight. */
export function answerFor(input: string, { counties, doubt }: Meaning): PlaceAnswer {
  const heaviest = new Map<County, number>()
  for (const { county, weight } of counties) heaviest.set(county, Math.max(weight, heaviest.get(county) ?? 0))
  const sorted = [...heaviest].sort((one, other) => other[1] - one[1] || one[0].index - other[0].index)
  const candidates = sorted.slice(0, most).map(([{ fips, name, state }]) => ({ fips, county: name, state }))
  const [[first, weight] = [null, 0], [, second] = [null, 0]] = sorted
  if (first === null) return { input, ...unknown }
  if (doubt || second * 10 > weight) return { input, ...unknown, confidence: 'ask', candidates }
  const { fips, name, state } = first
  return { input, confidence: 'certain', fips, county: name, state, candidates: candidates.slice(0, 1) }
}

/** The answer to a text that names no place. */
export const unknown = { confidence: 'unknown', fips: null, county: null, state: null, candidates: [] } as const

/** What a name means that towns have, and perhaps counties: nearest to home first, and the bigger the likelier. */
export function meaningOf(towns: readonly Town[], key: string, gazetteer: Gazetteer, scope: Scope): Meaning {
  const { states, home } = scope
  const named = gazetteer.named(key).map(one => one.county)
  if (states.length > 0) {
    const counties = named.filter(county => states.includes(county.state))
    const city = towns.some(town => town.county.type === 'city')
    const share = towns.length === 0 ? 1 : city ? countyOfCity : countyWithState
    return joined(weighTowns(towns), weighCounties(counties, gazetteer, share))
  }
  const [placed, bare] = [weighTowns(towns), weighCounties(named, gazetteer, countyAlone)]
  const all = joined(placed, bare)
  const near = joined(placed.filter(isHome), bare.filter(isHome))
  const [ours, theirs] = [heaviest(near.counties), heaviest(all.counties)]
  if (near.counties.length === 0) return { ...all, doubt: all.doubt || (home !== null && theirs < farAndWide) }
  // Somebody in a small Phoenix may well mean the big one.
  if (theirs > farAndWide && theirs > 50 * ours) {
    return { counties: [...near.counties, ...all.counties.filter(one => one.weight === theirs)], doubt: true }
  }
  return near

  function isHome({ county }: Weighed): boolean {
    return county.state === home
  }
}

/** Towns and counties of one name; where the county is the likelier, but a town is called so elsewhere, in doubt. */
function joined(towns: readonly Weighed[], counties: readonly Weighed[]): Meaning {
  const most = heaviest(towns)
  const [county] = counties.toSorted((one, other) => other.weight - one.weight)
  const elsewhere = towns.length > 0 && !towns.some(town => town.county === county?.county)
  return { counties: [...towns, ...counties], doubt: elsewhere && (county?.weight ?? 0) > most }
}

function weighTowns(towns: readonly Town[]): Weighed[] {
  return towns.map(({ county, people }) => ({ county, weight: people }))
}

function weighCounties(counties: readonly County[], gazetteer: Gazetteer, share: number): Weighed[] {
  return counties.map(county => ({ county, weight: Math.max(1, gazetteer.people(county) * share) }))
}

function heaviest(all: readonly Weighed[]): number {
  return all.reduce((most, { weight }) => Math.max(most, weight), 0)
}
