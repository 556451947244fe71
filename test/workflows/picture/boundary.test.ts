import { describe, expect, test } from 'vitest'
import { boundariesOf, boundedLand, featureName } from '../../../workflows/picture/boundary.ts'
import { areaOf } from '../../../workflows/picture/land.ts'

const ring = (left: number, bottom: number, size: number) => [
  [left, bottom],
  [left + size, bottom],
  [left + size, bottom + size],
  [left, bottom + size],
  [left, bottom],
]
const feature = (properties: object, geometry: unknown) => ({ type: 'Feature', properties, geometry })
const polygon = (properties: object, ...rings: unknown[]) =>
  feature(properties, { type: 'Polygon', coordinates: rings })
const file = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
const read = (...features: unknown[]) => boundariesOf(file(...features), { points: 'refuse' })
const problemOf = (...features: unknown[]) => read(...features).problems[0]
const ground = (...features: unknown[]) => {
  const { areas } = boundedLand(read(...features).areas, [])
  // Rings within rings are holes: what lies in one is not land.
  return areas.map(({ rings }) => {
    const [outer = 0, ...holes] = rings.map(each => areaOf(each) / 2).sort((one, other) => other - one)
    return outer - holes.reduce((sum, each) => sum + each, 0)
  })
}

describe('a boundary file', () => {
  test('is read with holes, islands, and areas that lie in several features', () => {
    const { areas, problems } = read(
      polygon({ code: 'A', name: 'Alpha', country: 'Kenya' }, ring(36, -1, 1), ring(36.3, -0.7, 0.4)),
      feature({ admin: 'B' }, { type: 'MultiPolygon', coordinates: [[ring(38, 0, 1)], [ring(40, 0, 0.2)]] }),
      polygon({ code: 7, name: ' ' }, ring(34, 0, 1)),
      polygon({ code: 'A' }, ring(37.5, -1, 0.1)),
    )
    expect(problems).toEqual([])
    expect(areas.map(({ code, name, country, rings }) => [code, name, country, rings.length])).toEqual([
      ['A', 'Alpha', 'Kenya', 3],
      ['B', 'B', null, 2],
      ['7', '7', null, 1],
    ])
  })

  test('may have its rings run either way, and need not close them', () => {
    const right = polygon({ code: 'A' }, ring(36, -1, 1), ring(36.3, -0.7, 0.4))
    const wrong = polygon({ code: 'A' }, ring(36, -1, 1).toReversed(), ring(36.3, -0.7, 0.4).toReversed())
    const open = polygon({ code: 'A' }, ring(36, -1, 1).slice(0, 4), ring(36.3, -0.7, 0.4).slice(0, 4))
    const [expected = 0] = ground(right)
    // About 111 km by 111 km, less what the hole takes.
    expect(expected / (111.2 ** 2 * 0.84)).toBeCloseTo(1, 1)
    expect(ground(wrong)[0]).toBeCloseTo(expected, 3)
    expect(ground(open)[0]).toBeCloseTo(expected, 3)
  })

  test('may cross the 180th meridian, cut there or not, or counted on beyond it', () => {
    const cut = feature(
      { code: 'F' },
      { type: 'MultiPolygon', coordinates: [[ring(179, -17, 1)], [ring(-180, -17, 1)]] },
    )
    const across = polygon({ code: 'F' }, [
      [179, -17],
      [-179, -17],
      [-179, -16],
      [179, -16],
      [179, -17],
    ])
    const beyond = polygon({ code: 'F' }, [
      [179, -17],
      [181, -17],
      [181, -16],
      [179, -16],
      [179, -17],
    ])
    for (const each of [cut, across, beyond]) {
      const { areas } = boundedLand(read(each).areas, [])
      const xs = areas.flatMap(({ rings }) => rings.flat()).map(spot => spot[0])
      expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(220)
    }
    expect(ground(across)[0]).toBeCloseTo(ground(beyond)[0] ?? 0, 0)
  })

  test('shows the areas of a region or country, and all where no code is known', () => {
    const { areas } = read(
      polygon({ code: 'A', country: 'Kenya' }, ring(36, -1, 1)),
      polygon({ code: 'B', country: 'Uganda' }, ring(32, 0, 1)),
    )
    const shown = (codes: string[]) => boundedLand(areas, codes).areas.map(area => area.code)
    expect(shown(['A'])).toEqual(['A'])
    expect(shown(['Uganda'])).toEqual(['B'])
    expect(shown([])).toEqual(['A', 'B'])
    expect(shown(['08'])).toEqual(['A', 'B'])
  })

  test('names the feature that is wrong, what is, and what is allowed', () => {
    const all = file(polygon({ code: 'A', name: 'Alpha' }, ring(36, -1, 1)), polygon({ name: 'Beta' }, ring(36, -1, 1)))
    const [problem] = boundariesOf(all, { points: 'refuse' }).problems
    expect(problem).toMatchObject({ feature: 1, message: 'has no code' })
    expect(featureName(all, 1)).toBe('feature 2 (Beta)')
    expect(featureName({}, 0)).toBe('feature 1')
  })

  test.each([
    ['no list of features', { type: 'Topology' }, 'is no GeoJSON'],
    ['nothing', null, 'is no GeoJSON'],
    ['no area', file(), 'has no areas'],
  ])('with %s is refused as a whole', (_, data, message) => {
    expect(boundariesOf(data, { points: 'refuse' }).problems[0]).toMatchObject({ feature: null, message })
  })

  test.each([
    ['no geometry', feature({ code: 'A' }, null), 'has no geometry'],
    ['a mere point', feature({ code: 'A' }, { type: 'Point', coordinates: [1, 2] }), 'is a Point'],
    ['no rings', polygon({ code: 'A' }), 'has no rings'],
    ['a ring that is none', polygon({ code: 'A' }, 'x'), 'ring 1 is no list of points'],
    ['a line for a ring', polygon({ code: 'A' }, ring(1, 1, 1).slice(0, 2)), 'ring 1 has fewer than three corners'],
    ['words for numbers', polygon({ code: 'A' }, [['1', '2']]), 'ring 1, point 1 is no pair of numbers'],
    ['a number that is none', polygon({ code: 'A' }, [[1, null]]), 'ring 1, point 1 is no pair of numbers'],
  ])('refuses a feature with %s', (_, given, message) => {
    expect(problemOf(given)).toMatchObject({ feature: 0, message })
  })

  test('tells latitude first from metres of a projection', () => {
    const turned = ring(5, 100, 1).map(([lat, lon]) => [lat, lon])
    expect(problemOf(polygon({ code: 'A' }, turned))?.allowed).toContain('[longitude, latitude], in this order')
    expect(problemOf(polygon({ code: 'A' }, ring(500_000, 4_000_000, 10)))?.allowed).toContain('not metres')
  })

  test('may hold points where it is the file of places too', () => {
    const both = file(feature({ name: 'Town', admin: 'A' }, { type: 'Point', coordinates: [1, 2] }))
    expect(boundariesOf(both, { points: 'skip' })).toEqual({ areas: [], problems: [] })
  })
})
