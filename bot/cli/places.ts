import { createInterface } from 'node:readline'
import { type Command, InvalidArgumentError } from 'commander'
import { loadGazetteer } from '../../db/places.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import { gazetteerPlaces } from '../../workflows/places/match.ts'
import { stateOf } from '../../workflows/places/states.ts'
import type { PlaceAnswer, Places } from '../../workflows/routing.ts'
import { loadPlaces } from '../config.ts'
import { print, run } from './terminal.ts'

// For a line: a county, the counties to ask about, or that it is not known.
type PlaceLine = Pick<PlaceAnswer, 'input' | 'fips' | 'county' | 'state' | 'confidence' | 'candidates'>

/** `hub places`. */
export function addPlaces(program: Command): void {
  program
    .command('places')
    .description('Find the county of each line on standard input; prints one JSON object a line')
    .option('-s, --state <code>', 'the state that is meant where a line names none, such as AZ', stateCode)
    .action(({ state }: { state?: string }) => run(() => findPlaces(state ?? null)))
}

async function findPlaces(state: string | null): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  // A reader that has had enough (`| head`) ends this quietly.
  process.stdout.on('error', () => process.exit(0))
  const list = loadPlaces()
  const places = list ? listedPlaces(list) : gazetteerPlaces(loadGazetteer())
  for await (const line of placeLines(lines, places, state)) print(JSON.stringify(line))
  return true
}

/** The place of each line, in the order of the lines; `state` is meant where a line names none. */
async function* placeLines(
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

function stateCode(text: string): string {
  const code = text.toUpperCase()
  if (stateOf(code)) return code
  throw new InvalidArgumentError('Use the two letters of a state, such as AZ.')
}
