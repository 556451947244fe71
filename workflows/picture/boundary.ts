import { areaOf, type Land } from './land.ts'
import { centreOf, type LonLat, planeAt, simplified } from './plane.ts'

/** An area as a boundary file has it, on the earth: its code, its name, its country, and its rings. */
export type Bounded = {
  readonly code: string
  readonly name: string
  readonly country: string | null
  readonly rings: readonly (readonly LonLat[])[]
}

/** What is wrong with a feature of a boundary file; `feature` counts from 0, null: the file as a whole. */
export type BoundaryProblem = { readonly feature: number | null; readonly message: string; readonly allowed: string }

/** What a boundary file says, and everything that is wrong with it; areas are to be used only where nothing is. */
export type Boundaries = { readonly areas: readonly Bounded[]; readonly problems: readonly BoundaryProblem[] }

const mostPoints = 2_000_000
// The coarsest that cannot be seen on a picture as wide as a phone shows it.
const coarseness = 1 / 700

/**
 * Reads areas from the data of a GeoJSON file: polygons with the properties `code` (or `admin`) and, if wanted, `name`
 * and `country`. Rings may run either way, have holes, cross the 180th meridian and lack their closing point; several
 * features of one code are one area. `points: 'skip'` passes over what has no borders.
 */
export function boundariesOf(data: unknown, { points }: { readonly points: 'skip' | 'refuse' }): Boundaries {
  const features = isRecord(data) && data.type === 'FeatureCollection' ? data.features : undefined
  if (!Array.isArray(features)) {
    const allowed = 'It needs {"type": "FeatureCollection", "features": [...]}'
    return { areas: [], problems: [{ feature: null, message: 'is no GeoJSON', allowed }] }
  }
  const problems: BoundaryProblem[] = []
  const areas = new Map<string, Bounded>()
  let counted = 0
  features.forEach((feature, at) => {
    const read = readFeature(feature, points)
    if (read === 'skipped') return
    if ('message' in read) {
      problems.push({ ...read, feature: at })
      return
    }
    counted += read.rings.reduce((sum, ring) => sum + ring.length, 0)
    const known = areas.get(read.code)
    areas.set(read.code, known ? { ...known, rings: [...known.rings, ...read.rings] } : read)
  })
  if (counted > mostPoints) {
    const message = `has ${counted} points of borders`
    problems.push({ feature: null, message, allowed: `At most ${mostPoints}: simplify it` })
  }
  if (areas.size === 0 && problems.length === 0 && points === 'refuse') {
    problems.push({ feature: null, message: 'has no areas', allowed: 'Give each area a Polygon and a code' })
  }
  return { areas: [...areas.values()], problems }
}

/** How a feature is named to whoever mends the file: by its place, from 1, and its own words. */
export function featureName(data: unknown, at: number): string {
  const feature = isRecord(data) && Array.isArray(data.features) ? (data.features[at] as unknown) : null
  const properties = isRecord(feature) && isRecord(feature.properties) ? feature.properties : {}
  const said = [properties.name, properties.code, properties.admin].find(one => typeof one === 'string' && one !== '')
  return typeof said === 'string' ? `feature ${at + 1} (${said.slice(0, 60)})` : `feature ${at + 1}`
}

/**
 * The areas of those codes, or of those countries, flat and simplified to what a picture shows; all where no code is
 * known, as of a network without regions of its own there.
 */
export function boundedLand(areas: readonly Bounded[], codes: readonly string[]): Land {
  const wanted = areas.filter(({ code, country }) => codes.includes(code) || codes.includes(country ?? ''))
  const chosen = wanted.length > 0 ? wanted : areas
  const plane = planeAt(centreOf(chosen.flatMap(area => area.rings.flat())))
  const flat = chosen.map(area => ({ ...area, rings: area.rings.map(ring => ring.map(plane)) }))
  const most = Math.sqrt(flat.reduce((sum, { rings }) => sum + sumOf(rings.map(areaOf)) / 2, 0)) * coarseness
  const thin = flat.map(({ code, name, country, rings }) => {
    return { code, name, state: country, rings: rings.map(ring => simplified(ring, most)) }
  })
  return { areas: thin, borders: [], frames: thin.flatMap(area => area.rings) }
}

type Wrong = Omit<BoundaryProblem, 'feature'>

function readFeature(feature: unknown, points: 'skip' | 'refuse'): Bounded | Wrong | 'skipped' {
  const geometry = isRecord(feature) && feature.type === 'Feature' ? feature.geometry : undefined
  if (!isRecord(feature) || !isRecord(geometry)) {
    return { message: 'has no geometry', allowed: 'It needs "type": "Feature" and a Polygon or MultiPolygon' }
  }
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    if (points === 'skip') return 'skipped'
    return { message: `is a ${String(geometry.type)}`, allowed: 'Borders are a Polygon or a MultiPolygon' }
  }
  const { code, admin, name, country } = isRecord(feature.properties) ? feature.properties : {}
  const own = [code, admin].find(one => (typeof one === 'string' && one.trim() !== '') || typeof one === 'number')
  if (own === undefined) {
    return { message: 'has no code', allowed: 'Give it the property code (or admin), as its place has it' }
  }
  const { coordinates } = geometry
  const nested = geometry.type === 'Polygon' ? coordinates : Array.isArray(coordinates) ? coordinates.flat() : null
  if (!Array.isArray(nested) || nested.length === 0) return { message: 'has no rings', allowed: 'Give it borders' }
  const rings: (readonly LonLat[])[] = []
  for (const [at, ring] of nested.entries()) {
    const read = readRing(ring, at)
    if ('message' in read) return read
    rings.push(read)
  }
  const said = typeof name === 'string' && name.trim() !== '' ? name.trim() : String(own).trim()
  return {
    code: String(own).trim(),
    name: said.slice(0, 80),
    country: typeof country === 'string' && country.trim() !== '' ? country.trim() : null,
    rings,
  }
}

function readRing(ring: unknown, at: number): readonly LonLat[] | Wrong {
  const named = `ring ${at + 1}`
  if (!Array.isArray(ring))
    return { message: `${named} is no list of points`, allowed: 'Points are [longitude, latitude]' }
  const points: LonLat[] = []
  for (const [index, point] of ring.entries()) {
    const [lon, lat] = Array.isArray(point) ? (point as readonly unknown[]) : []
    if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat)) {
      return {
        message: `${named}, point ${index + 1} is no pair of numbers`,
        allowed: 'Points are [longitude, latitude]',
      }
    }
    if (Math.abs(lat) > 90) return wrongDegrees(`${named}, point ${index + 1} (${lon}, ${lat})`, lon)
    if (Math.abs(lon) > 540) return wrongDegrees(`${named}, point ${index + 1} (${lon}, ${lat})`, lon)
    points.push([lon, lat])
  }
  const [first, last] = [points[0], points.at(-1)]
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) points.push(first)
  if (points.length < 4)
    return { message: `${named} has fewer than three corners`, allowed: 'A ring needs three at least' }
  return points
}

function wrongDegrees(where: string, lon: number): Wrong {
  const turned = Math.abs(lon) <= 90
  return {
    message: `${where} lies nowhere on the earth`,
    allowed: turned
      ? 'Points are [longitude, latitude], in this order'
      : 'Points are degrees (WGS 84), not metres of a map projection',
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
