import type { Kind, Taxonomy } from './taxonomy.ts'
import { fold, type Word, wordsOf } from './words.ts'

type Join = 'next' | 'after' | 'near'
type Term = { readonly join: Join; readonly words: readonly number[] }
type Rule = { readonly kind: Kind; readonly rank: number; readonly terms: readonly Term[]; readonly denies: boolean }
type Rules = {
  readonly whole: ReadonlyMap<string, number>
  readonly stems: ReadonlyMap<string, number>
  /** The first two letters of all stems. */
  readonly openings: ReadonlySet<string>
  readonly starts: ReadonlyMap<number, readonly Rule[]>
  readonly negations: ReadonlySet<string>
  readonly doubts: ReadonlySet<string>
}
type Match = { readonly rule: Rule; readonly at: readonly number[]; readonly from: number; readonly to: number }
type Spoken = Pick<Word, 'text' | 'sentence' | 'clause'> & { readonly means: ReadonlySet<number> }
type Step = { readonly from: 'first' | 'last'; readonly by: number }

/** Where the next word of a rule may stand, nearest first: `near` looks both ways, back from the rule's first word. */
const steps: Readonly<Record<Join, readonly Step[]>> = {
  next: ahead(1),
  after: ahead(5),
  near: ahead(13).flatMap(bothWays),
}
const nothing: ReadonlySet<number> = new Set()
const compiled = new WeakMap<Taxonomy, Rules>()

/** The kind that a report's words point to by the taxonomy's rules; null if nothing does. Never throws. */
export function guessKind(words: string, taxonomy: Taxonomy): Kind | null {
  const rules = rulesOf(taxonomy)
  const spoken = wordsOf(words).map(
    ({ text, sentence, clause }): Spoken => ({ text, sentence, clause, means: meanings(text, rules) }),
  )
  const matches: Match[] = []
  spoken.forEach((word, index) => {
    for (const id of word.means) {
      for (const rule of rules.starts.get(id) ?? []) {
        const at = follow(rule, [index], spoken)
        if (at && (rule.denies || !at.some(place => denied(spoken, place, rules)))) matches.push(match(rule, at))
      }
    }
  })
  return best(unhidden(matches))?.rule.kind ?? null
}

function rulesOf(taxonomy: Taxonomy): Rules {
  const known = compiled.get(taxonomy)
  if (known) return known
  const rules = compile(taxonomy)
  compiled.set(taxonomy, rules)
  return rules
}

function compile(taxonomy: Taxonomy): Rules {
  const whole = new Map<string, number>()
  const stems = new Map<string, number>()
  const starts = new Map<number, Rule[]>()
  const negations = new Set([...taxonomy.negations.en, ...taxonomy.negations.es].map(fold))
  const number = (spelling: string): number => {
    const map = spelling.endsWith('*') ? stems : whole
    const key = fold(spelling.replace('*', ''))
    const id = map.get(key) ?? whole.size + stems.size
    map.set(key, id)
    return id
  }
  for (const kind of taxonomy.kinds) {
    for (const pattern of [...kind.words.en, ...kind.words.es]) {
      const spellings = readTerms(pattern)
      const terms = spellings.map(term => ({ join: term.join, words: term.words.map(number) }))
      const denies = spellings.some(term => term.words.some(word => negations.has(fold(word))))
      for (const id of new Set(terms[0]?.words)) {
        const rule = { kind: kind.code, rank: kind.rank, terms, denies }
        starts.set(id, [...(starts.get(id) ?? []), rule])
      }
    }
  }
  const openings = new Set([...stems.keys()].map(stem => stem.slice(0, 2)))
  return { whole, stems, openings, starts, negations, doubts: new Set(taxonomy.negations.doubts.map(fold)) }
}

function readTerms(pattern: string): { join: Join; words: string[] }[] {
  const terms: { join: Join; words: string[] }[] = []
  let join: Join = 'next'
  for (const part of pattern.split(' ')) {
    if (part === '...') join = 'after'
    else if (part === '&') join = 'near'
    else {
      terms.push({ join, words: part.split('|') })
      join = 'next'
    }
  }
  return terms
}

function meanings(text: string, rules: Rules): ReadonlySet<number> {
  const exact = rules.whole.get(text)
  const stemmed = rules.openings.has(text.slice(0, 2))
  if (exact === undefined && !stemmed) return nothing
  const means = new Set<number>()
  if (exact !== undefined) means.add(exact)
  const longest = stemmed ? Math.min(text.length, 24) : 0
  for (let length = 2; length <= longest; length++) {
    const stem = rules.stems.get(text.slice(0, length))
    if (stem !== undefined) means.add(stem)
  }
  return means
}

function follow(rule: Rule, at: readonly number[], spoken: readonly Spoken[]): readonly number[] | null {
  const term = rule.terms[at.length]
  if (!term) return at
  const first = at[0] as number
  const last = at.at(-1) as number
  for (const { from, by } of steps[term.join]) {
    const place = (from === 'first' ? first : last) + by
    const word = spoken[place]
    if (!word || word.sentence !== spoken[first]?.sentence || at.includes(place)) continue
    const rest = term.words.some(id => word.means.has(id)) ? follow(rule, [...at, place], spoken) : null
    if (rest) return rest
  }
  return null
}

function ahead(reach: number): Step[] {
  return Array.from({ length: reach }, (_, step) => ({ from: 'last', by: step + 1 }))
}

function bothWays(step: Step): Step[] {
  return [step, { from: 'first', by: -step.by }]
}

function denied(spoken: readonly Spoken[], place: number, rules: Rules): boolean {
  const clause = spoken[place]?.clause
  return [1, 2].some(back => {
    const word = spoken[place - back]
    if (!word || word.clause !== clause || !rules.negations.has(word.text)) return false
    return !rules.doubts.has(spoken[place - back + 1]?.text ?? '')
  })
}

function match(rule: Rule, at: readonly number[]): Match {
  return { rule, at, from: Math.min(...at), to: Math.max(...at) }
}

/** Drops every match whose words all belong to a longer match: `bomb threat` hides `bomb`. */
function unhidden(matches: readonly Match[]): Match[] {
  const across = Map.groupBy(
    matches.flatMap(one => one.at.map(place => ({ place, one }))),
    entry => entry.place,
  )
  return matches.filter(one => {
    const others = across.get(one.at[0] as number) ?? []
    return !others.some(
      ({ one: other }) => other.at.length > one.at.length && one.at.every(place => other.at.includes(place)),
    )
  })
}

function best(matches: readonly Match[]): Match | null {
  return matches.reduce<Match | null>((top, one) => (top === null || better(one, top) ? one : top), null)
}

function better(one: Match, other: Match): boolean {
  if (one.rule.rank !== other.rule.rank) return one.rule.rank > other.rule.rank
  if (one.at.length !== other.at.length) return one.at.length > other.at.length
  return one.to - one.from < other.to - other.from
}
