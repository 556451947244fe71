import type { PlaceAnswer, Places, RoutedRegion } from '../routing.ts'
import type { GazetteerData } from './gazetteer.ts'
import { gazetteerPlaces } from './match.ts'
import { networkPlaces } from './us.ts'

/** What the network's regions list, and for all else a gazetteer, which `load` gives when it is first needed. */
export function layeredPlaces(regions: readonly RoutedRegion[], load: () => GazetteerData): Places {
  const network = networkPlaces(regions)
  let opened: Places | null = null
  return {
    find(text, defaultState = null) {
      const listed = network.find(text, defaultState)
      if (listed.confidence === 'certain' && listed.county !== null) return listed
      opened ??= gazetteerPlaces(load())
      // Words that a region lists name its state, too.
      const state = listed.confidence === 'certain' ? listed.state : defaultState
      return closer(opened.find(text, state), listed)
    },
  }
}

/** The gazetteer's answer, unless it knows less than the network does or would ask what the network settles. */
function closer(found: PlaceAnswer, listed: PlaceAnswer): PlaceAnswer {
  if (listed.fips !== null) return { ...listed, county: found.fips === listed.fips ? found.county : null }
  if (found.fips !== null) return found
  const within = listed.state !== null && found.candidates.every(one => one.state !== listed.state)
  return found.confidence === 'ask' && !within ? found : listed
}
