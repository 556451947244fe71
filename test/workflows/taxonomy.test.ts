import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ContentError } from '../../workflows/problems.ts'
import { clocksFor, kindInfo, parseTaxonomy, severities } from '../../workflows/taxonomy.ts'

const file = () => parse(readFileSync('workflows/content/taxonomy.yaml', 'utf8'))
const taxonomy = parseTaxonomy(file())
const problemsIn = (data: unknown): readonly string[] => {
  try {
    parseTaxonomy(data)
    return []
  } catch (error) {
    if (error instanceof ContentError) return error.message.split('\n')
    throw error
  }
}

describe('the taxonomy that comes with the hub', () => {
  it('has the 29 kinds in ten groups, each with a name and a meaning in both languages', () => {
    expect(taxonomy.kinds).toHaveLength(29)
    expect(taxonomy.groups.map(group => group.code)).toEqual([
      'VI',
      'AR',
      'TH',
      'VO',
      'HA',
      'SP',
      'PR',
      'ST',
      'PO',
      'OT',
    ])
    for (const info of taxonomy.kinds) {
      expect(info.name.en).not.toBe(info.name.es)
      expect(info.definition.es).toMatch(/\.$/)
      if (info.code !== 'OT-0') expect(Math.min(info.words.en.length, info.words.es.length)).toBeGreaterThan(1)
    }
  })

  it('starts threats, hate incidents and sexual violence RED, and threats to our own people restricted', () => {
    const red = taxonomy.kinds.filter(info => info.startsRed).map(info => info.code)
    expect(red).toEqual(['VI-5', 'TH-1', 'TH-2', 'TH-3', 'TH-4', 'HA-1', 'HA-2'])
    expect(taxonomy.kinds.filter(info => info.restricted).map(info => info.code)).toEqual(['TH-4'])
    expect(taxonomy.kinds.filter(info => info.positive).map(info => info.code)).toEqual(['PO-1'])
  })

  it('fits choices of at most 25, group first and then kind', () => {
    expect(taxonomy.groups.length).toBeLessThanOrEqual(25)
    for (const group of taxonomy.groups) {
      const inGroup = taxonomy.kinds.filter(info => info.group === group.code)
      expect(inGroup.length).toBeGreaterThan(0)
      expect(inGroup.length).toBeLessThanOrEqual(25)
    }
  })

  it('runs faster clocks the more severe an incident is', () => {
    const lease = severities.map(severity => clocksFor(taxonomy, severity).lease)
    expect(lease).toEqual([15, 30, 120, 480, 1440])
    expect(severities.map(severity => clocksFor(taxonomy, severity).claim)).toEqual([5, 10, 30, 240, null])
    expect(severities.map(severity => clocksFor(taxonomy, severity).update)).toEqual([15, 30, 120, 1440, null])
    expect(clocksFor(taxonomy, 4).escalate[0]).toEqual({ after: 10, to: 'RC' })
    expect(clocksFor(taxonomy, 1).escalate).toEqual([])
  })

  it('lets a network set single clocks and keeps the rest', () => {
    const clocks = clocksFor(taxonomy, 5, { S5: { claim: 3 } })
    expect(clocks.claim).toBe(3)
    expect(clocks.lease).toBe(15)
    expect(clocksFor(taxonomy, 4, { S5: { claim: 3 } }).claim).toBe(10)
  })

  it('names kinds in the language of the reader', () => {
    expect(kindInfo(taxonomy, 'AR-2')?.name.en).toBe('Armed intimidation')
    expect(kindInfo(taxonomy, 'AR-2')?.name.es).toBe('Intimidación con armas')
    expect(kindInfo(taxonomy, 'ZZ-9')).toBeNull()
  })
})

describe('a taxonomy edited by a network', () => {
  it('names every wrong field at once', () => {
    const data = file()
    delete data.kinds[0].name.es
    data.kinds[1].words.en = ['shots &', 'fine words']
    data.kinds[2].code = 'VI-2'
    data.kinds[3].group = 'X'
    data.clocks.S5.claim = 0
    data.clocks.S4.escalate[0].to = 'boss'
    const lines = problemsIn(data).join('\n')
    expect(lines).toContain('kinds[0].name.es: is missing.')
    expect(lines).toContain('kinds[1].words.en[0]: this rule cannot be read.')
    expect(lines).toContain('kinds[3].group: no such field.')
    expect(lines).toContain('clocks.S5.claim: must be at least 1.')
    expect(lines).toContain('clocks.S4.escalate[0].to: "boss" is not known. Use RC, DO, LD or network.')
  })

  it('refuses a code that stands twice or has no group', () => {
    const data = file()
    data.kinds[1].code = 'VI-1'
    data.kinds[5].code = 'QQ-1'
    expect(problemsIn(data)).toEqual(['kinds[5].code: no group has the code QQ.', 'kinds[1].code: VI-1 stands twice.'])
  })

  it.each([[null], [undefined], [[]], ['text'], [5], [{}]])('refuses %j', data => {
    expect(problemsIn(data).length).toBeGreaterThan(0)
  })
})
