import { describe, expect, test } from 'vitest'
import { landOf } from '../../../bot/picture/atlas.ts'
import { type Area, areaOf, fitted, middleOf, type Path, ratioOf } from '../../../workflows/picture/land.ts'
import { states } from '../../../workflows/places/states.ts'

const country = landOf([])

/** Whether a point is on land: a line from it to the east crosses its borders an odd number of times. */
function holds({ rings }: Area, [x, y]: readonly [number, number]): boolean {
  const crossed = (ring: Path) =>
    ring.filter(([fromX, fromY], at) => {
      const [toX, toY] = ring[(at + 1) % ring.length] ?? [fromX, fromY]
      return fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)
    }).length
  return rings.reduce((sum, ring) => sum + crossed(ring), 0) % 2 === 1
}

test('the country has every county once, with the lines between them', () => {
  const codes = country.areas.map(area => area.code)
  expect(codes.length).toBe(3142)
  expect(new Set(codes).size).toBe(codes.length)
  expect(country.borders.length).toBeGreaterThan(1000)
  expect(country.frames.length).toBeGreaterThan(100)
  expect(ratioOf(country)).toBeGreaterThan(1.4)
})

test('each county is marked on its own land', () => {
  // A few towns that are a county are but a line at this size.
  const wide = country.areas.filter(area => area.rings.some(ring => areaOf(ring) > 0.1))
  expect(wide.length).toBeGreaterThan(country.areas.length - 8)
  const astray = wide.filter(area => !holds(area, middleOf(area)))
  expect(astray.map(area => area.name)).toEqual([])
})

describe('a state', () => {
  test.each(states.map(state => [state.name, state.fips]))('%s has its own counties, and an extent', (_, fips) => {
    const land = landOf([fips])
    expect(land.areas.length).toBeGreaterThan(0)
    expect(land.areas.every(area => area.code.startsWith(fips))).toBe(true)
    const { scale } = fitted(land, { left: 0, top: 0, width: 100, height: 100 })
    expect(scale).toBeGreaterThan(0)
    // Wider than ten to one, something lies on the wrong side of the earth.
    expect(ratioOf(land)).toBeGreaterThan(0.1)
    expect(ratioOf(land)).toBeLessThan(10)
  })

  test('beyond the 180th meridian is still one: Alaska is about as wide as it is', () => {
    const xs = landOf(['02']).areas.flatMap(area => area.rings.flat().map(spot => spot[0]))
    const wide = Math.max(...xs) - Math.min(...xs)
    expect(wide).toBeGreaterThan(3300)
    expect(wide).toBeLessThan(4200)
  })

  test('names what its counties lie in, and the later ones within their borders', () => {
    expect(landOf(['04']).areas.find(area => area.code === '04013')).toMatchObject({ name: 'Maricopa', state: 'AZ' })
    expect(landOf(['02']).areas.find(area => area.code === '02261')?.also).toEqual(['02063', '02066'])
  })
})

test('several states stand together, those far away beside them as on the national map', () => {
  expect(landOf(['04', '32']).areas).toHaveLength(15 + 17)
  const far = landOf(['04', '15'])
  expect(far.areas).toHaveLength(15 + 5)
  const xs = far.areas.flatMap(area => area.rings.flat().map(spot => spot[0]))
  expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(1000)
})

test('a state that nobody knows is no land', () => {
  expect(landOf(['99']).areas).toEqual([])
})
