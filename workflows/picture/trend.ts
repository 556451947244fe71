import type { TrendDrawing } from '../drawing.ts'
import type { Box } from './map.ts'
import { element, short } from './svg.ts'
import { type Pen, write } from './words.ts'

// The most severe stand on the ground line, where their heights compare best.
const stack = [5, 4, 3, 2, 1] as const

/** Reports a day as stacked bars with their sums, the most severe at the bottom, and the 7-day mean as a line. */
export function trendOf({ days, plain }: TrendDrawing, box: Box, pen: Pen): string {
  const { shade } = pen
  const plot = { left: box.left + 24, top: box.top + 16, width: box.width - 24, height: box.height - 36 }
  const most = Math.max(1, ...days.map(day => Math.max(heightOf(day), day.mean ?? 0)))
  const step = stepFor(most)
  const top = Math.ceil(most / step) * step
  const yOf = (count: number) => plot.top + plot.height * (1 - count / top)
  const slot = plot.width / Math.max(1, days.length)
  const xOf = (at: number) => plot.left + slot * (at + 0.5)
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step)
  const axis = ticks.flatMap(count => [
    element('line', { x1: plot.left, x2: box.left + box.width, y1: yOf(count), y2: yOf(count), stroke: shade.line }),
    write(String(count), { x: plot.left - 6, y: yOf(count) + 4, size: 11, fill: shade.soft, anchor: 'end' }, pen),
  ])
  const bars = days.map((day, at) => {
    const { counts } = day
    let below = 0
    if (plain || day.few) {
      const [from, to] = [yOf(0), yOf(heightOf(day))]
      const field = { x: xOf(at) - slot * 0.36, y: to, width: slot * 0.72, height: from - to }
      return element('rect', { ...field, fill: day.few ? 'url(#untold)' : shade.bar })
    }
    return stack
      .map(severity => {
        const count = counts[severity - 1] ?? 0
        const [from, to] = [yOf(below), yOf(below + count)]
        below += count
        if (count === 0) return ''
        const field = { x: xOf(at) - slot * 0.36, y: to, width: slot * 0.72, height: from - to }
        const stroke = severity === 5 ? shade.edge : shade.ground
        return element('rect', { ...field, fill: shade.severity[severity].fill, stroke, 'stroke-width': 1 })
      })
      .join('')
  })
  const names = days.map((one, at) => {
    const { day, few } = one
    const sum = heightOf(one)
    const last = at === days.length - 1
    const above = { x: xOf(at), y: yOf(sum) - 5, size: 11.5, bold: last, anchor: 'middle', halo: true } as const
    // Counted from the last day: that one is always named.
    const named = (days.length - 1 - at) % 3 === 0
    const date = { y: box.top + box.height - 4, size: 11, bold: last, fill: last ? shade.ink : shade.soft }
    const where = last
      ? ({ x: plot.left + plot.width, anchor: 'end' } as const)
      : ({ x: xOf(at), anchor: 'middle' } as const)
    return [
      sum > 0 ? write(few ? '<3' : String(sum), above, pen) : '',
      named ? write(dayName(day, pen), { ...date, ...where }, pen) : '',
    ].join('')
  })
  const points = days.flatMap(({ mean }, at) => (mean === null ? [] : [`${short(xOf(at))} ${short(yOf(mean))}`]))
  const mean = points.join('L')
  const path = { d: `M${mean}`, fill: 'none', 'stroke-linejoin': 'round' }
  // A pale edge keeps the line apart from the bars that it crosses.
  const edge = element('path', { ...path, stroke: shade.ground, 'stroke-width': 4 })
  const line = element('path', { ...path, stroke: shade.ink, 'stroke-width': 1.8, 'stroke-dasharray': '5 3' })
  return element('g', {}, [...axis, ...bars, ...(points.length > 1 ? [edge, line] : []), ...names])
}

/** A local day, `2026-11-03`, as people read it: `3 Nov`. */
export function dayName(day: string, { language }: Pick<Pen, 'language'>): string {
  const at = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(at)) return day
  const month = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(at).replace('.', '')
  return `${new Date(at).getUTCDate()} ${month}`
}

/** So many that at most five lines stand above the ground, in whole reports. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  const step = [1, 2, 5, 10].map(times => times * power).find(times => most / times <= 4.5) ?? power * 10
  return Math.max(1, Math.round(step))
}

/** What one or two are not told by either: all of them are as high. */
function heightOf({ counts, few }: TrendDrawing['days'][number]): number {
  return few ? 2 : sumOf(counts)
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
