import { expect, test } from 'vitest'
import { readAnswer, readSign } from '../../../../workflows/broadcast/answer/said.ts'
import type { AnswerWanted } from '../../../../workflows/broadcast.ts'

const gotIt: AnswerWanted = { type: 'got-it' }
const yesNo: AnswerWanted = { type: 'yes-no' }
const safety: AnswerWanted = { type: 'safety' }
const none: AnswerWanted = { type: 'none' }
const where: AnswerWanted = {
  type: 'one-of',
  options: [{ en: 'North side', es: 'Lado norte' }, { en: 'South side' }],
}

const read = (line: string, wanted: AnswerWanted) => readAnswer(line, wanted)?.answer ?? null

test.each([
  [gotIt, ['1', 'OK', 'ok!', 'Got it.', 'recibido', 'sí', 'Thanks', '👍', '👍🏿', '1️⃣', '１'], 'got-it'],
  [yesNo, ['1', 'yes', 'Sí', 'si', '👍', 'Claro'], 'yes'],
  [yesNo, ['2', 'no', 'Nope', '👎', '❌'], 'no'],
  [safety, ['1', 'safe', 'I am safe', 'estoy bien', 'ok', '👍'], 'safe'],
  [safety, ['2', 'help', 'ayuda', 'no', 'need help, we are at the church', '🆘'], 'help'],
  [where, ['1', 'north side', 'Lado Norte', '1)'], '1'],
  [where, ['2', 'SOUTH SIDE'], '2'],
] as const)('%o is answered by %o: %s', (wanted, lines, answer) => {
  for (const line of lines) expect(`${line}: ${read(line, wanted)}`).toBe(`${line}: ${answer}`)
})

test('needing help answers whatever was asked, with what is said besides; help alone may ask how this is used', () => {
  for (const wanted of [none, gotIt, yesNo, where]) {
    expect(read('I need help', wanted)).toBe('help')
    expect(read('necesito ayuda', wanted)).toBe('help')
    expect(read('🆘', wanted)).toBe('help')
    expect(read('help', wanted)).toBeNull()
    expect(read('ayuda', wanted)).toBeNull()
  }
  expect(readAnswer('need help at 5th and Main', gotIt)).toEqual({
    ...{ answer: 'help', sure: false, note: 'need help at 5th and Main' },
  })
})

test('what says more than an answer is none', () => {
  for (const line of ['ok, but the road is closed', 'no idea', 'yes and no', '3', '12', 'They said yes', '', '😂']) {
    for (const wanted of [none, gotIt, yesNo, where]) expect(`${line}: ${read(line, wanted)}`).toBe(`${line}: null`)
  }
  expect(read('1', none)).toBeNull()
  expect(read('👍', where)).toBeNull()
})

test('only words that hardly mean anything else are sure', () => {
  expect(readAnswer('Got it', gotIt)?.sure).toBe(true)
  for (const line of ['ok', 'thanks', 'sí', '1', '👍']) expect(readAnswer(line, gotIt)?.sure).toBe(false)
  expect(readAnswer('South side', where)?.sure).toBe(true)
})

test('a sign on a message is one of its answers or nothing', () => {
  expect(readSign('👎', gotIt)).toBeNull()
  expect(readSign('👎', safety)).toBeNull()
  expect(readSign('2️⃣', yesNo)).toBe('no')
  expect(readSign('✋', yesNo)).toBeNull()
})
