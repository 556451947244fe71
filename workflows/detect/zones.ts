/** A county by its middle, in degrees. */
export type Site = { readonly lon: number; readonly lat: number }

/** Every circle of counties that is scanned: round each county, with the nearest others until the share is full. */
export type Zones = {
  readonly sites: number
  /** Per middle: the sites from it outwards, itself first, as many as its widest circle holds. */
  readonly order: readonly Uint16Array[]
  /** Circles come in blocks of similar size: block b ends before rank `ends[b]`. */
  readonly ends: readonly number[]
}

/**
 * Lays circles over sites: from each outwards by great-circle distance (ties in the given order) while the weight
 * inside stays within `share` of all; at most 65,535 sites, else a RangeError.
 */
export function zones(sites: readonly Site[], weight: ArrayLike<number>, share: number): Zones {
  if (sites.length > 65_535) throw new RangeError(`a scan takes at most 65,535 counties, not ${sites.length}`)
  const points = sites.map(unit)
  const limit = sum(weight) * share * (1 + 1e-12)
  const keys = new Float64Array(sites.length)
  const order = points.map(middle => widest(outwards(middle, points, keys), weight, limit))
  const ends = steps(Math.max(0, ...order.map(one => one.length)))
  return { sites: sites.length, order, ends }
}

type Unit = readonly [number, number, number]

function unit({ lon, lat }: Site): Unit {
  const [x, y] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180]
  return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)]
}

// The distance and the site packed into one number: typed arrays sort natively, and ties keep the order of sites.
function outwards(middle: Unit, points: readonly Unit[], keys: Float64Array): Uint16Array {
  const places = 65_536
  for (const [site, point] of points.entries()) {
    const chord = (point[0] - middle[0]) ** 2 + (point[1] - middle[1]) ** 2 + (point[2] - middle[2]) ** 2
    keys[site] = Math.round(chord * 2 ** 34) * places + site
  }
  return Uint16Array.from(keys.sort(), key => key % places)
}

function widest(order: Uint16Array, weight: ArrayLike<number>, limit: number): Uint16Array {
  let inside = 0
  const past = order.findIndex(site => {
    inside += weight[site] ?? 0
    return inside > limit
  })
  // A county that holds more than the share alone is still looked at by itself.
  return past < 0 ? order : order.slice(0, Math.max(1, past))
}

function steps(ranks: number): number[] {
  const ends: number[] = []
  for (let end = 0; end < ranks; ) {
    end = Math.min(ranks, Math.max(end + 1, Math.floor(end * 1.06)))
    ends.push(end)
  }
  return ends
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at] ?? 0
  return total
}
