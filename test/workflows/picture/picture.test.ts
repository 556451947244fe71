import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadGazetteer } from '../../../db/places.ts'
import { type Edition, editions, leaves } from '../../../workflows/edition.ts'
import { figureWindow } from '../../../workflows/figures.ts'
import { makeIncidentId } from '../../../workflows/ids.ts'
import type { Incident, Place } from '../../../workflows/incident.ts'
import { pictureOf, type Wanted } from '../../../workflows/picture/picture.ts'
import { layeredPlaces } from '../../../workflows/places/layered.ts'
import { stateOfFips } from '../../../workflows/places/states.ts'
import type { Severity } from '../../../workflows/taxonomy.ts'
import type { Alarm, Warning } from '../../../workflows/warning.ts'
import { countFigures } from '../count.ts'
import { incidentAfter, reported, roster, taxonomy } from '../specification.ts'

const hour = 3_600_000
/** Tue 3 Nov 2026, 07:00 in Phoenix. */
const now = Date.UTC(2026, 10, 3, 14)
const zone = 'America/Phoenix'
const places = layeredPlaces([], loadGazetteer)

const county = (name: string, fips: string): Place => ({ state: 'found', county: name, fips, usState: 'AZ' })
const maricopa = county('Maricopa County', '04013')
const pima = county('Pima County', '04019')
const yuma = county('Yuma County', '04027')

let numbers = 100
function report(hoursAgo: number, place: Place, severity: Severity, more: Partial<Incident> = {}): Incident {
  numbers += 1
  const reportedAt = now - hoursAgo * hour
  return { ...incidentAfter(reported()), id: makeIncidentId('AZ', numbers), place, severity, reportedAt, ...more }
}

function times(count: number, make: (at: number) => Incident): Incident[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

const morning = [
  ...times(6, at => report(1 + at, maricopa, at === 0 ? 5 : 2)),
  ...times(2, at => report(2 + at, pima, 4)),
  report(3, yuma, 1),
  ...times(9, at => report(30 + at * 5, maricopa, 3)),
]

function depicted(
  incidents: readonly Incident[],
  edition: Edition = 'response',
  more: { wanted?: Wanted; hours?: number; warnings?: readonly Warning[]; zone?: string; at?: number } = {},
) {
  const to = more.at ?? now
  const span = { from: to - (more.hours ?? 24) * hour, to }
  const cut = leaves(edition) ? ({ withoutRed: true } as const) : {}
  const own = more.zone ?? zone
  const window = figureWindow(span, { regions: ['AZ'], taxonomy, now: to, zone: own, ...cut })
  const figures = countFigures(incidents, window)
  const given = { figures, directory: roster(), zone: own, region: 'AZ', edition, warnings: more.warnings ?? [] }
  return pictureOf(given, places, more.wanted ?? { kind: 'summary' })
}
const marksOf = (picture: ReturnType<typeof depicted>) => picture.drawing.map?.counties ?? []

const alarm: Alarm = {
  id: 'W-AZ-2026-11-03-ears-c2-VI',
  ...{ method: 'ears-c2', region: 'AZ', counties: ['04013'], group: 'VI', day: '2026-11-03' },
  ...{ level: 'warning', count: 6, expected: 1, statistic: null, reporters: { now: 4, usual: 3 }, incidents: [] },
  ...{ foundAt: now, endsAt: now + 24 * hour, state: 'open', answeredBy: null, answeredAt: null, why: null },
}
const warnings: readonly Warning[] = [{ region: 'AZ', level: 'warning', since: now, alarms: [alarm], alert: null }]

describe('the picture of a summary', () => {
  test('has each county with its reports in the window, the worst of them, its load, and an alarm', () => {
    const picture = depicted(morning, 'response', { warnings })
    expect(marksOf(picture)).toEqual([
      { code: '04013', count: 6, load: expect.any(Number), worst: 5, alarm: true },
      { code: '04019', count: 2, load: expect.any(Number), worst: 4 },
      { code: '04027', count: 1, load: expect.any(Number), worst: 1 },
    ])
    expect(picture.drawing.map?.codes).toEqual(['04'])
    expect(picture.drawing.title).toEqual({
      en: 'Arizona: situation summary',
      es: 'Arizona: resumen de la situación',
    })
    expect(picture.drawing.subtitle.en).toBe('Mon 2 Nov 07:00 to Tue 3 Nov 07:00 MST')
  })

  test('has days that end at the hour of the summary, the last as many as are new, a mean only of seven days', () => {
    const { trend } = depicted(morning).drawing
    expect(trend?.until).toBe('07:00')
    expect(trend?.days).toHaveLength(14)
    expect(trend?.days.at(-1)).toEqual({ day: '2026-11-03', counts: [1, 5, 0, 2, 1], mean: 18 / 7 })
    expect(trend?.days[0]).toEqual({ day: '2026-10-21', counts: [0, 0, 0, 0, 0], mean: null })
    expect(trend?.days.slice(0, 6).every(day => day.mean === null)).toBe(true)
  })

  test('names the days of the wall, also where clocks were changed among them', () => {
    const { trend } = depicted(morning, 'response', { zone: 'America/New_York', at: Date.UTC(2026, 10, 3, 12) }).drawing
    expect(trend?.until).toBe('07:00')
    expect(trend?.days.map(day => day.day).slice(-4)).toEqual(['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03'])
  })

  test('of an hour shows the reports of that hour alone', () => {
    expect(marksOf(depicted(morning, 'response', { hours: 2 })).map(mark => mark.count)).toEqual([2, 1, 0])
  })

  test('without any report is whole, and says so', () => {
    const { drawing, alt } = depicted([])
    expect(drawing.map?.counties).toEqual([])
    expect(drawing.trend?.days.every(day => day.counts.every(count => count === 0))).toBe(true)
    expect(alt.en).toContain('no reports with a county')
  })

  test('counts what has no county, or one that no list knows, beside the map', () => {
    const nowhere: Place = { state: 'room', county: null, fips: null, usState: null }
    const strange = county('Nowhere County', '04999')
    const { drawing } = depicted([report(1, nowhere, 2), report(2, strange, 2), report(3, maricopa, 2)])
    expect(drawing.map?.unplaced).toBe(1)
    expect(drawing.map?.counties.map(mark => mark.code)).toEqual(['04013', 'Nowhere County'])
  })

  test('leaves out good news and what was set aside', () => {
    const good = report(1, pima, 1, { kind: 'PO-1', kindGuessed: false })
    const no = report(2, pima, 2, { status: 'dismissed' })
    const { drawing } = depicted([good, no, report(3, maricopa, 2)])
    expect(drawing.map?.counties.map(mark => mark.code)).toEqual(['04013'])
    expect(drawing.map?.unplaced).toBeUndefined()
  })

  test('tells how soon those are claimed that need it: nobody is late for an S1', () => {
    const claimed = times(5, at => report(2 + at, pima, 3, { claimedAt: now - (2 + at) * hour + 600_000 }))
    const calm = times(9, at => report(3 + at, pima, 1))
    const { claims } = depicted([...claimed, ...calm]).drawing
    expect(claims?.regions).toEqual([{ name: 'Arizona', n: 5, median: 10 }])
  })

  test('shows the map or the days alone where only that is wanted', () => {
    const map = depicted(morning, 'response', { wanted: { kind: 'map', theme: 'dark', exercise: true } }).drawing
    expect([map.trend, map.claims, map.coverage, map.theme, map.exercise]).toEqual([null, null, null, 'dark', true])
    expect(depicted(morning, 'response', { wanted: { kind: 'trend' } }).drawing.map).toBeNull()
  })
})

describe('what leaves the network', () => {
  test('tells the public of no time to claim whose number leaves one or two of all reports', () => {
    const claims = (calm: number) => {
      const all = [...times(6, at => report(2 + at, pima, 3)), ...times(calm, at => report(1 + at, pima, 1))]
      return depicted(all, 'public').drawing.claims?.regions.map(one => one.n)
    }
    expect([claims(0), claims(1), claims(2), claims(3)]).toEqual([[6], [], [], [6]])
  })

  test('tells of one or two reports in a county neither how many, how severe nor how pressing', () => {
    const marks = marksOf(depicted(morning, 'partner', { warnings }))
    for (const mark of marks.filter(one => one.code !== '04013')) {
      expect(mark).toMatchObject({ count: 0, load: null, worst: null })
      expect(mark.few ?? mark.untold).toBe(true)
    }
  })

  test('tells the public no severity, no alarm, and no mean that would give a small day back', () => {
    const { drawing } = depicted(morning, 'public', { warnings })
    expect(drawing.map?.counties.every(mark => mark.worst === null && !mark.alarm)).toBe(true)
    expect(drawing.trend?.plain).toBe(true)
    expect(drawing.trend?.days.every(day => day.counts.slice(1).every(count => count === 0))).toBe(true)
    expect(drawing.coverage).toBeNull()
  })

  test('never tells of a one or a two, whatever was reported', () => {
    const some = fc.array(fc.record({ ago: fc.integer({ min: 0, max: 300 }), at: fc.integer({ min: 0, max: 2 }) }))
    fc.assert(
      fc.property(some, fc.constantFrom<Edition>('partner', 'public'), (rows, edition) => {
        const all = rows.map(({ ago, at }) => report(ago, [maricopa, pima, yuma][at] ?? pima, 3))
        const { drawing, alt } = depicted(all, edition)
        for (const mark of drawing.map?.counties ?? []) expect([1, 2]).not.toContain(mark.count)
        for (const region of drawing.claims?.regions ?? []) expect(region.n).toBeGreaterThanOrEqual(5)
        if (edition === 'public') {
          for (const day of drawing.trend?.days ?? []) expect([1, 2]).not.toContain(day.counts[0])
          expect(alt.en).not.toMatch(/ [12] (reports|\(|,)/)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('its words', () => {
  test('say in both languages what is to be seen, the worst first', () => {
    const { alt } = depicted(morning)
    expect(alt.en).toBe(
      'Arizona: situation summary. Map: Maricopa County 6 (worst S5), Pima County 2 (worst S4), ' +
        'Yuma County 1 (worst S1). Last day of 14: 9 reports, 7-day mean 2.6. ' +
        'Time to claim, median: Arizona over 6 h.',
    )
    expect(alt.es).toContain('Condado de Maricopa 6 (peor S5)')
  })

  test('are never longer than 300 characters, in any edition', () => {
    const names = loadGazetteer().counties.slice(0, 200)
    const everywhere = names.flatMap(line => {
      const usState = stateOfFips(line.slice(0, 5))?.code ?? null
      return times(3, at => report(1 + at, { state: 'found', county: line.slice(6), fips: null, usState }, 4))
    })
    for (const edition of editions) {
      const { alt } = depicted(everywhere, edition)
      expect(alt.en?.length).toBeLessThanOrEqual(300)
      expect(alt.es?.length).toBeLessThanOrEqual(300)
      expect(alt.en).toMatch(/more counties\./)
    }
  })
})

test('every county of the country is found by the name that figures have for it', () => {
  const missed = loadGazetteer().counties.filter(line => {
    const fips = line.slice(0, 5)
    return places.find(`${line.slice(6)}, ${stateOfFips(fips)?.code}`).fips !== fips
  })
  // Of islands whose districts only have a direction for a name, and of a town that is called as a state is.
  const known = ['60010 Eastern District', "60020 Manu'a District", '60050 Western District', '72054 Florida Municipio']
  expect(missed).toEqual(known)
})
