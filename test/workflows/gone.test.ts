import { describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import type { Directory, Room } from '../../workflows/directory.ts'
import { movedView } from '../../workflows/gone.ts'
import type { Incident } from '../../workflows/incident.ts'
import { say } from '../../workflows/text/say.ts'
import { reported } from '../contracts/incidents.ts'

const taxonomy = loadTaxonomy()
const directory = { red: ['signal'], people: new Map() } as unknown as Directory
const room = { purpose: 'region', region: 'AZ', platform: 'slack', red: false } as Room

function reads(incident: Incident, language: 'en' | 'es' = 'en'): string {
  const reader = { language, zone: 'UTC', now: 0, person: () => null }
  const { title, lines, buttons } = movedView(incident, room, { directory, taxonomy })
  expect(buttons).toEqual([])
  return [title, ...lines.map(line => ('text' in line ? line.text : null))]
    .flatMap(text => (text ? say(text, reader) : []))
    .join('\n')
}

describe('a former card', () => {
  test('says of what it was and that it has moved, in the language of the room', () => {
    const { after } = reported('AZ-0001', { severity: 4, kind: 'AR-1' as never })
    expect(reads(after)).toMatch(/^S4 HIGH · AZ-0001 · .*\nThis card has moved below\.$/)
    expect(reads(after, 'es')).toMatch(/^S4 .* · AZ-0001 · .*\nEsta tarjeta pasó más abajo\.$/)
  })

  test('of a RED incident says no more than the card does there', () => {
    const { after } = reported('AZ-0001', { mark: 'RED' })
    expect(reads(after)).toMatch(/^S3 \S+ · AZ-0001 · Report\nThis card has moved below\.$/)
  })

  test('of one that the room may not know of any more says not even which', () => {
    const { after } = reported('AZ-0001', { visibility: 'restricted' })
    expect(reads(after)).toBe('This card has moved below.')
    expect(reads({ ...reported('AZ-0001').after, region: 'GA' })).toBe('This card has moved below.')
  })
})
