import { expect, test } from 'vitest'
import { readSafety } from '../../../workflows/headcount/words.ts'

test.each([
  ['safe', 'safe', true],
  ['I am safe', 'safe', true],
  ['I’m safe.', 'safe', true],
  ['estoy bien', 'safe', true],
  ['A salvo', 'safe', true],
  ['ok', 'safe', false],
  ['Sí', 'safe', false],
  ['bien', 'safe', false],
  ['1', 'safe', false],
  ['HELP!!', 'help', true],
  ['ayuda', 'help', true],
  ['¡Necesito ayuda!', 'help', true],
  ['not safe', 'help', true],
  ['no estoy bien', 'help', true],
  ['no', 'help', false],
  ['2', 'help', false],
  ['ya volví', 'back', true],
])('"%s" says %s; sure: %s', (words, verb, sure) => {
  expect(readSafety(words)).toEqual({ verb, sure, note: '' })
})

test('a cry for help may go on in other words', () => {
  const words = 'Help, two of us at the back door'
  expect(readSafety(words)).toEqual({ verb: 'help', sure: false, note: words })
})

test.each([
  'ok, but Finch is hurt',
  'safe house is full',
  'we are not all there',
  'helpful people here',
  '10',
  'bien mal',
  '',
  '👍',
])('"%s" is no answer', words => {
  expect(readSafety(words)).toBeNull()
})
