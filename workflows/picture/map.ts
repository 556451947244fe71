import type { CountyMark, MapDrawing } from '../drawing.ts'
import { type Bubble, bubblesOf } from './bubble.ts'
import { type Fit, fitted, type Land, middleOf, type Path, placed } from './land.ts'
import { landGrain, loadClass, type Shade } from './shade.ts'
import { element } from './svg.ts'
import { type Pen, write } from './words.ts'

/** A rectangle on a picture, in points. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

// More numbers beside their bubbles than that would cover each other.
const mostBeside = 40
const untold = 5

/** The map of a land within a box: counties by load, over them bubbles by count with their numbers. */
export function mapOf(drawing: MapDrawing, land: Land, box: Box, pen: Pen): string {
  const { shade } = pen
  const fit = fitted(land, box)
  const marks = new Map(drawing.counties.map(mark => [mark.code, mark]))
  const steps = Map.groupBy(land.areas, area => stepOf(marks.get(area.code)))
  const grounds = [...shade.loads, 'url(#untold-land)'].flatMap((fill, step) => {
    const rings = (steps.get(step) ?? []).flatMap(area => area.rings)
    // One path for each step: thousands of counties are five.
    const look = { fill, 'fill-rule': 'evenodd', transform: fine }
    return rings.length > 0 ? [element('path', { d: outline(rings, fit, true), ...look })] : []
  })
  const many = land.areas.length > 400
  const borders = lines(land.borders, fit, shade.border, many ? 0.35 : 0.8)
  const frames = lines(land.frames, fit, shade.frame, many ? 0.7 : 1)
  const homes = land.areas.flatMap(area => {
    const mark = marks.get(area.code)
    return mark && isMarked(mark) ? [{ mark, home: placed(middleOf(area), fit) }] : []
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

/** The step of the scale of loads that a county falls into; past its end where that is not told. */
export function stepOf(mark: CountyMark | undefined): number {
  if (!mark) return 0
  return mark.load === null || mark.few || mark.untold ? untold : loadClass(mark.load)
}

/** Whether a county has anything to tell. */
export function isMarked({ count, few, untold }: CountyMark): boolean {
  return count > 0 || few === true || untold === true
}

/** The count of a county as it is told. */
export function countWords({ count, few, untold }: CountyMark): string {
  return few ? '<3' : untold ? '–' : String(count)
}

function drawn({ mark, at: [x, y], radius }: Bubble, all: number, pen: Pen): string {
  const { shade } = pen
  const { fill, ink } = tint(mark, shade)
  // A second ring is seen without its colour.
  const ring = { cx: x, cy: y, r: radius + 3, fill: 'none', stroke: shade.ink, 'stroke-width': 1.8 }
  const circle = { cx: x, cy: y, r: radius, fill, stroke: shade.edge, 'stroke-width': 1 }
  const words = countWords(mark)
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

function lines(paths: readonly Path[], fit: Fit, stroke: string, width: number): string {
  const look = { stroke, 'stroke-width': width * landGrain, fill: 'none', 'stroke-linejoin': 'round' }
  return element('path', { d: outline(paths, fit, false), transform: fine, ...look })
}

// Borders of a whole country are many numbers: whole tenths of a point, as steps, are a third of the letters.
const fine = `scale(${1 / landGrain})`

function outline(paths: readonly Path[], fit: Fit, closed: boolean): string {
  const whole: Fit = { scale: fit.scale * landGrain, left: fit.left * landGrain, top: fit.top * landGrain }
  const pieces: string[] = []
  for (const path of paths) {
    const steps: string[] = []
    let [x, y] = [0, 0]
    path.forEach((spot, at) => {
      const [exactX, exactY] = placed(spot, whole)
      const [nextX, nextY] = [Math.round(exactX), Math.round(exactY)]
      if (at === 0) pieces.push(`M${nextX} ${nextY}`)
      else if (nextX !== x || nextY !== y) steps.push(`${nextX - x} ${nextY - y}`)
      x = nextX
      y = nextY
    })
    // Islands too small to be seen are no line, which would end the whole path.
    if (steps.length > 0) pieces.push(`l${steps.join(' ')}${closed ? 'z' : ''}`)
  }
  return pieces.join('')
}
