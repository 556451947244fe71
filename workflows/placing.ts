import { button } from './button.ts'
import { countyText } from './card/place.ts'
import { type Directory, regionName, regionOf } from './directory.ts'
import type { RegionCode } from './ids.ts'
import { type Incident, isWaiting, type Place } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { stateOf } from './places/states.ts'
import { homeState, type PlaceAnswer, type PlaceCandidate, type Places, route } from './routing.ts'
import { type Button, buttonId } from './view.ts'

/** One place that a person may have meant: its lasting code (`c04013`, `sAZ`, `rAZ`) and its name. */
export type Spot = { readonly code: string; readonly label: Phrase }
/** Where words put an incident; `spots` are what to ask back, if the place is still asked. */
export type Placed = { readonly region: RegionCode; readonly place: Place; readonly spots: readonly Spot[] }

type Network = { readonly directory: Directory; readonly places: Places }

const most = 5

/**
 * Finds the region and the place of somebody's words; `room` is the region of the room or incident they wrote about.
 */
export function placeWords(where: string, room: RegionCode | null, { directory, places }: Network): Placed {
  const answer = places.find(where, homeState(room === null ? null : regionOf(directory, room)))
  const routed = route(where, answer, directory.regions, room)
  const asked = routed.placeState === 'asked'
  const place: Place = asked ? { ...nowhere, state: 'asked' } : placeOf(answer)
  return { region: routed.region, place, spots: asked ? spotsOf(answer, routed.candidates, directory) : [] }
}

/** The place that a person picked by its code among those their words may have meant; null if it is no longer there. */
export function placePicked(code: string, where: string, room: RegionCode | null, network: Network): Placed | null {
  const { directory, places } = network
  const picked = code.slice(1)
  if (code.startsWith('r')) {
    const region = regionOf(directory, picked)
    const usState = homeState(region)
    return region && { region: region.code, place: { ...nowhere, usState, state: 'found' }, spots: [] }
  }
  const { candidates } = places.find(where, homeState(room === null ? null : regionOf(directory, room)))
  const found = candidates.find(one => codeOf(one) === code)
  if (!found) return null
  const answer: PlaceAnswer = { input: '', confidence: 'certain', ...found, candidates: [found] }
  const { region } = route('', answer, directory.regions, null)
  return { region, place: placeOf(answer), spots: [] }
}

/** The buttons that ask "Where is this?": one for each place that may be meant, and one to type it. */
export function placeButtons(incident: Incident, spots: readonly Spot[]): readonly Button[] {
  const picks = spots.slice(0, most).map(({ code, label }) => ({ id: buttonId('place', incident.id, code), label }))
  return [
    ...picks,
    { ...button('place', incident), ...(picks.length > 0 ? { label: phrase('reply.place-other') } : {}) },
  ]
}

/** Where an incident stands once its place was said; words that name no county only move it to a region. */
export function placedText(incident: Incident, directory: Directory): Phrase {
  const { id, region: code, place } = incident
  const region = regionName(directory, code)
  if (isWaiting(incident)) return phrase('triage.placed', { id, place: countyText(incident, directory) })
  return place.state === 'found'
    ? phrase('reply.placed', { id, region, place: countyText(incident, directory) })
    : phrase('reply.placed-with', { id, region })
}

const nowhere = { county: null, fips: null, usState: null } as const

function placeOf({ confidence, county, fips, state }: PlaceAnswer): Place {
  return confidence === 'certain' ? { state: 'found', county, fips, usState: state } : { state: 'room', ...nowhere }
}

function spotsOf(answer: PlaceAnswer, regions: readonly RegionCode[], directory: Directory): readonly Spot[] {
  if (answer.confidence === 'ask' && answer.candidates.length > 0) {
    return answer.candidates.map(one => ({ code: codeOf(one), label: phrase('form.name', { name: nameOf(one) }) }))
  }
  return regions.map(code => ({
    code: `r${code}`,
    label: phrase('form.name', { name: regionOf(directory, code)?.name ?? code }),
  }))
}

function codeOf({ fips, state }: PlaceCandidate): string {
  return fips === null ? `s${state}` : `c${fips}`
}

function nameOf({ county, state }: PlaceCandidate): string {
  const name = stateOf(state)?.name ?? state
  return county === null ? name : `${county}, ${name}`
}
