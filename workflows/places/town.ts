import type { Gazetteer, Town } from './gazetteer.ts'
import { type Meaning, meaningOf, type Scope } from './meaning.ts'
import type { Reading, Run, Token } from './read.ts'
import { isGeneric, keysOf, leadsIn, longest, townsOf, trimmed } from './span.ts'

// Bigger places are named without more ado; a smaller one's name may be a person's, a shop's or a street's.
const known = 50_000
const sizable = 20_000
const counted = 1000

/** What the towns mean that a text names together with a state; null if there are none. */
export function townInState(reading: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  const settled = either(reading, gazetteer, scope) ?? ownName(reading, gazetteer, true)
  if (settled) return settled
  const beside = reading.runs.flatMap(run => beforeState(run, gazetteer, scope) ?? [])
  if (beside.length > 0) {
    return { counties: beside.flatMap(one => one.counties), doubt: beside.some(one => one.doubt) }
  }
  return (
    wholeRun(reading, gazetteer, scope) ??
    ownName(reading, gazetteer, false) ??
    within(reading, gazetteer, scope, counted)
  )
}

/** What the towns mean that a text names without a state; null if there are none. */
export function townAlone(reading: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  const abroad = reading.runs.some(({ words }) => foreign.has(words.map(word => word.text).join(' ')))
  const found = townOf(reading, gazetteer, scope)
  return found && { ...found, doubt: found.doubt || abroad }
}

/** Countries and provinces whose towns, or which themselves, have namesakes here. */
const foreign = new Set(
  `ontario|quebec|canada|alberta|british columbia|manitoba|nova scotia|mexico|germany|alemania|england
  |uk|united kingdom|scotland|wales|ireland|france|italy|spain|espana|australia|brazil|israel|haiti
  |poland|russia|ukraine|kenya|peru|chile|colombia|venezuela|guatemala|honduras|el salvador`.split(/\s*\|/),
)

function townOf(reading: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  return (
    either(reading, gazetteer, scope) ??
    wholeRun(reading, gazetteer, scope) ??
    within(reading, gazetteer, scope, 5 * counted) ??
    atEnd(reading, gazetteer, scope) ??
    somewhere(reading, gazetteer, scope)
  )
}

/** "Phoenix or Tucson", "between Mesa and Tempe": sure if they share a county, else a question about each. */
function either({ runs }: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  for (const { words, state } of runs) {
    const states = state === null ? scope.states : [state]
    const parts = partsOf(words)
    const whole = trimmed(words).some(span => townsOf(span, gazetteer, states).length > 0)
    if (parts.length < 2 || parts.length > 4 || whole) continue
    const found = parts.map(
      part => trimmed(part).flatMap(span => named(span, gazetteer, { ...scope, states }) ?? [])[0],
    )
    const meant = found.flatMap(one => (one ? likeliest(one.meaning) : []))
    if (meant.length < parts.length) continue
    return { counties: meant, doubt: new Set(meant.map(one => one.county)).size > 1 }
  }
  return null
}

function partsOf(words: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const word of words) {
    if (['or', 'and', 'o', 'y', 'u'].includes(word.text)) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

function likeliest({ counties }: Meaning): Meaning['counties'] {
  return counties.toSorted((one, other) => other.weight - one.weight).slice(0, 1)
}

/** "5th and Mill Tempe AZ": the longest name that ends where the state's begins. */
function beforeState({ words, state }: Run, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  if (state === null) return null
  const states = [state]
  for (let from = Math.max(0, words.length - longest - 1); from < words.length; from++) {
    const span = words.slice(from)
    if (isGeneric(span) && words.length > span.length) continue
    const found = named(span, gazetteer, { ...scope, states })
    if (!found) continue
    const cut = !leadsIn(words[from - 1]) && heaviest(found.towns) < sizable
    return { ...found.meaning, doubt: found.meaning.doubt || cut }
  }
  return null
}

/** The last run that is a name and nothing else: people go from the street to the town. */
function wholeRun({ runs }: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  for (const run of runs.toReversed()) {
    const spans = trimmed(run.words)
    for (const span of spans) {
      // "Liberty" and nothing else is a town, where a state is known.
      if (isGeneric(span) && !(scope.home && runs.length === 1 && span === spans[0] && span[0]?.capital)) continue
      const found = named(span, gazetteer, scope)
      if (!found) continue
      const faint = scope.states.length === 0 && scope.home === null && span.length === 1
      return { ...found.meaning, doubt: found.meaning.doubt || (faint && heaviest(found.towns) < counted) }
    }
  }
  return null
}

/** "Oklahoma City", "University of Michigan": names with the state's name in them; or `twice`: "New York, NY". */
function ownName({ tokens, named: mentions }: Reading, gazetteer: Gazetteer, twice: boolean): Meaning | null {
  for (const [place, one] of mentions.entries()) {
    const first = tokens.findIndex(token => token.start >= one.start)
    const after = tokens.findIndex(token => token.start >= one.end)
    const to = after < 0 ? tokens.length : after
    if (twice && mentions[place + 1]?.state !== one.state) continue
    for (let end = Math.min(tokens.length, to + 2); end >= to; end--) {
      for (let from = twice ? first : Math.max(0, first - 4); from <= first; from++) {
        const span = tokens.slice(from, end)
        const bare = span.length === to - first
        if (bare && !twice && span.at(-1)?.text !== 'city') continue
        const towns = townsOf(span, gazetteer, [one.state])
        if (towns.length > 0)
          return { counties: towns.map(({ county, people }) => ({ county, weight: people })), doubt: false }
      }
    }
  }
  return null
}

/** "people with signs near Tempe today": a name after "in", "near", "at". */
function within({ runs }: Reading, gazetteer: Gazetteer, scope: Scope, least: number): Meaning | null {
  for (const { words } of runs.toReversed()) {
    for (let from = 1; from < words.length; from++) {
      if (!places.has(words[from - 1]?.text ?? '')) continue
      for (let to = Math.min(words.length, from + longest); to > from; to--) {
        const span = words.slice(from, to)
        const found = isGeneric(span) ? null : named(span, gazetteer, scope)
        const size = heaviest(found?.towns ?? [])
        if (!found || size < least) continue
        const sure = scope.states.length > 0 || size >= known || near(found.towns, scope)
        return { ...found.meaning, doubt: found.meaning.doubt || !sure || !capitals(span, words) }
      }
    }
  }
  return null
}

const places = new Set('in near at around outside en cerca de from'.split(' '))

/** "1200 W Washington St Phoenix": a well known name at the end of a run. */
function atEnd({ runs }: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  for (const { words } of runs.toReversed()) {
    for (let from = Math.max(1, words.length - longest); from < words.length; from++) {
      const span = words.slice(from)
      const found = isGeneric(span) ? null : named(span, gazetteer, scope)
      if (!found || (heaviest(found.towns) < known && !near(found.towns, scope))) continue
      return { ...found.meaning, doubt: found.meaning.doubt || !isGeneric(words.slice(from - 1, from)) }
    }
  }
  return null
}

/** A well known name anywhere with a capital: worth a question. */
function somewhere({ runs }: Reading, gazetteer: Gazetteer, scope: Scope): Meaning | null {
  for (const { words } of runs.toReversed().slice(0, 40)) {
    for (let from = 0; from < Math.min(words.length, 60); from++) {
      for (let to = Math.min(words.length, from + 4); to > from; to--) {
        const span = words.slice(from, to)
        if (!span[0]?.capital || isGeneric(span)) continue
        const found = named(span, gazetteer, scope)
        if (found && heaviest(found.towns) >= known) return { ...found.meaning, doubt: true }
      }
    }
  }
  return null
}

function named(span: readonly Token[], gazetteer: Gazetteer, scope: Scope): Found | null {
  const towns = townsOf(span, gazetteer, scope.states)
  const [key = ''] = keysOf(span)
  const meaning = meaningOf(towns, key, gazetteer, scope)
  // "Johnson City" may be a place that the gazetteer lacks, and not the city of Johnson.
  const cut = towns.length > 0 && heaviest(towns) < sizable && span.at(-1)?.capital && gazetteer.towns(key).length === 0
  if (meaning.counties.length === 0) return null
  return { towns, meaning: { ...meaning, doubt: meaning.doubt || cut === true } }
}

type Found = { readonly towns: readonly Town[]; readonly meaning: Meaning }

function near(towns: readonly Town[], { home }: Scope): boolean {
  return towns.some(town => town.county.state === home)
}

function heaviest(towns: readonly Town[]): number {
  return towns.reduce((most, town) => Math.max(most, town.people), 0)
}

/** A name among other words begins with a capital, unless none of them does. */
function capitals(span: readonly Token[], words: readonly Token[]): boolean {
  return span[0]?.capital === true || !words.some(word => word.capital)
}
