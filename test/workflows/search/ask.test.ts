import { describe, expect, test } from 'vitest'
import type { Directory, Language } from '../../../workflows/directory.ts'
import { type Asked, readSearch } from '../../../workflows/search/ask.ts'
import { stemsOf } from '../../../workflows/search/stem.ts'
import { say } from '../../../workflows/text/say.ts'
import { everybody, finch, roster, taxonomy } from '../specification.ts'

const base = roster()
const directory: Directory = {
  ...base,
  regions: [...base.regions, { code: 'US', name: 'Everywhere else', zone: 'America/New_York', places: [] }],
}
// A Tuesday, 07:00 in Phoenix.
const now = Date.UTC(2026, 10, 3, 14)
const owl = { id: finch.id, regions: 'all', zone: 'America/Phoenix' } as const

function ask(words: string, language: Language = 'en') {
  const asked = readSearch(words, { ...owl, language }, { directory, taxonomy }, now)
  if (asked.type !== 'search') throw new Error(`refused: ${asked.region}`)
  return asked
}

function read(words: string, language: Language = 'en'): string {
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  const reader = { language, zone: owl.zone, now, person }
  return ask(words, language)
    .read.map(part => say(part, reader))
    .join(', ')
}

const local = (text: string) => Date.parse(`${text}:00-07:00`)

describe('what is typed after incidents', () => {
  test.each([
    ['', 'open'],
    ['rifles "burton barr" AZ S4', 'open, S4, Arizona, words: rifles burton barr'],
    ['s4 arizona rifles', 'open, S4, Arizona, words: rifles'],
    ['all everywhere else S4+', 'open and ended, S5, S4, Everywhere else'],
    ['s2-s3 resolved closed', 'resolved, closed, S3, S2'],
    ['by finch library', 'open, with Finch, words: library'],
    ['mine', 'open, with Finch'],
    ['Finch', 'open, with Finch'],
    ['"Finch"', 'open, words: finch'],
    ['Fin', 'open, words: fin'],
    ['finch library', 'open, words: finch library'],
    ['unclaimed today', 'nobody is on it, since tue 3 nov 00:00, before wed 4 nov 00:00'],
    ['since monday fire', 'open, since mon 2 nov 00:00, words: fire'],
    ['"since monday"', 'open, words: since monday'],
    ['help us', 'open, words: help us'],
    ['help US', 'open, Everywhere else, words: help'],
    ['us', 'open, Everywhere else'],
    ['by the river', 'open, words: by the river'],
  ])('%j is read back as %j', (words, expected) => {
    expect(read(words).toLowerCase()).toBe(expected.toLowerCase())
  })

  test.each([
    ['rifles "burton barr" AZ S4', 'abiertos, S4, Arizona, palabras: rifles burton barr'],
    ['todos por finch', 'abiertos y terminados, con Finch'],
    ['sin tomar hoy', 'sin tomar, desde mar 3 nov 00:00, antes de mié 4 nov 00:00'],
    ['míos desde el lunes', 'abiertos, con Finch, desde lun 2 nov 00:00'],
    ['amenaza por radio', 'abiertos, palabras: amenaza por radio'],
  ])('in Spanish %j is read back as %j', (words, expected) => {
    expect(read(words, 'es').toLowerCase()).toBe(expected.toLowerCase())
  })

  test('a kind is known by its code or its name in either language', () => {
    const kind = taxonomy.kinds[0]
    if (!kind) throw new Error('no kinds')
    for (const said of [kind.code, kind.code.toLowerCase(), kind.name.en, `"${kind.name.es}"`, `${kind.name.es} AZ`]) {
      expect(ask(`${said} rifles`).filter).toMatchObject({ kind: kind.code, words: stemsOf('rifles') })
    }
  })

  test('a call sign alone is whoever has it, and stays so on the next page', () => {
    expect(ask('finch')).toMatchObject({ callsign: 'finch', parts: [{ type: 'who', text: 'by finch' }] })
    expect(ask('by finch').callsign).toBeNull()
    expect(ask('by finch all').filter.claimer).toBe(ask('finch').filter.claimer)
  })

  test('what is open stays with the index of the open ones', () => {
    for (const words of ['', 'open', 'claimed', 'rifles', 'unclaimed claimed'])
      expect(ask(words).filter.open).toBe(true)
    for (const words of ['all', 'closed', 'claimed resolved', 'rifles all'])
      expect(ask(words).filter.open).toBeUndefined()
  })

  test('a page is a number beside the rest', () => {
    expect(ask('rifles page 3')).toMatchObject({ page: 3, filter: { words: stemsOf('rifles') } })
    expect(ask('rifles p2').page).toBe(2)
    expect(ask('rifles página 2', 'es').page).toBe(2)
    expect(ask('rifles p0').page).toBe(1)
  })

  test('words that everything holds are not searched for, and said so where there is nothing else', () => {
    expect(ask('the of').filter.words).toBeUndefined()
    expect(ask('the of').common).toEqual(['the', 'of'])
    expect(ask('the rifles').common).toEqual([])
  })

  test('another region is told apart', () => {
    const asker = { ...finch, language: 'en' as const }
    const asked: Asked = readSearch('nevada rifles', asker, { directory, taxonomy }, now)
    expect(asked).toEqual({ type: 'other-region', region: 'Nevada' })
  })

  test('anything at all can be typed', () => {
    for (const odd of [
      '"""',
      '«»',
      '+',
      '~::',
      '\u0000',
      '🔥🔥',
      's9',
      'p',
      'by',
      'since',
      '99999h',
      'a'.repeat(5000),
    ]) {
      expect(ask(odd).type).toBe('search')
    }
  })
})

describe('a time', () => {
  const day = (since: string, until: string) => ({ since: local(since), until: local(until) })
  test.each<[string, object]>([
    ['24h', { since: now - 86_400_000 }],
    ['since 2h', { since: now - 7_200_000 }],
    ['desde hace 2 horas', { since: now - 7_200_000 }],
    ['24 h', { since: now - 86_400_000 }],
    ['last 3 days', { since: now - 3 * 86_400_000 }],
    ['3 days ago', { since: now - 3 * 86_400_000 }],
    ['2w', { since: now - 14 * 86_400_000 }],
    ['today', day('2026-11-03T00:00', '2026-11-04T00:00')],
    ['yesterday', day('2026-11-02T00:00', '2026-11-03T00:00')],
    ['tuesday', day('2026-11-03T00:00', '2026-11-04T00:00')],
    ['wednesday', day('2026-10-28T00:00', '2026-10-29T00:00')],
    ['since friday', { since: local('2026-10-30T00:00') }],
    ['until oct 30', { until: local('2026-10-31T00:00') }],
    ['nov 1', day('2026-11-01T00:00', '2026-11-02T00:00')],
    ['1st november', day('2026-11-01T00:00', '2026-11-02T00:00')],
    ['dec 24', day('2025-12-24T00:00', '2025-12-25T00:00')],
    ['11/2', day('2026-11-02T00:00', '2026-11-03T00:00')],
    ['11/2/25', day('2025-11-02T00:00', '2025-11-03T00:00')],
    ['2026-02-28', day('2026-02-28T00:00', '2026-03-01T00:00')],
    ['since oct 1 until oct 3', { since: local('2026-10-01T00:00'), until: local('2026-10-04T00:00') }],
  ])('%s', (words, span) => {
    const { since, until, words: rest } = ask(words).filter
    expect({ ...(since !== undefined && { since }), ...(until !== undefined && { until }) }).toEqual(span)
    expect(rest).toBeUndefined()
  })

  test.each<[string, object]>([
    ['ayer', day('2026-11-02T00:00', '2026-11-03T00:00')],
    ['2/11', day('2026-11-02T00:00', '2026-11-03T00:00')],
    ['2 de noviembre', day('2026-11-02T00:00', '2026-11-03T00:00')],
    ['desde el 2 de noviembre', { since: local('2026-11-02T00:00') }],
    ['últimas 24 horas', { since: now - 86_400_000 }],
    ['hace 3 días', { since: now - 3 * 86_400_000 }],
    ['miércoles', day('2026-10-28T00:00', '2026-10-29T00:00')],
  ])('in Spanish %s', (words, span) => {
    const { since, until, words: rest } = ask(words, 'es').filter
    expect({ ...(since !== undefined && { since }), ...(until !== undefined && { until }) }).toEqual(span)
    expect(rest).toBeUndefined()
  })
})

describe('the words of a search', () => {
  test.each([
    ['Rifles', 'rifle'],
    ['reuniones', 'reunión'],
    ['hombres', 'hombre'],
    ['counties', 'county'],
    ['churches', 'church'],
    ['houses', 'house'],
    ['parties', 'party'],
    ['armas', 'arma'],
    ['disparos', 'disparo'],
  ])('%s and %s are one', (one, other) => {
    expect(stemsOf(one)).toEqual(stemsOf(other))
  })

  test('are kept apart where they are others', () => {
    for (const [one = '', other = ''] of [
      ['glass', 'glas'],
      ['arm', 'army'],
      ['bus', 'bu'],
    ])
      expect(stemsOf(one), `${one} ${other}`).not.toEqual(stemsOf(other))
  })

  test('are each once, in any script, and never the commonest', () => {
    expect(stemsOf('The rifles and THE rifle')).toEqual(['rifl'])
    expect(stemsOf('спасибо 投票所 🕊️')).toHaveLength(2)
    expect(stemsOf('el la de que')).toEqual([])
  })
})
