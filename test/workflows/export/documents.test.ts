import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { needs, specs } from '../../need.ts'
import { wren } from '../specification.ts'
import { fileOf, idOf, incident } from './sample.ts'

type Feature = {
  type: string
  id?: string
  geometry: { type: string; coordinates: [number, number] } | null
  properties: Record<string, unknown>
}

describe('GeoJSON', () => {
  const asked = { state: 'asked', county: null, fips: null, usState: null } as const
  const file = fileOf([incident('AZ-0001'), incident('AZ-0002', { place: asked })], { format: 'geojson' })
  const collection = JSON.parse(file.text) as { type: string; features: Feature[]; count: number }

  test('is a collection as RFC 7946 has it', () => {
    expect(collection.type).toBe('FeatureCollection')
    expect([file.counted, collection.count, collection.features.length]).toEqual([2, 2, 2])
    for (const feature of collection.features) {
      expect(feature.type).toBe('Feature')
      expect(feature).toHaveProperty('geometry')
      expect(feature.properties).toBeTypeOf('object')
      // A coordinate reference system of its own is what the standard took out.
      expect(feature).not.toHaveProperty('crs')
    }
    expect(collection).not.toHaveProperty('crs')
  })
  test('has points that a reader of maps takes: longitude first, two decimals, in Arizona', () => {
    const [one, other] = collection.features
    expect(one?.geometry?.type).toBe('Point')
    const [east = 0, north = 0] = one?.geometry?.coordinates ?? []
    expect([east, north]).toEqual([-112.49, 33.35])
    // In the rectangle of Arizona: with the two the wrong way round it would lie in Antarctica.
    expect(east > -114.9 && east < -109 && north > 31.3 && north < 37.1).toBe(true)
    expect(other?.geometry).toBeNull()
  })
})

describe('CAP', () => {
  test('says what the standard asks for, in its order', () => {
    const { text, counted } = fileOf([incident('AZ-0001', { severity: 5 }, { credibility: 'verified' })], {
      format: 'cap',
    })
    expect(counted).toBe(1)
    expect(text).toContain('<identifier>trust-hub.example-network-friends.AZ-0001.2</identifier>')
    expect(text).toContain('<source>Example &lt;network&gt;, &amp; friends</source>')
    for (const [name, value] of [
      ['sent', '2026-11-03T06:42:00-00:00'],
      ['status', 'Actual'],
      ['scope', 'Private'],
      ['addresses', 'network'],
      ['severity', 'Extreme'],
      ['certainty', 'Observed'],
      ['value', '004013'],
      ['areaDesc', 'Maricopa County, AZ'],
    ])
      expect(text).toContain(`<${name}>${value}</${name}>`)
  })
  test('says Exercise of what was made up', () => {
    const { text } = fileOf([incident('DRILL-0001', { drill: 'D1' })], { format: 'cap', drill: 'D1' })
    expect(text).toContain('<status>Exercise</status>')
    expect(text).toContain('<headline>EXERCISE: ')
  })

  const guarded = needs(specs())
  guarded.describe('against the schema', () => {
    const schema = () => readFileSync(join(specs().path ?? '', 'cap12.xsd'), 'utf8')
    const lint = async (xml: string) =>
      (await validateXML({ xml: [{ fileName: 'alert.xml', contents: xml }], schema: [schema()] })).errors.map(
        one => one.message,
      )
    const kinds = ['VI-2', 'VI-3', 'AR-1', 'TH-4', 'VO-3', 'SP-3', 'PR-1', 'PO-1', 'OT-0', 'HA-2', 'ST-1']
    const asked = { state: 'asked', county: null, fips: null, usState: null } as const
    const nasty = `A <b> & "c" ]]> \u0000\u0007\uFFFE ${String.fromCharCode(0xd800)} 😀`

    guarded.test('every kind, place, state and edition is valid', async () => {
      const pieces = [
        ...kinds.map((kind, at) => fileOf([incident(`AZ-00${at + 10}`, { kind })], { format: 'cap' }).text),
        fileOf([incident('AZ-0001', { what: nasty })], { format: 'cap', sealed: true }).text,
        fileOf([incident('AZ-0001', { place: asked })], { format: 'cap' }).text,
        fileOf([incident('AZ-0001', {}, { status: 'closed' })], { format: 'cap', edition: 'leadership' }).text,
        fileOf([incident('AZ-0001', { kind: 'PR-1' })], { format: 'cap', edition: 'partner' }).text,
        fileOf([incident('AZ-0001', { kind: 'VI-1' })], { format: 'cap', edition: 'partner' }).text,
        fileOf([incident('DRILL-0001', { drill: 'D1' })], { format: 'cap', drill: 'D1' }).text,
      ]
      for (const piece of pieces) expect(await lint(piece), piece).toEqual([])
    })
    guarded.test('a Z and an unknown severity would be refused', async () => {
      const { text } = fileOf([incident('AZ-0001')], { format: 'cap' })
      expect(await lint(text.replace('-00:00</sent>', 'Z</sent>'))).not.toEqual([])
      expect(await lint(text.replace('<severity>Severe', '<severity>High'))).not.toEqual([])
    })
  })
})

describe('the log of an incident', () => {
  test('has the parts of the form, and what was done by whom and when by the local clock', () => {
    const { text, counted } = fileOf([incident('AZ-0001')], { format: 'ics214', incident: idOf('AZ-0001') })
    expect(counted).toBe(1)
    for (const part of [1, 2, 3, 4, 5, 6, 7, 8]) expect(text).toMatch(new RegExp(`^${part}\\. `, 'm'))
    expect(text).toContain('2. Operational period:  from 2026-11-02 23:30 to 2026-11-02 23:42 (America/Phoenix)')
    expect(text).toMatch(/2026-11-02 23:42 {2}Finch /)
    expect(text).not.toContain('guns')
    for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(100)
  })
  test('names whoever reported it only where two asked, and whoever took it always', () => {
    const one = incident('AZ-0001', { by: wren.id })
    const whole = { format: 'ics214', incident: idOf('AZ-0001') } as const
    expect(fileOf([one], whole).text).toMatch(/someone reported it as S4\.[\s\S]*Finch took it/)
    expect(fileOf([one], whole).text).not.toContain('Wren')
    expect(fileOf([one], { ...whole, sealed: true }).text).toContain('Wren reported it as S4.')
    expect(JSON.parse(fileOf([one], { incident: idOf('AZ-0001') }).text).incidents[0].timeline).toEqual([
      { at: '2026-11-03T06:30:00Z', said: expect.stringMatching(/^someone reported/), words: null },
      { at: '2026-11-03T06:42:00Z', said: expect.stringMatching(/^Finch took/), words: null },
    ])
  })
  test('says of an exercise that it is one', () => {
    expect(fileOf([incident('DRILL-0001', { drill: 'D1' })], { format: 'ics214', drill: 'D1' }).text).toMatch(
      /^\*\*\* EXERCISE/,
    )
  })
})
