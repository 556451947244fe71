import { html } from 'hono/html'
import type { TrendDrawing } from '../../../workflows/drawing.ts'
import { type Phrase, type PhraseKey, phrase } from '../../../workflows/phrase.ts'
import { short } from '../../../workflows/picture/svg.ts'
import { dayName } from '../../../workflows/picture/trend.ts'
import { type Reader, say } from '../../../workflows/text/say.ts'
import type { Html } from '../exhibit.ts'
import { tableHtml } from './lines.ts'

type Tell = (key: PhraseKey, params?: Phrase['params']) => string
type Day = TrendDrawing['days'][number]

const plot = { left: 24, top: 18, width: 456, height: 130 }

/** Reports a day as bars, the most severe at the bottom, with the mean of seven days; and the same as a table. */
export function daysHtml(trend: TrendDrawing, reader: Reader, t: Tell): Html {
  const { days, plain } = trend
  const most = Math.max(1, ...days.map(day => Math.max(heightOf(day), day.mean ?? 0)))
  const yOf = (count: number) => plot.top + plot.height * (1 - count / most)
  const slot = plot.width / Math.max(1, days.length)
  const xOf = (at: number) => plot.left + slot * (at + 0.5)
  const bars = days.map((day, at) => {
    const words = t('board.trend-said', { day: dayName(day.day, reader), reports: countOf(day) })
    const [x, y] = [short(xOf(at)), short(yOf(heightOf(day)) - 4)]
    const named = (days.length - 1 - at) % 3 === 0
    const date = named ? html`<text class="axis" x="${x}" y="166">${dayName(day.day, reader)}</text>` : ''
    return html`<g class="bar" role="img" aria-label="${words}"><title>${words}</title>
${piecesOf(day, plain === true).map(([look, from, to]) => {
  const high = short(yOf(from) - yOf(to))
  const [left, top, wide] = [short(xOf(at) - slot * 0.36), short(yOf(to)), short(slot * 0.72)]
  return html`<rect class="${look}" x="${left}" y="${top}" width="${wide}" height="${high}"/>`
})}
<text x="${x}" y="${y}">${heightOf(day) > 0 ? countOf(day) : ''}</text>${date}</g>`
  })
  const points = days.flatMap(({ mean }, at) => (mean === null ? [] : [`${short(xOf(at))},${short(yOf(mean))}`]))
  const grave = say(phrase('board.trend-grave'), reader)
  const head = [t('board.day'), t('board.reports'), ...(plain ? [] : [grave]), t('board.mean')]
  const rows = days.map(day => [
    dayName(day.day, reader),
    countOf(day),
    ...(plain ? [] : [String(day.counts[3] + day.counts[4])]),
    day.mean === null ? '–' : (Math.round(day.mean * 10) / 10).toLocaleString(reader.language),
  ])
  return html`<figure><svg viewBox="0 0 480 174" role="group" aria-labelledby="trend-title">
<line class="frame" x1="${plot.left}" x2="480" y1="${yOf(0)}" y2="${yOf(0)}"/>${bars}
${points.length > 1 ? html`<polyline class="mean" points="${points.join(' ')}"/>` : ''}</svg>
${points.length > 1 ? html`<figcaption class="note">- - - ${t('board.trend-mean')}</figcaption>` : ''}</figure>
<details><summary>${t('board.trend-table')}</summary>${tableHtml(head, rows)}</details>`
}

/** The pieces of a bar from the ground upwards: how each looks, and from what count to what. */
function piecesOf(day: Day, plain: boolean): readonly (readonly [string, number, number])[] {
  if (plain || day.few) return [[day.few ? 'load5' : 'plain', 0, heightOf(day)]]
  let below = 0
  return ([5, 4, 3, 2, 1] as const).flatMap(severity => {
    const count = day.counts[severity - 1] ?? 0
    below += count
    return count > 0 ? [[`s${severity}`, below - count, below] as const] : []
  })
}

function countOf(day: Day): string {
  return day.few ? '<3' : String(heightOf(day))
}

/** What one or two are is told by no height either. */
function heightOf({ counts, few }: Day): number {
  return few ? 2 : counts.reduce((sum: number, count) => sum + count, 0)
}
