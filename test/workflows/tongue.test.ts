import { expect, test } from 'vitest'
import { tongueOf } from '../../workflows/text/tongue.ts'

test.each([
  ['hola, quiero reportar algo', 'es'],
  ['Hay hombres con armas en la biblioteca', 'es'],
  ['¿Qué hago?', 'es'],
  ['hello, I want to report something', 'en'],
  ['There are men with guns at the library', 'en'],
  ['AZ-0412', null],
  ['CDFH-3467', null],
  ['1', null],
  ['Phoenix, Arizona', null],
  ['Las Vegas', null],
  ['Voy a El Paso, no sé', null],
  ['no', null],
] as const)('"%s" is %s', (words, language) => {
  expect(tongueOf(words)).toBe(language)
})
