import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseNetwork } from '../../../workflows/network.ts'
import { statesIn } from '../../../workflows/places/mention.ts'
import { stateOf, stateOfFips, states } from '../../../workflows/places/states.ts'
import { networkPlaces } from '../../../workflows/places/us.ts'
import { effort } from '../../effort.ts'

const { regions } = parseNetwork(parse(readFileSync('workflows/content/network.yaml', 'utf8')))
const places = networkPlaces(regions)

const said: [string, string[]][] = [
  ['Maricopa County, AZ', ['AZ']],
  ['Phoenix AZ', ['AZ']],
  ['phoenix az', ['AZ']],
  ['phoenix, az 85004', ['AZ']],
  ['PHOENIX ARIZONA', ['AZ']],
  ['Flagstaff, Ariz.', ['AZ']],
  ['Hamtramck, Mich.', ['MI']],
  ['detroit mi', ['MI']],
  ['Grand Rapids, MI, by the library', ['MI']],
  ['Fairfax, Va.', ['VA']],
  ['Charleston, W.Va.', ['WV']],
  ['Charleston, West Virginia', ['WV']],
  ['Washington, D.C.', ['DC']],
  ['Washington DC', ['DC']],
  ['Washington, PA', ['PA']],
  ['Washington, Pennsylvania', ['PA']],
  ['Wyoming, MI', ['MI']],
  ['Oregon, Wisconsin', ['WI']],
  ['Portland, ME', ['ME']],
  ['Portland, OR', ['OR']],
  ['Albany, N.Y.', ['NY']],
  ['New York City', ['NY']],
  ['New York, NY', ['NY']],
  ['Delaware County, PA', ['PA']],
  ['Washington Street in Phoenix', []],
  ['Michigan Ave and 5th', []],
  ['Washington Elementary School', []],
  ['Port Washington', []],
  ['Georgia Avenue, Atlanta, GA', ['GA']],
  ['near Georgia State University, Atlanta GA 30303', ['GA']],
  ['Carolina del Norte', ['NC']],
  ['Filadelfia, Pensilvania', ['PA']],
  ['Santa Fe, Nuevo México', ['NM']],
  ['nueva york', ['NY']],
  ['en la casa de mi tía', []],
  ['in the line or at the door ok', []],
  ['MEN IN THE LINE OR AT THE DOOR', []],
  ['by Mass at the church, he is ill.', []],
  ['condado de Washington', []],
  ['somewhere in Arizona or Georgia', ['AZ', 'GA']],
  ['Georgia', ['GA']],
  ['WI', ['WI']],
  ['ɢeorgia 👍 \u202eGeorgia\u202c', ['GA']],
  ['', []],
]

describe('states in a text', () => {
  it.each(said)('%s', (text, expected) => {
    expect(statesIn(text)).toEqual(expected)
  })

  it('finds every state by its name and by its postal code after a town', () => {
    for (const state of states) {
      expect(statesIn(`somewhere in ${state.name}`)).toEqual([state.code])
      expect(statesIn(`Springfield, ${state.code}`)).toEqual([state.code])
      for (const name of state.also) expect(statesIn(name)).toEqual([state.code])
      expect(stateOf(state.code)).toBe(state)
      expect(stateOfFips(`${state.fips}001`)).toBe(state)
    }
    expect(states).toHaveLength(56)
    expect(stateOfFips('99001')).toBeNull()
    expect(stateOfFips('0401')).toBeNull()
  })
})

describe('the places of a network', () => {
  it('knows the counties that its regions list, in both languages and by code', () => {
    for (const text of ['Maricopa County', 'maricopa county az', 'en el condado de Maricopa', '04013']) {
      expect(places.find(text)).toMatchObject({
        confidence: 'certain',
        fips: '04013',
        county: 'Maricopa County',
        state: 'AZ',
      })
    }
  })

  it('asks when a county may be another of that name', () => {
    expect(places.find('Wayne County', 'GA')).toMatchObject({
      confidence: 'ask',
      fips: null,
      candidates: [{ fips: '26163', state: 'MI' }],
    })
    expect(places.find('Wayne County', 'MI')).toMatchObject({ confidence: 'certain', fips: '26163' })
    expect(places.find('Wayne County, PA')).toMatchObject({ confidence: 'certain', fips: null, state: 'PA' })
    expect(places.find('Maricopa County or Fulton County').candidates).toHaveLength(2)
  })

  it('asks between two states and offers both', () => {
    expect(places.find('Arizona or Georgia')).toEqual({
      input: 'Arizona or Georgia',
      confidence: 'ask',
      fips: null,
      county: null,
      state: null,
      candidates: [
        { fips: null, county: null, state: 'AZ' },
        { fips: null, county: null, state: 'GA' },
      ],
    })
  })

  it('knows the state behind the words of a region, and says when it knows nothing', () => {
    expect(places.find('chapter house, Navajo Nation')).toMatchObject({ confidence: 'certain', state: 'AZ' })
    expect(places.find('corner by the library')).toMatchObject({ confidence: 'unknown', state: null, candidates: [] })
  })

  it('answers any text, five thousand characters included, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        expect(places.find(text).input).toBe(text)
      }),
    )
    for (const part of ['a.', 'N. ', 'Arizona ', 'new ', '١', '👍', '\u200b', ', ', 'AZ,']) {
      const text = part.repeat(5000).slice(0, 5000)
      expect(
        effort(() => places.find(text)),
        part,
      ).toBeLessThan(1000)
    }
  })
})
