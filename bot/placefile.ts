import { readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../workflows/errors.ts'
import type { ListedPlace, PlaceList } from '../workflows/places/list.ts'
import { type Problem, problemsOf, quote, sayProblem } from '../workflows/problems.ts'
import { readCsv } from './csv.ts'

const mostBytes = 20 * 1024 * 1024
const mostPlaces = 200_000
const mostPoints = 1_000_000
const mostSaid = 20

const code = z.string().trim().min(1).max(40)
const shape = z.object({
  name: z.string().trim().min(1).max(120),
  admin: code.refine(value => !value.includes(':'), {
    error: issue => `${quote(issue.input)} holds a colon | Use letters, digits, spaces or dashes`,
  }),
  country: code,
  lat: degrees(90),
  lon: degrees(180),
  population: z.coerce.number().int().min(0).max(2_000_000_000).default(0),
})

/**
 * Reads the places of a network in another country, from CSV (a header with name, admin, country, lat, lon and, if
 * known, population) or GeoJSON (points or polygons with the properties name, admin and country).
 * @throws ConfigError with a line for everything that is wrong: the file's line, the field, and what is allowed.
 */
export function loadPlaceFile(path: string): PlaceList {
  const name = basename(path)
  const text = readText(path)
  const rows = extname(path).toLowerCase() === '.csv' ? fromCsv(text, name) : fromGeoJson(text, name)
  if (rows.length > mostPlaces) throw new ConfigError(`${name}: has ${rows.length} places. At most ${mostPlaces}.`)
  if (rows.length === 0) throw new ConfigError(`${name}: names no place.`)
  const said: string[] = []
  const places = rows.flatMap(({ line, fields, rings }): ListedPlace[] => {
    const read = shape.safeParse(fields)
    if (!read.success) said.push(...problemsOf(read.error, fields).map(problem => lineOf(name, line, problem)))
    if (!read.success) return []
    const { lat, lon, population, ...rest } = read.data
    return [{ ...rest, point: { latitude: lat, longitude: lon }, people: population, rings }]
  })
  const more = said.length > mostSaid ? [`${name}: and ${said.length - mostSaid} more of the kind.`] : []
  if (said.length > 0) throw new ConfigError([...said.slice(0, mostSaid), ...more].join('\n'))
  return { name, places }
}

type Row = { readonly line: number; readonly fields: unknown; readonly rings: ListedPlace['rings'] }

function readText(path: string): string {
  try {
    const { size } = statSync(path)
    if (size > mostBytes) throw new ConfigError(`${path}: has ${size} bytes. At most ${mostBytes}.`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read as UTF-8 (${code ?? cause})`
    throw new ConfigError(`${path}: ${why}.`, { cause })
  }
}

function fromCsv(text: string, name: string): Row[] {
  const [head, ...rest] = readCsv(text)
  const columns = head?.cells.map(cell => cell.trim().toLowerCase()) ?? []
  const missing = ['name', 'admin', 'country', 'lat', 'lon'].filter(column => !columns.includes(column))
  if (missing.length > 0) {
    const header = 'The first line must be name,admin,country,lat,lon and may add population'
    throw new ConfigError(`${name}:1 lacks the column ${missing.join(', ')}. ${header}.`)
  }
  return rest.map(({ line, cells }) => {
    const given = columns.map((column, at) => [column, cells[at]?.trim() ?? ''] as const)
    return { line, fields: Object.fromEntries(given.filter(([, cell]) => cell !== '')), rings: [] }
  })
}

const position = z.array(z.number()).min(2)
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position).min(4)).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position).min(4)).min(1)).min(1) }),
])
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ type: z.literal('Feature'), geometry, properties: z.record(z.string(), z.unknown()) })),
})

function fromGeoJson(text: string, name: string): Row[] {
  const data = parsed(text, name)
  const read = collection.safeParse(data)
  const lines = featureLines(text)
  if (!read.success) {
    const said = problemsOf(read.error, data).map(one => lineOf(name, lines[Number(one.path[1])] ?? 1, one))
    throw new ConfigError(said.slice(0, mostSaid).join('\n'))
  }
  let points = 0
  return read.data.features.map(({ geometry: { type, coordinates }, properties }, at) => {
    const rings = type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? coordinates.flat() : []
    points += rings.reduce((sum, ring) => sum + ring.length, 0)
    if (points > mostPoints) throw new ConfigError(`${name}: has more than ${mostPoints} points of borders.`)
    const [lon, lat] = type === 'Point' ? coordinates : middleOf(rings[0] ?? [])
    const kept = rings.map(ring => ring.map(([x = 0, y = 0]) => [x, y] as const))
    return { line: lines[at] ?? 1, fields: { ...properties, lat, lon }, rings: kept }
  })
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new ConfigError(`${name}: is no JSON: ${(cause as Error).message}.`, { cause })
  }
}

/** On which line each feature says that it is one; JSON itself tells no lines. */
function featureLines(text: string): number[] {
  const lines: number[] = []
  let line = 1
  let from = 0
  for (const { index } of text.matchAll(/"type"\s*:\s*"Feature"/g)) {
    for (let at = text.indexOf('\n', from); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++
    from = index
    lines.push(line)
  }
  return lines
}

function middleOf(ring: readonly (readonly number[])[]): [number, number] {
  const sum = (axis: 0 | 1) => ring.reduce((total, point) => total + (point[axis] ?? 0), 0)
  return [sum(0) / ring.length, sum(1) / ring.length]
}

function lineOf(name: string, line: number, problem: Problem): string {
  return `${name}:${line} ${sayProblem(problem)}`
}

function degrees(most: number) {
  return z.coerce.number().min(-most).max(most)
}
