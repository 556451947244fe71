import { expect, test } from 'vitest'
import { countyText } from '../../workflows/card/place.ts'
import { countyName } from '../../workflows/county.ts'
import { say } from '../../workflows/text/say.ts'
import { incidentAfter, reported, roster } from './specification.ts'

test.each([
  ['Maricopa County', 'Condado de Maricopa'],
  ['Orleans Parish', 'Parroquia de Orleans'],
  ['Ponce Municipio', 'Municipio de Ponce'],
  ['Fairfax city', 'Fairfax city'],
  ['Juneau City and Borough', 'Juneau City and Borough'],
])('%s is %s in Spanish', (name, spanish) => {
  expect(countyName(name)).toEqual({ en: name, es: spanish })
})

test('cards, receipts and lists say it in the language of whoever reads', () => {
  const text = countyText(incidentAfter(reported()), roster())
  const read = (language: 'en' | 'es') => say(text, { language, zone: 'UTC', now: 0, person: () => null })
  expect([read('en'), read('es')]).toEqual(['Maricopa County, Arizona', 'Condado de Maricopa, Arizona'])
})
