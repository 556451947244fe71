import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadNetwork } from '../../bot/config.ts'
import { readCsv } from '../../bot/csv.ts'
import { loadPlaceFile } from '../../bot/placefile.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import { placeWords } from '../../workflows/placing.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-places-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const refused = (name: string, text: string): string => {
  try {
    loadPlaceFile(file(name, text))
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

const kenya = `name,admin,country,lat,lon,population
Nairobi,Nairobi City,Kenya,-1.2864,36.8172,4397073
Kibera,Nairobi City,Kenya,-1.3133,36.7876,250000
Eldoret,Uasin Gishu,Kenya,0.5143,35.2698,475716
Kisumu,Kisumu,Kenya,-0.1022,34.7617,567963
"Nyali, East",Mombasa,Kenya,-4.0350,39.7167,
Kilima,Kisumu,Kenya,-0.2,34.8,3000
Kilima,Nakuru,Kenya,-0.3,36.0,2500
القاهرة,Cairo,Egypt,30.0444,31.2357,9500000
渋谷,Tokyo,Japan,35.6580,139.7016,230000
`

describe('places of another country', () => {
  const find = (text: string, home: string | null = null) =>
    listedPlaces(loadPlaceFile(file('p.csv', kenya))).find(text, home)

  test('are found by name, area, misspelt only as a question, and never guessed', () => {
    expect(find('near the market in Kibera')).toMatchObject({
      confidence: 'certain',
      fips: 'Nairobi City',
      state: 'Kenya',
    })
    expect(find('uasin gishu')).toMatchObject({ confidence: 'certain', county: 'Uasin Gishu' })
    expect(find('Nyali, East')).toMatchObject({ confidence: 'certain', fips: 'Mombasa' })
    expect(find('Kilima').confidence).toBe('ask')
    expect(find('Kilima').candidates.map(one => one.fips)).toEqual(['Kisumu', 'Nakuru'])
    expect(find('Kilima, Nakuru')).toMatchObject({ confidence: 'certain', fips: 'Nakuru' })
    expect(find('Eldorett')).toMatchObject({ confidence: 'ask', fips: null })
    expect(find('Eldorett').candidates[0]?.fips).toBe('Uasin Gishu')
    expect(find('somewhere in Kenya')).toMatchObject({ confidence: 'certain', fips: null, state: 'Kenya' })
    expect(find('by the big tree')).toMatchObject({ confidence: 'unknown', candidates: [] })
  })

  test('are found in other scripts, among emoji, and in five thousand characters', () => {
    expect(find('في القاهرة')).toMatchObject({ confidence: 'certain', fips: 'Cairo', state: 'Egypt' })
    expect(find('東京都渋谷区で')).toMatchObject({ confidence: 'certain', fips: 'Tokyo' })
    expect(find('🔥🔥 Kisumu 🔥')).toMatchObject({ confidence: 'certain', fips: 'Kisumu' })
    for (const text of ['', '💥'.repeat(2_500), 'a '.repeat(2_500), 'x'.repeat(5_000), '\ud800\u0000']) {
      expect(find(text).confidence).toBe('unknown')
    }
  })

  test('are found by coordinates: the nearest place, asked back between two areas, unknown far away', () => {
    expect(find('-1.29, 36.82')).toMatchObject({ confidence: 'certain', fips: 'Nairobi City' })
    expect(find('10.0, 10.0').confidence).toBe('unknown')
    const square = (admin: string, west: number) => ({
      type: 'Feature',
      properties: { name: admin, admin, country: 'Land' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, 0],
            [west + 1, 0],
            [west + 1, 1],
            [west, 1],
            [west, 0],
          ],
        ],
      },
    })
    const features = [square('West', 10), square('East', 11)]
    const list = loadPlaceFile(file('p.geojson', JSON.stringify({ type: 'FeatureCollection', features })))
    expect(listedPlaces(list).find('0.5, 10.5')).toMatchObject({ confidence: 'certain', fips: 'West' })
    expect(listedPlaces(list).find('0.5, 11.5')).toMatchObject({ confidence: 'certain', fips: 'East' })
    expect(listedPlaces(list).find('east')).toMatchObject({ confidence: 'certain', fips: 'East', state: 'Land' })
  })

  test('route reports to the regions that list their codes, their country or words', () => {
    file('kenya.csv', kenya)
    const network = loadNetwork(file('network.yaml', networkOf('kenya.csv', 'Kisumu')))
    if (!network.places) throw new Error('no places')
    const directory = { regions: network.regions, people: new Map() } as never
    const places = listedPlaces(network.places)
    const region = (words: string) => placeWords(words, null, { directory, places }).region
    expect(region('Kisumu town')).toBe('KS')
    expect(region('Kibera')).toBe('KE')
    expect(region('at the lake shore')).toBe('KS')
    expect(region('القاهرة')).toBe('XX')
  })
})

test('whatever is wrong in a file of places is told with line and field', () => {
  expect(refused('p.csv', 'name,admin\n')).toContain('p.csv:1 lacks the column country, lat, lon.')
  const bad = 'name,admin,country,lat,lon,population\n\n,A,K,1,2,\nB,A:B,K,91,2,\nC,A,K,1,two,x\n'
  expect(refused('p.csv', bad).split('\n')).toEqual([
    'p.csv:3 name: is missing.',
    'p.csv:4 admin: "A:B" holds a colon. Use letters, digits, spaces or dashes.',
    'p.csv:4 lat: "91" is too much. At most 90.',
    'p.csv:5 lon: "two" does not belong here. Use a number.',
    'p.csv:5 population: "x" does not belong here. Use a number.',
  ])
  expect(refused('p.csv', 'name,admin,country,lat,lon\n')).toBe('p.csv: names no place.')
  expect(refused('p.geojson', '{ no')).toMatch(/^p\.geojson: is no JSON: /)
  const point = {
    type: 'Feature',
    properties: { name: 'A', country: 'K' },
    geometry: { type: 'Point', coordinates: [1, 2] },
  }
  const text = `{"type":"FeatureCollection","features":[\n${JSON.stringify(point)}\n]}`
  expect(refused('p.geojson', text)).toBe('p.geojson:2 admin: is missing.')
  expect(refused('p.geojson', text.replace('"Point"', '"LineString"'))).toMatch(/^p\.geojson:2 features\[0\]\.geometry/)
  expect(() => loadPlaceFile(join(folder, 'none.csv'))).toThrow('there is no such file')
  file('kenya.csv', kenya)
  expect(() => loadNetwork(file('network.yaml', networkOf('kenya.csv', 'Kisumo')))).toThrow(
    /network\.yaml:\d+ regions\[0\]\.places\[0\]\.county: "Kisumo" is no admin code of kenya\.csv\. Use Nairobi City/,
  )
  expect(() => loadNetwork(file('network.yaml', networkOf('missing.csv', 'Kisumu')))).toThrow(
    'missing.csv: there is no such file',
  )
})

test('comma-separated values are read as spreadsheets write them', () => {
  const text = '\uFEFFa,b\r\n"x ""y""","1\n2"\r\n\r\nlast,'
  expect(readCsv(text)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x "y"', '1\n2'] },
    { line: 5, cells: ['last'] },
  ])
  expect(readCsv('')).toEqual([])
  expect(readCsv('"never closed, x')).toHaveLength(1)
})

function networkOf(places: string, county: string): string {
  return `network: { name: Kenya network, zone: Africa/Nairobi, languages: [en] }
places: { file: ${places} }
regions:
  - { code: KS, name: Kisumu, places: [{ county: ${county} }, { words: [lake shore] }], rooms: [{ workspace: ks }] }
  - { code: KE, name: Kenya, places: [{ state: Kenya }], rooms: [{ workspace: ke }] }
  - { code: XX, name: Elsewhere, places: [{ anywhere: true }], rooms: [{ workspace: xx }] }
coordination: { rooms: [{ workspace: coordination }] }
`
}
