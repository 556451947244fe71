import type { Language } from '../directory.ts'
import type { Drawing, TrendDrawing } from '../drawing.ts'
import type { Land } from './land.ts'
import { severityKey } from './legend.ts'
import { heading, inner, margin, none, type Part, width } from './part.ts'
import { placesPart, tellsSeverities } from './places.ts'
import { regionRows, regionsHeight, regionsOf } from './regions.ts'
import { stripes } from './shade.ts'
import { element } from './svg.ts'
import { trendOf } from './trend.ts'
import { type Measure, type Pen, penFor, wrapped, write } from './words.ts'

/**
 * The whole picture as SVG, 480 points wide and as high as it needs to be; `land` is what its map shows, null where no
 * borders are known. No words are smaller than 11 points, which a phone shows at eight.
 */
export function pageOf(
  drawing: Drawing,
  { land, language, measure }: { readonly land: Land | null; readonly language: Language; readonly measure: Measure },
): string {
  const pen = penFor(drawing.theme, language, measure)
  const parts = [
    (top: number) => headPart(drawing, top, pen),
    (top: number) => placesPart(drawing, land, top, pen),
    (top: number) => (drawing.trend ? trendPart(drawing, land, top, pen) : none),
    (top: number) => regionPart(drawing, top, pen),
    (top: number) => footPart(top, pen),
  ]
  let height = 0
  const svgs = parts.map(draw => {
    const part = draw(height)
    height += part.height
    return part.svg
  })
  const page = { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': 'DejaVu Sans' }
  return element('svg', page, [stripes(pen.shade), element('rect', { width, height, fill: pen.shade.ground }), ...svgs])
}

function headPart(drawing: Drawing, top: number, pen: Pen): Part {
  const { shade, say, measure, language } = pen
  const banner = drawing.exercise ? 28 : 0
  const words = (text: Drawing['title']) => text[language] ?? text.en ?? text.es ?? ''
  const title = wrapped(words(drawing.title), inner, 2, text => measure(text, 19, true))
  const edition = say(`picture.edition-${drawing.edition}`)
  const tag = measure(edition, 11.5, true) + 16
  const subtitle = wrapped(words(drawing.subtitle), inner - tag - 10, 2, text => measure(text, 12, false))
  const first = top + banner + 30
  const second = first + (title.length - 1) * 23 + 21
  const bar = element('rect', { y: top, width, height: banner, fill: shade.ink })
  const drill = { x: width / 2, y: top + 19, size: 14, bold: true, fill: shade.ground, anchor: 'middle' } as const
  const pill = { x: width - margin - tag, y: second - 14, width: tag, height: 20, rx: 10, fill: 'none' }
  const name = { x: width - margin - tag / 2, y: second, size: 11.5, bold: true, anchor: 'middle' } as const
  return {
    height: second + (subtitle.length - 1) * 16 + 12 - top,
    svg: [
      drawing.exercise ? bar + write(say('picture.exercise'), drill, pen) : '',
      ...title.map((line, at) => write(line, { x: margin, y: first + at * 23, size: 19, bold: true }, pen)),
      ...subtitle.map((line, at) => write(line, { x: margin, y: second + at * 16, fill: shade.soft }, pen)),
      element('rect', { ...pill, stroke: shade.soft }) + write(edition, name, pen),
    ].join(''),
  }
}

function trendPart(drawing: Drawing, land: Land | null, top: number, pen: Pen): Part {
  const { trend } = drawing
  const { shade, say } = pen
  if (!trend) return none
  const mean = say('picture.mean')
  const end = width - margin
  const wide = pen.measure(mean, 11.5, false)
  const key = { x1: end - wide - 32, x2: end - wide - 7, y1: top + 20, y2: top + 20, stroke: shade.ink }
  const dash = element('line', { ...key, 'stroke-width': 1.8, 'stroke-dasharray': '5 3' })
  const name = write(mean, { x: end, y: top + 24, size: 11.5, fill: shade.soft, anchor: 'end' }, pen)
  const alone = drawing.kind === 'trend'
  const high = alone ? 250 : 150
  const keys = trend.plain || tellsSeverities(drawing, land) ? 0 : 24
  const box = { left: margin, top: top + 34 + keys, width: inner, height: high }
  const key5 = keys > 0 ? severityKey(margin, top + 36, pen) : ''
  const title = heading(trendTitle(trend, pen), top, pen, inner - wide - 44)
  const line = trend.days.filter(day => day.mean !== null).length > 1 ? dash + name : ''
  const note = write(say('picture.trend-note'), { x: margin, y: box.top + high + 13, size: 11, fill: shade.soft }, pen)
  return { svg: title + line + key5 + trendOf(trend, box, pen) + note, height: 34 + keys + high + 30 }
}

/** Days that do not end at midnight say when they do. */
function trendTitle({ until = '00:00' }: TrendDrawing, { say }: Pen): string {
  return until === '00:00' ? say('picture.trend') : say('picture.trend-until', { time: until })
}

function regionPart({ claims, coverage }: Drawing, top: number, pen: Pen): Part {
  const table = regionRows(claims, coverage)
  if (table.rows.length === 0) return none
  const title = heading(pen.say('picture.regions'), top, pen)
  return { svg: title + regionsOf(table, margin, top + 34, inner, pen), height: 34 + regionsHeight(table) + 12 }
}

function footPart(top: number, pen: Pen): Part {
  const { shade, say } = pen
  const line = { x1: margin, x2: width - margin, y1: top + 4, y2: top + 4, stroke: shade.line }
  const caveat = { x: margin, y: top + 22, size: 11, fill: shade.soft, most: inner }
  return { svg: element('line', line) + write(say('picture.caveat'), caveat, pen), height: 34 }
}
