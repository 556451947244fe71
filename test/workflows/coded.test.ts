import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadGazetteer } from '../../db/places.ts'
import { readCoded } from '../../workflows/coded.ts'
import { layeredPlaces } from '../../workflows/places/layered.ts'
import { taxonomy } from './specification.ts'

const places = layeredPlaces([], loadGazetteer)
const read = (line: string) => readCoded(line, { places, taxonomy, home: 'AZ' })

test.each([
  ['armed men outside the library, 85004 !4 #AR-1', 'armed men outside the library', 'the library, 85004', 4, 'AR-1'],
  ['!5 shots at the fair, Tempe', 'shots at the fair', 'the fair, Tempe', 5, null],
  ['#ar1 !S3 two men with rifles in Mesa.', 'two men with rifles in Mesa.', 'Mesa', 3, 'AR-1'],
  [
    'hombres armados afuera de la biblioteca en Phoenix !4',
    'hombres armados afuera de la biblioteca en Phoenix',
    'la biblioteca en Phoenix',
    4,
    null,
  ],
  ['men with guns, shouting !4', 'men with guns, shouting', null, 4, null],
  ['a crowd @ Burton Barr library !2', 'a crowd', 'Burton Barr library', 2, null],
  ['they block the door 85004 and shout', 'they block the door 85004 and shout', '85004', null, null],
  ['they are shouting', 'they are shouting', null, null, null],
  ['call me !9 #ZZ-9 now', 'call me !9 #ZZ-9 now', null, null, null],
  ['a fight, Springfield', 'a fight', 'Springfield', null, null],
  ['!4', '', null, 4, null],
])('%s', (line, what, where, severity, kind) => {
  expect(read(line)).toEqual({ what, where, severity, kind })
})

test('whatever is typed, each word of it stands in what was understood, and nothing is invented', () => {
  const word = fc.constantFrom(
    'men',
    'in',
    'Mesa',
    ',',
    '85004',
    '!4',
    '#AR-1',
    '!7',
    '@',
    'near',
    '\n',
    'ñu',
    '🔥',
    '#',
    '!',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 14 }), words => {
      const line = words.join(' ')
      const { what, where, severity, kind } = read(line)
      const kept = `${what} ${where ?? ''} ${severity ? `!${severity}` : ''} ${kind ? `#${kind}` : ''}`
      for (const each of words.filter(one => /[\p{L}\d]/u.test(one))) expect(kept).toContain(each)
    }),
  )
})
