import { fold } from '../words.ts'
import { type Span, spansOf } from './span.ts'

const start = String.raw`(?<![\p{L}\p{N}])`
const stop = String.raw`(?![\p{L}\p{N}])`
const name = String.raw`[\p{L}\p{N}'’.\-]{1,24}`
const type =
  'street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|circle|cir|place|pl|way|terrace|ter|' +
  'trail|trl|parkway|pkwy|highway|hwy|plaza|loop|alley'
const house = String.raw`(?<![\p{L}\p{N}_.,:#/$-])\p{Nd}{1,6}(?:-\p{Nd}{1,4})?\p{Lu}?`
const unit = String.raw`(?:[,\s]{1,2}(?:apt|apartment|unit|suite|ste|apto|depto|#)\.?\s?#?\s?[\p{L}\p{N}-]{1,6})?`
const english = new RegExp(String.raw`${house}\s((?:${name}\s){1,4}?)(${type})${stop}\.?${unit}`, 'giu')

const kind = 'calle|c/|avenida|avda|av|ave|camino|paseo|calzada|bulevar|blvd|carretera|callejón|privada|cerrada'
const sign = String.raw`#\s?|n[oº°]\.?\s?|n[uú]m(?:ero)?\.?\s`
const door = String.raw`\p{Nd}{1,5}(?![\p{L}\p{Nd}:/]|[.,-]\p{Nd})`
const spanish = new RegExp(
  String.raw`${start}(?:${kind})\.?\s((?:${name}\s){0,4}?${name}),?\s(${sign})?${door}(?:\s(\p{L}{1,20}))?`,
  'giu',
)
const home =
  String.raw`lives?\sat|living\sat|address(?:\sis|:)|home\sat|vive\sen(?:\sel)?|domicilio(?:\ses|:)?|` +
  String.raw`dirección(?:\ses|:)?`
const lived = new RegExp(String.raw`${start}(?:${home})\s(\p{Nd}{1,6}\s(?:[\p{L}\p{N}'’-]{1,24}\s?){1,2})`, 'giu')
const box = new RegExp(String.raw`${start}(?:p\.?\s?o\.?\s?box|apartado(?:\spostal)?)\s#?\p{Nd}{1,6}`, 'giu')

const unambiguous = /^(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr)$/i
const compass = /^(?:[nsew]|[ns][ew])\.?$/i
const numbered = /^\p{Nd}{1,3}(?:st|nd|rd|th)$/iu
/** After a number these make a count, a time or an institution, never a house. */
const counted = new Set(
  `
    people persons men women kids children voters protesters officers cars trucks buses vehicles guns rifles
    shots blocks block miles mile min mins minute minutes hour hours day days week weeks am pm feet foot ft lane
    way more other others of in on at the and to from down along across near by with or a an blocking supreme
    county district federal circuit municipal superior city state police different public precincts polling
    hombres mujeres personas carros coches cuadras millas minutos horas dias votantes agentes que hay estan
    llego llegaron con sin hace desde hasta porque donde cuando esta bloqueada cerrada
  `
    .trim()
    .split(/\s+/),
)

/** Street addresses with a house number, American and Spanish, post boxes, and a number after words like `lives at`. */
export function addresses(text: string): Span[] {
  return [
    ...spansOf(text, english, match => isHouse((match[1] ?? '').trim().split(/\s/), match[2] ?? '')),
    ...spansOf(text, spanish, spanishHouse),
    ...spansOf(text, lived, match => {
      const said = (match[1] ?? '').trimEnd()
      const start = match.index + match[0].length - (match[1] ?? '').length
      return !said.split(/\s/).slice(1).some(isCounted) && { start, end: start + said.length }
    }),
    ...spansOf(text, box),
  ]
}

/** `1221 N Central Ave` and `1221 central ave` are houses; `30 people marched down Main Street` is not. */
function isHouse(words: readonly string[], road: string): boolean {
  if (words.some(isCounted)) return false
  const named = words.filter(word => !compass.test(word) && !numbered.test(word))
  if (named.every(word => /^\p{Lu}/u.test(word))) return true
  return named.length <= 2 && named.every(word => /^\p{Ll}/u.test(word)) && unambiguous.test(road)
}

function spanishHouse(match: RegExpExecArray): boolean | Span {
  const [whole, street = '', marked = '', next = ''] = match
  const words = street.split(/\s/).map(word => word.replace(/,$/, ''))
  const linking = /^(?:de|del|la|las|los|el|y)$/i
  const named = words.filter(word => !linking.test(word))
  if (named.length === 0 || words.some(isCounted)) return false
  const proper = named.every(word => /^[\p{Lu}\p{Nd}]/u.test(word))
  if (marked === '' && next !== '' && (isCounted(next) || !proper)) return false
  if (!proper && named.length > 2) return false
  return { start: match.index, end: match.index + whole.length - (next ? next.length + 1 : 0) }
}

function isCounted(word: string): boolean {
  return counted.has(fold(word).replace(/\.$/, ''))
}
