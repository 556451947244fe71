import { describe, expect, test } from 'vitest'
import type { Directory, Language } from '../../workflows/directory.ts'
import { leaves } from '../../workflows/edition.ts'
import { figureWindow } from '../../workflows/figures.ts'
import { makeIncidentId } from '../../workflows/ids.ts'
import type { Incident, Place } from '../../workflows/incident.ts'
import type { Text } from '../../workflows/phrase.ts'
import { buildSitrep, type SitrepOptions } from '../../workflows/sitrep.ts'
import { say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { countFigures } from './count.ts'
import { crane, everybody, finch, incidentAfter, reported, robin, roster, stork, taxonomy } from './specification.ts'

const minute = 60_000
const hour = 60 * minute
/** Tue 3 Nov 2026, 07:00 in Phoenix. */
const now = Date.UTC(2026, 10, 3, 14)
const zone = 'America/Phoenix'
const maricopa: Place = { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' }
const pima: Place = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' }
const armed = 'Armed group or person present'
const positive = 'Positive event or peaceful resolution'

let numbers = 400
/** A report that many hours before the summary. */
function report(hoursAgo: number, facts: Partial<Incident> = {}): Incident {
  const reportedAt = now - hoursAgo * hour
  const times = { reportedAt, poolSince: reportedAt, updatedAt: reportedAt }
  numbers += 1
  return { ...incidentAfter(reported()), id: makeIncidentId('AZ', numbers), place: maricopa, ...times, ...facts }
}
/** Taken by Finch after so many minutes; the last news of it is so many minutes old. */
function taken(incident: Incident, after: number, newsAge = 5): Incident {
  const claimedAt = incident.reportedAt + after * minute
  const claim = { by: finch.id, since: claimedAt, until: now + 25 * minute }
  return { ...incident, status: 'claimed', claim, claimedAt, updatedAt: now - newsAge * minute }
}
function resolved(incident: Incident, after: number, took: number): Incident {
  const held = taken(incident, after)
  const resolvedAt = incident.reportedAt + took * minute
  return { ...held, status: 'resolved', outcome: 'calmed', resolvedAt, updatedAt: resolvedAt }
}

/** A day with an armed group that nobody has taken, one in good hands, and the small things around them. */
function electionMorning(): Incident[] {
  const quiet = { severity: 2, kind: 'VO-1', kindGuessed: false } as const
  return [
    report(0.1, { id: makeIncidentId('AZ', 412), credibility: 'checking' }),
    taken(report(2.2, { id: makeIncidentId('AZ', 409), severity: 5, kind: 'VI-4', credibility: 'verified' }), 4),
    report(1.5, { id: makeIncidentId('AZ', 411), kind: 'TH-1', mark: 'RED', kindGuessed: false }),
    ...[3, 5, 6, 9].map(ago => resolved(report(ago, { ...quiet, credibility: 'corroborated' }), 12, 90)),
    resolved(report(8, { severity: 3, kind: 'PR-2', place: pima, credibility: 'verified' }), 20, 200),
    report(7, { ...quiet, status: 'dismissed' }),
    report(10, { severity: 1, kind: 'PO-1', kindGuessed: false, credibility: 'verified', place: pima }),
    report(4, { severity: 3, kind: 'SP-3', kindGuessed: false }),
    ...[27, 30, 40].map(ago => resolved(report(ago, quiet), 30, 300)),
    ...[80, 100, 130].map(ago => resolved(report(ago, { ...quiet, place: pima }), 30, 300)),
    taken(report(60, { severity: 3, kind: 'SP-3', kindGuessed: false, place: pima }), 15),
  ]
}

function summary(incidents: readonly Incident[], more: Partial<SitrepOptions> = {}, hours = 24): readonly View[] {
  const directory = more.directory ?? roster()
  const span = { from: now - hours * hour, to: now }
  const cut = leaves(more.edition ?? 'response') ? ({ withoutRed: true } as const) : {}
  const figures = countFigures(incidents, figureWindow(span, { regions: 'all', taxonomy, now, zone, ...cut }))
  return buildSitrep(figures, { directory, taxonomy, zone, region: 'all', maySeeRed: false, ...more })
}
function read(views: readonly View[], language: Language = 'en'): string[] {
  const person = (id: string) => everybody.find(one => one.id === id)?.callsign ?? null
  const reader = { language, zone, now, person }
  const row = (cells: readonly Text[]) => `| ${cells.map(cell => say(cell, reader)).join(' | ')}`
  const text = (line: Line) => {
    if (line.type === 'table') return [line.head, ...line.rows].map(row)
    return 'text' in line ? [(line.type === 'item' ? '- ' : '') + say(line.text, reader)] : []
  }
  return views.flatMap(view => [...(view.title ? [say(view.title, reader)] : []), ...view.lines.flatMap(text)])
}
const lineWith = (lines: readonly string[], words: string) => lines.find(line => line.includes(words))

test('a director reads on the first screen what is open, where it heats up, who must decide by when', () => {
  expect(read(summary(electionMorning())).slice(0, 23)).toEqual([
    'Situation report · Sample',
    'Mon 2 Nov 07:00 to Tue 3 Nov 07:00 MST · TLP:AMBER',
    '3 S4 or S5 are open, nobody is on 2 of them; 11 new reports, up from 3 the day before.',
    'Heating up: Maricopa County, AZ (load 31.4, 1.8 a day ago).',
    '2 decisions are needed, the first now.',
    'Decisions needed',
    '- S4 AZ-0411, Maricopa County, AZ: who takes it? Crane, now (since 05:40)',
    '- S4 AZ-0412, Maricopa County, AZ: who takes it? Crane, by 07:04',
    'Numbers',
    '| Reports | Now | Day before | 7-day mean',
    '| New | 11 ↑ | 3 | 1',
    '| Resolved | 6 ↑ | 2 | 0.7',
    '| Set aside | 1 ↑ | 0 | 0',
    '- Open now: 6 ↑ · at the start 2 · somebody is on 2, nobody on 4',
    '- Resolved, of those open and new: 46 %',
    '- New by severity: S5 1, S4 2, S3 2, S2 5, S1 1',
    `- Most reported: Voter intimidation or harassment 4 ↑, ${armed} 1 ↑, ${positive} 1 ↑`,
    'Open S4 and S5',
    '- S5 AZ-0409 · Maricopa County, AZ · Clash between groups · verified · Finch · 2 h 12 min old · news by 07:10',
    '- S4 AZ-0411 · Maricopa County, AZ · Threat to election workers or officials · RED: details are not shown here',
    `- S4 AZ-0412 · Maricopa County, AZ · ${armed} · being checked · nobody on it · 6 min old · claim by 07:04`,
    'Reports received by this network, not a count of all events.',
    'Situation report, details',
  ])
})

test('the same in Spanish, late, where RED may be seen', () => {
  const lines = read(summary(electionMorning(), { maySeeRed: true, late: true, missed: 2 }), 'es')
  expect(lines.slice(0, 9)).toEqual([
    'Informe de situación · Sample',
    'lun 2 nov 07:00 a mar 3 nov 07:00 MST · TLP:RED',
    'Tarde: debía salir el mar 3 nov 07:00; el hub no pudo publicarlo entonces.',
    'Se omitieron 2 resúmenes anteriores: sus horas no están aquí.',
    '3 S4 o S5 abiertos, en 2 no hay nadie; 11 reportes nuevos, más que el día anterior (3).',
    'Se calienta: Maricopa County, AZ (carga 31,4; hace un día, 1,8).',
    'Hacen falta 2 decisiones, la primera ahora.',
    'Decisiones que hacen falta',
    '- S4 AZ-0411, Maricopa County, AZ: ¿quién lo toma? Crane, ahora (desde las 05:40)',
  ])
  expect(lineWith(lines, 'AZ-0411 ·')).toContain(
    'sin verificar · nadie lo tiene · hace 1 h 30 min · debía tomarse antes',
  )
})

test('the details tell how soon, where, how sure, and where nobody listens', () => {
  const details = read(summary(electionMorning()).slice(1))
  expect(details).toEqual([
    'Situation report, details',
    'How soon we answer',
    '| How long until | Half | 9 in 10 | n',
    '| First look, all | – | – | 4',
    '| Claimed, all | 12 min | > 4 h | 9',
    '| First action, all | – | – | 4',
    '| Resolved, S2 | 5 h | 5 h | 10',
    '| Resolved, all | 5 h | 5 h | 16',
    'Resolved: reports of the last 7 days. ">": some still wait. Severities with fewer than 5 (n) stand in "all" only.',
    '- Claimed in time: 75 % (6 of 8) · S5 100 % (1 of 1), S4 0 % (0 of 1), S3 50 % (1 of 2), S2 100 % (4 of 4)',
    '- Waiting past their claim clock: S4 1 (up to 1 h 30 min), S3 1 (up to 4 h)',
    expect.stringMatching(/^- Longest open: S3 AZ-\d+, Pima County, AZ, 2 days 12 h$/),
    'Hot spots (load: how severe, how sure, how recent)',
    '- Maricopa County, AZ: 31.4 ↑ · a day ago 1.8 · 11 reports in 14 days',
    '- Pima County, AZ: 5.5 ↑ · a day ago 1.9 · 5 reports in 14 days',
    'Trend',
    '- Rising: 17 reports that stand in the last 7 days, 0 in the 7 before. 2.4 a day; the last day 10. S4 and S5 in these 7 days: 3.',
    '- Moved most, against their mean: Voter intimidation or harassment 4 ↑ (0.9)',
    'Verification',
    '- Of 10 new reports that stand: unverified 20 %, being checked 10 %, corroborated 40 %, verified 30 %',
    expect.stringMatching(
      /^- Longest unverified: S3 AZ-\d+, Pima County, AZ, Rumor, mis- or disinformation, 2 days 12 h$/,
    ),
    'Our own people',
    '- 1 person has an incident now',
    'Coverage gaps',
    '- No report for 48 hours: Nevada',
    '- Nobody on duty: Nevada',
    '- No responder who speaks Spanish: Arizona, Nevada',
    'What we do',
    '- How they ended: calmed 6',
    'Good news',
    expect.stringMatching(/^- AZ-\d+ · Pima County, AZ · Positive event or peaceful resolution$/),
    'Reports received by this network, not a count of all events.',
  ])
})

describe('on a quiet day', () => {
  const covered: Directory = { ...roster([finch, robin]), languages: ['en'] }
  const heard = [
    resolved(report(30, { severity: 2 }), 5, 20),
    resolved(report(30, { severity: 2, region: 'NV' }), 5, 20),
  ]

  test('it is one short message without empty sections', () => {
    expect(read(summary([...heard, ...heard], { directory: covered })).slice(2, 9)).toEqual([
      'Nothing is open at S4 or S5; no new report (the day before: 4).',
      'No county is heating up; Maricopa County, AZ has the highest load (1.9).',
      'No decision is waiting.',
      'Numbers',
      '| Reports | Now | Day before | 7-day mean',
      '| New | 0 ↓ | 4 | 0.6',
      '| Resolved | 0 ↓ | 4 | 0.6',
    ])
  })

  test('with nothing to tell in detail, the first message ends with what is counted', () => {
    const views = summary([], { directory: { ...covered, regions: [], languages: [] } })
    expect(views).toHaveLength(1)
    expect(read(views).at(-1)).toBe('Reports received by this network, not a count of all events.')
  })
})

describe('what may not be seen', () => {
  test('of a RED incident only id, county, severity and kind stand in a room that may not see RED', () => {
    const red = taken(report(50, { mark: 'RED', kind: 'TH-1', kindGuessed: false }), 3, 600)
    const lines = read(summary([{ ...red, lowering: { by: finch.id, to: 3 } }]))
    const text = lines.filter(line => line.includes(red.id)).join('\n')
    expect(lines.join('\n')).not.toContain('Finch')
    expect(text).toContain(`S4 ${red.id} · Maricopa County, AZ · Threat to election workers or officials · RED`)
    expect(text).not.toMatch(/· unverified|2 days 2 h|asks to lower/)
    const seen = read(summary([{ ...red, lowering: { by: finch.id, to: 3 } }], { maySeeRed: true })).join('\n')
    expect(seen).toMatch(/Finch asks to lower it to S3[\s\S]*2 days 2 h old/)
  })

  test('a restricted incident stands nowhere, not even as a number', () => {
    const restricted = report(1, { visibility: 'restricted', allowed: [crane.id] })
    const text = read(summary([restricted])).join('\n')
    expect(text).toEqual(read(summary([])).join('\n'))
    expect(text).not.toContain(restricted.id)
    expect(text).not.toContain('Maricopa')
  })

  test('small numbers of a county are not told beyond the network', () => {
    const incidents = [...[1, 2, 4, 5, 6, 7].map(ago => report(ago)), report(3, { place: pima })]
    for (const edition of ['partner', 'public'] as const) {
      const lines = read(summary(incidents, { edition }))
      expect(lines.join('\n')).not.toContain('Pima')
      // Told exactly, the total would tell the other one, and the next day's number how many came.
      expect(lineWith(lines, '- Maricopa County, AZ: ')).toBe('- Maricopa County, AZ: 6–10 reports')
    }
  })

  test('where counties stand beyond the network tells nothing of what one or two reports weigh', () => {
    const grave = report(1, { place: pima, severity: 5, credibility: 'verified' })
    const incidents = [
      ...[1, 2, 4, 5].map(ago => report(ago)),
      ...[30, 40, 50].map(ago => report(ago, { place: pima })),
    ]
    const [with5, without] = [
      [...incidents, grave],
      [...incidents, { ...grave, severity: 1 as const }],
    ].map(list => {
      return read(summary(list, { edition: 'partner' })).filter(line => /County/.test(line) && !/^- S\d/.test(line))
    })
    expect(with5).toEqual(without)
    expect(with5).toContain('Heating up: Maricopa County, AZ.')
  })
})

describe('a decision is asked', () => {
  test('of the coordinators, when news of a grave one is overdue', () => {
    const silent = taken(report(3), 4, 45)
    expect(lineWith(read(summary([silent])), 'no news')).toBe(
      `- S4 ${silent.id}, Maricopa County, AZ: no news from Finch, due 06:45. Who asks? Crane, now`,
    )
  })

  test('of another than who asks to lower it', () => {
    const lowering = { by: crane.id, to: 2 } as const
    const line = lineWith(read(summary([{ ...taken(report(1), 4), lowering }])), 'asks to lower')
    expect(line).toMatch(/Crane asks to lower it to S2\. Agree or keep\? duty officer, now$/)
  })

  test('of the duty officer, where work waits, nobody is on duty and the region has no coordinator', () => {
    const people = everybody.filter(one => one !== stork)
    const directory = roster([finch], people)
    const waiting = report(1, { region: 'NV', severity: 3, place: { ...pima, county: null, usState: null } })
    expect(lineWith(read(summary([waiting], { directory })), 'nobody on duty')).toBe(
      '- Nevada: 1 report that nobody is on, and nobody on duty. Who is? Owl, now',
    )
  })
})

describe('coverage', () => {
  test('says when duty ends within a day', () => {
    const directory = { ...roster(), duty: [{ person: finch.id, until: now + 5 * hour }] }
    expect(lineWith(read(summary([], { directory })), 'next 24')).toBe(
      '- Nobody on duty within the next 24 hours: Arizona from 12:00',
    )
  })

  test('expects no reports from the region that takes the rest', () => {
    const regions = roster().regions.map(region =>
      region.code === 'NV' ? { ...region, places: [{ type: 'anywhere' } as const] } : region,
    )
    const lines = read(summary([], { directory: { ...roster(), regions } }))
    expect(lineWith(lines, 'No report for 48')).toBe('- No report for 48 hours: Arizona')
  })
})

test('an hour is compared with the same hour of the day before', () => {
  const incidents = [report(0.5), report(24.5), report(24.6), report(26)]
  expect(read(summary(incidents, {}, 1))).toEqual(
    expect.arrayContaining(['| Reports | Now | Same hours, day before | 7-day mean', '| New | 1 ↓ | 2 | 0.3']),
  )
})

test('two days are compared with the two before, and with seven such times', () => {
  const incidents = [report(30), report(40), report(50), report(100)]
  expect(read(summary(incidents, {}, 48))).toEqual(
    expect.arrayContaining(['| Reports | Now | Same time before | mean of 7 such times', '| New | 2 ↑ | 1 | 0.3']),
  )
})

test('even the worst day fits into two messages of the tightest platform, in the longer language', () => {
  const storm = Array.from({ length: 300 }, (_, index) =>
    report(index / 13, {
      severity: index % 2 === 0 ? 5 : 4,
      kind: 'TH-1',
      place: { ...maricopa, county: `Northumberland County ${index % 40}` },
    }),
  )
  const regions = Array.from({ length: 56 }, (_, index) => ({
    code: `R${index}`,
    name: `Northern Mariana Islands ${index}`,
    zone,
    places: [],
  }))
  const views = summary(storm, { directory: { ...roster(), regions }, maySeeRed: true, late: true, missed: 9 })
  const lengths = views.map(view => read([view], 'es').join('\n').length)
  expect(lengths).toHaveLength(2)
  expect(Math.max(...lengths)).toBeLessThan(4000)
  expect(read(views).join('\n')).toContain('288 more: /incidents')
})
