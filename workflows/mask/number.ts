import { type Span, spansOf } from './span.ts'

const gap = String.raw`[\s.\-‐‑‒–—·/\p{Cf}]{0,3}`
const few = String.raw`[\s.\-‐‑‒–—·/()\p{Cf}]{0,3}`
const before = String.raw`(?<![\p{L}\p{Nd}_+]|\p{Nd}[.,:/-])`
const after = String.raw`(?![\p{L}\p{Nd}_]|[.,:/-]\p{Nd})`

const whole = String.raw`(?:\+?1${gap})?(?:\(\p{Nd}{3}\)${gap}|\p{Nd}{3}${gap})\p{Nd}{3}${gap}\p{Nd}{4}`
const extension = String.raw`(?:\s?(?:x|ext\.?|extensi[oó]n)\s?\p{Nd}{1,6})?`
const american = new RegExp(`${before}${whole}(?:\\s?[,;/]\\s?${whole})*${extension}${after}`, 'giu')
const apart = new RegExp(String.raw`${before}(?:1\s)?\p{Nd}(?:\s\p{Nd}){9}${after}`, 'gu')
const foreign = new RegExp(`(?<![\\p{L}\\p{Nd}_+])(?:\\+|00)\\p{Nd}{1,3}(?:${few}\\p{Nd}){6,13}(?!\\p{Nd})`, 'gu')
const local = new RegExp(`(?<!-)${before}\\p{Nd}{3}[-‐‑.]\\p{Nd}{4}${after}`, 'gu')
const call =
  'phone|tel|teléfono|telefono|cell|cel|celular|mobile|call|text|number|número|numero|whatsapp|' +
  String.raw`llam[ea]\p{L}{0,3}|marc[ae]\p{L}{0,3}`
const link = String.raw`(?:\s(?:is|es|at|al|me|him|her|a|no|number|número|numero)){0,2}[\s.:#]{1,3}`
const announced = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${call})${link}(\p{Nd}(?:${gap}\p{Nd}){6,14})(?!\p{Nd})`,
  'giu',
)
const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu
const at = String.raw`\s?[([]?\s?(?:\bat\b|arroba)\s?[)\]]?\s?`
const dot = String.raw`\s?[([]?\s?(?:\bdot\b|punto)\s?[)\]]?\s?`
const ending = 'com|org|net|edu|gov|us|mx|me|io|info'
const spelled = new RegExp(
  String.raw`[\p{L}\p{N}._%+-]{2,64}${at}[\p{L}\p{N}-]{2,63}${dot}(?:${ending})(?![\p{L}\p{N}])`,
  'giu',
)

const months = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)/i
const small =
  /^(?:the|and|for|are|was|of|in|on|at|to|is|its|had|has|by|del|los|las|con|que|por|son|de|la|el|en|y|a|un)$/i
const plateWord = String.raw`(?:licen[cs]e\s?plates?|plates?|tags?|registration|placas?|matr[ií]culas?|chapas?)`
const plateSays = 'number|num|no|nº|n°|is|was|are|were|reads?|reading|says|número|numero|es|era|son|dice'
const plateLink = String.raw`(?:[\s:#"'(]{1,3}(?:${plateSays})\.?){0,2}[\s:#"'(]{1,3}`
const plate = String.raw`(?:[A-Z]{2}\s)?[A-Z0-9]{1,7}(?:[ \-·][A-Z0-9]{1,5})?`
const told = new RegExp(String.raw`(?<![\p{L}\p{N}])${plateWord}${plateLink}(${plate})(?![\p{L}\p{N}])`, 'giu')
const shaped = /(?<![\p{L}\p{N}_-])(?:[A-Z]{3}\d{4}|\d[A-Z]{3}\d{3}|\d{3}[A-Z]{3}|[A-Z]{3}\d{3})(?![\p{L}\p{N}_-])/gu

/**
 * Phone numbers: American with or without separators or an extension, also several in a row; foreign with a plus; and
 * short ones that are announced.
 */
export function phones(text: string): Span[] {
  const isDegrees = (match: RegExpExecArray) => text[match.index - 1] === '-' && /^\d{3}\.\d+$/.test(match[0])
  const isDate = (match: RegExpExecArray) => /^(?:19|20)\d\d[-./]/.test(match[0])
  return [
    ...spansOf(text, american, match => !isDegrees(match)),
    ...spansOf(text, apart),
    ...spansOf(text, foreign),
    ...spansOf(text, local, match => !isDate(match)),
    ...spansOf(text, announced, lastGroup),
  ]
}

/** E-mail addresses, also as people spell them to hide them: `ana at example dot org`. */
export function emails(text: string): Span[] {
  return [...spansOf(text, email), ...spansOf(text, spelled)]
}

/** Licence plates: what follows the word plate, and single words that have the shape of one. */
export function plates(text: string): Span[] {
  return [
    ...spansOf(text, told, match => isPlate(match[1] ?? '') && lastGroup(match)),
    ...spansOf(text, shaped, match => !months.test(match[0]) && !/[A-Z](?:19|20)\d\d$/.test(match[0])),
  ]
}

function lastGroup(match: RegExpExecArray): Span {
  const end = match.index + match[0].length
  return { start: end - (match[1] ?? '').length, end }
}

function isPlate(said: string): boolean {
  const parts = said.split(/[ \-·]/)
  const signs = parts.join('')
  if (!/\d/.test(signs) || signs.length < 4 || parts.some(part => small.test(part))) return false
  if (/^[A-Z]{2}-\d{4,}$/i.test(said)) return false
  if (!/[a-z]/i.test(signs)) return signs.length >= 5
  return parts.length === 1 || !parts.some(part => /^\p{Ll}{4,}$/u.test(part))
}
