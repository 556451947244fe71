import type { Drawing } from '../drawing.ts'
import type { Land } from './land.ts'
import { mapOf } from './map.ts'
import { shades } from './shade.ts'
import { element, escaped } from './svg.ts'

/** Words of a picture that are already in its reader's language. */
export type Captions = { readonly title: string; readonly subtitle: string }

const width = 540

/** The whole picture as SVG, 540 points wide; `land` is what its map shows. */
export function pageOf(drawing: Drawing, captions: Captions, land: Land | null): string {
  const shade = shades[drawing.theme]
  const height = 675
  const parts = [
    element('rect', { width, height, fill: shade.ground }),
    element('text', { x: 20, y: 36, 'font-size': 21, 'font-weight': 'bold', fill: shade.ink }, escaped(captions.title)),
    element('text', { x: 20, y: 58, 'font-size': 13, fill: shade.soft }, escaped(captions.subtitle)),
  ]
  if (drawing.map && land) {
    parts.push(mapOf(drawing.map, land, { left: 20, top: 76, width: width - 40, height: height - 100 }, shade))
  }
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': 'DejaVu Sans' }, parts)
}
