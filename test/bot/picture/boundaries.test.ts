import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { loadNetwork, sampleNetworkFile } from '../../../bot/config.ts'
import { loadBoundaries } from '../../../bot/picture/boundaries.ts'
import { boundaryFiles } from './boundaryfiles.ts'

const files = boundaryFiles()
afterEach(files.leave)

const places = 'name,admin,country,lat,lon\nLevu,North,Islands,-15,179\nSuva,South,Islands,-19,-179\n'

/** A network of those islands, whose file names what is given. */
function network(named: object): string {
  const sample = parse(readFileSync(sampleNetworkFile, 'utf8')) as { people: object[]; regions: object[] }
  const region = { code: 'IS', name: 'Islands', places: [{ anywhere: true }], rooms: [{ workspace: 'islands' }] }
  const rooms = { rooms: [{ workspace: 'coordination' }] }
  const file = { network: { name: 'Isles', zone: 'Pacific/Fiji', languages: ['en'] }, ...named, regions: [region] }
  return files.write('network.yaml', stringify({ ...file, coordination: rooms, people: sample.people.slice(0, 0) }))
}
const refused = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('the borders of another country', () => {
  test('come from the file that the network file names, beside it', () => {
    files.write('places.csv', places)
    const path = files.write('land.geojson', files.islands)
    const read = loadNetwork(network({ places: { file: 'places.csv' }, boundaries: { file: 'land.geojson' } }))
    expect(read.boundaries).toBe(path)
  })

  test('else from its file of places, where that has some', () => {
    const both = files.islands.replaceAll('"code"', '"name":"Levu","admin"')
    const path = files.write('places.geojson', both)
    expect(loadNetwork(network({ places: { file: 'places.geojson' } })).boundaries).toBe(path)
    files.write('places.csv', places)
    expect(loadNetwork(network({ places: { file: 'places.csv' } })).boundaries).toBeUndefined()
  })

  test('are refused at the start with the file, the feature, and what is allowed', () => {
    files.write('places.csv', places)
    files.write('land.geojson', files.islands.replace('"code":"South"', '"name":"South"'))
    const path = network({ places: { file: 'places.csv' }, boundaries: { file: 'land.geojson' } })
    expect(refused(() => loadNetwork(path))).toMatch(/^land\.geojson: feature 2 \(South\) has no code\. Give it/)
  })

  test('must be of the places, and not with latitude first', () => {
    files.write('places.csv', places)
    const path = network({ places: { file: 'places.csv' }, boundaries: { file: 'land.geojson' } })
    files.write('land.geojson', files.islands.replaceAll('North', 'Up').replaceAll('South', 'Down'))
    expect(refused(() => loadNetwork(path))).toContain('none of its codes is the admin of a place')
    const near = 'name,admin,country,lat,lon\nA,North,Islands,10,40\nB,South,Islands,12,42\n'
    files.write('places.csv', near)
    const box = (lat: number, lon: number) => [
      [lat, lon],
      [lat, lon + 2],
      [lat + 2, lon + 2],
      [lat, lon],
    ]
    const features = [
      ['North', box(9, 39)],
      ['South', box(11, 41)],
    ].map(([code, ring]) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }))
    files.write('land.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
    expect(refused(() => loadNetwork(path))).toContain('seem to be [latitude, longitude]')
  })

  test('are read with a mark of their order of bytes, and not in another encoding', () => {
    const marked = files.write('marked.geojson', `\uFEFF${files.islands}`)
    expect(loadBoundaries(marked, { points: 'refuse' })).toHaveLength(2)
    const latin = files.write('latin.geojson', Buffer.from(files.islands.replace('North', 'Nørth'), 'latin1'))
    expect(refused(() => loadBoundaries(latin, { points: 'refuse' }))).toContain('cannot be read as UTF-8')
    const broken = files.write('broken.geojson', files.islands.slice(0, 90))
    expect(refused(() => loadBoundaries(broken, { points: 'refuse' }))).toContain('is no JSON')
    expect(refused(() => loadBoundaries('/nowhere.geojson', { points: 'refuse' }))).toContain('there is no such file')
  })

  test('with many mistakes say the first twenty and how many there are more', () => {
    const features = Array.from({ length: 50 }, () => ({ type: 'Feature', properties: {}, geometry: null }))
    const path = files.write('many.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
    const said = refused(() => loadBoundaries(path, { points: 'refuse' })).split('\n')
    expect(said).toHaveLength(21)
    expect(said.at(-1)).toBe('many.geojson: and 30 more of the kind.')
  })
})
