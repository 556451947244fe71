import type { Language } from '../directory.ts'

/**
 * The language that somebody writes in, told by small words that are in every other sentence; null where they tell
 * nothing, or as much for the one as for the other.
 */
export function tongueOf(words: string): Language | null {
  const said = words.toLowerCase().match(/[\p{L}’']+|[¿¡]/gu) ?? []
  const spanish = said.filter(word => small.es.has(word) || /[ñ¿¡]/.test(word)).length
  const english = said.filter(word => small.en.has(word)).length
  if (spanish === english) return null
  return spanish > english ? 'es' : 'en'
}

// None of them is a word of the other language, or of a place, as in Las Vegas.
const small: Readonly<Record<Language, ReadonlySet<string>>> = {
  es: new Set(
    (
      'hola buenos buenas días dias tardes gracias ayuda ayúdenme quiero quisiera necesito puedo puede soy estoy ' +
      'está esta están un una unos unas de del que qué y o en con por para aquí aqui allí hay hombres gente ' +
      'reportar informar cómo dónde cuándo quién mi su se le lo es son fue sí pero muy también'
    ).split(' '),
  ),
  en: new Set(
    (
      'hello hi hey thanks thank please help want need can could is are was were the an of that what and or in ' +
      'with by for here there where when who how my your it they she we i you not but people men report to'
    ).split(' '),
  ),
}
