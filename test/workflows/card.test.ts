import { describe, expect, test } from 'vitest'
import { cardButtons, pressId } from '../../workflows/button.ts'
import { fullCard, roomCard } from '../../workflows/card.ts'
import type { Language, Room } from '../../workflows/directory.ts'
import type { IncidentId, RoomId } from '../../workflows/ids.ts'
import type { CurrentWords, Incident } from '../../workflows/incident.ts'
import { say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import {
  at,
  by,
  byHub,
  claimed,
  everybody,
  finch,
  heron,
  incidentAfter,
  owl,
  reported,
  roster,
  taxonomy,
  wren,
} from './specification.ts'

const words: CurrentWords = {
  what: 'Three men with rifles slung, talking to voters in line. Call Ana at 602-555-0142.',
  where: 'corner by the Burton Barr library',
}
const room: Room = {
  id: 'r-az' as RoomId,
  purpose: 'region',
  region: 'AZ',
  platform: 'workspace',
  address: 'az-response',
  name: 'az-response',
  language: null,
  red: false,
}

function context(language: Language = 'en', directory = roster()) {
  return { directory, taxonomy, language, now: at(10) }
}

function read(view: View, language: Language = 'en'): string[] {
  const reader = {
    language,
    zone: 'America/Phoenix',
    now: at(10),
    person: (id: string) => everybody.find(one => one.id === id)?.callsign ?? null,
  }
  const lines = view.lines.map(line =>
    'text' in line ? say(line.text, reader) : line.type === 'rule' ? '—' : line.type,
  )
  return [
    view.title ? say(view.title, reader) : '',
    ...lines,
    view.buttons.map(one => `[${say(one.label, reader)}]`).join(' '),
  ]
}

describe('a card', () => {
  test('says first how severe it is, then not to go there, where, what, who says so and who is on it', () => {
    const incident = incidentAfter(reported({ evidence: { photo: 2, video: 0, voice: 1, document: 0 } }), claimed())
    expect(read(fullCard(incident, words, context()))).toEqual([
      'S4 HIGH · AZ-0412 · Armed group or person present (guessed)',
      'Do not go there. Work by phone until the safety check says yes.',
      'Maricopa County, Arizona, “corner by the Burton Barr library”',
      'Three men with rifles slung, talking to voters in line. Call Ana at [phone number].',
      'Reported 07:00 by Heron · unverified',
      'Evidence: 2 photos, 1 voice note',
      '—',
      'Claimed by Finch until 07:35',
      '[Join] [Update] [Resolve] [Hand over] [More]',
    ])
  })

  test('says the same in Spanish', () => {
    const lines = read(fullCard(incidentAfter(reported()), words, context('es')), 'es')
    expect(lines[0]).toMatch(/^S4 ALTO · AZ-0412 · /)
    expect(lines).toContain('Nadie lo tiene. Tomarlo antes de las 07:10.')
    expect(lines.join()).toContain('[teléfono]')
  })

  test('names the hour by which somebody must claim it, and never counts down', () => {
    const incident = incidentAfter(reported())
    const early = read(fullCard(incident, words, { ...context(), now: at(1) }))
    const late = read(fullCard(incident, words, { ...context(), now: at(50) }))
    expect(early).toContain('Nobody is on it. Claim by 07:10.')
    expect(late).toEqual(early)
  })

  test('says who was told when an S4 comes in and nobody is on duty', () => {
    const lines = read(fullCard(incidentAfter(reported()), words, context('en', roster([]))))
    expect(lines).toContain('Nobody is on duty in Arizona: the coordinators were told.')
    const calm = read(fullCard(incidentAfter(reported({ severity: 3 })), words, context('en', roster([]))))
    expect(calm.join()).not.toContain('on duty')
  })

  test('leaves out what is not so: no evidence line, no warning below S4, no empty place', () => {
    const incident = incidentAfter(reported({ severity: 2 }))
    const lines = read(fullCard(incident, { what: 'Leaflets', where: null }, context()))
    expect(lines.join('\n')).not.toMatch(/Evidence|Do not go|“”|None/)
  })

  test('does not say the county twice when the reporter wrote nothing else', () => {
    const where = (text: string) =>
      read(fullCard(incidentAfter(reported()), { what: 'Leaflets', where: text }, context()))[2]
    for (const same of ['maricopa county', 'Maricopa County, AZ', 'Maricopa, Ariz.', 'condado de Maricopa, Arizona'])
      expect(where(same)).toBe('Maricopa County, Arizona')
    expect(where('Maricopa County, drop box')).toBe('Maricopa County, Arizona, “Maricopa County, drop box”')
  })

  test('shows the first 280 characters; the whole words only when asked for', () => {
    const long = { what: 'a '.repeat(400), where: null }
    const cut = read(fullCard(incidentAfter(reported()), long, context()))[3] as string
    expect([...cut].length).toBeLessThanOrEqual(280)
    expect(cut.endsWith('…')).toBe(true)
    const whole = read(fullCard(incidentAfter(reported()), long, context(), true))[3] as string
    expect(whole).not.toContain('…')
  })

  test('never cuts an emoji in two', () => {
    const cut = read(
      fullCard(incidentAfter(reported()), { what: '🕊️'.repeat(300), where: null }, context()),
    )[3] as string
    expect(cut.isWellFormed()).toBe(true)
  })

  test('whose place is still asked says so in a sentence, with the words and where it stands', () => {
    const place = { state: 'asked', county: null, fips: null, usState: null } as const
    const asked = incidentAfter(reported({ place }))
    const told = read(fullCard(asked, { ...words, where: 'Springfield' }, context()))
    expect(told).toContain('Place not known yet: “Springfield”. Until then it stands with Arizona.')
    expect(read(fullCard(asked, { ...words, where: null }, context()))).toContain(
      'Place not known yet. Until then it stands with Arizona.',
    )
  })

  test('after a withdrawal says that the words were taken back, and names nobody', () => {
    const incident = incidentAfter(reported(), by(wren, 3, { type: 'withdrawn', kept: true }))
    const lines = read(fullCard(incident, { what: null, where: null }, context()))
    expect(lines).toContain('The words of this report were taken back.')
    expect(lines.join()).not.toContain('Heron')
  })

  test('after the end says what came of it, who, how long, with no button but Reopen', () => {
    const ended = { type: 'resolved', outcome: 'calmed', undoUntil: at(41) } as const
    const incident = incidentAfter(reported(), claimed(), by(finch, 40, ended))
    const lines = read(fullCard(incident, words, context()))
    expect(lines[0]).toMatch(/^RESOLVED · AZ-0412/)
    expect(lines.join('\n')).toContain('Calm was restored by people on site. Ended 07:40, after 40 min. Finch had it.')
    expect(lines.at(-1)).toBe('[Reopen]')
    expect(lines.join()).not.toContain('Do not go')
  })
})

describe('what a room may see', () => {
  const red = incidentAfter(reported({ kind: 'TH-1', mark: 'RED' }))

  test('of a RED incident: severity, id, kind and county, and where the details are', () => {
    const lines = read(roomCard(red, words, room, context()))
    expect(lines).toEqual([
      expect.stringMatching(/^S4 HIGH · AZ-0412 · Threat to/),
      'Do not go there. Work by phone until the safety check says yes.',
      'Maricopa County, Arizona',
      'Marked RED: its details are not shown in this room. Choose More to see it alone.',
      '[Claim] [More]',
    ])
    expect(lines.join()).not.toMatch(/rifles|library|Heron/)
  })

  test('of a RED incident on a tool that may not carry it: the rooms of its region that may, else whom to ask', () => {
    const slack: Room = { ...room, platform: 'slack' }
    const signal: Room = { ...room, id: 'r-az-signal' as RoomId, platform: 'signal', red: true }
    const note = (...rooms: Room[]) => read(roomCard(red, words, slack, context('en', { ...roster(), rooms }))).at(-2)
    expect(note(slack, signal)).toBe('Marked RED: details in Signal. Nothing else is shown in this room.')
    for (const other of [
      { ...signal, region: 'NV' },
      { ...signal, red: false },
      { ...signal, platform: 'discord' },
    ])
      expect(note(slack, other as Room)).toBe('Marked RED: its details are not shown in this room. Ask a coordinator.')
    expect(note()).toContain('Ask a coordinator')
    const over = incidentAfter(reported({ mark: 'RED' }), by(finch, 3, { type: 'dismissed', undoUntil: at(4) }))
    expect(read(roomCard(over, words, room, context())).join()).not.toContain('Choose More')
  })

  test('that nobody should go there is also on the RED card, but not once it is over or of less severity', () => {
    const over = incidentAfter(reported({ mark: 'RED' }), by(finch, 3, { type: 'dismissed', undoUntil: at(4) }))
    const mild = incidentAfter(reported({ mark: 'RED', severity: 3 }))
    for (const incident of [over, mild])
      expect(read(roomCard(incident, words, room, context())).join()).not.toContain('Do not go')
  })

  test('nothing of who reported it, once they took it back', () => {
    for (const kept of [true, false]) {
      const gone = incidentAfter(reported(), by(heron, 3, { type: 'withdrawn', kept }))
      expect(read(roomCard(gone, { what: null, where: null }, room, context())).join()).not.toMatch(/heron/i)
    }
  })

  test('everything, if the room may see RED', () => {
    expect(read(roomCard(red, words, { ...room, red: true }, context())).join()).toContain('Three men with rifles')
  })

  test('only that it moved, once another region has it', () => {
    const moved = incidentAfter(
      reported(),
      by(wren, 3, { type: 'placed', region: 'NV', place: { state: 'found', county: null, fips: null, usState: 'NV' } }),
    )
    expect(read(roomCard(moved, words, room, context()))).toEqual(['AZ-0412', 'The Nevada team has this one now.', ''])
  })

  test('nothing of a restricted one, not even its number', () => {
    const restricted = incidentAfter(reported({ visibility: 'restricted', allowed: [owl.id] }))
    const lines = read(roomCard(restricted, words, room, context()))
    expect(lines.join()).not.toMatch(/AZ-0412|S4|rifles|library|Heron|Maricopa/)
  })
})

describe('the buttons of a card', () => {
  const names = (incident: Incident) => cardButtons(incident).map(one => one.id.split(':')[0])

  test('stand in one order: the first four that apply, then More', () => {
    expect(names(incidentAfter(reported()))).toEqual(['claim', 'update', 'escalate', 'dismiss', 'more'])
    expect(names(incidentAfter(reported(), claimed()))).toEqual(['join', 'update', 'resolve', 'handover', 'more'])
  })

  test('of one that was merged open the one where work goes on', () => {
    const merged = incidentAfter(reported(), by(finch, 3, { type: 'merged', into: 'AZ-0409' as IncidentId }))
    expect(cardButtons(merged).map(one => one.id)).toEqual(['more:AZ-0409'])
  })

  test('carry what the presser could see, so that the same press counts once and a later one anew', () => {
    const first = incidentAfter(reported())
    const again = incidentAfter(reported(), claimed(), byHub(35, { type: 'claim-lapsed', by: finch.id }))
    expect(pressId('claim', first)).toBe(pressId('claim', incidentAfter(reported())))
    expect(pressId('claim', again)).not.toBe(pressId('claim', first))
    for (const one of cardButtons(again)) expect(one.id.length).toBeLessThanOrEqual(100)
  })
})
