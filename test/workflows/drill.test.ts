import { describe, expect, test } from 'vitest'
import { readDrill } from '../../workflows/drill/read.ts'
import { dueAt, parseScenario } from '../../workflows/drill/scenario.ts'
import { timingSheet } from '../../workflows/drill/sheet.ts'
import type { PersonId } from '../../workflows/ids.ts'
import { ContentError } from '../../workflows/problems.ts'

const regions = [
  { code: 'AZ', name: 'Arizona', zone: 'America/Phoenix', places: [] },
  { code: 'GA', name: 'Georgia', zone: 'America/New_York', places: [] },
]

test.each([
  ['start P1 in AZ', { type: 'start', protocol: 'P1', region: 'AZ', room: null }],
  ['start p1', { type: 'start', protocol: 'P1', region: null, room: null }],
  ['empezar P1 en Arizona', { type: 'start', protocol: 'P1', region: 'AZ', room: null }],
  ['start P1 in AZ room Arizona response', { type: 'start', protocol: 'P1', region: 'AZ', room: 'Arizona response' }],
  ['run election-day in GA 12x', { type: 'run', name: 'election-day', region: 'GA', room: null, speed: 12 }],
  ['run election-day at 24x in GA', { type: 'run', name: 'election-day', region: 'GA', room: null, speed: 24 }],
  ['run An election day', { type: 'run', name: 'An election day', region: null, room: null, speed: null }],
  ['run x 9999x', { type: 'run', name: 'x 9999x', region: null, room: null, speed: null }],
  ['stop', { type: 'stop', drill: null, region: null }],
  ['detener', { type: 'stop', drill: null, region: null }],
  ['stop in AZ', { type: 'stop', drill: null, region: 'AZ' }],
  ['report az-mgx1', { type: 'report', drill: 'az-mgx1', region: null }],
  ['', { type: 'status' }],
  ['start', { type: 'unknown' }],
  ['begone', { type: 'unknown' }],
])('what is typed after /drill: "%s"', (words, wish) => {
  expect(readDrill(words, regions)).toEqual(wish)
})

describe('a scenario file', () => {
  const good = {
    name: 'a-day',
    title: 'A day',
    from: '07:00',
    until: '08:00',
    events: [
      { at: '07:30', of: 'one', more: 'there are two now' },
      {
        at: '07:06',
        report: 'one',
        who: 'a voter',
        what: 'a man',
        where: 'here',
        danger: 'S4',
        kind: 'AR-2',
        start: 'P1',
      },
      { at: '07:31', of: 'one', start: 'P3' },
      { at: '07:00', tell: 'polls are open' },
    ],
  }
  const known = { protocols: ['P1', 'P3'], kinds: ['AR-2'] }
  const problemsOf = (data: unknown) => {
    try {
      parseScenario(data, known)
      return []
    } catch (error) {
      if (error instanceof ContentError) return error.problems.map(one => `${one.path.join('.')} ${one.message}`)
      throw error
    }
  }
  const withEvent = (event: unknown) => ({ ...good, events: [...good.events, event] })

  test('is put in order, at minutes of its own day', () => {
    const { script, length, speed } = parseScenario(good, known)
    expect(script.map(one => [one.at, one.type])).toEqual([
      [0, 'tell'],
      [6, 'report'],
      [30, 'more'],
      [31, 'start'],
    ])
    expect([length, speed]).toEqual([60, 1])
    expect(dueAt({ at: 30 }, { startedAt: 1000, speed: 12 })).toBe(1000 + 150_000)
  })

  test.each([
    ['an hour that is none', { at: '25:00', tell: 'x' }, 'events.4.at is no time of the day'],
    ['an hour outside of it', { at: '06:59', tell: 'x' }, 'events.4.at is not between "from" and "until"'],
    [
      'a report that nobody made',
      { at: '07:40', of: 'two', more: 'x' },
      'events.4.of no report before it is named two',
    ],
    ['more before its report', { at: '07:01', of: 'one', more: 'x' }, 'events.4.of no report before it is named one'],
    ['an unknown protocol', { at: '07:40', of: 'one', start: 'P9' }, 'events.4.start there is no protocol P9'],
    ['nothing that can happen', { at: '07:40' }, 'events.4 is nothing that can happen'],
    ['a field too many', { at: '07:40', tell: 'x', loud: true }, 'events.4.loud no such field'],
    ['no words', { at: '07:40', tell: ' ' }, 'events.4.tell is empty'],
    ['the same report twice', good.events[1], 'events.4.report another report has this name'],
    [
      'an unknown kind',
      { ...good.events[1], report: 'b', kind: 'ZZ-1' },
      'events.4.kind "ZZ-1" is no kind of the taxonomy',
    ],
  ])('is refused with %s', (_, event, problem) => {
    expect(problemsOf(withEvent(event))).toContain(problem)
  })

  test('is refused with a day that ends before it begins, and without events', () => {
    expect(problemsOf({ ...good, until: '06:00' })).toContain('until is not after "from"')
    expect(problemsOf({ ...good, events: [] })).toEqual(['events is empty, it needs at least one entry'])
    expect(problemsOf(null).length).toBeGreaterThan(0)
  })
})

test('the sheet of an exercise holds no formula and no broken line', () => {
  const step = {
    ...{ incident: 'DRILL-0001' as never, step: 'P1.1', text: { en: '=cmd "x", y', es: 'z' } },
    ...{ people: ['p' as PersonId], dueAt: 0, at: 90_000, by: 'p' as PersonId, how: 'done' as const, lateMs: 90_000 },
  }
  const sheet = timingSheet({ steps: [step], gates: [], people: [] }, () => 'Finch', 'en')
  expect(sheet.split('\r\n')[1]).toBe(
    `DRILL-0001,P1.1,"'=cmd ""x"", y",Finch,1970-01-01T00:00:00.000Z,done,1970-01-01T00:01:30.000Z,Finch,2`,
  )
})
