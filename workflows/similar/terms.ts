import { maskWords } from '../mask.ts'
import { slips } from '../places/near.ts'
import { wordsOf } from '../words.ts'
import { common, conceptOf, everywhere, numberOf } from './lexicon.ts'

/** What a report says, as terms that are the same in both languages; `places` are numbers in its "where". */
export type Terms = {
  readonly what: ReadonlySet<string>
  readonly where: ReadonlySet<string>
  readonly all: ReadonlySet<string>
  readonly places: ReadonlySet<string>
}

const nothing = { phone: ' ', email: ' ', address: ' ', plate: ' ', name: ' ', link: () => ' ' }
const mostRead = 1_500
const mostTerms = 60

/** Takes a report apart; what is masked on cards, what everybody says, and the names of its county, are left out. */
export function termsOf(report: {
  readonly what: string | null
  readonly where: string | null
  readonly county: string | null
}): Terms {
  const county = new Set(wordsOf(report.county ?? '').map(word => stem(word.text)))
  const what = read(report.what, county)
  const where = read(report.where, county)
  const all = new Set([...what, ...where])
  return { what, where, all, places: new Set([...where].filter(term => term.startsWith('#'))) }
}

/**
 * How much a shared term tells, from 0 to about 1.5: the rarer among these reports the more, names more than what has a
 * word for it in the lexicon.
 */
export function weigh(reports: readonly Terms[]): (term: string) => number {
  const often = new Map<string, number>()
  for (const { all } of reports) for (const term of all) often.set(term, (often.get(term) ?? 0) + 1)
  const many = Math.log(reports.length + 1)
  return term => {
    // Two of few say nothing about how common a word is.
    const known = Math.max(0, (often.get(term) ?? 1) - 2)
    const rare = 1 - Math.log(1 + known) / Math.max(many, 2)
    // Many may speak of the very same event, so what they share still tells.
    return Math.max(0.5, rare) * plainWeight(term)
  }
}

function plainWeight(term: string): number {
  if (everywhere.has(term)) return 0.3
  return term.startsWith('=') ? 0.8 : term.startsWith('#') ? 0.7 : 1.3
}

/** The terms of another report, with those that only misspell one of this report's written as it is there. */
export function aligned(other: Terms, own: Terms): Terms {
  const known = [...own.all].filter(isName)
  const spelt = new Map<string, string>()
  for (const term of other.all) {
    if (own.all.has(term) || !isName(term)) continue
    const most = term.length < 8 ? 1 : 2
    const near = known.find(one => slips(term, one, most) <= most)
    if (near) spelt.set(term, near)
  }
  if (spelt.size === 0) return other
  const put = (terms: ReadonlySet<string>) => new Set([...terms].map(term => spelt.get(term) ?? term))
  return { what: put(other.what), where: put(other.where), all: put(other.all), places: other.places }
}

function isName(term: string): boolean {
  return term.length >= 5 && /^\p{L}/u.test(term)
}

function read(text: string | null, county: ReadonlySet<string>): ReadonlySet<string> {
  if (!text) return new Set()
  const terms = new Set<string>()
  for (const { text: word } of wordsOf(maskWords(text.slice(0, mostRead), nothing))) {
    if (terms.size >= mostTerms) break
    const number = numberOf(word)
    const term = number !== null ? `#${number}` : (conceptOf(word) ?? plainTerm(word))
    if (term !== null && !county.has(term)) terms.add(term)
  }
  return terms
}

function plainTerm(word: string): string | null {
  if (common.has(word) || word.length < 3) return null
  const term = stem(word)
  return common.has(term) ? null : term
}

/** The word without the endings of a plural. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('es')) return word.slice(0, -2)
  return word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word
}
