import { describe, expect, it } from 'vitest'
import { audiencePicked } from '../../../workflows/broadcast/audience/pick.ts'
import { readLength, readUntil, readWhen, whenWritten } from '../../../workflows/broadcast/hour.ts'
import { optionsOf, valuesOf } from '../../../workflows/broadcast/screen/fields.ts'
import { opensScreen, readBroadcastWish } from '../../../workflows/broadcast/screen/wish.ts'

// Monday, 19 October 2026, nine in the morning in Phoenix.
const now = Date.UTC(2026, 9, 19, 16)
const hour = 3_600_000
const english = { language: 'en', zone: 'America/Phoenix', now } as const
const spanish = { ...english, language: 'es' } as const

describe('when it goes out', () => {
  it.each([
    ['', { type: 'now' }],
    ['now', { type: 'now' }],
    ['18:00', { type: 'at', at: now + 9 * hour }],
    ['tomorrow 9:00', { type: 'at', at: now + 24 * hour }],
    ['2h before polls close 19:00', { type: 'before', event: 'polls close', eventAt: now + 10 * hour, minutes: 120 }],
    ['soonish', null],
    ['before polls close 19:00', null],
  ])('reads %j', (words, meant) => {
    expect(readWhen(words, english)).toEqual(meant)
  })

  it('is an hour of the day of the network’s own event, not of today', () => {
    const events = [{ name: 'Election Day', on: '2026-11-03' }]
    const eventAt = Date.UTC(2026, 10, 4, 2)
    const meant = { type: 'before', event: 'Election Day', eventAt, minutes: 120 }
    for (const words of ['2h before election day 19:00', '2h before Election Day, at 7 pm'])
      expect(readWhen(words, english, events)).toEqual(meant)
    expect(readWhen('2h before election day', english, events)).toBeNull()
    const written = whenWritten({ ...meant, type: 'before' }, english)
    expect(readWhen(written, english, events)).toEqual(meant)
    const other = readWhen('2h before election day nov 5 19:00', english, events)
    expect(other).toMatchObject({ eventAt: eventAt + 48 * hour })
  })

  it('reads the same in Spanish', () => {
    const close = { type: 'before', event: 'cierre', eventAt: now + 10 * hour, minutes: 90 }
    expect(readWhen('1 h 30 min antes del cierre 19:00', spanish)).toEqual(close)
    expect(readWhen('ahora', spanish)).toEqual({ type: 'now' })
  })

  it('stands in its field so that it reads back as the same', () => {
    for (const reader of [english, spanish]) {
      for (const words of ['18:00', '2h before polls close 19:00']) {
        const meant = readWhen(words, english)
        expect(meant && readWhen(whenWritten(meant, reader), reader)).toEqual(meant)
      }
    }
  })

  it('ends at an hour after it begins, or after so long', () => {
    const begins = now + 24 * hour
    expect(readUntil('20:00', begins, english)).toBe(begins + 11 * hour)
    expect(readUntil('2h', begins, english)).toBe(begins + 2 * hour)
    expect(readUntil('some day', begins, english)).toBeNull()
  })

  it('takes lengths in minutes, hours and days, and nothing else', () => {
    expect(['30 min', '2h', '1 h 30 min', '2 days', '1 día'].map(readLength)).toEqual([30, 120, 90, 2880, 1440])
    expect(['', '30', 'h', '5 apples', '0 min'].map(readLength)).toEqual([null, null, null, null, null])
  })
})

describe('what is picked and written on further screens', () => {
  const regions = [
    { code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [] },
    { code: 'GA', name: 'Georgia', zone: 'America/New_York', places: [] },
  ]
  const nothing = { regions: '', people: [], partners: [], language: '', rooms: 'no' }

  it('adds up within a question, and narrows from one to the next', () => {
    const picked = { ...nothing, regions: 'az, Georgia', people: ['mediator', 'duty'], language: 'es' }
    expect(audiencePicked(picked, { regions })).toEqual({
      audience: {
        type: 'and',
        of: [
          { type: 'or', of: [region('AZ'), region('GA')] },
          { type: 'or', of: [{ type: 'role', role: 'mediator' }, { type: 'duty' }] },
          { type: 'language', language: 'es' },
        ],
      },
    })
  })

  it('means rooms only where they are asked for, and nobody where nothing is picked', () => {
    const only = audiencePicked({ ...nothing, regions: 'AZ', rooms: 'only' }, { regions })
    expect(only).toEqual({ audience: { type: 'rooms', region: 'AZ' } })
    const also = audiencePicked({ ...nothing, regions: 'all', rooms: 'also' }, { regions })
    expect(also).toEqual({ audience: { type: 'or', of: [{ type: 'everyone' }, { type: 'rooms', region: 'all' }] } })
    expect(audiencePicked(nothing, { regions })).toMatchObject({ field: 'regions' })
    expect(audiencePicked({ ...nothing, regions: 'TX' }, { regions })).toMatchObject({ field: 'regions' })
  })

  it('takes two to five answers, as many in each language', () => {
    expect(optionsOf({ en: '1. Road\n2. Bridge', es: 'Camino\nPuente' })).toEqual({
      options: [
        { en: 'Road', es: 'Camino' },
        { en: 'Bridge', es: 'Puente' },
      ],
    })
    expect(optionsOf({ en: 'Road\nBridge', es: 'Camino\nPuente\nBarco' })).toMatchObject({ field: 'es' })
    expect(optionsOf({ en: 'Road\nRoad' })).toMatchObject({ field: 'en' })
    expect(optionsOf({})).toEqual({ options: [] })
  })

  it('takes what fills gaps, by their names in either language', () => {
    expect(valuesOf('hotline = 602-555-0134\nnombre: vecinos')).toEqual({
      values: { hotline: '602-555-0134', name: 'vecinos' },
    })
    expect(valuesOf('602-555-0134')).toHaveProperty('problem')
    expect(valuesOf('shark = 3')).toHaveProperty('problem')
  })
})

describe('what is typed behind /broadcast', () => {
  const typed = (words: string) => readBroadcastWish({ from: 'typed', words, assumed: '' })

  it('is a number, a list, something new, or the words themselves', () => {
    expect(typed('')).toEqual({ type: 'start' })
    expect(typed('lista')).toEqual({ type: 'list' })
    expect(typed('b7')).toEqual({ type: 'see', id: 'B-0007' })
    expect(typed('B-0007 texto')).toEqual({ type: 'text', id: 'B-0007' })
    expect(typed('nueva AZ-0412 Hola')).toEqual({ type: 'new', words: 'Hola', incident: 'AZ-0412' })
    expect(typed('AZ: The road is open.')).toMatchObject({ type: 'new', words: 'AZ: The road is open.' })
  })

  it('opens a screen where a tool must know so at once', () => {
    expect(['B-0007 when', 'b 7 cuándo', 'B-0007 recall'].map(opensScreen)).toEqual([true, true, true])
    expect(['when', 'B-0007', 'B-0007 pause', 'B-0007 reject too long'].map(opensScreen)).toEqual([
      ...[false, false, false, false],
    ])
  })
})

function region(code: string) {
  return { type: 'region', region: code }
}
