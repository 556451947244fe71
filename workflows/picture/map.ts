import type { CountyMark, MapDrawing } from '../drawing.ts'
import { type Area, type Fit, fitted, type Land, middleOf, type Path, placed } from './land.ts'
import { classOf, type Shade } from './shade.ts'
import { element, short } from './svg.ts'

/** A rectangle on a picture. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

const mostRadius = 30
const onesRadius = 9.5

/** The map of a land within a box: counties by load, over them a bubble by count with its number. */
export function mapOf(drawing: MapDrawing, land: Land, box: Box, shade: Shade): string {
  const fit = fitted(land, box)
  const marks = new Map(drawing.counties.map(mark => [mark.code, mark]))
  const areas = land.areas.map(area => areaShape(area, marks.get(area.code), fit, shade))
  const borders = lines(land.borders, fit, { stroke: shade.border, 'stroke-width': 0.8 })
  const frames = lines(land.frames, fit, { stroke: shade.frame, 'stroke-width': 1 })
  return element('g', {}, [...areas, borders, frames, ...bubbles(drawing, land, fit, shade)])
}

function areaShape(area: Area, mark: CountyMark | undefined, fit: Fit, shade: Shade): string {
  const step = mark ? (mark.few ? 1 : classOf(mark.load)) : 0
  return element('path', { d: outline(area.rings, fit, true), fill: shade.loads[step], 'fill-rule': 'evenodd' })
}

function bubbles(drawing: MapDrawing, land: Land, fit: Fit, shade: Shade): string[] {
  const areas = new Map(land.areas.map(area => [area.code, area]))
  const shown = drawing.counties.filter(mark => mark.count > 0 || mark.few)
  const most = Math.max(1, ...shown.map(mark => mark.count))
  const k = Math.min(onesRadius, mostRadius / Math.sqrt(most))
  return shown
    .toSorted((one, other) => other.count - one.count)
    .flatMap(mark => {
      const area = areas.get(mark.code)
      return area ? [bubble(mark, placed(middleOf(area), fit), k, shade)] : []
    })
}

function bubble(mark: CountyMark, [x, y]: readonly [number, number], k: number, shade: Shade): string {
  const radius = mark.few ? onesRadius : k * Math.sqrt(mark.count)
  const { fill, ink } = mark.worst ? shade.severity[mark.worst] : { fill: shade.ground, ink: shade.ink }
  const circle = element('circle', { cx: x, cy: y, r: radius, fill, stroke: shade.ground, 'stroke-width': 1.2 })
  const words = mark.few ? '&lt;3' : String(mark.count)
  const size = Math.min(16, Math.max(10, radius))
  const text = { x, y: y + size * 0.36, 'font-size': size, 'font-weight': 'bold', fill: ink, 'text-anchor': 'middle' }
  return circle + element('text', text, words)
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
