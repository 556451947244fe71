import type { PlaceList } from '../places/list.ts'
import { stateOf, stateOfFips, states } from '../places/states.ts'
import { type Problem, quote, valueAt } from '../problems.ts'

/**
 * What is wrong with the codes that regions list: states and counties of the United States, or, where the network names
 * a file of places, the countries and admin codes of that file.
 */
export function codeProblems(data: unknown, list: PlaceList | null): Problem[] {
  const regions = valueAt(data, ['regions'])
  if (!Array.isArray(regions)) return []
  return regions.flatMap((region, at) => {
    const places = valueAt(region, ['places'])
    if (!Array.isArray(places)) return []
    return places.flatMap((place, index) => {
      const path = ['regions', at, 'places', index] as const
      const { state, county } = { state: valueAt(place, ['state']), county: valueAt(place, ['county']) }
      return [
        ...(typeof state === 'string' ? wrongState(state, list).map(no => ({ ...no, path: [...path, 'state'] })) : []),
        ...(typeof county === 'string'
          ? wrongCounty(county, list).map(no => ({ ...no, path: [...path, 'county'] }))
          : []),
      ]
    })
  })
}

type Wrong = Omit<Problem, 'path'>

function wrongState(state: string, list: PlaceList | null): Wrong[] {
  if (!list) {
    const known = states.map(one => one.code).join(' ')
    return stateOf(state) ? [] : [{ message: `${quote(state)} is no state`, allowed: `Use one of ${known}` }]
  }
  const countries = [...new Set(list.places.map(place => place.country))]
  if (countries.includes(state)) return []
  return [{ message: `${quote(state)} is no country of ${list.name}`, allowed: `Use ${some(countries)}` }]
}

function wrongCounty(county: string, list: PlaceList | null): Wrong[] {
  if (!list) {
    const allowed = 'Use the five FIPS digits in quotes, as in "04013"'
    return stateOfFips(county) ? [] : [{ message: `${quote(county)} is no county code`, allowed }]
  }
  const admins = [...new Set(list.places.map(place => place.admin))]
  if (admins.includes(county)) return []
  return [{ message: `${quote(county)} is no admin code of ${list.name}`, allowed: `Use ${some(admins)}` }]
}

function some(codes: readonly string[]): string {
  return codes.length > 12 ? `one of its ${codes.length}, such as ${codes.slice(0, 5).join(', ')}` : codes.join(', ')
}
