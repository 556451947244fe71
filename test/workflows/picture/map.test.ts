import { describe, expect, test } from 'vitest'
import type { CountyMark, MapDrawing } from '../../../workflows/drawing.ts'
import { bubblesOf } from '../../../workflows/picture/bubble.ts'
import { gathered } from '../../../workflows/picture/gather.ts'
import { areaOf, fitted, type Land, middleOf, type Path, placed } from '../../../workflows/picture/land.ts'
import { mapOf, stepOf } from '../../../workflows/picture/map.ts'
import { centreOf, planeAt, simplified } from '../../../workflows/picture/plane.ts'
import { penFor } from '../../../workflows/picture/words.ts'

const mark = (code: string, count: number, more: Partial<CountyMark> = {}): CountyMark => ({
  ...{ code, count, load: count, worst: 3 },
  ...more,
})
const square = (left: number, top: number, size: number): Path => [
  [left, top],
  [left + size, top],
  [left + size, top + size],
  [left, top + size],
  [left, top],
]
const area = (code: string, rings: readonly Path[]) => ({ code, name: code, state: null, rings })
const landOf = (...areas: Land['areas']): Land => ({ areas, borders: [], frames: [] })
const pen = penFor('light', 'en', (words, size) => words.length * size * 0.6)
const box = { left: 0, top: 0, width: 100, height: 100 }
const distance = (one: readonly number[], other: readonly number[]) =>
  Math.hypot((one[0] ?? 0) - (other[0] ?? 0), (one[1] ?? 0) - (other[1] ?? 0))

describe('bubbles', () => {
  const homes = [0, 60, 120].map(x => [x, 0] as const)

  test('have a ground that grows with their count', () => {
    const [large, small] = bubblesOf(
      [
        { mark: mark('a', 4), home: [0, 0] },
        { mark: mark('b', 1), home: [90, 0] },
      ],
      { ones: 9, most: 27 },
    )
    expect((large?.radius ?? 0) ** 2).toBeCloseTo(4 * (small?.radius ?? 0) ** 2)
  })

  test('are no wider than the most, however many there are', () => {
    const bubbles = bubblesOf([{ mark: mark('a', 100_000), home: [0, 0] }], { ones: 9, most: 27 })
    expect(bubbles[0]?.radius).toBeCloseTo(27)
  })

  test('are as wide for what is not told, whichever it is', () => {
    const told = [mark('a', 0, { few: true }), mark('b', 0, { untold: true }), mark('c', 2)]
    const bubbles = bubblesOf(
      told.map((one, at) => ({ mark: one, home: homes[at] ?? [0, 0] })),
      { ones: 9, most: 27 },
    )
    expect(new Set(bubbles.map(bubble => bubble.radius)).size).toBe(1)
  })

  test('part where they would cover each other, and stay near their home', () => {
    const marks = [5, 3, 1, 1].map((count, at) => ({ mark: mark(String(at), count), home: [10 + at, 10] as const }))
    const bubbles = bubblesOf(marks, { ones: 7, most: 17 })
    for (const [at, one] of bubbles.entries()) {
      expect(distance(one.at, one.home)).toBeLessThanOrEqual(26.01)
      for (const other of bubbles.slice(at + 1)) {
        expect(distance(one.at, other.at)).toBeGreaterThan((one.radius + other.radius) * 0.8)
      }
    }
  })

  test('with one home part as well', () => {
    const here = [10, 10] as const
    const [one, other] = bubblesOf(
      [mark('a', 2), mark('b', 2)].map(each => ({ mark: each, home: here })),
      {
        ones: 9,
        most: 27,
      },
    )
    expect(distance(one?.at ?? here, other?.at ?? here)).toBeGreaterThan(one?.radius ?? 99)
  })
})

describe('a map', () => {
  test('fits into its box, whatever its unit', () => {
    const land = landOf(area('a', [square(-5_000, 2_000, 800)]), area('b', [square(-4_000, 2_500, 100)]))
    const fit = fitted(land, { left: 10, top: 20, width: 200, height: 100 })
    for (const spot of land.areas.flatMap(each => each.rings.flat())) {
      const [x, y] = placed(spot, fit)
      expect(x).toBeGreaterThanOrEqual(10 - 1e-6)
      expect(x).toBeLessThanOrEqual(210 + 1e-6)
      expect(y).toBeGreaterThanOrEqual(20 - 1e-6)
      expect(y).toBeLessThanOrEqual(120 + 1e-6)
    }
  })

  test('keeps its lines whole where an island is too small to be seen', () => {
    const land = landOf(area('a', [square(0, 0, 1000), square(1200, 500, 0.001), square(600, 1200, 50)]))
    const svg = mapOf({ codes: [], counties: [] }, land, box, pen)
    // A step of nothing is an error at which the rest of the path is dropped.
    expect(svg).not.toMatch(/l(z|M|")/)
  })

  test('is empty, and no error, without any area or with one that is a point', () => {
    for (const land of [landOf(), landOf(area('a', [])), landOf(area('a', [square(3, 3, 0)]))]) {
      expect(mapOf({ codes: [], counties: [mark('a', 3)] }, land, box, pen)).not.toMatch(/NaN|Infinity/)
    }
  })

  test('prints the count in or beside each bubble, and a ring about an early warning', () => {
    const land = landOf(area('a', [square(0, 0, 50)]), area('b', [square(60, 0, 50)]))
    const counties = [mark('a', 40, { alarm: true }), mark('b', 1)]
    const svg = mapOf({ codes: [], counties }, land, box, pen)
    expect([...svg.matchAll(/>([^<>]+)<\/text>/g)].map(found => found[1])).toEqual(['40', '1'])
    expect(svg.match(/<circle/g)).toHaveLength(3)
  })

  test('shades by load, and stripes what is not told', () => {
    expect([0, 0.3, 2.9, 3, 6, 11, 400].map(load => stepOf(mark('a', 1, { load })))).toEqual([0, 1, 1, 2, 3, 4, 4])
    expect(stepOf(mark('a', 1, { load: Number.NaN }))).toBe(0)
    expect([mark('a', 0, { few: true }), mark('a', 5, { load: null })].map(stepOf)).toEqual([5, 5])
    expect(stepOf(undefined)).toBe(0)
  })
})

describe('marks that a land has no place for', () => {
  const land: Land = { ...landOf(area('02261', [square(0, 0, 9)]), area('02020', [square(9, 0, 9)])) }
  const areas = land.areas.map(each => (each.code === '02261' ? { ...each, also: ['02063', '02066'] } : each))
  const map = (...counties: CountyMark[]): MapDrawing => ({ codes: [], counties })

  test('are counted beside it; of two that its borders do not tell apart the sum stands there', () => {
    const two = map(mark('02063', 2), mark('02066', 3, { worst: 5, alarm: true }), mark('99999', 4))
    expect(gathered(two, { ...land, areas })).toEqual({
      codes: [],
      counties: [{ code: '02261', count: 5, load: 5, worst: 5, alarm: true }],
      unplaced: 4,
    })
  })

  test('give nothing back of what is not told of one of two', () => {
    const two = map(mark('02063', 0, { few: true, load: null, worst: null }), mark('02066', 7))
    expect(gathered(two, { ...land, areas }).counties).toEqual([
      { code: '02261', count: 0, load: null, worst: null, untold: true },
    ])
  })
})

describe('the plane', () => {
  test('keeps what crosses the 180th meridian together, and areas as large as they are', () => {
    const fiji = [179, -179, -178.5, 178.5].map(lon => [lon, -17] as const)
    const [lon] = centreOf(fiji)
    expect(Math.abs(lon)).toBeCloseTo(180, 5)
    const plane = planeAt(centreOf(fiji))
    const xs = fiji.map(point => plane(point)[0])
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(330)
    const degree = (lat: number) =>
      areaOf(
        [
          [0, lat],
          [1, lat],
          [1, lat + 1],
          [0, lat + 1],
        ].map(([x = 0, y = 0]) => planeAt([20, 20])([x, y])),
      ) / 2
    const half = Math.PI / 180 / 2
    for (const lat of [0, 30, 60]) {
      // R² · Δλ · (sin φ₂ − sin φ₁)
      const true_ = 6371 ** 2 * 2 * half * (Math.sin((lat + 1) * 2 * half) - Math.sin(lat * 2 * half))
      expect(degree(lat) / true_).toBeCloseTo(1, 2)
    }
  })

  test('loses no more than it says of a line, and keeps its ends', () => {
    const line: Path = Array.from({ length: 500 }, (_, at) => [at, Math.sin(at / 7) * 10])
    const thin = simplified(line, 0.5)
    expect(thin.length).toBeLessThan(200)
    expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)])
    const ring = simplified(square(0, 0, 10), 0.1)
    expect(ring).toEqual(square(0, 0, 10))
  })
})

test('the middle of an area lies in it, also where that is bent or has a hole', () => {
  const bent: Path = [
    [0, 0],
    [10, 0],
    [10, 10],
    [9, 10],
    [9, 1],
    [0, 1],
    [0, 0],
  ]
  const [x, y] = middleOf(area('bent', [bent]))
  expect(x).toBeGreaterThan(9)
  expect(y).toBeGreaterThan(1)
  const [holeX, holeY] = middleOf(area('hole', [square(0, 0, 10), square(2, 2, 6)]))
  expect(holeX < 2 || holeX > 8 || holeY < 2 || holeY > 8).toBe(true)
})
