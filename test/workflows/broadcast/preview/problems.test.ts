import { describe, expect, test } from 'vitest'
import { resolvePlan } from '../../../../workflows/broadcast/audience/resolve.ts'
import { defaultProblem, fillVariables, variablesIn } from '../../../../workflows/broadcast/message/variables.ts'
import { languageFor, wordsFor } from '../../../../workflows/broadcast/message/words.ts'
import { blankPlan } from '../../../../workflows/broadcast/plan.ts'
import { mostWords } from '../../../../workflows/broadcast/preview/fit.ts'
import { planProblems, wordProblems } from '../../../../workflows/broadcast/preview/problems.ts'
import type { Plan } from '../../../../workflows/broadcast.ts'
import type { PersonId } from '../../../../workflows/ids.ts'
import { say } from '../../../../workflows/text/say.ts'
import { reads, sampleDirectory } from '../network.ts'

const directory = sampleDirectory()
const now = Date.parse('2026-10-30T17:00:00Z')
const both = { en: 'All calm.', es: 'Todo en calma.' }

function problems(more: Partial<Plan>, platforms?: ReadonlySet<'slack' | 'discord' | 'signal'>): readonly string[] {
  const plan = blankPlan({ audience: { type: 'everyone' }, words: both, ...more })
  const meant = resolvePlan(plan, directory, { now, ...(platforms ? { platforms } : {}) })
  return planProblems(plan, meant, directory).map(one => `${one.stops ? '!' : '-'} ${say(one.text, reads(directory))}`)
}

describe('what is wrong with a broadcast before it is approved', () => {
  test('nothing, where all is said', () => expect(problems({})).toEqual([]))

  test('nobody picked, nobody meant, nobody who can be written to', () => {
    expect(problems({ audience: null })).toEqual(['! Nobody is picked yet. Say who gets it.'])
    expect(problems({ audience: { type: 'partner', kind: 'sport' } })).toEqual([
      '! Nobody fits that. Say it more widely.',
    ])
    const fox = { type: 'person', person: 'Fox' as PersonId } as const
    expect(problems({ audience: fox }, new Set(['slack']))).toEqual(['! Nobody of them can be written to now.'])
  })

  test('no words, or none in a language that is read, which may be accepted', () => {
    expect(problems({ words: { en: '  ' } })).toEqual(['! It says nothing yet. Write the words.'])
    const missing = '2 readers have no words in Spanish and would get English. Write them, or accept that.'
    expect(problems({ words: { en: 'All calm.' } })).toEqual([`! ${missing}`])
    expect(problems({ words: { en: 'All calm.' }, without: ['es'] })).toEqual([
      '- 2 readers get English, not Spanish. That was accepted.',
    ])
  })

  test('a variable that there is not, and one without a value', () => {
    expect(problems({ words: { ...both, en: 'Call {hotlne}, {nobody}' } })).toEqual([
      '! I cannot fill in {hotlne}. Did you mean {hotline}?',
      '! I cannot fill in {nobody}. Use one of {name}, {region}, {incident}, {hotline}, or write the words out.',
    ])
    const audience = { type: 'or', of: [{ type: 'everyone' }, { type: 'rooms', region: 'all' }] } as const
    expect(problems({ audience, words: { en: 'Hi {name} of {region}', es: 'Hola' } })).toEqual([
      '! For 4 rooms nothing stands for {name}. Say what should.',
      '! For 1 person nothing stands for {region}. Say what should.',
    ])
    const defaults = { name: 'all of you', region: 'your region' }
    expect(problems({ audience, words: { en: 'Hi {name} of {region}', es: 'Hola' }, defaults })).toEqual([])
  })

  test('what stands for a variable is one short line of plain words', () => {
    expect(problems({ defaults: { hotline: ' ' } })).toEqual(['! Say what stands for hotline where a reader has none.'])
    for (const odd of ['{name}', 'one\ntwo']) expect(defaultProblem('hotline', odd)?.key).toBe('audience.default-odd')
    expect(defaultProblem('hotline', 'x'.repeat(81))?.key).toBe('audience.default-long')
    expect(defaultProblem('nothing', 'x')?.key).toBe('audience.variable-unknown')
    expect(defaultProblem('línea', '866-687-8683')).toBeNull()
  })

  test('words that are too long, also only once they are filled', () => {
    expect(problems({ words: { ...both, en: 'x'.repeat(mostWords) } })).toEqual([])
    expect(problems({ words: { ...both, en: 'x'.repeat(mostWords + 3) } })).toEqual([
      '! In English it is 3 characters too long; 3,400 fit. Shorten it.',
    ])
    const name = `${'x'.repeat(mostWords - 7)} {name}`
    expect(problems({ words: { ...both, en: name } })).toEqual([
      '! In English it is 3 characters too long; 3,400 fit. Shorten it.',
    ])
  })

  test('words of a correction are held to the same', () => {
    const plan = blankPlan({ audience: { type: 'everyone' }, words: both })
    const meant = resolvePlan(plan, directory, { now })
    const found = (words: Plan['words']) =>
      wordProblems(words, plan, meant, directory).map(one => say(one.text, reads(directory)))
    expect(found({ en: 'The hall is open, {name}.' })).toEqual([])
    expect(found({})).toEqual([])
    expect(found({ en: 'Call {hotline}.' })).toEqual(['For 8 people nothing stands for {hotline}. Say what should.'])
  })

  test('answers to choose from that are missing in a language', () => {
    const options = [{ en: 'On foot', es: 'A pie' }, { en: 'By car' }]
    expect(problems({ answer: { type: 'one-of', options } })).toEqual([
      '! The answers to choose from are missing in Spanish.',
    ])
  })
})

describe('words as one reader gets them', () => {
  const plan = { ...blankPlan({ words: both }), words: { en: 'Hi {name} ({Región}): {incidente}. {x}', es: '' } }
  const wren = { person: 'Wren' as PersonId, room: null, region: 'AZ', language: 'es' } as const

  test('are in their language, else in the first of the network’s that there is', () => {
    expect(wordsFor({ ...plan, words: both }, wren, directory)).toMatchObject({ language: 'es', fallback: false })
    expect(wordsFor(plan, wren, directory)).toMatchObject({ language: 'en', fallback: true })
    expect(languageFor({}, 'en', directory)).toBeNull()
  })

  test('have their variables filled once, in any language’s name for them, and nothing else', () => {
    expect(wordsFor(plan, wren, directory)?.text).toBe('Hi Wren (Arizona):. {x}')
    const filling = { incident: null, defaults: { name: '{region}' } }
    const room = { person: null, room: null, region: 'AZ' }
    expect(fillVariables('{name}', room, filling, directory)).toBe('{region}')
    expect(variablesIn('{NAME} {línea directa} {what}')).toEqual({ known: ['name', 'hotline'], unknown: ['what'] })
  })
})
