import type { Path, Spot } from './land.ts'

/** Longitude and latitude in degrees. */
export type LonLat = readonly [number, number]

const radians = Math.PI / 180
const earthKm = 6371

/**
 * Flattens the earth around a point so that areas keep their size, in km from it; lines across the 180th meridian stay
 * whole. Good for anything up to the size of a continent.
 */
export function planeAt([lon0, lat0]: LonLat): (point: LonLat) => Spot {
  const [sin0, cos0] = [Math.sin(lat0 * radians), Math.cos(lat0 * radians)]
  return ([lon, lat]) => {
    const east = (lon - lon0) * radians
    const [sin, cos] = [Math.sin(lat * radians), Math.cos(lat * radians)]
    const near = 1 + sin0 * sin + cos0 * cos * Math.cos(east)
    // The far side of the earth has no place on the plane: its points would lie endlessly far away.
    const k = earthKm * Math.sqrt(2 / Math.max(near, 1e-6))
    return [k * cos * Math.sin(east), -k * (cos0 * sin - sin0 * cos * Math.cos(east))]
  }
}

/** The middle of points on the earth, however they lie about the 180th meridian. */
export function centreOf(points: Iterable<LonLat>): LonLat {
  let [x, y, z] = [0, 0, 0]
  for (const [lon, lat] of points) {
    x += Math.cos(lat * radians) * Math.cos(lon * radians)
    y += Math.cos(lat * radians) * Math.sin(lon * radians)
    z += Math.sin(lat * radians)
  }
  return [Math.atan2(y, x) / radians, Math.atan2(z, Math.hypot(x, y)) / radians]
}

/** A line with fewer points, nowhere further from the given one than `most`; its ends stay. */
export function simplified(line: Path, most: number): Path {
  const last = line.length - 1
  if (last < 2) return line
  const kept = new Uint8Array(line.length)
  kept[0] = kept[last] = 1
  const open: [number, number][] = [[0, last]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, to] = next
    const furthest = furthestOf(line, from, to)
    if (furthest.off <= most || furthest.at < 0) continue
    kept[furthest.at] = 1
    open.push([from, furthest.at], [furthest.at, to])
  }
  return line.filter((_, at) => kept[at] === 1)
}

function furthestOf(line: Path, from: number, to: number): { at: number; off: number } {
  const [x1, y1] = line[from] ?? [0, 0]
  const [x2, y2] = line[to] ?? [0, 0]
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = Math.hypot(dx, dy)
  let [at, off] = [-1, 0]
  for (let each = from + 1; each < to; each += 1) {
    const [x, y] = line[each] ?? [0, 0]
    // Of a ring both ends are one point: how far a point is from there.
    const away = length === 0 ? Math.hypot(x - x1, y - y1) : Math.abs(dy * (x - x1) - dx * (y - y1)) / length
    if (away > off) [at, off] = [each, away]
  }
  return { at, off }
}
