import { describe, expect, test } from 'vitest'
import type { Happening } from '../../../workflows/agenda.ts'
import type { Former } from '../../../workflows/former.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Rumour } from '../../../workflows/rumour.ts'
import type { Run } from '../../../workflows/run.ts'
import { phaseOf } from '../../../workflows/sitrep/ahead.ts'
import { toldBy } from '../../../workflows/sitrep.ts'
import type { Alarm, Warning } from '../../../workflows/warning.ts'
import { protocol, step } from '../run/shift.ts'
import { crane, finch, taxonomy, wren } from '../specification.ts'
import { day, hour, maricopa, minute, now, part, pima, read, report, summary } from './day.ts'

const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  ...{ id: 'W-AZ-2026-11-03-ears-c2-AR', method: 'ears-c2', region: 'AZ', counties: ['04013'], group: 'AR' },
  ...{ places: ['Maricopa County, AZ'], day: '2026-11-03', level: 'watch', count: 9, expected: 2.4 },
  ...{ statistic: { name: 'C2', value: 4.6, bound: 3 }, reporters: { now: 6, usual: 6 }, incidents: [] },
  ...{ foundAt: now - hour, endsAt: now + day, state: 'open', answeredBy: null, answeredAt: null, why: null },
  ...more,
})
const warning = (alarms: readonly Alarm[], level: Warning['level'] = 'watch'): Warning => {
  return { region: 'AZ', level, since: now - hour, alarms, alert: null }
}
const rumour = (more: Partial<Rumour> = {}): Rumour => ({
  ...{ id: 'R-0012', about: 'that a polling place has closed', state: 'checking', regions: ['AZ'] },
  ...{ incidents: ['AZ-0001', 'AZ-0002', 'AZ-0003'] as never, counties: ['04013', '04019'] },
  ...{ firstAt: now - 5 * hour, lastAt: now - hour, reach: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1] },
  ...{ answeredWith: null, changedBy: null },
  ...more,
})
const former = (more: Partial<Former> = {}): Former => {
  const { from, to } = { from: now - 2 * day, to: now - day }
  return { key: 'k', plan: 'morning', from, to, at: to, cells: [], urgent: [], hot: [], levels: {}, ...more }
}

test('of a time that is long over says that what is open is so now, and counts the days to the vote from then', () => {
  const past = { from: now - 3 * day, to: now - 2 * day }
  const lines = read(summary([report(1)], { window: past, material: { poll: now - 2 * day - hour } }))
  expect(lines[1]).toMatch(/ · E · /)
  expect(lines[2]).toBe('What is open, needed or heating up is as of Tue 3 Nov 07:00.')
  expect(read(summary([report(1)])).join()).not.toContain('as of')
})

describe('early warning', () => {
  test('tells of every alarm its count, what was expected, its method, who reported, and of what it may be an effect', () => {
    const effect = alarm({ id: 'two', group: null, places: [], reporters: { now: 9, usual: 6 } })
    const lines = read(summary([], { material: { warnings: [warning([alarm(), effect])] } }))
    expect(lines[1]).toContain('level: watch')
    expect(part(lines, 'Early warning')).toEqual([
      '- Arizona: watch, since Tue 3 Nov 06:00',
      '- More reports than usual: Armed presence, Maricopa County, Arizona. 9 reports received on Tue 3 Nov; about ' +
        '2.4 were to be expected. 6 people reported that day, usually 6. Found by EARS C2 (against a week that ended ' +
        'three days before): C2 4.6, limit 3. It ends Wed 4 Nov 07:00 if nothing like it is found again.',
      expect.stringContaining('9 people reported that day, usually 6. Possible reporting effect: far more or fewer'),
    ])
  })

  test('a count that a rule broke off is told as more than that, and a chance that no number holds as very small', () => {
    const many = alarm({ id: 'many', method: 'rule', rule: 'cluster', expected: null, statistic: null, count: 101 })
    const rare = alarm({ id: 'rare', method: 'poisson', statistic: { name: 'p', value: 0, bound: 0.01 } })
    const lines = part(read(summary([], { material: { warnings: [warning([many, rare])] } })), 'Early warning')
    expect(lines[1]).toContain('More than 100 reports received so far.')
    expect(lines[2]).toContain('chance less than 0.001, limit 0.01')
  })

  test('many regions: the tensest are named, the others counted', () => {
    const warnings = Array.from({ length: 14 }, (_, at) => warning([], at === 13 ? 'alert' : 'watch'))
    const lines = part(read(summary([], { material: { warnings } })), 'Early warning')
    expect(lines[0]).toContain('alert')
    expect(lines.slice(10)).toEqual(['- 4 more regions above green: /warning'])
  })

  test('asks for a decision where several ways of looking agree, until somebody decides', () => {
    const level = 'warning'
    const alarms = [alarm({ level }), alarm({ id: 'two', method: 'rule', rule: 'cluster', level })]
    const asked = (alert: Warning['alert']) => {
      return part(read(summary([], { material: { warnings: [{ ...warning(alarms), alert }] } })), 'Decisions needed')
    }
    expect(asked(null)).toEqual(['- Arizona: several ways of looking agree. Is it an alert (/warning)? Crane, now'])
    expect(asked({ by: crane.id, at: now, why: 'shots' })).toEqual([])
  })

  test('partners hear of what statistics found in three reports or more, and of no rule, silence or threat', () => {
    const others = [alarm({ count: 2 }), alarm({ method: 'rule', rule: 'critical' }), alarm({ method: 'silence' })]
    const alarms = [alarm(), ...others, alarm({ group: 'TH' })]
    const lines = (edition: 'partner' | 'public') => {
      return part(read(summary([], { edition, material: { warnings: [warning(alarms)] } })), 'Early warning')
    }
    expect(lines('partner')).toEqual([expect.stringContaining('watch'), expect.stringContaining('Armed presence')])
    expect(lines('public')).toEqual([])
  })

  test('says what a level was in the last summary, and which alarms are new', () => {
    const old = alarm({ id: 'old', foundAt: now - 30 * hour })
    const material = {
      warnings: [warning([alarm(), old], 'warning')],
      former: { told: former({ levels: { AZ: 'watch' } }), corrected: [] },
    }
    const lines = part(read(summary([], { material })), 'Early warning')
    expect(lines[0]).toBe('- Arizona: warning (was watch), since Tue 3 Nov 06:00')
    expect(lines.slice(1).map(line => line.startsWith('- NEW · '))).toEqual([true, false])
  })
})

test('a message to many that waits for approval is a decision, inside the network', () => {
  const material = { unapproved: ['B-0007' as never] }
  expect(part(read(summary([], { material })), 'Decisions needed')).toEqual([
    '- Broadcast B-0007 waits for approval. Who reads it? duty officer, now',
  ])
  expect(read(summary([], { material, edition: 'partner' })).join('\n')).not.toContain('B-0007')
})

describe('since the last summary', () => {
  test('what is new is marked, and what is settled is named', () => {
    const [known, fresh] = [report(30), report(1)]
    const told = former({ urgent: [known.id, 'AZ-0001' as never], hot: ['Pima County, AZ'] })
    const lines = read(summary([known, fresh], { material: { former: { told, corrected: [] } } }))
    const listed = part(lines, 'Open S4 and S5')
    expect(listed.filter(line => line.startsWith('- NEW'))).toEqual([expect.stringContaining(fresh.id)])
    expect(part(lines, 'Since the last summary')).toEqual(['- No longer open at S4 or S5: AZ-0001'])
    expect(part(lines, 'Hot spots (load: how severe, how sure, how recent)')[0]).toMatch(/^- NEW · Maricopa County, AZ/)
  })

  test('what was told otherwise is corrected: moved, come late, judged otherwise', () => {
    const corrected = [
      { of: 'reports', name: '', was: 12, is: 13 },
      { of: 'region', name: 'AZ', was: 7, is: 6 },
      { of: 'severity', name: 'S4', was: 3, is: 2 },
      { of: 'kind', name: 'VI-2', was: 0, is: 1 },
    ] as const
    const lines = read(summary([], { material: { former: { told: former(), corrected } } }))
    expect(part(lines, 'Since the last summary')).toEqual([
      '- Corrected: it told of 12 reports; counted again, 13',
      '- Corrected: Arizona 7, now 6',
      '- Corrected: S4 3, now 2',
      '- Corrected: Shooting or lethal attack 0, now 1',
    ])
  })

  test('without a last one nothing is marked', () => {
    expect(read(summary([report(1)])).join('\n')).not.toContain('NEW')
  })

  test('what the next one needs to know is told: ids, counties, levels', () => {
    const incident = report(1)
    const options = { taxonomy, zone: 'UTC', region: 'all', maySeeRed: false } as const
    const figures = { urgent: [incident], counties: [], window: {} } as never
    expect(toldBy(figures, { ...options, directory: {} as never })).toEqual({
      urgent: [incident.id],
      hot: [],
      levels: {},
    })
  })
})

describe('the trend in words', () => {
  const spread = (count: number, from: number) => Array.from({ length: count }, (_, at) => report(from + at / 100))
  test.each([
    [spread(20, 10), [], 'Rising: 20 '],
    [spread(20, 10), spread(20, 200), 'Steady: 20 '],
    [spread(10, 10), spread(20, 200), 'Falling: 10 '],
    [spread(4, 10), spread(2, 200), 'Too few to tell: 4 '],
  ])('%#', (late, before, said) => {
    expect(part(read(summary([...late, ...before])), 'Trend')[0]).toContain(said)
  })

  test('names the kinds that moved most against their mean', () => {
    const many = Array.from({ length: 7 }, () => report(3, { kind: 'AR-1' }))
    const gone = Array.from({ length: 21 }, (_, at) => report(26 + 24 * (at % 7), { kind: 'VO-1' }))
    expect(part(read(summary([...many, ...gone])), 'Trend')[1]).toBe(
      '- Moved most, against their mean: Armed group or person present 7 ↑ (0), Voter intimidation or harassment 0 ↓ (3)',
    )
  })
})

test('rumors are described, with how far they spread and what became of them; three of them', () => {
  const rumours = [rumour(), rumour({ about: null, state: 'new' }), rumour({ state: 'answered' }), rumour()]
  expect(part(read(summary([], { material: { rumours } })), 'Rumors')).toEqual([
    '- R-0012 · that a polling place has closed · being checked · 3 reports, 2 counties · spreading',
    '- R-0012 · not described yet · nobody has looked at it · 3 reports, 2 counties · spreading',
    '- R-0012 · that a polling place has closed · answered · 3 reports, 2 counties · spreading',
    '- 1 more rumor: /rumour',
  ])
})

describe('our own people', () => {
  test('are counts: threats, deployed, asked, silent, in need', () => {
    const count = { kind: 'headcount', scope: 'region', asked: [finch.id, wren.id, crane.id], over: false }
    const round = { answers: { [finch.id]: 'safe' }, help: { [crane.id]: now }, rung: 2, missed: {}, back: [] }
    const run = { status: 'running', counts: { one: { ...count, ...round } } } as never as Run
    const asking = [report(1, { runs: [run] })]
    const claim = { by: finch.id, since: now, until: now + hour }
    const incidents = [
      report(2, { kind: 'TH-4' }),
      report(27, { kind: 'TH-4' }),
      report(1, { status: 'claimed', claim }),
    ]
    const lines = part(read(summary(incidents, { material: { asking } })), 'Our own people')
    expect(lines).toEqual([
      '- 1 threat to our own people, the day before 1',
      '- 1 person has an incident now',
      '- 3 people are asked whether they are safe: no answer from 2, 1 need help',
    ])
  })
})

describe('what we do', () => {
  const wording = protocol(step('1', 30), step('2', 600))
  const rules = { ...taxonomy, protocols: { current: [wording], find: () => wording } }
  const run = (startedAt: number): Run => ({
    ...{ id: 'P1', protocol: 'P1', rev: wording.rev, status: 'running', startedAt, startedBy: null, undoUntil: 0 },
    ...{ endedAt: null, pausedAt: null, pausedMs: 0, eventAt: null, lead: null, leadOffer: null, roles: {} },
    ...{ steps: {}, gates: {}, answers: {}, counts: {} },
  })
  const incidents: readonly Incident[] = [report(1, { runs: [run(now - hour)] }), report(0.1, { runs: [run(now)] })]

  test('tells of protocols that go on, and of their overdue steps by incident to those who respond', () => {
    const [late] = incidents
    const response = part(read(summary(incidents, { taxonomy: rules })), 'What we do')
    expect(response).toEqual(['- 2 protocols go on; 1 step is overdue', `- ${late?.id} · Sample: 1 step is overdue`])
    const leaders = part(read(summary(incidents, { taxonomy: rules, edition: 'leadership' })), 'What we do')
    expect(leaders).toEqual(['- 2 protocols go on; 1 step is overdue'])
    const partners = part(read(summary(incidents, { taxonomy: rules, edition: 'partner' })), 'What we do')
    expect(partners).toEqual(['- 2 protocols go on; 1 step is overdue'])
  })

  test('tells how far each message to many came, and how many answered', () => {
    const tally = { people: { sent: 40, read: 50, failed: 10 }, rooms: {}, platforms: [], lastSentAt: now }
    const broadcasts = [
      { id: 'B-0001' as never, tally: { ...tally, answers: { safe: 30 } as never, wrote: 6, silent: 54 } },
      { id: 'B-0002' as never, tally: { ...tally, answers: {}, wrote: 0, silent: 0 } },
    ]
    const told = (edition: 'response' | 'partner' | 'public') => {
      return part(read(summary([], { edition, material: { broadcasts } })), 'What we do')
    }
    expect(told('response')).toEqual([
      '- Broadcast B-0001: 90 of 100 have it (90 %), 36 of 90 answered (40 %)',
      '- Broadcast B-0002: 90 of 100 have it (90 %)',
    ])
    expect(told('partner')).toEqual(['- 2 broadcasts reached 180 people in all'])
    expect(told('public')).toEqual([])
  })
})

describe('what is to come', () => {
  const happening = (more: Partial<Happening> = {}): Happening => ({
    ...{ id: 'one', kind: 'rally', name: { en: 'Rally', es: 'Mitin' }, region: 'AZ', allDay: false, incident: null },
    ...{ from: now + 3 * hour, to: now + 4 * hour, ...more },
  })

  test('is told soonest first, by day where it has no hour; from reports only inside the network', () => {
    const agenda = [
      happening(),
      happening({ incident: 'AZ-0412' as never, name: { es: 'Marcha' } }),
      happening({ id: 'C-1', region: null, allDay: true, from: now + 2 * day, name: { en: 'Canvass' } }),
    ]
    expect(part(read(summary([], { material: { agenda } })), 'Next 72 hours')).toEqual([
      '- Tue 3 Nov 10:00 · Rally · Arizona',
      '- Tue 3 Nov 10:00 · Marcha · Arizona',
      '- Thu 5 Nov · Canvass · all regions',
    ])
    const told = (edition: 'partner' | 'public') => {
      const typed = happening({ id: 'E-4', name: { en: 'Meet at the house of X' } })
      const lines = read(summary([], { edition, material: { agenda: [typed, ...agenda] } }))
      return part(lines, 'Next 72 hours').map(line => line.split(' · ')[1])
    }
    expect(told('partner')).toEqual(['Rally or march', 'Rally', 'Canvass'])
    expect(told('public')).toEqual(['Canvass'])
  })

  test('the days to the vote are counted on the local calendar', () => {
    const noon = Date.UTC(2026, 10, 3, 19)
    expect([-3, -1, 0, 1, 10].map(apart => phaseOf(noon, noon + apart * day, 'America/Phoenix'))).toEqual([
      'E-3',
      'E-1',
      'E',
      'E+1',
      'E+10',
    ])
    expect(phaseOf(null, noon, 'America/Phoenix')).toBeNull()
    expect(read(summary([], { material: { poll: now + 3 * day } }))[1]).toContain(' · E-3 · ')
  })
})

describe('bad days', () => {
  test.each(['response', 'leadership', 'partner', 'public'] as const)('nothing at all: %s', edition => {
    const lines = read(summary([], { edition }))
    expect(lines[2]).toMatch(/^Nothing is open at S4 or S5; (no new report|0 new reports)/)
    expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined|\{/)
  })

  test.each(['response', 'leadership', 'partner', 'public'] as const)(
    'all in one minute of one county: %s',
    edition => {
      const lines = read(
        summary(
          Array.from({ length: 40 }, () => report(0.01)),
          { edition },
        ),
      )
      expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined|\{/)
      expect(lines[2]).toContain('40 S4 or S5 are open')
    },
  )

  test('a clock that jumped: reports from the time to come do no harm', () => {
    const lines = read(summary([report(-2), report(1), { ...report(2), claimedAt: now - 5 * hour }]))
    expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined|\{/)
  })

  test('figures of one kind say so', () => {
    const kinds = ['AR-1', 'AR-2']
    expect(read(summary([report(1, { kind: 'AR-1' })], { window: { kinds } }))[1]).toContain('only Armed presence')
    expect(read(summary([], { window: { kinds: ['VI-2'] } }))[1]).toContain('only Shooting or lethal attack')
  })

  test('many alarms, corrections and rumors still fit, in the longer language', () => {
    const corrected = Array.from({ length: 40 }, (_, at) => ({ of: 'region', name: `R${at}`, was: at, is: 1 }) as const)
    const urgent = Array.from({ length: 12 }, (_, at) => `AZ-90${at}` as never)
    const material = {
      warnings: Array.from({ length: 30 }, () => warning([alarm(), alarm()], 'warning')),
      rumours: Array.from({ length: 30 }, () => rumour({ about: 'x'.repeat(300) })),
      former: { told: former({ urgent }), corrected },
    }
    const storm = Array.from({ length: 200 }, (_, at) => report(at / 10, { place: at % 2 ? pima : maricopa }))
    const views = summary(storm, { material, late: true, missed: 3, maySeeRed: true })
    for (const view of views) expect(read([view], 'es').join('\n').length).toBeLessThan(4000)
    expect(views.length).toBeLessThan(5)
  })
})

test('an incident that waits is in the figures of time for as long as it has waited', () => {
  const claimed = (took: number) => {
    const one = report(2, { severity: 3, kind: 'AR-1' })
    return { ...one, status: 'claimed', claimedAt: one.reportedAt + took * minute } as Incident
  }
  const quick = [10, 10, 10].map(claimed)
  const waits = [report(2, { severity: 3 }), report(2, { severity: 3 }), report(2, { severity: 3 })]
  const lines = read(summary([...quick, ...waits]))
  expect(lines).toContain('| Claimed, S3 | 10 min | > 2 h | 6')
})
