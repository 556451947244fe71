import type { Drawing, MapDrawing } from '../drawing.ts'
import { leaves } from '../edition.ts'
import { gathered } from './gather.ts'
import { type Area, type Land, ratioOf } from './land.ts'
import { loadScale, severityKey, topList, topOf } from './legend.ts'
import { mapOf } from './map.ts'
import { heading, inner, margin, none, type Part, width } from './part.ts'
import { type Pen, wrapped, write } from './words.ts'

/** A column of words and signs, and where its last line ends. */
type Column = { readonly svg: string; readonly bottom: number }
type Place = { readonly left: number; readonly top: number; readonly width: number }

const size = 11.5
const line = 15
const row = 21
const gap = 16
const side = 164

/**
 * The map with what it needs to be read: beside a high land the counties under most load and what shades and circles
 * mean, beneath a wide one.
 */
export function placesPart(drawing: Drawing, land: Land | null, top: number, pen: Pen): Part {
  const { kind } = drawing
  if (!drawing.map) return none
  const title = heading(pen.say(leaves(drawing.edition) ? 'picture.map-outside' : 'picture.map'), top, pen)
  const start = top + 36
  if (!land || land.areas.length === 0) {
    const list = mostLoad(drawing.map, listedLand(drawing.map), { left: margin, top: start, width: inner }, pen)
    return list.bottom === start ? none : { svg: title + list.svg, height: list.bottom + gap - top }
  }
  const map = gathered(drawing.map, land)
  const ratio = ratioOf(land)
  if (ratio < 1.15) {
    const wide = inner - side - gap
    const height = Math.min(wide / ratio, kind === 'map' ? 400 : 320)
    const box = { left: margin, top: start, width: wide, height }
    const place = { left: width - margin - side, top: start, width: side }
    const list = mostLoad(map, land, place, pen)
    const key = keyOf(drawing, map, land, { ...place, top: list.bottom + gap }, pen)
    const bottom = Math.max(start + height, key.bottom)
    return { svg: title + mapOf(map, land, box, pen) + list.svg + key.svg, height: bottom + gap - top }
  }
  const height = Math.min(inner / ratio, 330)
  const box = { left: margin, top: start, width: inner, height }
  const half = (inner - gap) / 2
  const below = { left: margin, top: start + height + 10, width: half }
  const key = keyOf(drawing, map, land, below, pen)
  const list = mostLoad(map, land, { ...below, left: margin + half + gap }, pen)
  const bottom = Math.max(key.bottom, list.bottom)
  return { svg: title + mapOf(map, land, box, pen) + key.svg + list.svg, height: bottom + gap - top }
}

/** Where no borders are known, areas have their codes for names. */
function listedLand({ counties }: MapDrawing): Land {
  const areas = counties.map(({ code }) => ({ code, name: code, state: null, rings: [] }))
  return { areas, borders: [], frames: [] }
}

/** Whether the colors of the severities are told beside the map already. */
export function tellsSeverities({ map }: Drawing, land: Land | null): boolean {
  return (land?.areas.length ?? 0) > 0 && (map?.counties.some(mark => mark.worst !== null) ?? false)
}

function mostLoad(map: MapDrawing, land: Land, { left, top, width }: Place, pen: Pen): Column {
  const listed = topOf(map, land.areas).length
  if (listed === 0) return { svg: '', bottom: top }
  const several = new Set(land.areas.map(area => area.state)).size > 1
  const nameOf = ({ name, state }: Area) => (several && state ? `${name}, ${state}` : name)
  const head = write(pen.say('picture.most'), { x: left, y: top + 11, size: 12, bold: true, most: width - 70 }, pen)
  const list = topList(map, { areas: land.areas, nameOf }, { left, top: top + 18, width }, pen)
  const count = { x: left + width, y: top + 11, size, fill: pen.shade.soft, anchor: 'end' } as const
  return { svg: head + write(pen.say('picture.reports'), count, pen) + list, bottom: top + 18 + listed * row }
}

function keyOf({ edition }: Drawing, map: MapDrawing, land: Land, { left, top, width }: Place, pen: Pen): Column {
  const { say, measure, shade } = pen
  const svg: string[] = []
  let y = top + 11
  const lines = (words: string) => {
    for (const part of wrapped(words, width, 3, text => measure(text, size, false))) {
      svg.push(write(part, { x: left, y, size, fill: shade.soft }, pen))
      y += line
    }
  }
  if (topOf(map, land.areas).length === 0) lines(say('picture.none'))
  const severe = map.counties.some(mark => mark.worst !== null)
  lines(say('picture.bubble'))
  if (severe) {
    lines(say('picture.worst'))
    svg.push(severityKey(left, y - 8, pen))
    y += row + 4
  }
  if (map.counties.some(mark => mark.alarm)) lines(say('picture.alarm'))
  if (leaves(edition)) lines(say('picture.untold'))
  if (map.unplaced) lines(say('picture.unplaced', { count: map.unplaced }))
  y += 8
  svg.push(write(say('picture.shade'), { x: left, y, size: 12, bold: true, most: width }, pen))
  svg.push(loadScale(left, y + 8, pen))
  y += 8 + 26 + 13
  lines(say('picture.shade-note'))
  return { svg: svg.join(''), bottom: y - line + 4 }
}
