import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Edition, editions } from '../../../workflows/edition.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import type { Credibility, Incident, Mark, Status } from '../../../workflows/incident.ts'
import type { Severity } from '../../../workflows/taxonomy.ts'
import { counts, disclosed } from '../../../workflows/withheld.ts'
import { everybody, finch, taxonomy } from '../specification.ts'
import { hour, maricopa, now, pima, read, report, summary } from './day.ts'

const reader = { taxonomy, maySeeRed: false }
const shown = (incident: Incident) => editions.map(edition => disclosed(incident, edition, reader))

describe('of one incident', () => {
  test('each edition shows less than the one before', () => {
    const armed = report(1, { kind: 'AR-1', mark: 'CLEAR' })
    expect(shown(armed)).toEqual([
      { id: true, kind: 'kind', place: 'exact', time: 'minute', people: true, details: true, words: true },
      { id: true, kind: 'kind', place: 'county', time: 'minute', people: true, details: true, words: false },
      { id: true, kind: 'kind', place: 'county', time: 'day', people: false, details: false, words: false },
      { id: false, kind: 'kind', place: 'county', time: 'day', people: false, details: false, words: false },
    ])
  })

  test('a victim is told beyond the network by group and region only, and never to the public', () => {
    const threat = report(1, { kind: 'HA-1', mark: 'CLEAR' })
    expect(shown(threat).slice(2)).toEqual([
      { id: false, kind: 'group', place: 'region', time: 'day', people: false, details: false, words: false },
      null,
    ])
    // Of what is not known yet, nobody can say that it has no victim.
    expect(shown(report(1, { kind: null, mark: 'CLEAR' })).slice(2)).toEqual([
      { id: false, kind: 'group', place: 'region', time: 'day', people: false, details: false, words: false },
      null,
    ])
  })

  test('somebody who was asked and did not agree is not told of by county to partners, nor to the public at all', () => {
    const asked = (...consent: ('partners' | 'public')[]) => {
      return shown(report(1, { kind: 'AR-1', mark: 'CLEAR', details: { consent } })).map(one => one?.place ?? null)
    }
    expect(asked()).toEqual(['exact', 'county', 'region', null])
    expect(asked('partners')).toEqual(['exact', 'county', 'county', null])
    expect(asked('partners', 'public')).toEqual(['exact', 'county', 'county', 'county'])
  })

  test('without being asked, the public hears of what is marked CLEAR only', () => {
    const marks: readonly Mark[] = ['CLEAR', 'GREEN', 'AMBER', 'RED']
    expect(marks.map(mark => disclosed(report(1, { kind: 'AR-1', mark }), 'public', reader) !== null)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('RED shows number, county, severity and kind inside the network, nothing beyond it', () => {
    const red = report(1, { kind: 'AR-1', mark: 'RED' })
    expect(shown(red)).toEqual([
      { id: true, kind: 'kind', place: 'county', time: 'minute', people: false, details: false, words: false },
      { id: true, kind: 'kind', place: 'county', time: 'minute', people: false, details: false, words: false },
      null,
      null,
    ])
    expect(disclosed(red, 'response', { taxonomy, maySeeRed: true })?.words).toBe(true)
    expect(disclosed(red, 'partner', { taxonomy, maySeeRed: true })).toBeNull()
  })

  test('what is restricted, made up or not passed on counts and shows nowhere', () => {
    for (const facts of [{ visibility: 'restricted' }, { drill: 'd1' }, { triage: 'waiting' }] as const) {
      const incident = report(1, facts)
      expect(editions.map(edition => counts(incident, edition))).toEqual([false, false, false, false])
      expect(shown(incident)).toEqual([null, null, null, null])
    }
  })
})

const severity = fc.constantFrom<Severity>(1, 2, 3, 4, 5)
const incident = fc
  .record({
    hours: fc.integer({ min: 0, max: 300 }),
    severity,
    status: fc.constantFrom<Status>('reported', 'claimed', 'resolved', 'dismissed'),
    mark: fc.constantFrom<Mark>('CLEAR', 'GREEN', 'AMBER', 'RED'),
    kind: fc.constantFrom('AR-1', 'VI-2', 'HA-1', 'TH-4', 'PO-1', 'SP-3', null),
    credibility: fc.constantFrom<Credibility>('unverified', 'verified', 'corroborated', 'false'),
    place: fc.constantFrom(maricopa, pima, { ...pima, county: 'Greenlee County' }, { ...pima, county: null }),
  })
  .map(({ hours, ...facts }): Incident => {
    const claim = facts.status === 'claimed' ? { by: finch.id, since: now - hour, until: now + hour } : null
    const resolvedAt = facts.status === 'resolved' ? now - hour / 2 : null
    return report(hours / 10 + 1, { ...facts, claim, resolvedAt })
  })
const history = fc.array(incident, { maxLength: 40 }).map(list => {
  return list.map((one, index): Incident => ({ ...one, id: makeIncidentId('AZ', 1000 + index) }))
})
const textOf = (incidents: readonly Incident[], edition: Edition) => {
  return (['en', 'es'] as const).flatMap(language => read(summary(incidents, { edition, maySeeRed: true }), language))
}

describe('whatever happened', () => {
  test('no name leaves the network, no RED report, and nothing of who answers where', () => {
    fc.assert(
      fc.property(history, fc.constantFrom<Edition>('partner', 'public'), (incidents, edition) => {
        const lines = textOf(incidents, edition).join('\n')
        for (const { callsign } of everybody) expect(lines).not.toContain(callsign)
        for (const { mark, id } of incidents) if (mark === 'RED') expect(lines).not.toMatch(new RegExp(`\\b${id}\\b`))
        expect(lines).not.toMatch(/nobody on|Nobody on duty|Decisions needed|Our own people|sin nadie|Nuestra gente/)
        const calm = incidents.filter(one => one.mark !== 'RED')
        expect(textOf(calm, edition).join('\n')).toBe(lines)
      }),
      { numRuns: 60 },
    )
  })

  test('the public reads no number of a report, no 1 and no 2, no county with fewer than three', () => {
    fc.assert(
      fc.property(history, incidents => {
        const lines = textOf(incidents, 'public')
        const body = lines.filter(line => /^[-|]/.test(line)).join('\n')
        expect(body).not.toMatch(/AZ-\d{4}/)
        const seen = Map.groupBy(incidents, one => one.place.county)
        for (const [county, of] of seen) {
          if (county && of.length < 3) expect(body).not.toMatch(new RegExp(`${county}[^\\n]*\\d`))
        }
        // Counts stand behind a name or between bars; means have a decimal, times a unit.
        const small = /(?:^\| (?:New|Resolved|Nuevos|Resueltos) \| [12] )|(?:S[1-5]|calmed|handed on) [12](?:,|$)/m
        expect(body).not.toMatch(small)
      }),
      { numRuns: 60 },
    )
  })

  test('partners read no count below three of any county', () => {
    fc.assert(
      fc.property(history, incidents => {
        const body = textOf(incidents, 'partner').join('\n')
        expect(body).not.toMatch(/County, AZ: [12] re/)
        expect(body).not.toMatch(/· [12] reports? in 14/)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what the public could work out', () => {
  const daily = (counts: readonly number[]) => {
    return counts.flatMap((count, ago) => Array.from({ length: count }, (_, at) => report(24 * ago + 1 + at / 10)))
  }
  const lines = (counts: readonly number[]) => read(summary(daily(counts), { edition: 'public' }))

  test('no mean and no sum gives back a day that is not told', () => {
    // What is open is another number, which no day adds up to.
    const told = (counts: readonly number[]) => lines(counts).filter(line => !/open|Open/.test(line))
    const text = told([9, 8, 1, 7, 9, 8, 7, 6, 5, 5, 5, 5, 5, 5])
    expect(text).toContain('| New | 9 ↑ | 8 | –')
    expect(text).toContain('- Rising against the 7 days before. S4 and S5 in these 7 days: –.')
    // The same with another small day reads the same.
    expect(told([9, 8, 2, 7, 9, 8, 7, 6, 5, 5, 5, 5, 5, 5])).toEqual(text)
  })

  test('where every day is told, so are their sum and mean', () => {
    const text = lines([9, 8, 4, 7, 9, 8, 7, 6, 5, 5, 5, 5, 5, 5])
    expect(text.find(line => line.startsWith('| New'))).toMatch(/^\| New \| 9 ↑ \| 8 \| 7$/)
    expect(text.find(line => line.startsWith('- Rising'))).toContain('52 reports')
  })

  test('how many were set aside does not follow from what is told', () => {
    const aside = report(2, { status: 'dismissed' })
    expect(read(summary([...daily([12]), aside], { edition: 'public' }))).toEqual(lines([12]))
  })

  test('nor do one or two that need no answer follow from how many were answered', () => {
    const calm = report(2, { severity: 1, kind: 'PR-1' })
    const text = read(summary([...daily([12]), calm], { edition: 'public' })).join('\n')
    expect(text).toContain('| New | 13')
    expect(text).not.toMatch(/Claimed|First look/)
    expect(lines([12]).join('\n')).toMatch(/Claimed, all .* 12/)
  })
})

test('figures that may hold RED ones make no summary that leaves', () => {
  for (const edition of ['partner', 'public'] as const) {
    expect(() => summary([report(1)], { edition, window: { withoutRed: false as never } })).toThrow(/RED/)
  }
})
