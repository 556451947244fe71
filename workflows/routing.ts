import type { Region } from './directory.ts'
import type { RegionCode } from './ids.ts'
import { saysOne, zipsIn } from './places/said.ts'
import { wordsOf } from './words.ts'

/** A place that a text may mean: a county of a state, or a whole state (fips and county null). */
export type PlaceCandidate = { readonly fips: string | null; readonly county: string | null; readonly state: string }
/** What the gazetteer makes of a text; states are postal codes, `fips` five digits; `ask` offers candidates. */
export type PlaceAnswer = {
  readonly input: string
  readonly confidence: 'certain' | 'ask' | 'unknown'
  readonly fips: string | null
  readonly county: string | null
  readonly state: string | null
  readonly candidates: readonly PlaceCandidate[]
}
/** The gazetteer: answers any text, never throws; `defaultState` (postal code) settles what two states share. */
export interface Places {
  find(text: string, defaultState?: string | null): PlaceAnswer
}
/** Where an incident goes and why; `asked` when a person must still say which of the `candidates` was meant. */
export type Route = {
  readonly region: RegionCode
  readonly how: 'place' | 'room' | 'anywhere'
  readonly placeState: 'found' | 'asked'
  readonly candidates: readonly RegionCode[]
}
/** A region as far as routing cares. */
export type RoutedRegion = Pick<Region, 'code' | 'places'>

type Rule = RoutedRegion['places'][number]

/** The region of a place: by ZIP, then words, county and state as regions list them, else the room's, else anywhere. */
export function route(
  text: string,
  answer: PlaceAnswer,
  regions: readonly RoutedRegion[],
  room: RegionCode | null,
): Route {
  const zips = new Set(zipsIn(text))
  const words = wordsOf(text)
  const levels = [
    claimants(regions, rule => rule.type === 'zip' && zips.has(rule.zip)),
    claimants(regions, rule => rule.type === 'words' && saysOne(words, rule.words)),
  ]
  const said = levels.find(level => level.length > 0)
  if (said) return settle(said, regions, room)
  if (answer.confidence === 'ask') return askedAmong(answer, regions, room)
  if (answer.state !== null || answer.fips !== null) return settle([taker(answer, regions)], regions, room)
  if (room !== null) return { region: room, how: 'room', placeState: 'found', candidates: [] }
  return { region: anywhere(regions), how: 'anywhere', placeState: 'asked', candidates: [] }
}

/** The only state that a region lists, or null: what its people mean when they name no state. */
export function homeState(region: RoutedRegion | null): string | null {
  const listed = region?.places.flatMap(rule => (rule.type === 'state' ? [rule.state] : [])) ?? []
  return listed.length === 1 ? (listed[0] as string) : null
}

function askedAmong(answer: PlaceAnswer, regions: readonly RoutedRegion[], room: RegionCode | null): Route {
  const meant = [...new Set(answer.candidates.map(candidate => taker(candidate, regions)))]
  return { ...settle(meant, regions, room), placeState: 'asked', candidates: meant }
}

function settle(meant: readonly RegionCode[], regions: readonly RoutedRegion[], room: RegionCode | null): Route {
  const [only] = meant
  if (meant.length === 1 && only !== undefined) {
    const how = only === anywhere(regions) ? 'anywhere' : 'place'
    return { region: only, how, placeState: 'found', candidates: [] }
  }
  const region = room ?? anywhere(regions)
  return { region, how: room === null ? 'anywhere' : 'room', placeState: 'asked', candidates: meant }
}

/** The region that lists the county, else the state, else the one for everything else. */
function taker(place: Pick<PlaceAnswer, 'fips' | 'state'>, regions: readonly RoutedRegion[]): RegionCode {
  return (
    claimants(regions, rule => rule.type === 'county' && rule.fips === place.fips)[0] ??
    claimants(regions, rule => rule.type === 'state' && rule.state === place.state)[0] ??
    anywhere(regions)
  )
}

function claimants(regions: readonly RoutedRegion[], holds: (rule: Rule) => boolean): RegionCode[] {
  return regions.filter(region => region.places.some(holds)).map(region => region.code)
}

function anywhere(regions: readonly RoutedRegion[]): RegionCode {
  return claimants(regions, rule => rule.type === 'anywhere')[0] ?? regions.at(-1)?.code ?? ''
}
