import type { MapDrawing } from '../drawing.ts'
import { type Severity, severities } from '../taxonomy.ts'
import type { Area } from './land.ts'
import { countWords, isMarked, stepOf, tint } from './map.ts'
import { element } from './svg.ts'
import { type Pen, write } from './words.ts'

const rows = 5
const swatch = 26
// As `loadClass` has them.
const steps = ['0', '<3', '3–5', '6–10', '11+']

/** The scale of loads, as a row of five fields with their bounds, 26 points high; `left` and `top` are its corner. */
export function loadScale(left: number, top: number, { shade, ...pen }: Pen): string {
  return shade.loads
    .map((fill, at) => {
      const x = left + at * (swatch + 6)
      const field = { x, y: top, width: swatch, height: 12, fill, stroke: shade.frame, 'stroke-width': 0.6 }
      const set = { x: x + swatch / 2, y: top + 25, size: 11, anchor: 'middle', fill: shade.soft } as const
      return element('rect', field) + write(steps[at] ?? '', set, { ...pen, shade })
    })
    .join('')
}

/** The five severities with their colours in a row, most severe first; its width in points goes with it. */
export function severityKey(left: number, top: number, pen: Pen): string {
  return severities
    .toSorted((one, other) => other - one)
    .map((severity, at) => severityTag(severity, left + at * 33, top, pen))
    .join('')
}

/** A severity as a small field of its colour with its name in it, 28 by 17 points. */
export function severityTag(severity: Severity, left: number, top: number, pen: Pen): string {
  const { fill, ink } = tint({ worst: severity }, pen.shade)
  const field = element('rect', {
    x: left,
    y: top,
    width: 28,
    height: 17,
    rx: 4,
    fill,
    stroke: severity === 5 ? pen.shade.edge : undefined,
  })
  const set = { x: left + 14, y: top + 13, size: 11.5, bold: true, fill: ink, anchor: 'middle' } as const
  return field + write(`S${severity}`, set, pen)
}

/** The counties under most load, one line of 21 points each: the worst there, its name, how many reports. */
export function topList(
  drawing: MapDrawing,
  { areas, nameOf }: { readonly areas: readonly Area[]; readonly nameOf: (area: Area) => string },
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
  pen: Pen,
): string {
  const listed = topOf(drawing, areas)
  // Where no severity is told, no room is kept for it.
  const indent = listed.some(({ mark }) => mark.worst !== null) ? 35 : 0
  return listed
    .map(({ area, mark }, at) => {
      const y = top + at * 21
      const count = countWords(mark)
      const room = pen.measure(count, 12.5, true)
      return [
        mark.worst === null ? '' : severityTag(mark.worst, left, y, pen),
        write(nameOf(area), { x: left + indent, y: y + 13, size: 12.5, most: width - indent - 8 - room }, pen),
        write(count, { x: left + width, y: y + 13, size: 12.5, bold: true, anchor: 'end' }, pen),
      ].join('')
    })
    .join('')
}

/** The counties under most load that a list shows, at most five. */
export function topOf({ counties }: MapDrawing, areas: readonly Area[]) {
  const known = new Map(areas.map(area => [area.code, area]))
  return counties
    .flatMap(mark => {
      const area = known.get(mark.code)
      return area && isMarked(mark) ? [{ area, mark }] : []
    })
    .toSorted(
      ({ mark: one }, { mark: other }) =>
        told(other) - told(one) ||
        stepOf(other) - stepOf(one) ||
        (other.load ?? 0) - (one.load ?? 0) ||
        other.count - one.count ||
        (one.code < other.code ? -1 : 1),
    )
    .slice(0, rows)
}

function told({ few, untold }: MapDrawing['counties'][number]): number {
  return few || untold ? 0 : 1
}
