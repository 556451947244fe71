import type { County, Gazetteer, Named } from './gazetteer.ts'
import { keyOf } from './key.ts'
import type { Meaning, Scope } from './meaning.ts'
import type { Spellings } from './near.ts'
import type { Reading, Token } from './read.ts'
import { townsOf, trimmed } from './span.ts'

const english = new Map(
  Object.entries({
    county: 'county',
    counties: 'county',
    cnty: 'county',
    cty: 'county',
    co: 'county',
    parish: 'parish',
    borough: 'borough',
    municipality: 'municipality',
    municipio: 'municipio',
    island: 'island',
    city: 'city',
    area: 'census area',
  }),
)
const spanish = new Map(
  Object.entries({
    condado: 'county',
    parroquia: 'parish',
    municipio: 'municipio',
    county: 'county',
    parish: 'parish',
  }),
)

/** What "Maricopa County", "condado de Maricopa" or "Orleans Parish" means in a text; null if it says no such. */
export function countySaid(
  reading: Reading,
  gazetteer: Gazetteer,
  spellings: () => Spellings,
  scope: Scope,
): Meaning | null {
  const exact = reading.runs.flatMap(run => said(run.words, key => gazetteer.named(key), scope))
  if (exact.length > 0) return settle(exact, reading, gazetteer, scope)
  // A look for misspellings takes a millisecond, and nobody hides the county in a long text.
  const short = reading.runs.filter(run => run.words.length <= 12).slice(0, 4)
  const slipped = short.flatMap(run => {
    return said(
      run.words,
      key =>
        key.length < 5
          ? []
          : spellings()
              .near(key)
              .flatMap(near => gazetteer.named(near.key)),
      scope,
    )
  })
  if (slipped.length === 0) return null
  const { counties } = settle(slipped, reading, gazetteer, scope)
  return { counties, doubt: scope.states.length === 0 || counties.length > 1 }
}

type Look = (key: string) => readonly Named[]

function said(words: readonly Token[], look: Look, scope: Scope): readonly County[][] {
  return words.flatMap((word, at) => {
    const after = spanish.get(word.text)
    const of = words[at + 1]?.text === 'de' || words[at + 1]?.text === 'of'
    const from = at + (of ? 2 : 1)
    const named =
      (english.has(word.text) ? before(words, at, english.get(word.text) ?? '', look, scope) : null) ??
      (after && (of || word.text === 'condado') ? behind(words, from, after, look, scope) : null)
    return named ? [named] : []
  })
}

function before(words: readonly Token[], end: number, type: string, look: Look, scope: Scope): County[] | null {
  const word = words[end]
  if ((word?.text === 'co' || word?.text === 'cty') && end < words.length - 1) return null
  if (type === 'city' && scope.states.length === 0 && (word?.capital || !words[0]?.capital)) return null
  const census = type === 'census area' ? words[end - 1]?.text === 'census' : true
  if (!census) return null
  const whole = type === 'borough' && words[end - 1]?.text === 'and' && words[end - 2]?.text === 'city'
  const last = whole ? end - 2 : type === 'census area' ? end - 1 : end
  for (let from = Math.max(0, last - 4); from < last; from++) {
    const found = fitting(look(keyOf(words.slice(from, last).map(one => one.text))), type, scope)
    if (found.length > 0) return found
  }
  return null
}

function behind(words: readonly Token[], from: number, type: string, look: Look, scope: Scope): County[] | null {
  for (let to = Math.min(words.length, from + 4); to > from; to--) {
    const found = fitting(look(keyOf(words.slice(from, to).map(one => one.text))), type, scope)
    if (found.length > 0) return found
  }
  return null
}

/** Those of the type; people also say "county" for a parish or a borough, if they name the state. */
function fitting(named: readonly Named[], type: string, { states, home }: Scope): County[] {
  const typed = named.filter(one => one.type === type || (type === 'borough' && one.type === 'city and borough'))
  const inScope = (one: Named) => states.length === 0 || states.includes(one.county.state)
  const fit = typed.filter(inScope)
  if (fit.length > 0) return fit.map(one => one.county)
  const loose = type === 'county' && (states.length > 0 || home !== null)
  const meant = named.filter(
    one => one.type !== 'city' && (states.length > 0 ? inScope(one) : one.county.state === home),
  )
  return loose && meant.length > 0 ? meant.map(one => one.county) : typed.map(one => one.county)
}

/** All that were said; of one name in several states the one at home, or the one with the town that is named too. */
function settle(all: readonly County[][], reading: Reading, gazetteer: Gazetteer, { states, home }: Scope): Meaning {
  const counties = all.flatMap(same => {
    const here = same.filter(county => county.state === home)
    const near = states.length === 0 && here.length > 0 ? here : same
    return near.length > 1 ? withTown(near, reading, gazetteer) : near
  })
  const astray = states.length > 0 && counties.some(county => !states.includes(county.state))
  return {
    counties: counties.map(county => ({ county, weight: 1 + gazetteer.people(county) })),
    doubt: astray || many(counties),
  }
}

function withTown(counties: readonly County[], reading: Reading, gazetteer: Gazetteer): readonly County[] {
  const towns = reading.runs.flatMap(run => trimmed(run.words).flatMap(span => townsOf(span, gazetteer, [])))
  const shared = counties.filter(county => towns.some(town => town.county === county))
  return shared.length > 0 ? shared : counties
}

function many(counties: readonly County[]): boolean {
  return new Set(counties).size > 1
}
