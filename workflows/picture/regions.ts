import type { ClaimsDrawing, CoverageDrawing } from '../drawing.ts'
import { formatMinutes } from '../zone.ts'
import { element } from './svg.ts'
import { type Pen, write } from './words.ts'

type Row = {
  readonly name: string
  readonly claims: ClaimsDrawing['regions'][number] | null
  readonly cover: CoverageDrawing['regions'][number] | null
}
/** The regions that a table shows, those that need somebody first, and how many it leaves out. */
export type RegionRows = { readonly rows: readonly Row[]; readonly more: number }

const most = 8
const silentMs = 48 * 3_600_000

/** Joins what is known of each region by its name: the silent and the deserted first, then the slowest. */
export function regionRows(claims: ClaimsDrawing | null, coverage: CoverageDrawing | null): RegionRows {
  const names = new Set([...(coverage?.regions ?? []), ...(claims?.regions ?? [])].map(region => region.name))
  const rows = [...names].map(name => ({
    name,
    claims: claims?.regions.find(region => region.name === name) ?? null,
    cover: coverage?.regions.find(region => region.name === name) ?? null,
  }))
  const sorted = rows.toSorted(
    (one, other) => need(other) - need(one) || (other.claims?.median ?? -1) - (one.claims?.median ?? -1),
  )
  const shown = sorted.length > most ? sorted.slice(0, most - 1) : sorted
  return { rows: shown, more: sorted.length - shown.length }
}

/** How high the table of these comes out, in points. */
export function regionsHeight({ rows, more }: RegionRows): number {
  return 20 + rows.length * 22 + (more > 0 ? 20 : 0)
}

/** The table of the regions: time to claim as a bar with its median and n, the last report, who is available. */
export function regionsOf({ rows, more }: RegionRows, left: number, top: number, width: number, pen: Pen): string {
  const { shade, say, measure } = pen
  const columns = { claim: left + 128, last: left + width - 150, free: left + width }
  const head = (words: string, x: number, anchor: 'start' | 'end', room: number) =>
    write(words, { x, y: top + 11, size: 11, fill: shade.soft, anchor, most: room }, pen)
  const covered = rows.some(row => row.cover)
  const longest = Math.max(1, ...rows.map(row => row.claims?.median ?? 0))
  const bars = columns.last - columns.claim - 14
  const lines = rows.map((row, at) => {
    const y = top + 20 + at * 22
    const base = y + 15
    const words = row.claims ? claimWords(row.claims, pen) : ''
    const share = (row.claims?.median ?? 0) / longest
    const bar = { x: columns.claim, y: y + 3, width: Math.max(1, bars * share), height: 16, rx: 2 }
    const room = measure(words, 12, false) + 12
    const after = bars * share + 5
    const beside = bars * share < room && after + room - 12 <= columns.last - columns.claim - 12
    const text = {
      x: columns.claim + (beside && row.claims?.median ? after : 6),
      y: base,
      fill: shade.ink,
      most: bars + 6,
    }
    const quiet = isQuiet(row)
    const free = row.cover?.available ?? null
    return [
      at > 0 ? element('line', { x1: left, x2: left + width, y1: y, y2: y, stroke: shade.line }) : '',
      write(row.name, { x: left, y: base, size: 12.5, most: columns.claim - left - 8 }, pen),
      row.claims?.median ? element('rect', { ...bar, fill: shade.loads[2] }) : '',
      write(words, text, pen),
      write(ageWords(row.cover, pen), { x: columns.last, y: base, bold: quiet, most: 104 }, pen),
      free === null ? '' : write(String(free), { x: columns.free, y: base, bold: free === 0, anchor: 'end' }, pen),
    ].join('')
  })
  const rest = { x: left, y: top + 20 + rows.length * 22 + 15, size: 11.5, fill: shade.soft }
  return [
    rows.some(row => row.claims) ? head(say('picture.claims'), columns.claim, 'start', bars + 8) : '',
    covered ? head(say('picture.last'), columns.last, 'start', 90) : '',
    covered ? head(say('picture.available'), columns.free, 'end', 60) : '',
    ...lines,
    more > 0 ? write(say('picture.more', { count: more }), rest, pen) : '',
  ].join('')
}

function claimWords({ n, median, over }: ClaimsDrawing['regions'][number], { say, language }: Pen): string {
  if (median === null) return n === 0 ? '' : say('picture.few', { n })
  return say(over ? 'picture.median-over' : 'picture.median', { time: formatMinutes(median, language), n })
}

function ageWords(cover: Row['cover'], { say, language }: Pen): string {
  if (!cover) return ''
  return cover.age === null ? say('picture.silent') : say('picture.ago', { time: shortTime(cover.age, language) })
}

/** A length of time in its larger unit alone. */
function shortTime(ms: number, language: Pen['language']): string {
  const minutes = ms / 60_000
  const unit = minutes < 60 ? 1 : minutes < 24 * 60 ? 60 : 24 * 60
  return formatMinutes(Math.floor(minutes / unit) * unit, language)
}

function isQuiet({ cover }: Row): boolean {
  return cover !== null && (cover.age === null || cover.age >= silentMs)
}

function need(row: Row): number {
  return (isQuiet(row) ? 2 : 0) + (row.cover?.available === 0 ? 1 : 0)
}
