import type { Point } from './point.ts'

/** Borders on a grid: arcs that neighbours share as chains of points, and which arcs bound which county. */
export type OutlineData = {
  /** Degrees of a step east and north, and of the grid's corner. */
  readonly scale: readonly [number, number]
  readonly corner: readonly [number, number]
  /** x and y by turns, each as the difference from the point before in its arc. */
  readonly steps: Int32Array
  /** How many points each arc has. */
  readonly lengths: Uint16Array
  /** By shape: the county, how many arcs it has, the arcs. */
  readonly shapes: Uint16Array
}
/** A county near a point; `km` to its border, 0 if the point is in it. */
export type Nearby = { readonly county: number; readonly km: number }
/** Says in which counties a point may be, nearest first; and a county's middle, which lies in it; null if unknown. */
export type Outlines = {
  at(point: Point, withinKm: number): Nearby[]
  middle(county: number): Point | null
}

type Shape = { readonly county: number; readonly arcs: readonly number[]; readonly box: Box }
type Box = { west: number; south: number; east: number; north: number }
type Chains = { readonly points: Float64Array; readonly starts: Uint32Array }

const kmPerDegree = 111.2

/** Decodes the borders; `at` takes about a tenth of a millisecond. */
export function openOutlines(data: OutlineData): Outlines {
  const chains = decode(data)
  const shapes = shapesOf(data.shapes, chains)
  return {
    at({ latitude, longitude }, withinKm) {
      const reach = withinKm / kmPerDegree
      const wide = reach / Math.max(0.1, Math.cos((latitude * Math.PI) / 180))
      return shapes
        .filter(({ box }) => longitude > box.west - wide && longitude < box.east + wide)
        .filter(({ box }) => latitude > box.south - reach && latitude < box.north + reach)
        .map(shape => ({ county: shape.county, km: kmTo(shape, chains, longitude, latitude) }))
        .filter(({ km }) => km <= withinKm)
        .sort((one, other) => one.km - other.km || one.county - other.county)
    },
    middle(county) {
      const shape = shapes.find(one => one.county === county)
      return shape ? middleOf(shape, chains) : null
    },
  }
}

function decode({ scale, corner, steps, lengths }: OutlineData): Chains {
  const points = new Float64Array(steps.length)
  const starts = new Uint32Array(lengths.length + 1)
  let at = 0
  lengths.forEach((length, arc) => {
    let [x, y] = [0, 0]
    for (const end = at + 2 * length; at < end; at += 2) {
      x += steps[at] as number
      y += steps[at + 1] as number
      points[at] = x * scale[0] + corner[0]
      points[at + 1] = y * scale[1] + corner[1]
    }
    starts[arc + 1] = at
  })
  return { points, starts }
}

function shapesOf(list: Uint16Array, chains: Chains): Shape[] {
  const shapes: Shape[] = []
  for (let at = 0; at < list.length; ) {
    const [county, count] = [list[at] as number, list[at + 1] as number]
    const arcs = [...list.subarray(at + 2, at + 2 + count)]
    shapes.push({ county, arcs, box: boxOf(arcs, chains) })
    at += 2 + count
  }
  return shapes
}

function boxOf(arcs: readonly number[], { points, starts }: Chains): Box {
  const box: Box = { west: 180, south: 90, east: -180, north: -90 }
  for (const arc of arcs) {
    for (let at = starts[arc] as number; at < (starts[arc + 1] as number); at += 2) {
      const [x, y] = [points[at] as number, points[at + 1] as number]
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
      box.south = Math.min(box.south, y)
      box.north = Math.max(box.north, y)
    }
  }
  return box
}

/** Kilometres to the shape, 0 inside: inside is where a line to the east crosses its borders an odd number of times. */
function kmTo({ arcs }: Shape, { points, starts }: Chains, x: number, y: number): number {
  const flat = Math.cos((y * Math.PI) / 180)
  let inside = false
  let least = Number.POSITIVE_INFINITY
  for (const arc of arcs) {
    for (let at = (starts[arc] as number) + 2; at < (starts[arc + 1] as number); at += 2) {
      const [x1, y1] = [points[at - 2] as number, points[at - 1] as number]
      const [x2, y2] = [points[at] as number, points[at + 1] as number]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
      least = Math.min(least, squareTo((x1 - x) * flat, y1 - y, (x2 - x) * flat, y2 - y))
    }
  }
  return inside ? 0 : Math.sqrt(least) * kmPerDegree
}

/** The square of the distance from the origin to the line between two points. */
function squareTo(x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / length))
  return (x1 + along * dx) ** 2 + (y1 + along * dy) ** 2
}

const scanned = 64

/** The centre of its ground, taken line by line; where that is not in it, the middle of the nearest stretch that is. */
function middleOf(shape: Shape, chains: Chains): Point | null {
  const { south, north } = shape.box
  const lines = Array.from({ length: scanned }, (_, at) => south + ((at + 0.5) / scanned) * (north - south))
  const stretches = lines.flatMap(y => {
    const ends = crossingsAt(y, shape, chains)
    return ends.flatMap((west, at) => (at % 2 === 0 ? [{ y, west, east: ends[at + 1] ?? west }] : []))
  })
  const all = stretches.reduce((sum, one) => sum + one.east - one.west, 0)
  if (all === 0) return null
  const x = stretches.reduce((sum, one) => sum + (one.east ** 2 - one.west ** 2) / 2, 0) / all
  const y = stretches.reduce((sum, one) => sum + one.y * (one.east - one.west), 0) / all
  if (kmTo(shape, chains, x, y) === 0) return { longitude: x, latitude: y }
  const away = (one: (typeof stretches)[number]) => Math.hypot((one.west + one.east) / 2 - x, one.y - y)
  const nearest = stretches.reduce((best, one) => (away(one) < away(best) ? one : best))
  return { longitude: (nearest.west + nearest.east) / 2, latitude: nearest.y }
}

/** Where a line to the east crosses the borders of a shape, from west to east. */
function crossingsAt(y: number, { arcs }: Shape, { points, starts }: Chains): number[] {
  const found: number[] = []
  for (const arc of arcs) {
    for (let at = (starts[arc] as number) + 2; at < (starts[arc + 1] as number); at += 2) {
      const [x1, y1] = [points[at - 2] as number, points[at - 1] as number]
      const [x2, y2] = [points[at] as number, points[at + 1] as number]
      if (y1 > y !== y2 > y) found.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
    }
  }
  return found.sort((one, other) => one - other)
}
