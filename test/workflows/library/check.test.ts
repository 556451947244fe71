import { describe, expect, test } from 'vitest'
import { loadMessages } from '../../../bot/messages.ts'
import type { LocalText } from '../../../workflows/broadcast.ts'
import { filled, hasBlanks } from '../../../workflows/library/blank.ts'
import { flawsOf, partsOf, rumourFlaws } from '../../../workflows/library/check.ts'
import { wordingRev } from '../../../workflows/library/define.ts'
import { messageName, readClaims, rewritten } from '../../../workflows/library/edit.ts'
import { isCleared, isStale, type Prepared } from '../../../workflows/library.ts'

const good =
  'Polls are open until 19:00.\n\nSomething else is being said. It is not true.\n\n' +
  'No county has changed its hours.\n\nPolls are open until 19:00. Ask your county election office.'

const flaws = (words: LocalText, post?: string) => rumourFlaws(words, post ?? null).map(one => one.why.key)

describe('a rumour correction', () => {
  test('goes fact, warning, why, fact', () => {
    expect(flaws({ en: good })).toEqual([])
    expect(flaws({ en: good.replace('\n\nNo county has changed its hours.', '') })).toEqual(['library.flaw-order'])
    expect(flaws({ en: good.replace(/Polls are open until 19:00\. Ask.*$/, 'Thank you.') })).toEqual([
      'library.flaw-fact-again',
    ])
  })

  test('carries no link but an official one, and neither account nor hashtag', () => {
    for (const link of ['https://x.com/a/1', 'www.news.example.net', 'see t.me/abc', 'http://azsos.gov.evil.io/a'])
      expect(flaws({ en: `${good} ${link}` })).toContain('library.flaw-link')
    expect(flaws({ en: `${good} See https://recorder.maricopa.gov/hours.` })).toEqual([])
    expect(flaws({ en: `${good} Not what @patriot says` })).toContain('library.flaw-tag')
    expect(flaws({ en: `${good} #stopthecount` })).toContain('library.flaw-tag')
  })

  test('neither quotes what is false nor repeats words of the post', () => {
    const quoting = good.replace('Something else is being said.', 'They say “all polls close at noon today”.')
    expect(flaws({ en: quoting })).toEqual(['library.flaw-quote'])
    const post = 'BREAKING all the polls in Maricopa close at noon today, pass it on'
    const telling = good.replace('No county', 'All the polls in Maricopa close at noon today, they say. No county')
    expect(flaws({ en: good }, post)).toEqual([])
    expect(flaws({ en: telling }, post)).toEqual(['library.flaw-post'])
  })

  test('is judged in each language by itself', () => {
    const es = 'Se vota hasta las 19:00.\n\nSe dice otra cosa.\n\nNingún condado cambió.'
    expect(rumourFlaws({ en: good, es })).toMatchObject([{ at: ['es'], why: { key: 'library.flaw-order' } }])
  })
})

describe('a prepared message', () => {
  const message: Prepared = {
    ...{ title: { en: 'Hours' }, situation: 'polling', voice: { kinds: ['anyone'], who: {} }, avoid: {}, review: null },
    ...{ blanks: [{ name: 'hours', label: { en: 'Hours' } }], sample: false },
    wordings: [{ for: 'public', words: { en: '[hours] Stay in line.', es: '[hours] Quédese en la fila.' } }],
    claims: [{ says: { en: 'Hours' }, evidence: 'County office, by phone' }],
  }
  const wrong = (change: Partial<Prepared>) => flawsOf({ ...message, ...change }).map(one => one.why.key)

  test('says where its facts were checked, and asks for each blank in every language', () => {
    expect(wrong({})).toEqual([])
    expect(wrong({ claims: [] })).toEqual(['library.flaw-no-evidence'])
    expect(wrong({ blanks: [] })).toEqual(['library.flaw-blank', 'library.flaw-blank'])
    expect(wrong({ wordings: [{ for: 'public', words: { en: '[hours]', es: 'Quédese.' } }] })).toEqual([
      'library.flaw-blank-missing',
    ])
    expect(wrong({ wordings: [{ for: 'public', words: { en: 'Stay, {nme}.' } }] })).toContain('library.flaw-variable')
    expect(wrong({ wordings: [{ for: 'public', words: {} }] })).toContain('library.flaw-empty')
  })

  test('has another digest for other words, not for another review day', () => {
    const other = { ...message, wordings: [{ for: 'public', words: { en: 'Stay.' } }] } as const
    expect(wordingRev({ ...message, review: '2030-01-01', sample: true })).toBe(wordingRev(message))
    expect(wordingRev(other)).not.toBe(wordingRev(message))
  })

  test('is filled in sentence by sentence, without a doubled stop', () => {
    const fillings = { hours: { en: 'Open until 19:00.' } }
    expect(filled({ en: '[hours] Stay. Again: [hours].' }, fillings).en).toBe(
      'Open until 19:00. Stay. Again: Open until 19:00.',
    )
    expect(hasBlanks(filled({ es: '[hours] Hola' }, fillings))).toBe(true)
  })

  test('written anew keeps its other wordings, and what was filled in before is asked for no more', () => {
    const network = { for: 'network', words: { en: 'Be calm.' } } as const
    const before = { ...message, wordings: [...message.wordings, network] }
    const written = { title: 'Hours', situation: 'polling', en: 'Stay.', es: '', claims: message.claims } as const
    const after = rewritten(before, written, 'public')
    expect(after.wordings).toEqual([{ for: 'public', words: { en: 'Stay.' } }, network])
    expect(after.blanks).toEqual([])
    expect(after.title).toEqual(before.title)
  })

  test('gets a name from what it is called that nobody has yet', () => {
    expect(messageName('¡Calma en la fila, señores!', () => false)).toBe('calma-en-la-fila-senores')
    expect(messageName('Polls', id => id === 'polls')).toBe('polls-2')
    expect(messageName('投票', () => false)).toBe('message')
  })

  test('takes claims one a line, with where each was checked', () => {
    expect(readClaims('Open until 19:00 | County office\n\n', [])).toEqual([
      { says: { en: 'Open until 19:00', es: 'Open until 19:00' }, evidence: 'County office' },
    ])
    expect(readClaims('Open until 19:00', [])).toBeNull()
  })

  test('is cleared by two different people, one of them senior; stale from the day after its review day', () => {
    const by = (person: string, leads: boolean) => ({ by: person as never, at: 1, leads })
    expect(isCleared([by('a', true), by('a', true)])).toBe(false)
    expect(isCleared([by('a', false), by('b', false)])).toBe(false)
    expect(isCleared([by('a', false), by('b', true)])).toBe(true)
    expect(isStale({ review: '2026-11-03' }, Date.parse('2026-11-03T23:00:00Z'))).toBe(false)
    expect(isStale({ review: '2026-11-03' }, Date.parse('2026-11-04T00:00:00Z'))).toBe(true)
  })
})

describe('the starter set', () => {
  const files = loadMessages(null)

  test('has a sample for each situation of the field, in both languages and without a camp', () => {
    const situations = new Set(files.map(one => one.message.situation))
    expect([...situations].toSorted()).toEqual(['calm', 'condolence', 'polling', 'result', 'rumour', 'safety'])
    for (const { id, message } of files) {
      expect([id, message.sample]).toEqual([id, true])
      expect([id, flawsOf(message)]).toEqual([id, []])
      for (const { words } of message.wordings) {
        expect(Object.keys(words)).toEqual(['en', 'es'])
        expect(`${words.en} ${words.es}`).not.toMatch(/democrat|republican|demócrata|trump|biden|harris|antifa|!/i)
      }
    }
  })

  test('corrects rumours in four paragraphs that begin and end with the fact', () => {
    const rumour = files.find(one => one.id === 'rumour-correction')
    const parts = partsOf(rumour?.message.wordings[0]?.words.en ?? '')
    expect(parts).toHaveLength(4)
    expect(parts[0]).toBe('[fact]')
    expect(parts[3]).toContain('[fact]')
  })
})
