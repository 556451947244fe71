import { homeState, type PlaceAnswer, type PlaceCandidate, type Places, type RoutedRegion } from '../routing.ts'
import { type Word, wordsOf } from '../words.ts'
import { statesIn } from './mention.ts'
import { saysOne, zipsIn } from './said.ts'
import { stateOfFips } from './states.ts'

type County = {
  readonly fips: string
  readonly name: string | null
  readonly state: string
  /** How people say it. */
  readonly said: readonly string[]
}

const unknown = { confidence: 'unknown', fips: null, county: null, state: null, candidates: [] } as const

/** A gazetteer that knows the states, and of counties, ZIPs and words what the regions list. */
export function networkPlaces(regions: readonly RoutedRegion[]): Places {
  const counties = regions.flatMap(countiesOf)
  return {
    find(text, defaultState = null) {
      const named = statesIn(text)
      const words = wordsOf(text)
      const meant = counties.filter(
        county => saysOne(words, county.said) && (named.length === 0 || named.includes(county.state)),
      )
      if (meant.length > 0) return answerCounty(text, meant, named.length > 0, defaultState)
      if (named.length > 0) return answerState(text, named)
      const state = listedState(text, words, regions)
      return state === null ? { input: text, ...unknown } : { input: text, ...unknown, confidence: 'certain', state }
    },
  }
}

function answerCounty(
  text: string,
  meant: readonly County[],
  stateNamed: boolean,
  defaultState: string | null,
): PlaceAnswer {
  const candidates = meant.map(county => ({ fips: county.fips, county: county.name, state: county.state }))
  const near = candidates.filter(candidate => candidate.state === defaultState)
  const [only] = near.length === 1 ? near : candidates
  const sure = near.length === 1 || (candidates.length === 1 && (stateNamed || defaultState === null))
  if (only && sure) return { input: text, confidence: 'certain', ...only, candidates: [only] }
  return { input: text, ...unknown, confidence: 'ask', candidates }
}

function answerState(text: string, named: readonly string[]): PlaceAnswer {
  const candidates: PlaceCandidate[] = named.map(state => ({ fips: null, county: null, state }))
  const [only] = candidates
  if (only && candidates.length === 1) return { input: text, confidence: 'certain', ...only, candidates }
  return { input: text, ...unknown, confidence: 'ask', candidates }
}

/** The state of the one region whose ZIP or words the text says; null if none, several, or it has no one state. */
function listedState(text: string, words: readonly Word[], regions: readonly RoutedRegion[]): string | null {
  const zips = zipsIn(text)
  const saying = regions.filter(region =>
    region.places.some(
      rule => (rule.type === 'zip' && zips.includes(rule.zip)) || (rule.type === 'words' && saysOne(words, rule.words)),
    ),
  )
  return saying.length === 1 ? homeState(saying[0] ?? null) : null
}

function countiesOf(region: RoutedRegion): County[] {
  return region.places.flatMap(rule => {
    const state = rule.type === 'county' ? stateOfFips(rule.fips) : null
    return rule.type === 'county' && state
      ? [{ fips: rule.fips, name: rule.name, state: state.code, said: sayings(rule) }]
      : []
  })
}

/** `Maricopa County`, `condado de Maricopa` or the FIPS code; `Maricopa` alone is a town elsewhere. */
function sayings({ fips, name }: { readonly fips: string; readonly name: string | null }): string[] {
  if (name === null) return [fips]
  const [, bare] = /^(.+) county$/i.exec(name) ?? []
  return bare === undefined ? [fips, name] : [fips, name, `condado de ${bare}`, `condado ${bare}`]
}
