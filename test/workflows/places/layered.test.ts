import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadGazetteer } from '../../../db/places.ts'
import type { Directory } from '../../../workflows/directory.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { layeredPlaces } from '../../../workflows/places/layered.ts'
import { placePicked, placeWords } from '../../../workflows/placing.ts'
import { network as deskNetwork } from '../../commands/desk.ts'

const { regions } = parseNetwork(parse(readFileSync('workflows/content/network.yaml', 'utf8')))
const places = layeredPlaces(regions, loadGazetteer)
const directory: Directory = { ...deskNetwork(), regions }
const network = { directory, places }

describe('a network on top of the gazetteer', () => {
  it('loads nothing until its own places leave something open', () => {
    let loads = 0
    const lazy = layeredPlaces(regions, () => {
      loads++
      return loadGazetteer()
    })
    expect(lazy.find('Maricopa County')).toMatchObject({ confidence: 'certain', fips: '04013' })
    expect(loads).toBe(0)
    expect(lazy.find('Boise, Idaho')).toMatchObject({ confidence: 'certain', fips: '16001' })
    expect(lazy.find('Tempe')).toMatchObject({ confidence: 'certain', fips: '04013' })
    expect(loads).toBe(1)
  })

  it('lets the words, counties and codes that a region lists win', () => {
    expect(places.find('Wayne County')).toMatchObject({ confidence: 'certain', fips: '26163' })
    expect(places.find('04013')).toMatchObject({ confidence: 'certain', fips: '04013' })
    expect(places.find('Upper Peninsula')).toMatchObject({ confidence: 'certain', fips: null, state: 'MI' })
    expect(places.find('chapter house, Navajo Nation')).toMatchObject({ state: 'AZ' })
    expect(places.find('Window Rock, Navajo Nation')).toMatchObject({ fips: '04001' })
  })

  it('finds the county where the network knows the state alone', () => {
    expect(placeWords('Flagstaff, Ariz.', null, network)).toMatchObject({
      region: 'AZ',
      place: { state: 'found', county: 'Coconino County', fips: '04005', usState: 'AZ' },
    })
    expect(placeWords('Athens', 'GA', network)).toMatchObject({ region: 'GA', place: { fips: '13059' } })
    expect(placeWords('Wayne County', 'GA', network)).toMatchObject({ region: 'GA', place: { fips: '13305' } })
  })

  it('asks which of several is meant, with a button for each, and takes the pick', () => {
    const { region, place, spots } = placeWords('Springfield', 'AZ', network)
    expect([region, place.state]).toEqual(['AZ', 'asked'])
    expect(spots.slice(0, 3).map(spot => [spot.code, spot.label.params?.name])).toEqual([
      ['c29077', 'Greene County, Missouri'],
      ['c25013', 'Hampden County, Massachusetts'],
      ['c17167', 'Sangamon County, Illinois'],
    ])
    expect(placePicked('c25013', 'Springfield', 'AZ', network)).toMatchObject({
      region: 'US',
      place: { state: 'found', county: 'Hampden County', usState: 'MA' },
    })
    expect(placeWords('Maricopa', 'AZ', network).spots.map(spot => spot.code)).toEqual(['c04013', 'c04021'])
  })
})
