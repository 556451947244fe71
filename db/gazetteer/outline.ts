import type { OutlineData } from '../../workflows/places/outline.ts'

/** The parts of a TopoJSON file of counties that are used: arcs on a grid, each point the step from the one before. */
export type Topology = {
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }
  readonly arcs: readonly (readonly (readonly [number, number])[])[]
  readonly objects: { readonly counties: { readonly geometries: readonly Geometry[] } }
}

type Geometry = { readonly id: string; readonly arcs?: readonly unknown[] }

/** The borders as the gazetteer keeps them; `indexOf` names the counties that stand where a code's shape is. */
export function outlinesOf({ transform, arcs, objects }: Topology, indexOf: (fips: string) => number[]): OutlineData {
  const shapes = objects.counties.geometries.flatMap(({ id, arcs: nested = [] }) => {
    // An arc that runs the other way is numbered by its complement; which side is in follows from crossings alone.
    const used = numbersIn(nested).map(arc => (arc < 0 ? ~arc : arc))
    return indexOf(id).map(county => [county, used.length, ...used])
  })
  shapes.sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0))
  return {
    scale: transform.scale,
    corner: transform.translate,
    steps: Int32Array.from(arcs.flat(2)),
    lengths: Uint16Array.from(arcs, arc => arc.length),
    shapes: Uint16Array.from(shapes.flat()),
  }
}

function numbersIn(nested: readonly unknown[]): number[] {
  return nested.flatMap(one => (typeof one === 'number' ? [one] : Array.isArray(one) ? numbersIn(one) : []))
}
