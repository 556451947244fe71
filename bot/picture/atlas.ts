import { readFileSync } from 'node:fs'
import { feature, mesh } from 'topojson-client'
import type { Area, Land, Path } from '../../workflows/picture/land.ts'
import { centreOf, type LonLat, planeAt, simplified } from '../../workflows/picture/plane.ts'
import { states } from '../../workflows/places/states.ts'

type Points = readonly (readonly [number, number])[]
type Shape = { type: string; id: string; arcs: unknown[]; properties: { name: string } }
/** A file of us-atlas: borders as numbered arcs that neighbours share. */
type Atlas = {
  readonly type: 'Topology'
  readonly transform?: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }
  readonly arcs: readonly Points[]
  readonly objects: { readonly counties: { readonly geometries: readonly Shape[] } }
}
type Topology = Parameters<typeof mesh>[0]
type Collection = NonNullable<Parameters<typeof mesh>[1]>
type Polygonal = { coordinates: Points[] | Points[][] }

// Of the whole country a third of a pixel; of a single state by its width.
const coarseness = { nation: 0.6, state: 1 / 700 }
// They lie beside the others only where the national map has moved them.
const faraway = ['02', '15']
// The national map does not have them.
const oceans = ['60', '66', '69', '72', '78']
const mostStates = 12
// The atlas has the borders from before 2019: two census areas of Alaska lie within one.
const within: Readonly<Record<string, readonly string[]>> = { '02261': ['02063', '02066'] }
const postal = new Map(states.map(state => [state.fips, state.code]))

/**
 * The counties of those states (`04`), none: of the whole country, flat and simplified to what a picture shows. The
 * states of the Union together come as the national map has them, with Alaska and Hawaii beneath.
 */
export function landOf(codes: readonly string[]): Land {
  const asked = codes.filter(code => codes.length === 1 || !oceans.includes(code))
  const national = codes.length === 0 || asked.length > mostStates || (asked.length > 1 && faraway.some(far))
  const atlas = decoded(national ? 'counties-albers-10m' : 'counties-10m')
  const shapes = atlas.objects.counties.geometries.filter(
    shape => shape.arcs !== undefined && (codes.length === 0 || asked.includes(stateOf(shape))),
  )
  const used = new Set(shapes.flatMap(shape => numbersIn(shape.arcs)))
  const flat = national ? atlas : projected(atlas, used)
  const most = national ? coarseness.nation : sizeOf(flat, used) * coarseness.state
  const thin = { ...flat, arcs: flat.arcs.map((arc, at) => (used.has(at) ? simplified(arc, most) : [])) }
  const lines = (filter: (one: Shape, other: Shape) => boolean): readonly Path[] => {
    const counties = { type: 'GeometryCollection', geometries: shapes } as unknown as Collection
    const chosen = mesh(thin as unknown as Topology, counties, (one, other) => filter(toShape(one), toShape(other)))
    return chosen.coordinates as unknown as Path[]
  }
  return {
    areas: shapes.map(shape => areaOf(thin, shape)),
    borders: lines((one, other) => one !== other && stateOf(one) === stateOf(other)),
    frames: lines((one, other) => one === other || stateOf(one) !== stateOf(other)),
  }

  function far(code: string): boolean {
    return asked.includes(code)
  }
}

function areaOf(atlas: Atlas, shape: Shape): Area {
  const made = feature(atlas as unknown as Topology, shape as unknown as Collection) as unknown as {
    geometry: Polygonal
  }
  const { coordinates } = made.geometry
  const also = within[shape.id]
  const rings = (shape.type === 'Polygon' ? coordinates : coordinates.flat()) as unknown as Path[]
  return {
    code: shape.id,
    name: shape.properties.name,
    state: postal.get(stateOf(shape)) ?? null,
    rings,
    ...(also ? { also } : {}),
  }
}

function toShape(geometry: unknown): Shape {
  return geometry as Shape
}

function stateOf(shape: Shape): string {
  return shape.id.slice(0, 2)
}

/** The numbers of the arcs, however deep they stand; one that runs the other way is numbered by its complement. */
function numbersIn(nested: readonly unknown[]): number[] {
  return nested.flatMap(one => (typeof one === 'number' ? [one < 0 ? ~one : one] : numbersIn(one as unknown[])))
}

function projected(atlas: Atlas, used: ReadonlySet<number>): Atlas {
  const plane = planeAt(centreOf(atlas.arcs.flatMap((arc, at): readonly LonLat[] => (used.has(at) ? arc : []))))
  return { ...atlas, arcs: atlas.arcs.map((arc, at) => (used.has(at) ? arc.map(plane) : [])) }
}

function sizeOf(atlas: Atlas, used: ReadonlySet<number>): number {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const at of used) {
    for (const [x, y] of atlas.arcs[at] ?? []) {
      west = Math.min(west, x)
      east = Math.max(east, x)
      north = Math.min(north, y)
      south = Math.max(south, y)
    }
  }
  return Math.max(east - west, south - north)
}

/** An atlas with its points where they are, no longer as steps from one another. */
function decoded(name: 'counties-10m' | 'counties-albers-10m'): Atlas {
  const file = new URL(`../../node_modules/us-atlas/${name}.json`, import.meta.url)
  const { transform, ...atlas } = JSON.parse(readFileSync(file, 'utf8')) as Atlas
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] }
  const arcs = atlas.arcs.map(arc => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]): LonLat => {
      x += dx
      y += dy
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
    })
  })
  return { ...atlas, arcs }
}
