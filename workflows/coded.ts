import type { Places } from './routing.ts'
import { readKind } from './spoken.ts'
import type { Kind, Severity, Taxonomy } from './taxonomy.ts'

/** What a line for the trained says: the words, where, how severe (`!4`) and what kind (`#AR-1`); null: not said. */
export type Coded = {
  readonly what: string
  readonly where: string | null
  readonly severity: Severity | null
  readonly kind: Kind | null
}

type Known = { readonly places: Places; readonly taxonomy: Taxonomy; readonly home: string | null }

const severityMark = /(^|\s)!\s?s?([1-5])(?![\p{L}\p{N}])[.,;]?/iu
const kindMark = /(^|\s)#\s?([a-z]{2})[\s-]?(\d{1,2})(?![\p{L}\p{N}-])[.,;]?/iu
const placeMark = /(?:^|\s)@\s*([^@\n]+?)\s*$/u
// Longer ones first, so that `cerca de` is not read as `de`.
const before = 'cerca de|frente a|fuera de|afuera de|outside|near|in|at|by|en'
const longestPlace = 80

/**
 * Reads `armed men outside the library, 85004 !4 #AR-1`, in any order of its marks. Where it is stands after an `@`,
 * else in the last part behind a comma, or after "in", "near", "en" and the like, if that is a place; else in a ZIP
 * code. Marks that mean nothing stay in the words. `home` is the state (postal code) that settles what two share.
 */
export function readCoded(line: string, { places, taxonomy, home }: Known): Coded {
  const graded = take(line, severityMark, found => Number(found[2]) as Severity)
  const sorted = take(graded.rest, kindMark, found => readKind(`${found[2]}-${found[3]}`, taxonomy))
  const words = sorted.rest.trim().replace(/[\s,;]+$/u, '')
  const marks = { severity: graded.value, kind: sorted.value }
  const [pointed = '', named] = placeMark.exec(words) ?? []
  if (named !== undefined) return { ...marks, what: words.slice(0, words.length - pointed.length).trim(), where: named }
  return { ...marks, ...placed(words, text => isPlace(text, places, home)) }
}

function take<T>(line: string, mark: RegExp, read: (found: RegExpExecArray) => T | null) {
  const found = mark.exec(line)
  const value = found && read(found)
  if (!found || value === null) return { value: null, rest: line }
  const [whole, gap = ''] = found
  return {
    value,
    rest: line.slice(0, found.index) + gap + line.slice(found.index + whole.length).replace(/^[ \t]+/, ''),
  }
}

function placed(words: string, isPlace: (text: string) => boolean): Pick<Coded, 'what' | 'where'> {
  const comma = words.search(/[,\n][^,\n]*$/u)
  const last = comma === -1 ? '' : words.slice(comma + 1).trim()
  if (isPlace(last)) {
    const what = words.slice(0, comma).trim()
    return { what, where: `${landmark(what)}${last}` }
  }
  // The words keep the place as well: cut out of their sentence it would leave a torn one.
  const spoken = new RegExp(`(?:^|\\s)(?:${before})\\s+([^,.;\\n]+)[.]?$`, 'iu')
  for (let rest = words, found = spoken.exec(rest); found; found = spoken.exec(rest)) {
    const place = found[1] ?? ''
    if (isPlace(place)) return { what: words, where: place }
    rest = place
  }
  const zip = /(?<![\p{L}\d.,-])\d{5}(?:-\d{4})?(?![\p{L}\d-])/u.exec(words)
  return { what: words, where: zip && isPlace(zip[0]) ? zip[0] : null }
}

/** `the library, ` of "armed men outside the library": nearer than a town or a ZIP code behind it. */
function landmark(what: string): string {
  const found = new RegExp(`.*\\s(?:${before})\\s+([^,.;\\n]{3,60})$`, 'iu').exec(what)
  return found ? `${found[1]}, ` : ''
}

// Of a word that only sounds like a place somewhere, only a name with a capital letter is taken for one.
function isPlace(text: string, places: Places, home: string | null): boolean {
  if (text === '' || text.length > longestPlace) return false
  const { confidence } = places.find(text, home)
  return confidence === 'certain' || (confidence === 'ask' && /^\p{Lu}/u.test(text))
}
