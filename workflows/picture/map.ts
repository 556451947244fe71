import type { CountyMark, MapDrawing } from '../drawing.ts'
import { type Bubble, bubblesOf } from './bubble.ts'
import { type Fit, fitted, type Land, middleOf, type Path, placed } from './land.ts'
import { loadClass, type Shade } from './shade.ts'
import { element, short } from './svg.ts'
import { type Pen, write } from './words.ts'

/** A rectangle on a picture, in points. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

// More numbers beside their bubbles than that would cover each other.
const mostBeside = 40

/** The map of a land within a box: counties by load, over them bubbles by count with their numbers. */
export function mapOf(drawing: MapDrawing, land: Land, box: Box, pen: Pen): string {
  const { shade } = pen
  const fit = fitted(land, box)
  const marks = new Map(drawing.counties.map(mark => [mark.code, mark]))
  const steps = Map.groupBy(land.areas, area => stepOf(marks.get(area.code)))
  const grounds = shade.loads.flatMap((fill, step) => {
    const rings = (steps.get(step) ?? []).flatMap(area => area.rings)
    // One path for each step: thousands of counties are five.
    return rings.length > 0 ? [element('path', { d: outline(rings, fit, true), fill, 'fill-rule': 'evenodd' })] : []
  })
  const many = land.areas.length > 400
  const borders = lines(land.borders, fit, { stroke: shade.border, 'stroke-width': many ? 0.35 : 0.8 })
  const frames = lines(land.frames, fit, { stroke: shade.frame, 'stroke-width': many ? 0.7 : 1 })
  const homes = land.areas.flatMap(area => {
    const mark = marks.get(area.code)
    return mark && (mark.count > 0 || mark.few) ? [{ mark, home: placed(middleOf(area), fit) }] : []
  })
  // Counties of a whole country are small: their shades must not vanish beneath.
  const bubbles = bubblesOf(homes, { ones: many ? 7 : 9, most: many ? 17 : 27 })
  const ties = bubbles.map(bubble => tie(bubble, shade))
  return element('g', {}, [
    ...grounds,
    borders,
    frames,
    ...ties,
    ...bubbles.map(one => drawn(one, bubbles.length, pen)),
  ])
}

/** The step of the scale of loads that a county falls into. */
export function stepOf(mark: CountyMark | undefined): number {
  if (!mark) return 0
  return mark.few ? 1 : loadClass(mark.load)
}

function drawn({ mark, at: [x, y], radius }: Bubble, all: number, pen: Pen): string {
  const { shade } = pen
  const { fill, ink } = tint(mark, shade)
  // A second ring is seen without its colour.
  const ring = { cx: x, cy: y, r: radius + 3, fill: 'none', stroke: shade.ink, 'stroke-width': 1.8 }
  const circle = { cx: x, cy: y, r: radius, fill, stroke: shade.edge, 'stroke-width': 1 }
  const words = mark.few ? '<3' : String(mark.count)
  const size = Math.min(15, Math.max(10, radius * 0.95))
  const fits = pen.measure(words, size, true) <= radius * 2 - 1
  const set = { x, y: y + size * 0.36, size, bold: true, fill: ink, anchor: 'middle' } as const
  const beside = { x: x + radius + 2, y: y + 3.6, size: 10, bold: true, halo: true } as const
  return [
    mark.alarm ? element('circle', ring) : '',
    element('circle', circle),
    fits ? write(words, set, pen) : all <= mostBeside ? write(words, beside, pen) : '',
  ].join('')
}

/** The line from a bubble that had to give way to where it belongs. */
function tie({ home: [x1, y1], at: [x2, y2], radius }: Bubble, shade: Shade): string {
  if (Math.hypot(x2 - x1, y2 - y1) <= radius) return ''
  return element('line', { x1, y1, x2, y2, stroke: shade.ink, 'stroke-width': 0.9 })
}

/** The colours of a mark: of the worst that was reported there, or plain where that is not told. */
export function tint({ worst }: Pick<CountyMark, 'worst'>, shade: Shade): { fill: string; ink: string } {
  return worst === null ? { fill: shade.soft, ink: shade.ground } : shade.severity[worst]
}

function lines(paths: readonly Path[], fit: Fit, look: Readonly<Record<string, string | number>>): string {
  return element('path', { d: outline(paths, fit, false), fill: 'none', 'stroke-linejoin': 'round', ...look })
}

function outline(paths: readonly Path[], fit: Fit, closed: boolean): string {
  return paths
    .map(path => {
      const points = path.map(spot => placed(spot, fit).map(short).join(' '))
      return `M${points.join('L')}${closed ? 'Z' : ''}`
    })
    .join('')
}
