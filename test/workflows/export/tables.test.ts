import papaparse from 'papaparse'
import { describe, expect, test } from 'vitest'
import { acledColumns, acledTypes, disorderOf } from '../../../workflows/export/acled.ts'
import { csvLine } from '../../../workflows/export/cells.ts'
import { csvColumns } from '../../../workflows/export/csv.ts'
import { hxlColumns } from '../../../workflows/export/hxl.ts'
import { fileOf, incident, late } from './sample.ts'

// Papa Parse stands for whatever reads such a file elsewhere.
function read(text: string): { head: string[]; rows: Record<string, string>[]; lines: string[][] } {
  const { data, errors } = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    skipEmptyLines: true,
    delimiter: ',',
    newline: '\r\n',
  })
  expect(errors).toEqual([])
  const [head = [], ...lines] = data
  return { head, lines, rows: lines.map(line => Object.fromEntries(head.map((name, at) => [name, line[at] ?? '']))) }
}

const nasty = '=HYPERLINK("http://x.example","open, me")\r\nand "so" on'

describe('the table', () => {
  test('has the same columns whatever is in it, and reads back as it was', () => {
    const all = [incident('AZ-0001'), incident('AZ-0002', { what: nasty, severity: 2 })]
    const file = fileOf(all, { format: 'csv', sealed: true })
    const { head, rows } = read(file.text)
    expect(head).toEqual([...csvColumns])
    expect([file.rows, file.counted, rows.length]).toEqual([2, 2, 2])
    expect(rows[0]).toMatchObject({
      ...{ id: 'AZ-0001', region: 'AZ', kind: 'AR-2', severity: '4', status: 'claimed', state: 'AZ' },
      ...{ county: 'Maricopa County', fips: '04013', latitude: '33.35', longitude: '-112.49' },
      ...{ occurred: '2026-11-02', reported: '2026-11-03T06:30:00Z', claimed: '2026-11-03T06:42:00Z' },
      minutes_to_claim: '12',
    })
    expect(rows[1]?.what).toBe(`'${nasty}`)
  })
  test('is written with a byte order mark, and its head stands in an empty one too', () => {
    const { text, rows, counted } = fileOf([], { format: 'csv' })
    expect(text.startsWith('\uFEFFid,region,')).toBe(true)
    expect([rows, counted, read(text).rows.length]).toEqual([0, 0, 0])
  })
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])('takes the danger out of %j', text => {
    expect(read(`a\r\n${csvLine([text])}`).lines[0]?.[0]).toBe(`'${text}`)
  })
  test('leaves a number what it is, also below zero', () => {
    expect(csvLine([-112.49, null, '', 'a-1'])).toBe('-112.49,,,a-1\r\n')
  })
})

describe('HXL', () => {
  const tags = [
    ...['#event+id', '#date+occurred', '#date+reported', '#adm1+name', '#adm1+code', '#adm2+name'],
    ...['#adm2+code+v_fips', '#loc+name', '#geo+lat', '#geo+lon', '#event+type+code', '#event+type+name'],
    ...['#severity+num', '#status+verification', '#status', '#affected+injured', '#affected+killed'],
    ...['#group+targeted', '#date+claimed', '#date+resolved', '#meta+source'],
  ]
  const details = (injuries: 'none' | 'serious' | 'dead' | 'unknown') =>
    ({ details: { injuries, known: 'saw' } }) as const
  const all = [
    incident('AZ-0001', {}, details('none')),
    incident('AZ-0002', {}, details('serious')),
    incident('AZ-0003', {}, details('dead')),
    incident('AZ-0004', {}, details('unknown')),
  ]

  test('has the row of hashtags under the headings', () => {
    const { lines } = read(fileOf(all, { format: 'hxl' }).text)
    expect(lines[0]).toEqual(tags)
    expect(hxlColumns.map(([, tag]) => tag)).toEqual(tags)
    for (const tag of tags) expect(tag).toMatch(/^#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$/)
  })
  test('keeps to the rules of the default schema: dates, numbers, no stray spaces', () => {
    const file = fileOf(all, { format: 'hxl', sealed: true })
    const { lines } = read(file.text)
    const rows = lines.slice(1)
    expect([file.rows, file.counted, rows.length]).toEqual([4, 4, 4])
    for (const row of rows) {
      for (const [at, tag] of tags.entries()) {
        const cell = row[at] ?? ''
        expect(cell).toBe(cell.trim())
        if (cell === '') continue
        if (tag.startsWith('#date')) expect(Date.parse(cell), `${tag} ${cell}`).not.toBeNaN()
        if (/^#(affected|geo|severity)/.test(tag)) expect(Number(cell), `${tag} ${cell}`).not.toBeNaN()
      }
    }
  })
  test('says how many were hurt only where that is known', () => {
    const { lines } = read(fileOf(all, { format: 'hxl' }).text)
    const [injured, killed] = [tags.indexOf('#affected+injured'), tags.indexOf('#affected+killed')]
    expect(lines.slice(1).map(row => [row[injured], row[killed]])).toEqual([
      ['0', '0'],
      ['', '0'],
      ['', ''],
      ['', ''],
    ])
  })
})

describe('ACLED-style', () => {
  const cases = [
    ['VI-1', {}, 'Attack', 'Violence against civilians', 'Political violence'],
    ['VI-3', {}, 'Remote explosive/landmine/IED', 'Explosions/Remote violence', 'Political violence'],
    ['PR-1', {}, 'Peaceful protest', 'Protests', 'Demonstrations'],
    ['PR-3', {}, 'Violent demonstration', 'Riots', 'Demonstrations'],
    ['PR-4', {}, 'Protest with intervention', 'Protests', 'Demonstrations'],
    [
      'PR-4',
      { injuries: 'minor' },
      'Excessive force against protesters',
      'Protests',
      'Political violence; Demonstrations',
    ],
    ['VI-4', {}, 'Mob violence', 'Riots', 'Political violence'],
    ['PO-1', {}, 'Agreement', 'Strategic developments', 'Strategic developments'],
  ] as const

  test('has the 31 columns in their order', () => {
    expect(acledColumns).toHaveLength(31)
    expect(read(fileOf([incident('AZ-0001')], { format: 'acled' }).text).head.join()).toBe(
      'event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,' +
        'inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,' +
        'location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp',
    )
  })
  test.each(cases)('codes %s as %j -> %s', (kind, details, sub, type, disorder) => {
    const { rows } = read(fileOf([incident('AZ-0001', { kind }, { details })], { format: 'acled' }).text)
    expect(rows[0]).toMatchObject({ sub_event_type: sub, event_type: type, disorder_type: disorder })
  })
  test('knows 25 types', () => {
    expect(Object.keys(acledTypes)).toHaveLength(25)
    expect([...new Set(Object.keys(acledTypes).map(disorderOf))].sort()).toEqual([
      'Demonstrations',
      'Political violence',
      'Political violence; Demonstrations',
      'Strategic developments',
    ])
  })
  test('leaves out threats, speech and rumours, and what was found false', () => {
    const all = ['TH-1', 'SP-1', 'SP-3', 'HA-1', 'ST-3', 'OT-0'].map((kind, at) => incident(`AZ-000${at}`, { kind }))
    const wrong = incident('AZ-0009', { kind: 'VI-1' }, { credibility: 'false' })
    expect(fileOf([...all, wrong], { format: 'acled' })).toMatchObject({ rows: 0, counted: 0 })
  })
  test('writes dates, codes and precisions as its readers expect', () => {
    const { rows } = read(fileOf([incident('AZ-0001', { kind: 'PR-1' })], { format: 'acled' }).text)
    expect(rows[0]).toMatchObject({
      ...{ event_id_cnty: 'AZ-0001', event_date: '02 November 2026', year: '2026', time_precision: '1' },
      ...{ actor1: 'Protesters (United States)', inter1: '6', interaction: '60', civilian_targeting: '' },
      ...{ iso: '840', country: 'United States', admin1: 'Arizona', admin2: 'Maricopa County', geo_precision: '2' },
      ...{ fatalities: '0', timestamp: String((late + 12 * 60_000) / 1000) },
    })
  })
})
