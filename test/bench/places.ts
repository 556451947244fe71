import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loadGazetteer } from '../../db/places.ts'
import { gazetteerPlaces } from '../../workflows/places/match.ts'
import { type Locality, localities, score } from './localities.ts'
import { type Bench, limited, median, type Result } from './measure.ts'

const many = 6000
const rounds = 3

/** Where localities are, written as people write them: how often right, how fast, and what the first look-up costs. */
export const placeLookUp: Bench = {
  names: ['places-answered', 'places-right', 'places-silently-wrong', 'places-look-up', 'places-load', 'places-memory'],
  run: wanted => limited(60, 'places', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  const data = loadGazetteer()
  const list = localities(data, many, 7)
  if (['places-answered', 'places-right', 'places-silently-wrong'].some(wanted)) {
    const { answered, rightWhenAnswered, silentlyWrong } = score(data, list)
    const note = `${many} localities, typos and no state included`
    if (wanted('places-answered')) yield goal('places-answered', '%', 100 * answered, '>= 85', answered >= 0.85, note)
    if (wanted('places-right')) {
      yield goal('places-right', '%', 100 * rightWhenAnswered, '>= 97', rightWhenAnswered >= 0.97, note)
    }
    if (wanted('places-silently-wrong')) {
      yield goal('places-silently-wrong', '%', 100 * silentlyWrong, '<= 1', silentlyWrong <= 0.01, note)
    }
  }
  if (wanted('places-look-up')) {
    const ms = medianLookUp(list)
    yield goal('places-look-up', 'ms', ms, '<= 5', ms <= 5, 'median of one look-up')
  }
  if (!wanted('places-load') && !wanted('places-memory')) return
  const starts = Array.from({ length: rounds }, firstLookUp)
  const ms = median(starts.map(start => start.ms))
  const mebibytes = median(starts.map(start => start.mebibytes))
  const note = 'first look-ups in a new process, a misspelt one included'
  if (wanted('places-load')) yield goal('places-load', 'ms', ms, '<= 200', ms <= 200, note)
  if (wanted('places-memory')) yield goal('places-memory', 'MiB', mebibytes, '<= 60', mebibytes <= 60, note)
}

function medianLookUp(list: readonly Locality[]): number {
  const places = gazetteerPlaces(loadGazetteer())
  return median(
    list.map(({ text, home }) => {
      const begun = performance.now()
      places.find(text, home)
      return performance.now() - begun
    }),
  )
}

function firstLookUp(): { ms: number; mebibytes: number } {
  const file = fileURLToPath(new URL('./places.first.ts', import.meta.url))
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }))
}

function goal(name: string, unit: string, value: number, text: string, ok: boolean, note: string): Result {
  return { name, unit, value: Number(value.toPrecision(4)), baseline: null, ratio: null, goal: text, ok, note }
}
