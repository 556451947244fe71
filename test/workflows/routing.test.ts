import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseNetwork } from '../../workflows/network.ts'
import { networkPlaces } from '../../workflows/places/us.ts'
import { homeState, type RoutedRegion, route } from '../../workflows/routing.ts'

const { regions } = parseNetwork(parse(readFileSync('workflows/content/network.yaml', 'utf8')))
const go = (text: string, room: string | null = null, among: readonly RoutedRegion[] = regions) => {
  const home = homeState(among.find(region => region.code === room) ?? null)
  return route(text, networkPlaces(among).find(text, home), among, room)
}

describe('routing a report', () => {
  it.each([
    ['Phoenix, AZ', null, 'AZ'],
    ['Maricopa County', null, 'AZ'],
    ['Atlanta GA', 'AZ', 'GA'],
    ['Filadelfia', null, 'PA'],
    ['Kenosha, Wis.', 'US', 'WI'],
    ['Wayne County', 'MI', 'MI'],
    ['Wayne County, PA', 'MI', 'PA'],
    ['en la Nación Navajo', 'GA', 'AZ'],
  ])('%s from the room of %s goes to %s', (text, room, region) => {
    expect(go(text, room)).toEqual({ region, how: 'place', placeState: 'found', candidates: [] })
  })

  it('sends states that no region lists to the region for everywhere else', () => {
    expect(go('Boise, Idaho', 'AZ')).toEqual({ region: 'US', how: 'anywhere', placeState: 'found', candidates: [] })
  })

  it("keeps it in the room's region when the place says nothing", () => {
    expect(go('corner by the library', 'AZ')).toEqual({
      region: 'AZ',
      how: 'room',
      placeState: 'found',
      candidates: [],
    })
    expect(go('', 'MI')).toMatchObject({ region: 'MI', how: 'room' })
  })

  it('asks when neither place nor room says anything', () => {
    expect(go('corner by the library')).toEqual({ region: 'US', how: 'anywhere', placeState: 'asked', candidates: [] })
  })

  it('asks when a place names two regions, and holds it in the room meanwhile', () => {
    expect(go('Arizona or Georgia', 'MI')).toEqual({
      region: 'MI',
      how: 'room',
      placeState: 'asked',
      candidates: ['AZ', 'GA'],
    })
    expect(go('Arizona or Georgia')).toMatchObject({ region: 'US', how: 'anywhere', placeState: 'asked' })
  })

  it('asks for the state, but knows the region, when both states belong to it', () => {
    expect(go('Oregon or Idaho', 'AZ')).toMatchObject({ region: 'US', placeState: 'asked', candidates: ['US'] })
  })

  it('lets the most specific win: ZIP, then words, county, state', () => {
    const city: readonly RoutedRegion[] = [
      { code: 'AZ', places: [{ type: 'state', state: 'AZ' }] },
      { code: 'PHX', places: [{ type: 'zip', zip: '85004' }] },
      { code: 'NAV', places: [{ type: 'words', words: ['navajo nation'] }] },
      { code: 'MAR', places: [{ type: 'county', fips: '04013', name: 'Maricopa County' }] },
      { code: 'US', places: [{ type: 'anywhere' }] },
    ]
    expect(go('Navajo Nation office, Maricopa County, AZ 85004', null, city).region).toBe('PHX')
    expect(go('Navajo Nation office, Maricopa County, AZ 85005', null, city).region).toBe('NAV')
    expect(go('Maricopa County, AZ 85005-1234', null, city).region).toBe('MAR')
    expect(go('Tucson, AZ 85701', null, city).region).toBe('AZ')
    expect(go('1185004 items', 'AZ', city).how).toBe('room')
  })

  it('asks when a text says the words of two regions', () => {
    expect(go('Navajo Nation or Upper Peninsula')).toMatchObject({
      region: 'US',
      placeState: 'asked',
      candidates: ['AZ', 'MI'],
    })
  })

  it('always gives a region of the network, whatever the text', () => {
    const codes = regions.map(region => region.code)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(null, ...codes), (text, room) => {
        expect(codes).toContain(go(text, room).region)
      }),
    )
    expect(go('مركز الاقتراع 🗳️ '.repeat(300)).region).toBe('US')
  })

  it('knows the home state of a region that has one', () => {
    expect(homeState(regions[0] ?? null)).toBe('AZ')
    expect(homeState(regions.at(-1) ?? null)).toBeNull()
    expect(homeState(null)).toBeNull()
  })
})
