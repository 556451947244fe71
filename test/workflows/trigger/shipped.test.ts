import { describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../../bot/config.ts'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { Incident, Place } from '../../../workflows/incident.ts'
import type { Trigger } from '../../../workflows/protocol.ts'
import type { Kind, Severity } from '../../../workflows/taxonomy.ts'
import { clusterOf, isPattern, stretchOf } from '../../../workflows/trigger/cluster.ts'
import { matches, unclaimedFrom } from '../../../workflows/trigger/match.ts'
import { sayingTheSame, saysSame, triggerOf } from '../../../workflows/trigger/same.ts'
import { reported } from '../../contracts/incidents.ts'

const taxonomy = loadTaxonomy()
const minute = 60_000
const pima: Place = { state: 'found', county: 'Pima County', fips: '04019', usState: 'AZ' }
const nowhere: Place = { state: 'asked', county: null, fips: null, usState: null }

function named(protocol: string, id: string): Trigger {
  const found = taxonomy.protocols.current.find(one => one.id === protocol)
  const trigger = found && triggerOf(found, id)
  if (!trigger) throw new Error(`${protocol} has no trigger ${id}`)
  return trigger
}

const given = (kind: Kind, severity: Severity, more: Partial<Incident> = {}): Incident => ({
  ...reported('AZ-0001', { kind, severity }).after,
  ...more,
})
const proposes = (trigger: Trigger, incident: Incident, what = 'It is loud here') =>
  matches(trigger, { incident, words: { what, where: null } }, taxonomy)

/** For each: what it is for (kind, severity), what it is not for, and what else it needs. */
const shipped: readonly (readonly [string, string, readonly [Kind, Severity][], readonly [Kind, Severity][]])[] = [
  [
    'P1',
    'armed-at-polls',
    [
      ['AR-2', 3],
      ['AR-2', 5],
    ],
    [
      ['AR-2', 2],
      ['AR-1', 4],
    ],
  ],
  [
    'P1',
    'intimidation-in-county',
    [
      ['VO-1', 1],
      ['VO-1', 3],
    ],
    [['VO-2', 3]],
  ],
  [
    'P1',
    'unclaimed',
    [
      ['AR-1', 4],
      ['VO-1', 5],
    ],
    [
      ['AR-1', 3],
      ['PR-1', 5],
    ],
  ],
  [
    'P2',
    'hate',
    [
      ['HA-1', 3],
      ['TH-3', 4],
    ],
    [
      ['HA-1', 2],
      ['TH-1', 4],
    ],
  ],
  ['P2', 'pattern', [['HA-2', 1]], [['SP-2', 3]]],
  ['P3', 'two-counties', [['SP-3', 1]], [['SP-2', 4]]],
  ['P3', 'serious-rumor', [['SP-3', 3]], [['SP-3', 2]]],
  [
    'P4',
    'threat',
    [
      ['TH-1', 3],
      ['TH-2', 5],
    ],
    [
      ['TH-3', 5],
      ['TH-1', 2],
    ],
  ],
  ['P4', 'same-threat', [['TH-1', 1]], [['TH-2', 3]]],
  [
    'P5',
    'tension',
    [['PR-2', 2]],
    [
      ['PR-2', 1],
      ['PR-1', 4],
    ],
  ],
  [
    'P5',
    'clash',
    [
      ['VI-4', 1],
      ['PR-3', 1],
    ],
    [['VI-1', 5]],
  ],
  [
    'P5',
    'rumors-and-crowds',
    [
      ['ST-2', 1],
      ['PR-2', 1],
    ],
    [['ST-1', 1]],
  ],
  [
    'P6',
    'several-places',
    [
      ['VI-1', 3],
      ['PR-3', 4],
    ],
    [
      ['VI-1', 2],
      ['PR-2', 5],
    ],
  ],
  [
    'P6',
    'critical',
    [['VI-3', 5]],
    [
      ['VI-3', 4],
      ['VI-1', 5],
    ],
  ],
  ['P7', 'own-people', [['TH-4', 1]], [['TH-1', 5]]],
  [
    'P8',
    'incitement',
    [['SP-2', 2]],
    [
      ['SP-3', 5],
      ['SP-2', 1],
    ],
  ],
  [
    'P8',
    'many-posts',
    [
      ['SP-2', 1],
      ['ST-2', 1],
    ],
    [['SP-1', 1]],
  ],
]

describe('the shipped protocols', () => {
  test.each(shipped)('%s by %s is for its kinds and severities alone', (protocol, id, yes, no) => {
    const trigger = named(protocol, id)
    for (const [kind, severity] of yes)
      expect(proposes(trigger, given(kind, severity)), `${kind} S${severity}`).toBe(true)
    for (const [kind, severity] of no)
      expect(proposes(trigger, given(kind, severity)), `${kind} S${severity}`).toBe(false)
  })

  test.each(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'])('%s comes up after ten minutes without a claim', id => {
    const trigger = named(id, 'unclaimed')
    const [kind = ''] = trigger.kinds
    const incident = given(kind.length === 2 ? `${kind}-1` : kind, 4)
    expect(proposes(trigger, incident)).toBe(true)
    expect(unclaimedFrom(trigger, incident)).toBe(incident.poolSince + 10 * minute)
    expect(unclaimedFrom(trigger, { ...incident, status: 'claimed' })).toBeNull()
  })

  test('none starts by itself, and each has at least one trigger', () => {
    for (const { triggers } of taxonomy.protocols.current) {
      expect(triggers.length).toBeGreaterThan(0)
      expect(triggers.every(one => one.start === 'propose')).toBe(true)
    }
  })

  test('every trigger of theirs stands in this table', () => {
    const told = new Set(shipped.map(([protocol, id]) => `${protocol} ${id}`))
    const extra = taxonomy.protocols.current.flatMap(({ id, triggers }) =>
      triggers.filter(one => one.unclaimed === null).map(one => `${id} ${one.id}`),
    )
    expect(extra.filter(one => !told.has(one))).toEqual([])
  })
})

describe('what triggers nothing', () => {
  const trigger = named('P1', 'armed-at-polls')
  const incident = given('AR-2', 4)

  test('is what ended, what nobody has checked, and what is made up for a drill', () => {
    expect(proposes(trigger, incident)).toBe(true)
    expect(proposes(trigger, { ...incident, status: 'resolved' })).toBe(false)
    expect(proposes(trigger, { ...incident, triage: 'waiting' })).toBe(false)
    expect(proposes(trigger, { ...incident, drill: 'D1' })).toBe(false)
  })

  test('is a trigger that says nothing, whatever happens', () => {
    const blank: Trigger = {
      ...{ id: 'blank', kinds: [], severity: null, regions: [], words: null, count: null },
      ...{ unclaimed: null, start: 'propose' },
    }
    expect(proposes(blank, incident)).toBe(false)
    expect(proposes({ ...blank, regions: ['AZ'] }, incident)).toBe(true)
    expect(proposes({ ...blank, regions: ['GA'] }, incident)).toBe(false)
  })

  test('is what its words do not say, or deny, in either language', () => {
    const words = { en: ['rifle*|gun*'], es: ['fusil*|arma*'] }
    const rifles: Trigger = { ...trigger, kinds: [], severity: null, words }
    expect(proposes(rifles, incident, 'Two men with rifles at the door')).toBe(true)
    expect(proposes(rifles, incident, 'Hay dos hombres con fusiles')).toBe(true)
    expect(proposes(rifles, incident, 'There are no rifles here')).toBe(false)
    expect(proposes(rifles, incident, 'It is calm')).toBe(false)
  })
})

describe('a pattern', () => {
  const three = { atLeast: 3, minutes: 120, within: 'county', counties: 1 } as const
  const spot = (id: number, at: number, county = 'A') => ({
    ...{ id: `AZ-${id}` as IncidentId, reportedAt: at * minute, county },
  })

  test('lies within the time from its first to its last', () => {
    const own = spot(3, 120)
    expect(clusterOf(own, [spot(1, 0), spot(2, 60)], three)?.map(one => one.id)).toEqual(['AZ-1', 'AZ-2', 'AZ-3'])
    expect(clusterOf(own, [spot(1, -1), spot(2, 60)], three)).toBeNull()
    expect(clusterOf(own, [spot(1, 130), spot(2, 240)], three)).toHaveLength(3)
    expect(clusterOf(own, [spot(1, 130)], three)).toBeNull()
  })

  test('of counties needs as many of them', () => {
    const two = { ...three, atLeast: 2, counties: 2 }
    expect(isPattern([spot(1, 0), spot(2, 0)], two)).toBe(false)
    expect(isPattern([spot(1, 0), spot(2, 0, 'B')], two)).toBe(true)
  })

  test('is looked for where its trigger says; never with what is restricted, or has no county yet', () => {
    const trigger = named('P1', 'intimidation-in-county')
    const incident = given('VO-1', 3)
    expect(stretchOf(trigger, incident, taxonomy)).toMatchObject({ region: 'AZ', kinds: ['VO-1'], severity: null })
    expect(stretchOf(trigger, { ...incident, visibility: 'restricted' }, taxonomy)).toBeNull()
    expect(stretchOf(trigger, { ...incident, place: nowhere }, taxonomy)).toBeNull()
    expect(stretchOf(named('P6', 'several-places'), given('VI-1', 4, { place: pima }), taxonomy)).toMatchObject({
      ...{ region: null, county: null, severity: 3 },
    })
  })
})

describe('the same story', () => {
  const said = (id: number, county: string, what: string) => ({ id: `AZ-${id}` as IncidentId, county, what })
  const own = said(1, 'Maricopa County', 'Ballots with felt pens are thrown away in Maricopa, they say')

  test('is told by words of either language, and by a link in common', () => {
    const other = said(2, 'Pima County', 'They say ballots marked with felt pens get thrown away')
    const spanish = said(3, 'Pima County', 'Dicen que hay hombres con armas y máscaras bloqueando la entrada')
    const english = said(4, 'Pinal County', 'They say men with guns and masks are blocking the entrance')
    const apart = said(5, 'Pinal County', 'The gym is closed because of a gas leak')
    expect(sayingTheSame(own, [other, apart]).map(one => one.id)).toEqual(['AZ-2'])
    expect(sayingTheSame(spanish, [english, apart]).map(one => one.id)).toEqual(['AZ-4'])
    expect(sayingTheSame(own, [apart], new Set([apart.id]))).toEqual([apart])
    expect(sayingTheSame({ ...own, what: null }, [other])).toEqual([])
  })

  test('is asked for where a trigger says so, and of rumors from several counties', () => {
    expect(saysSame(named('P3', 'two-counties'))).toBe(true)
    expect(saysSame(named('P4', 'same-threat'))).toBe(true)
    expect(saysSame(named('P6', 'several-places'))).toBe(false)
    const count = { atLeast: 2, minutes: 60, within: 'network', counties: 2 } as const
    expect(saysSame({ kinds: ['SP'], count })).toBe(true)
    expect(saysSame({ kinds: ['SP'], count: { ...count, alike: false } })).toBe(false)
  })
})
