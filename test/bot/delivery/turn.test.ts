import { describe, expect, test } from 'vitest'
import { chooseTurn } from '../../../bot/turn.ts'
import { lanes } from '../../../workflows/change.ts'

const idle = { free: 8, calmFree: 2, urgentFree: 10, busy: new Set<string>(), apart: true }
const card = (room: string, lane: (typeof lanes)[number], id = 'AZ-0001') =>
  ({ incident: id, room, lane: lanes.indexOf(lane) }) as never
let last = 0
const post = (room: string | null, account: string | null, lane: (typeof lanes)[number]) =>
  ({ id: ++last, room, account, lane: lanes.indexOf(lane) }) as never

describe('whose turn it is', () => {
  test('goes by urgency, over rooms and people alike', () => {
    const [calm, alarm] = [post('r1', null, 'talk'), post(null, 'a1', 'S5')]
    const turn = chooseTurn([card('r1', 'claim')], [calm, alarm], { ...idle, free: 1, urgentFree: 1, apart: false })
    expect(turn).toEqual({ cards: [], posts: [alarm] })
  })

  test('passes by a place where something is in hand', () => {
    const turn = chooseTurn([card('r1', 'claim'), card('r2', 'claim')], [], { ...idle, busy: new Set(['r1']) })
    expect(turn.cards).toEqual([card('r2', 'claim')])
  })

  test('takes only a few of one place, so that something urgent is soon the next there', () => {
    const cards = Array.from({ length: 20 }, (_, at) => card('r1', 'claim', `AZ-${at}`))
    expect(chooseTurn(cards, [post('r2', null, 'talk')], idle)).toMatchObject({
      cards: cards.slice(0, 4),
      posts: [{ room: 'r2' }],
    })
  })

  test('leaves most places to what somebody waits for: broadcasts and summaries get a few', () => {
    const broadcast = Array.from({ length: 50 }, (_, at) => post(null, `a${at}`, 'broadcast'))
    expect(chooseTurn([], broadcast, idle).posts).toHaveLength(2)
    expect(chooseTurn([], broadcast, { ...idle, calmFree: 0 }).posts).toEqual([])
    const talk = Array.from({ length: 50 }, (_, at) => post(null, `a${at}`, 'talk'))
    expect(chooseTurn([], talk, { ...idle, calmFree: 0 }).posts).toHaveLength(8)
  })

  test('is an alarm’s at once, beside whatever is on its way there and with everything else in hand', () => {
    const alarms = [card('r1', 'S5'), card('r2', 'S4')]
    const turn = chooseTurn(alarms, [post('r3', null, 'talk')], { ...idle, free: 0, busy: new Set(['r1', 'r2']) })
    expect(turn).toEqual({ cards: alarms, posts: [] })
    expect(chooseTurn(alarms, [], { ...idle, busy: new Set(['!r1']) }).cards).toEqual([card('r2', 'S4')])
  })

  test('is one thing’s where things go one at a time, the most urgent', () => {
    const one = { free: 1, calmFree: 1, urgentFree: 1, busy: new Set<string>(), apart: false }
    expect(chooseTurn([card('r1', 'claim'), card('r2', 'S4')], [], one).cards).toEqual([card('r2', 'S4')])
    expect(chooseTurn([card('r1', 'S5')], [], { ...one, busy: new Set(['r1']) }).cards).toEqual([])
  })

  test('is nobody’s when nothing is free', () => {
    expect(chooseTurn([card('r1', 'S5')], [], { ...idle, free: 0, urgentFree: 0 })).toEqual({ cards: [], posts: [] })
  })
})
