/** Attributes of an element; what is undefined is left out, numbers are printed to a hundredth. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element of a picture with its attributes and what it holds; people's words never come in but through `words`. */
export function element(name: string, attributes: Attributes, held: readonly string[] | string = ''): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${typeof value === 'number' ? short(value) : escaped(value)}"`,
  )
  const inner = typeof held === 'string' ? held : held.join('')
  return inner === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inner}</${name}>`
}

/** Words as they may stand inside of an element or an attribute; what no picture can hold is left out. */
export function escaped(words: string): string {
  return words
    .toWellFormed()
    .replace(forbidden, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A number to a hundredth, without needless digits. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}

// XML 1.0 takes hardly any control character, and no half of a pair.
const forbidden = /[\p{Cc}\ufffe\uffff]/gu
