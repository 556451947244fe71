import { loadGazetteer } from '../db/places.ts'
import type { LonLat } from '../workflows/export/row.ts'
import { openGazetteer } from '../workflows/places/gazetteer.ts'
import type { ListedPlace, PlaceList } from '../workflows/places/list.ts'

/**
 * Where the middle of a county is, by its code, to two decimals: of the United States by its borders, in other
 * countries of the places that the network lists for an area. What was asked once is remembered, and nothing is read
 * before.
 */
export function countyCentres(list: PlaceList | null | undefined): (code: string) => LonLat | null {
  const known = new Map<string, LonLat | null>()
  let look: ((code: string) => LonLat | null) | null = null
  return code => {
    const found = known.get(code)
    if (found !== undefined) return found
    look ??= list ? listed(list) : american()
    const made = look(code)
    known.set(code, made)
    return made
  }
}

function american(): (fips: string) => LonLat | null {
  const gazetteer = openGazetteer(loadGazetteer())
  const byFips = new Map(gazetteer.counties.map(county => [county.fips, county.index]))
  return fips => {
    const index = byFips.get(fips)
    const middle = index === undefined ? null : gazetteer.middle(index)
    return middle && rounded(middle.longitude, middle.latitude)
  }
}

function listed({ places }: PlaceList): (admin: string) => LonLat | null {
  const areas = Map.groupBy(places, place => place.admin)
  return admin => {
    const all = areas.get(admin)
    // Two countries may use the same code; nowhere is better than the wrong country.
    if (!all || new Set(all.map(place => place.country)).size > 1) return null
    const mean = (value: (place: ListedPlace) => number) => all.reduce((sum, one) => sum + value(one), 0) / all.length
    return rounded(
      mean(place => place.point.longitude),
      mean(place => place.point.latitude),
    )
  }
}

function rounded(longitude: number, latitude: number): LonLat {
  return [Math.round(longitude * 100) / 100, Math.round(latitude * 100) / 100]
}
