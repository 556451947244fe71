import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { editions } from '../../../workflows/edition.ts'
import { type ExportPlan, formats, isIdentifiable, needsSecond, whyNotPlan } from '../../../workflows/export/plan.ts'
import { fileOf, incident, plan, rowsOf } from './sample.ts'

const schema = JSON.parse(readFileSync(new URL('../../../docs/export.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

// Words that stand nowhere else, and that some readers must never get.
const [what, where, reporter] = ['zebra-sentinel', 'Oak Street', 'Finch']
const told = (id: string, start = {}, more = {}) => incident(id, { what, kind: 'PR-2', severity: 2, ...start }, more)
const all = [
  told('AZ-0001'),
  told('AZ-0002', { mark: 'RED', kind: 'VI-5' }),
  told('AZ-0003', { visibility: 'restricted', allowed: [] }),
  told('AZ-0004', { waiting: true }, { triage: 'waiting' }),
  told('AZ-0005', {}, { status: 'withdrawn' }),
  told('AZ-0006', {}, { status: 'dismissed' }),
  told('AZ-0007', { kind: 'VI-1' }),
  told('AZ-0008', { mark: 'CLEAR' }),
  told('AZ-0009', {}, { details: { consent: ['region'] } }),
  told('DRILL-0001', { drill: 'D1' }),
]

const ids = (wanted: Partial<ExportPlan>) => rowsOf(all, wanted).map(row => row.id)

describe('what each edition holds', () => {
  test('responders get all but what is restricted, unchecked, taken back or made up', () => {
    expect(ids({})).toEqual(['AZ-0001', 'AZ-0002', 'AZ-0006', 'AZ-0007', 'AZ-0008', 'AZ-0009'])
    expect(ids({ format: 'geojson' })).toEqual(['AZ-0001', 'AZ-0002', 'AZ-0007', 'AZ-0008', 'AZ-0009'])
  })
  test('of a RED one only its number, county, severity and kind', () => {
    const [red] = rowsOf([all[1] as never])
    expect(red).toMatchObject({
      ...{ id: 'AZ-0002', kind: 'VI-5', severity: 2, details: null, evidence: null, sources: null },
      ...{ claimer: null, joined: [], reporter: null, what: null, where: null, outcome: null, timeline: null },
    })
    const [open] = rowsOf([all[1] as never], { sealed: true })
    expect(open).toMatchObject({ what, reporter })
  })
  test('partners get no RED one, the day alone, and of victims neither number, kind nor county', () => {
    const rows = rowsOf(all, { edition: 'partner' })
    expect(rows.map(row => [row.id, row.kind, row.place.county])).toEqual([
      ['AZ-0001', 'PR-2', 'Maricopa County'],
      [null, null, null],
      ['AZ-0008', 'PR-2', 'Maricopa County'],
      [null, null, null],
    ])
    for (const row of rows) {
      expect([row.reported, row.updated, row.occurred]).toEqual(['2026-11-02', '2026-11-02', '2026-11-02'])
      expect([row.details, row.claimer, row.what, row.minutesToClaim]).toEqual([null, null, null, null])
    }
  })
  test('the public gets only what is marked for it', () => {
    expect(rowsOf(all, { edition: 'public' }).map(row => [row.id, row.kind])).toEqual([[null, 'PR-2']])
  })
  test('a county of which too few stand there is not named', () => {
    const rows = rowsOf([told('AZ-0001')], { edition: 'partner' }, ['Maricopa County, AZ'])
    expect(rows[0]?.place).toEqual({ state: 'AZ', stateName: 'Arizona', county: null, fips: null, point: null })
  })
  test('an exercise is told of alone, and says so', () => {
    expect(ids({ drill: 'D1' })).toContain('DRILL-0001')
    expect(rowsOf([all.at(-1) as never], { drill: 'D1' })[0]?.drill).toBe('D1')
  })
})

describe('no word of people leaves unless two asked for it', () => {
  for (const format of formats) {
    test.each(editions)(`${format} for %s`, edition => {
      const { text } = fileOf(all, { format, edition })
      expect(text).not.toContain(what)
      expect(text).not.toContain(where)
      if (edition !== 'response' && edition !== 'leadership') expect(text).not.toContain(reporter)
      // To the minute only inside the network; the file itself says when it was made.
      if (edition === 'partner' || edition === 'public') expect(text).not.toMatch(/06:42|06:30:00-|1793687520/)
    })
  }
  test('with what is sealed they are there', () => {
    for (const format of ['json', 'csv', 'geojson', 'cap'] as const) {
      expect(fileOf(all, { format, sealed: true }).text).toContain(what)
    }
  })
})

describe('the complete form', () => {
  test.each([...editions, 'sealed'] as const)('%s is as its schema says', which => {
    const wanted = which === 'sealed' ? { sealed: true } : { edition: which }
    const file = fileOf(all, { format: 'json', ...wanted })
    const data = JSON.parse(file.text)
    validate(data)
    expect(validate.errors ?? []).toEqual([])
    expect([data.incidents.length, data.count]).toEqual([file.rows, file.counted])
  })
  test('with nothing in it is one as well', () => {
    const file = fileOf([], { format: 'json' })
    expect(validate(JSON.parse(file.text))).toBe(true)
    expect(file.counted).toBe(0)
  })
  test('a field that the schema does not know, or a lacking one, would be found', () => {
    const data = JSON.parse(fileOf(all, { format: 'json' }).text)
    data.incidents[0].telephone = '1'
    expect(validate(data)).toBe(false)
    const { count: _, ...cut } = JSON.parse(fileOf(all, { format: 'json' }).text)
    expect(validate(cut)).toBe(false)
  })
})

describe('a plan', () => {
  test.each([
    [{}, null, true, false],
    [{ sealed: true }, null, true, true],
    [{ edition: 'leadership', sealed: true }, 'sealed', true, true],
    [{ edition: 'leadership' }, null, true, false],
    [{ edition: 'partner' }, null, false, true],
    [{ edition: 'public' }, null, false, true],
    [{ edition: 'partner', format: 'ics214' }, 'log', false, true],
    [{ to: plan.from }, 'times', true, false],
  ] as const)('%j', (more, why, identifiable, second) => {
    const wanted = { ...plan, ...more }
    expect([whyNotPlan(wanted), isIdentifiable(wanted), needsSecond(wanted)]).toEqual([why, identifiable, second])
  })
})
