/** A point of a flat map: x to the right, y downwards, in one unit for the whole land. */
export type Spot = readonly [number, number]
/** A line through points; a ring ends where it begins. */
export type Path = readonly Spot[]

/**
 * One county, or one area of another country: its code, its name, what it lies in (`AZ`; null: nothing more is known),
 * and its borders with holes and islands. `also`: codes of later counties that lie within its borders.
 */
export type Area = {
  readonly code: string
  readonly name: string
  readonly state: string | null
  readonly rings: readonly Path[]
  readonly also?: readonly string[]
}

/** What a map is drawn of, already flat: areas, the lines between them, and the outer lines of states. */
export type Land = {
  readonly areas: readonly Area[]
  readonly borders: readonly Path[]
  readonly frames: readonly Path[]
}

/** Where a land lies within a rectangle: multiply, then move. */
export type Fit = { readonly scale: number; readonly left: number; readonly top: number }

/** Lays a land into a rectangle, as large as it fits, in its middle. */
export function fitted(
  land: Land,
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Fit {
  const { west, north, east, south } = boundsOf(land)
  if (!(east > west) || !(south > north)) return { scale: 1, left: box.left, top: box.top }
  const scale = Math.min(box.width / (east - west), box.height / (south - north))
  return {
    scale,
    left: box.left + (box.width - (east - west) * scale) / 2 - west * scale,
    top: box.top + (box.height - (south - north) * scale) / 2 - north * scale,
  }
}

/** How much wider than high a land is; 1 where it has no extent. */
export function ratioOf(land: Land): number {
  const { west, north, east, south } = boundsOf(land)
  return east > west && south > north ? (east - west) / (south - north) : 1
}

/** Where a point of the land comes to lie. */
export function placed([x, y]: Spot, { scale, left, top }: Fit): Spot {
  return [x * scale + left, y * scale + top]
}

/** The point to mark an area at: inside of its largest part, with as much room to both sides as there is. */
export function middleOf(area: Area): Spot {
  const largest = area.rings.reduce<Path>((best, ring) => (areaOf(ring) > areaOf(best) ? ring : best), [])
  const ys = largest.map(spot => spot[1])
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  let best: { at: Spot; width: number } | null = null
  // Lines near the middle: the widest stretch of land on one of them.
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const y = top + (bottom - top) * share
    const stretch = widest(area.rings, y)
    const preferred = stretch ? (stretch[1] - stretch[0]) * (1 - Math.abs(share - 0.5)) : 0
    if (stretch && preferred > (best?.width ?? 0)) best = { at: [(stretch[0] + stretch[1]) / 2, y], width: preferred }
  }
  return best?.at ?? largest[0] ?? [0, 0]
}

/** Twice the ground of a ring, whichever way it runs. */
export function areaOf(ring: Path): number {
  let sum = 0
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y]
    sum += x * nextY - nextX * y
  })
  return Math.abs(sum)
}

function widest(rings: readonly Path[], y: number): [number, number] | null {
  const crossings = rings.flatMap(ring => crossingsOf(ring, y)).sort((a, b) => a - b)
  let best: [number, number] | null = null
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from = 0, to = 0] = [crossings[at], crossings[at + 1]]
    if (!best || to - from > best[1] - best[0]) best = [from, to]
  }
  return best
}

function crossingsOf(ring: Path, y: number): number[] {
  return ring.flatMap(([x, from], at) => {
    const [nextX, to] = ring[(at + 1) % ring.length] ?? [x, from]
    return from > y === to > y ? [] : [x + ((y - from) / (to - from)) * (nextX - x)]
  })
}

function boundsOf(land: Land): { west: number; north: number; east: number; south: number } {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { rings } of land.areas) {
    for (const ring of rings) {
      for (const [x, y] of ring) {
        west = Math.min(west, x)
        east = Math.max(east, x)
        north = Math.min(north, y)
        south = Math.max(south, y)
      }
    }
  }
  return { west, north, east, south }
}
