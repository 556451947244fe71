import type { PlaceAnswer, Places } from '../workflows/routing.ts'

/** What `hub places` prints for a line: a county, the counties to ask about, or that it is not known. */
export type PlaceLine = Pick<PlaceAnswer, 'input' | 'fips' | 'county' | 'state' | 'confidence' | 'candidates'>

/** The place of each line, in the order of the lines; `state` is meant where a line names none. */
export async function* placeLines(
  lines: AsyncIterable<string>,
  places: Places,
  state: string | null,
): AsyncGenerator<PlaceLine> {
  for await (const line of lines) {
    const { input, fips, county, state: found, confidence, candidates } = places.find(line, state)
    // Only a county is an answer here: a state alone leaves the county unknown.
    const sure = confidence === 'certain' && fips === null ? 'unknown' : confidence
    const counties = candidates.map(one => ({ fips: one.fips, county: one.county, state: one.state }))
    yield { input, fips, county, state: found, confidence: sure, candidates: sure === 'unknown' ? [] : counties }
  }
}
