import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { ConfigError } from '../../workflows/errors.ts'
import { type Bounded, boundariesOf, featureName } from '../../workflows/picture/boundary.ts'
import type { ListedPlace, PlaceList } from '../../workflows/places/list.ts'
import { valueAt } from '../../workflows/problems.ts'

const mostBytes = 50 * 1024 * 1024
const mostSaid = 20

/**
 * The file of borders that a network file (its data, and where it lies) names, else its file of places where that has
 * some, by its whole path; null where neither is. It was read, and fits the places.
 * @throws ConfigError with everything that is wrong with it
 */
export function boundaryFile(data: unknown, path: string, places: PlaceList | null): string | null {
  const own = valueAt(data, ['boundaries', 'file'])
  const named = typeof own === 'string' && own !== ''
  const bordered = places?.places.some(place => place.rings.length > 0)
  const file = named ? own : bordered ? valueAt(data, ['places', 'file']) : null
  if (typeof file !== 'string') return null
  const whole = resolve(dirname(path), file)
  const areas = loadBoundaries(whole, { points: named ? 'refuse' : 'skip' })
  if (places) requireFit(areas, places.places, whole)
  return whole
}

/**
 * Reads the borders of areas from a GeoJSON file. `points: 'skip'`: it is a file of places, of which some have none.
 * @throws ConfigError that names each feature that is wrong, what is, and what is allowed
 */
export function loadBoundaries(path: string, { points }: { readonly points: 'skip' | 'refuse' }): readonly Bounded[] {
  const name = basename(path)
  const data = parsed(path, name)
  const { areas, problems } = boundariesOf(data, { points })
  const said = problems.map(({ feature, message, allowed }) => {
    return `${name}: ${feature === null ? '' : `${featureName(data, feature)} `}${message}. ${allowed}.`
  })
  const more = said.length > mostSaid ? [`${name}: and ${said.length - mostSaid} more of the kind.`] : []
  if (said.length > 0) throw new ConfigError([...said.slice(0, mostSaid), ...more].join('\n'))
  return areas
}

/** Makes sure that reports will find their area: codes are those of the places, and these lie where the borders are. */
function requireFit(areas: readonly Bounded[], places: readonly ListedPlace[], path: string): void {
  const name = basename(path)
  const byCode = new Map(areas.map(area => [area.code, area]))
  const met = places.flatMap(place => {
    const area = byCode.get(place.admin)
    return area ? [{ area, place }] : []
  })
  if (met.length === 0 && places.length > 0) {
    const said = [...new Set(places.map(place => place.admin))].slice(0, 5).join(', ')
    throw new ConfigError(`${name}: none of its codes is the admin of a place. The places have ${said}.`)
  }
  const inside = met.filter(({ area, place: { point } }) => isNear(area, [point.longitude, point.latitude]))
  const turned = met.filter(({ area, place: { point } }) => isNear(area, [point.latitude, point.longitude]))
  if (turned.length > inside.length) {
    throw new ConfigError(`${name}: its points seem to be [latitude, longitude]. GeoJSON has [longitude, latitude].`)
  }
}

function parsed(path: string, name: string): unknown {
  let text: string
  try {
    const { size } = statSync(path)
    if (size > mostBytes) throw new ConfigError(`${path}: has ${size} bytes. At most ${mostBytes}.`)
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read as UTF-8 (${code ?? cause})`
    throw new ConfigError(`${path}: ${why}.`, { cause })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(`${name}: is no JSON: ${(cause as Error).message}.`, { cause })
  }
}

/** True if a point lies in the rectangle about an area, or just beside it. */
function isNear({ rings }: Bounded, [lon, lat]: readonly [number, number]): boolean {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (const [x, y] of ring) {
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    }
  }
  return lon >= west - 1 && lon <= east + 1 && lat >= south - 1 && lat <= north + 1
}
