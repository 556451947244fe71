import { describe, expect, test } from 'vitest'
import { renderView } from '../../../bot/discord/render.ts'
import { writeText } from '../../../bot/signal/text.ts'
import { drawMessages } from '../../../bot/slack/message.ts'
import { renderBody } from '../../../bot/workspace/body.ts'
import { fullCard, roomCard } from '../../../workflows/card.ts'
import type { Language, Room } from '../../../workflows/directory.ts'
import type { RoomId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Protocol } from '../../../workflows/protocol.ts'
import type { RunEvent } from '../../../workflows/run.ts'
import type { Taxonomy } from '../../../workflows/taxonomy.ts'
import { type Reader, say } from '../../../workflows/text/say.ts'
import { step, protocol as written } from '../run/shift.ts'
import {
  at,
  by,
  claimed,
  crane,
  everybody,
  finch,
  incidentAfter,
  type Past,
  reported,
  roster,
  taxonomy as shipped,
  wren,
} from '../specification.ts'

const phase = { en: 'First minutes', es: 'Primeros minutos' }
const long = (en: string) => ({ text: { en, es: en }, phase })
const sample: Protocol = {
  ...written(
    step('1', 5, long('Call the poll manager.')),
    step('2', 10, { ...long('Find a second source'), role: 'LI' }),
    step('3', 15, { ...long('Send a pair to the voters'), gate: 'G2' }),
    step('4', 60, long('Look again')),
  ),
  title: { en: 'Armed people at the polls', es: 'Personas armadas' },
}
const wordings = (...all: readonly Protocol[]): Taxonomy => ({
  ...shipped,
  protocols: { current: all, find: (id, rev) => all.find(one => one.id === id && one.rev === rev) ?? null },
})
const taxonomy = wordings(sample)

const begun: RunEvent = {
  type: 'started',
  protocol: 'P1',
  rev: sample.rev,
  eventAt: null,
  roles: { VE: [finch.id] },
  undoUntil: at(1),
}
const did = (minute: number, on: RunEvent, who = crane, run = 'P1'): Past => by(who, minute, { type: 'run', run, on })
const incident = (...past: readonly Past[]): Incident => incidentAfter(reported(), claimed(), did(6, begun), ...past)

const reader = (language: Language = 'en', minute = 10): Reader => ({
  language,
  zone: 'America/Phoenix',
  now: at(minute),
  person: id => everybody.find(one => one.id === id)?.callsign ?? null,
})

function card(one: Incident, minute = 10, known = taxonomy) {
  return fullCard(
    one,
    { what: 'Men with rifles', where: 'library' },
    {
      directory: roster(),
      taxonomy: known,
      language: 'en',
      now: at(minute),
    },
  )
}

function lines(one: Incident, minute = 10, known = taxonomy): string[] {
  const all = card(one, minute, known).lines
  const from = all.findIndex(line => line.type === 'rule') + 2
  return all.slice(from).map(line => {
    const button = line.type === 'item' && line.button ? ` [${say(line.button.label, reader())}]` : ''
    return `${'text' in line ? say(line.text, reader('en', minute)) : ''}${button}`
  })
}

describe('the checklist on a card', () => {
  test('says how far it is and what is next, by whom and when, with the button of each step', () => {
    expect(lines(incident())).toEqual([
      'Protocol P1, step 1 of 4 · next: P1.1 Call the poll manager (Finch, by 07:11) [Done]',
      'P1.2 Find a second source · liaison: nobody yet, by 07:16 [Done]',
      'P1.3 Send a pair to the voters · Finch, by 07:21 · first G2 Safety [Ask G2]',
      'Armed people at the polls · First minutes · lead: Crane [Checklist]',
    ])
  })

  test('puts what is overdue first and says so', () => {
    const shown = lines(incident(did(7, { type: 'step-done', step: '2' }, wren)), 30)
    expect(shown[0]).toBe('Protocol P1, step 2 of 4 · overdue since 07:11: P1.1 Call the poll manager (Finch) [Done]')
    expect(shown[1]).toBe('Overdue since 07:21: P1.3 Send a pair to the voters · Finch [Ask G2]')
    expect(shown.at(-1)).toContain('2 steps are overdue')
  })

  test('shows the no of a gate with what to do instead, and who calls for help', () => {
    const no: RunEvent = { type: 'gate-answered', gate: 'G2', answers: { pair: 'no' }, passed: false }
    const shown = lines(incident(did(7, no), did(8, { type: 'step-help', step: '1' }, wren)))
    expect(shown).toContain('G2 Safety said no at 07:07 (Crane): Stay away [Ask again]')
    expect(shown).toContain('Wren asks for help with P1.1.')
    expect(shown.join()).not.toContain('P1.3')
  })

  test('stands still while it is paused, and is one line once it is over', () => {
    const paused = lines(incident(did(7, { type: 'paused' })))
    expect(paused[0]).toBe('Protocol P1 is paused since 07:07, at step 1 of 4.')
    expect(paused.join()).not.toContain('[Done]')
    const over = lines(incident(did(7, { type: 'stopped', why: 'person' })))
    expect(over).toEqual(['Protocol P1 was stopped at 07:07.'])
  })

  test('of a wording that this hub does not know says so and does not throw', () => {
    expect(lines(incident(), 10, wordings())).toEqual([
      'Protocol P1 goes on, but this hub does not know its wording. Whoever runs the hub can put it back.',
    ])
  })

  test('several are told in two lines each, and the rest are counted', () => {
    const others = ['P2', 'P3', 'P4'].map(id => ({ ...sample, id }))
    const starts = others.map(({ id }) => did(7, { ...begun, protocol: id }, crane, id))
    const shown = lines(incident(...starts), 10, wordings(sample, ...others))
    expect(shown).toHaveLength(7)
    expect(shown.at(-1)).toBe('One more protocol is running.')
  })

  test('is nowhere that may not see the incident whole', () => {
    const red = { ...incident(), mark: 'RED' } as const
    const room = {
      id: 'r' as RoomId,
      purpose: 'region',
      region: 'AZ',
      platform: 'slack',
      address: 'C',
      name: 'az',
    } as const
    const shown = roomCard(red, { what: 'x', where: null }, { ...room, language: null, red: false } satisfies Room, {
      directory: roster(),
      taxonomy,
      language: 'en',
      now: at(10),
    })
    expect(JSON.stringify(shown)).not.toContain('protocol')
  })
})

describe('on each platform', () => {
  const others = ['P2', 'P3'].map(id => ({ ...sample, id }))
  const starts = others.map(({ id }) => did(7, { ...begun, protocol: id }, crane, id))
  const cards = [card(incident()), card(incident(...starts), 30, wordings(sample, ...others))]

  test.each(['en', 'es'] as const)('the card is one message within its limits, in %s', language => {
    for (const view of cards) {
      expect(renderView(view, reader(language))).toHaveLength(1)
      expect(drawMessages(view, reader(language))).toHaveLength(1)
      expect(writeText(view, reader(language)).pieces).toHaveLength(1)
      expect(() => renderBody(view, reader(language))).not.toThrow()
    }
  })

  test('on Signal steps have their names and no numbers, which would soon mean others', () => {
    const [text = ''] = writeText(cards[0] ?? card(incident()), reader()).pieces
    expect(text).toContain('\nP1.2 Find a second source · liaison: nobody yet, by 07:16\n')
    expect(text).toContain('Write: P1.G2 for its questions · P1.1 done · P1.1 skip and why')
    expect(text).toContain('2 join · 3 update')
    expect(text).not.toMatch(/\d+ (?:Done|Checklist|Ask)/)
  })
})
