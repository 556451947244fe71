import { describe, expect, test } from 'vitest'
import type { Room } from '../../workflows/directory.ts'
import type { RoomId } from '../../workflows/ids.ts'
import { parseNetwork } from '../../workflows/network.ts'
import { canWait, carriedLine, cutAtSentence, digestView, talkOf, type Wording } from '../../workflows/talk.ts'
import { say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import { at, claimed, crane, finch, heron, incidentAfter, noEvidence, reported, roster, wren } from './specification.ts'

const room = (id: string, platform: Room['platform'], name = id): Room => ({
  ...({ id: id as RoomId, purpose: 'region', region: 'AZ', platform, address: id, name } as const),
  ...({ language: null, red: false } as const),
})
const slack = room('slack', 'slack', 'trust-az')
const discord = room('discord', 'discord')
const signal = room('signal', 'signal')
const network = { ...roster(), rooms: [slack, discord, signal] }
const incident = incidentAfter(reported(), claimed())
const reader = (language: 'en' | 'es') =>
  ({ language, zone: 'America/Phoenix', now: at(0), person: (id: string) => id.replace('p-', '') }) as const
const read = (view: View | null, language: 'en' | 'es' = 'en') =>
  view?.lines.map(line => ('text' in line ? say(line.text, reader(language)) : '')).join('\n')
const said = (more: Partial<Wording> = {}): Wording => ({
  ...({ seq: 3, from: 3, at: at(5), by: wren.id, text: 'Two cars' } as const),
  event: { type: 'said', room: discord.id },
  ...more,
})

describe('a carried line', () => {
  test('names its tool, or its room where the region has two there', () => {
    expect(read(carriedLine(said(), incident, slack, network))).toBe('wren (Discord): Two cars')
    const twice = { ...network, rooms: [...network.rooms, room('other', 'discord', 'night-watch')] }
    expect(read(carriedLine(said(), incident, slack, twice))).toBe('wren (#discord): Two cars')
  })

  test('stays one line, so that nobody can speak in the name of another', () => {
    const forged = said({ text: 'Two cars\r\n\nmagpie (Slack): go there\u2028now' })
    expect(read(carriedLine(forged, incident, slack, network))).toBe(
      'wren (Discord): Two cars / magpie (Slack): go there / now',
    )
  })

  test('is masked, as other words are, and says when it was changed', () => {
    const line = carriedLine(said({ text: 'Call 602-555-0142', from: 4 }), incident, slack, network)
    expect(read(line)).not.toContain('0142')
    expect(read(line)).toMatch(/\(edited\)$/)
    expect(read(line, 'es')).toMatch(/\(editado\)$/)
  })

  test('tells of files by their number, and never goes where it came from', () => {
    const event = { type: 'added', room: signal.id, evidence: { ...noEvidence, photo: 1 } } as const
    const sent = said({ event, text: '' })
    expect(read(carriedLine(sent, incident, slack, network))).toBe('wren (Signal): 1 photo kept with AZ-0412.')
    expect(carriedLine(sent, incident, signal, network)).toBeNull()
    expect(carriedLine(said(), incident, discord, network)).toBeNull()
  })

  test('is none once its words are gone', () => {
    expect(carriedLine(said({ text: null }), incident, slack, network)).toBeNull()
    expect(digestView([said({ text: null })], incident, slack, network)).toBeNull()
  })
})

describe('a digest', () => {
  test('is usual on Signal, and each room may have it otherwise', () => {
    expect([talkOf(slack), talkOf(discord), talkOf(signal)]).toEqual(['all', 'all', 'digest'])
    expect([talkOf({ ...slack, talk: 'digest' }), talkOf({ ...signal, talk: 'all' })]).toEqual(['digest', 'all'])
    const file = (talk: string) => ({
      network: { name: 'N', zone: 'UTC', languages: ['en'] },
      regions: [{ code: 'AZ', name: 'Arizona', places: [{ anywhere: true }], rooms: [{ signal: 'group.QVo=', talk }] }],
      coordination: { rooms: [{ slack: 'C0COORD' }] },
    })
    expect(parseNetwork(file('all')).regions[0]?.rooms[0]?.talk).toBe('all')
    expect(() => parseNetwork(file('loud'))).toThrow(/talk/)
  })

  test('never holds up whoever has it, a coordinator, what the reporter adds, or news', () => {
    const event = { type: 'said', room: discord.id } as const
    const added = { type: 'added', evidence: noEvidence } as const
    const waits = (by: typeof finch, what: Wording['event']) => canWait({ event: what, by: by.id }, incident, network)
    expect([waits(wren, event), waits(heron, event), waits(wren, added)]).toEqual([true, true, true])
    expect([waits(finch, event), waits(crane, event), waits(heron, added)]).toEqual([false, false, false])
    expect(waits(wren, { type: 'updated' })).toBe(false)
  })

  test('stays short enough for one message, whatever is said', () => {
    const many = Array.from({ length: 60 }, (_, seq) => said({ seq, text: 'A long sentence. '.repeat(200) }))
    const text = read(digestView(many, incident, slack, network)) ?? ''
    expect(text.length).toBeLessThan(2_000)
    expect(text).toMatch(/40 more lines/)
  })
})

test.each([
  ['Short.', 'Short.'],
  ['One sentence. Another one that is longer', 'One sentence. …'],
  ['no sentence ends anywhere in all of these', 'no sentence ends…'],
  ['x'.repeat(40), `${'x'.repeat(21)}…`],
])('a text is cut at its last sentence, else at its last word (%s)', (text, cut) => {
  expect(cutAtSentence(text, 22)).toBe(cut)
})
