import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cardCommand } from '../../../bot/signal/actions.ts'
import { readLine, readReaction } from '../../../bot/signal/meaning.ts'
import { commands } from '../../../commands/index.ts'

const alone = { alone: true, forming: false, called: false }
const forming = { ...alone, forming: true }
const group = { alone: false, forming: false, called: false }

test.each([
  ['/claim AZ-0412', alone, 'claim', 'AZ-0412'],
  ['/claim AZ-0412', group, 'claim', 'AZ-0412'],
  ['/claim AZ-0412', forming, 'claim', 'AZ-0412'],
  ['claim az-412', forming, 'claim', 'az-412'],
  ['Claim AZ 412', alone, 'claim', 'AZ 412'],
  ['1 AZ-0412', group, 'claim', 'AZ-0412'],
  ['3 AZ-0412 they left', alone, 'update', 'AZ-0412 they left'],
  ['report', alone, 'report', ''],
  ['Report armed men at the library', alone, 'report', 'armed men at the library'],
  ['#az-0412', alone, 'incident', '#az-0412'],
  ['mine', alone, 'mine', ''],
  ['duty on 8h', alone, 'duty', 'on 8h'],
  ['help', alone, 'hub', ''],
  ['/ayuda', alone, 'hub', ''],
  ['/rumor R-0001 false', alone, 'rumour', 'R-0001 false'],
  ['rumor', alone, 'rumour', ''],
  ['rumor r-1 false', alone, 'rumour', 'r-1 false'],
  ['whoami language es', alone, 'whoami', 'language es'],
  ['P1.4 done', alone, 'step', 'P1.4 done'],
  ['p1.4 hecho', group, 'step', 'p1.4 hecho'],
  ['P1.4 skip no one there', forming, 'step', 'P1.4 skip no one there'],
  ['P1.4 mío', group, 'step', 'P1.4 mío'],
  ['p1.c2 ayuda', alone, 'step', 'p1.c2 ayuda'],
  ['P1.4', alone, 'step', 'P1.4'],
  ['P1.G2', group, 'gate', 'P1.G2'],
  ['p1', alone, 'run', 'show P1'],
  ['AZ-0412 P1.4 done', group, 'step', 'AZ-0412 P1.4 done'],
  ['p1.4 az-0412 done', forming, 'step', 'p1.4 az-0412 done'],
  ['P1.4 done AZ-0412', alone, 'step', 'P1.4 done AZ-0412'],
  ['P1.G2 AZ-0412', group, 'gate', 'P1.G2 AZ-0412'],
  ['AZ-0412 p1', alone, 'run', 'show P1 AZ-0412'],
] as const)('“%s” asks for something', (line, place, name, words) => {
  expect(readLine(line, commands, place)).toEqual({ type: 'command', name, words })
})

test.each([
  ['incident at the library, two men', alone],
  ['claim that the vote was stolen', alone],
  ['rumor ballots burned', alone],
  ['P1.4 is what they said on the radio', alone],
  ['v1.2 came out', alone],
  ['P1.4', forming],
  ['P1', forming],
  ['AZ-0412 P1', forming],
  ['AZ-0412 P1.4 is what they said', group],
  ['report armed men', forming],
  ['mine', forming],
  ['AZ-0412', forming],
  ['AZ-0412', group],
  ['claim AZ-0412', group],
  ['/shrug', group],
  ['/home/x is full', alone],
  ['2 men 30 years old', alone],
  ['help me please, they are at the door', alone],
  ['9 to 5', group],
  ['', alone],
] as const)('“%s” is words', (line, place) => {
  expect(readLine(line, commands, place)).toEqual({ type: 'words' })
})

describe('numbers', () => {
  it('stand for the same on every card', () => {
    const all = Array.from({ length: 12 }, (_, number) => cardCommand(number))
    const order = ['cannot', 'claim', 'join', 'update', 'handover', 'escalate', 'resolve', 'dismiss', 'more', 'reopen']
    expect(all).toEqual([...order, null, null])
  })

  it.each(['1', ' 12 ', '3.', '4)', '２'])('“%s” is one', line => {
    expect(readLine(line, commands, forming).type).toBe('number')
  })
})

test('a raised hand of any skin claims; what only means “seen” is asked back; all else is nothing', () => {
  for (const hand of ['✋', '✋🏽', '🤚🏿', '🖐️']) expect(readReaction(hand)).toBe('claim')
  expect(readReaction('✅')).toBe('resolve')
  expect(readReaction('⬆️')).toBe('escalate')
  for (const other of ['👍', '❤️', '🙏', '', '☑️']) expect(readReaction(other)).toBeNull()
})

test('no answer to a question is ever taken for a command, unless it names an incident or begins with a slash', () => {
  const word = fc.constantFrom(
    'claim',
    'report',
    'mine',
    'they',
    '1',
    'AZ',
    '0412',
    'at',
    'duty',
    'help',
    'update',
    'no',
  )
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), words => {
      expect(readLine(words.join(' '), commands, forming).type).not.toBe('command')
    }),
  )
})
