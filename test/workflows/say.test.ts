import { expect, test } from 'vitest'
import { phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { finch } from './specification.ts'

const now = Date.UTC(2026, 10, 3, 21, 0)
const reader = { language: 'es', zone: 'America/Phoenix', now, person: () => 'Finch' } as const

test.each([
  [Date.UTC(2026, 10, 3, 21, 30), 'hasta las 14:30', 'antes de las 14:30', 'a las 14:30'],
  [Date.UTC(2026, 10, 3, 8, 5), 'hasta la 01:05', 'antes de la 01:05', 'a la 01:05'],
  [Date.UTC(2026, 10, 4, 15, 0), 'hasta el mié 4 nov 08:00', 'antes del mié 4 nov 08:00', 'el mié 4 nov 08:00'],
])('in Spanish an hour, one o’clock and a day take their own articles (%s)', (at, until, before, moment) => {
  const person = { person: finch.id }
  expect(say(phrase('card.claimed', { person, until: { time: at } }), reader)).toBe(`Lo tiene Finch ${until}`)
  expect(say(phrase('card.unclaimed-by', { time: { time: at } }), reader)).toBe(`Nadie lo tiene. Tomarlo ${before}.`)
  const source = { time: { time: at }, reporter: person, credibility: phrase('card.credibility-unverified') }
  expect(say(phrase('card.source', source), reader)).toBe(`Reportado ${moment} por Finch · sin verificar`)
})

test('where the platform shows its own time, the article of an hour stands', () => {
  const shown = { ...reader, time: () => '<t:1:t>' }
  expect(say(phrase('receipt.aim-silent', { time: { time: now } }), shown)).toContain('antes de las <t:1:t>.')
})
