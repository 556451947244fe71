import { describe, expect, it } from 'vitest'
import { indicators } from '../../../workflows/detect/indicators.ts'
import { combine, reportingEffect } from '../../../workflows/detect/level.ts'
import type { Alarm, Indicator, Score } from '../../../workflows/warning.ts'

const known: Indicator[] = (
  [
    ['calls', 'trigger', false],
    ['weapons', 'trigger', false],
    ['speech', 'intermediate', false],
    ['ruling', 'structural', false],
    ['mediators', 'capacity', true],
  ] as const
).map(([id, layer, protective]) => ({ id, layer, protective, name: { en: id, es: id } }))

const score = (indicator: string, value: Score['value'], trend: Score['trend'] = 'steady'): Score => ({
  ...{ indicator, value, trend },
})

describe('weekly indicators', () => {
  it('are nothing where none was scored, or none is known', () => {
    expect(indicators(known, [])).toEqual({ value: null, level: 'green', heaviest: [] })
    expect(indicators(known, [score('moon', 3)])).toEqual({ value: null, level: 'green', heaviest: [] })
  })

  it('are 0 at their calmest and 100 at their worst, what protects turned round', () => {
    const calm = [score('calls', 0), score('speech', 0), score('ruling', 0), score('mediators', 3)]
    const worst = [score('calls', 3), score('speech', 3), score('ruling', 3), score('mediators', 0)]
    expect(indicators(known, calm)).toMatchObject({ value: 0, level: 'green', heaviest: [] })
    expect(indicators(known, worst)).toMatchObject({ value: 100, level: 'warning' })
  })

  it('weigh what sets violence off most: worked by hand', () => {
    const sum = indicators(known, [score('calls', 2), score('speech', 1, 'rising'), score('mediators', 2, 'falling')])
    // (3·2 + 2·1.5 + 2·1.5) of 3·(3 + 2 + 2)
    expect(sum.value).toBeCloseTo((100 * 12) / 21, 10)
    expect(sum.level).toBe('watch')
    expect(sum.heaviest.map(one => one.indicator)).toEqual(['calls', 'speech', 'mediators'])
  })

  it('stand at watch for one trigger at its worst, at warning for two, however calm the rest is', () => {
    const rest = [score('speech', 0), score('ruling', 0), score('mediators', 3)]
    expect(indicators(known, [...rest, score('calls', 3), score('weapons', 0)]).level).toBe('watch')
    expect(indicators(known, [...rest, score('calls', 3), score('weapons', 3)]).level).toBe('warning')
  })

  it('never leave 0 to 3 for a trend', () => {
    expect(indicators(known, [score('calls', 3, 'rising')]).value).toBe(100)
    expect(indicators(known, [score('calls', 0, 'falling')]).value).toBe(0)
  })
})

const alarm = (change: Partial<Alarm>): Alarm => ({
  ...{ id: 'W', method: 'rule', region: 'AZ', counties: [], group: null, day: '2026-11-03', level: 'watch' },
  ...{ count: 3, expected: null, statistic: null, reporters: { now: 4, usual: 4 }, incidents: [] },
  ...{ foundAt: 1, endsAt: 100, state: 'open', answeredBy: null, answeredAt: null, why: null },
  ...change,
})

describe('the level of a region', () => {
  it('is green without alarms, and the worst of those that count', () => {
    expect(combine([], null, 5)).toEqual({ level: 'green', because: [], proposesAlert: false })
    const worst = alarm({ id: 'B', level: 'warning' })
    expect(combine([alarm({ id: 'A' }), worst], null, 5)).toMatchObject({ level: 'warning', because: [worst] })
  })

  it('leaves out what was dismissed, is over, or has run out', () => {
    const gone = [alarm({ state: 'dismissed' }), alarm({ state: 'over' }), alarm({ endsAt: 5 })]
    expect(combine(gone, null, 5).level).toBe('green')
  })

  it('is never alert by itself: two kinds of method that warn ask a person', () => {
    const both = [alarm({ level: 'warning' }), alarm({ level: 'warning', method: 'scan' })]
    expect(combine(both, null, 5)).toMatchObject({ level: 'warning', proposesAlert: true })
    const twice = [alarm({ level: 'warning', method: 'ears-c2' }), alarm({ level: 'warning', method: 'cusum' })]
    expect(combine(twice, null, 5)).toMatchObject({ level: 'warning', proposesAlert: false })
    expect(combine(both, { by: 'x' }, 5)).toMatchObject({ level: 'alert', proposesAlert: false })
    expect(combine([], { by: 'x' }, 5).level).toBe('alert')
  })

  it('calls a change of more than 30 % of reporters a possible effect of reporting', () => {
    expect(reportingEffect({ now: 13, usual: 10 })).toBe(false)
    expect(reportingEffect({ now: 14, usual: 10 })).toBe(true)
    expect(reportingEffect({ now: 6, usual: 10 })).toBe(true)
    expect(reportingEffect({ now: 1, usual: 0 })).toBe(true)
    expect(reportingEffect({ now: 0, usual: 0 })).toBe(false)
  })
})
