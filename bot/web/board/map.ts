import { html } from 'hono/html'
import type { Board } from '../../../workflows/board/board.ts'
import type { CountyMark } from '../../../workflows/drawing.ts'
import { type Phrase, type PhraseKey, phrase } from '../../../workflows/phrase.ts'
import { type Bubble, bubblesOf } from '../../../workflows/picture/bubble.ts'
import { gathered } from '../../../workflows/picture/gather.ts'
import { type Fit, fitted, type Land, middleOf, type Path, placed, ratioOf } from '../../../workflows/picture/land.ts'
import { countWords, isMarked, stepOf } from '../../../workflows/picture/map.ts'
import { short } from '../../../workflows/picture/svg.ts'
import { type Reader, say } from '../../../workflows/text/say.ts'
import type { Html } from '../exhibit.ts'
import { tableHtml } from './lines.ts'

type Tell = (key: PhraseKey, params?: Phrase['params']) => string

const width = 480
const edge = 8
const grain = 2
const fine = `scale(${1 / grain})`

/** The ground of a map, which stays as it is while what lies on it changes. */
export function groundHtml(land: Land | null, t: Tell, marks: Html | string): Html {
  if (!land) return html`<p class="note">${t('board.map-none')}</p>`
  const fit = fitOf(land)
  const rings = land.areas.flatMap(area => area.rings)
  return html`<figure><svg viewBox="0 0 ${width} ${heightOf(land)}" role="group" aria-labelledby="map-what">
<title id="map-what">${t('board.map-what')}</title>
<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="stripe-ground" width="5" height="5"/><rect class="stripe" width="1.6" height="5"/></pattern></defs>
<path class="ground" transform="${fine}" d="${outline(rings, fit, true)}"/>
<path class="border" transform="${fine}" d="${outline(land.borders, fit, false)}"/>
<path class="frame" transform="${fine}" d="${outline(land.frames, fit, false)}"/>${marks}</svg>
<figcaption id="pointed" class="note"></figcaption></figure>`
}

/** What lies on the ground: counties by load, bubbles by count, each with its words for whoever does not see it. */
export function marksHtml({ drawing, named }: Board, land: Land | null, t: Tell): Html | '' {
  if (!drawing.map || !land) return ''
  const fit = fitOf(land)
  const names = new Map(named)
  const marks = new Map(gathered(drawing.map, land).counties.map(mark => [mark.code, mark]))
  const areas = land.areas.flatMap(area => {
    const mark = marks.get(area.code)
    return mark ? [{ area, mark, home: placed(middleOf(area), fit) }] : []
  })
  const many = land.areas.length > 400
  const counted = areas.filter(one => isMarked(one.mark))
  const bubbles = bubblesOf(counted, { ones: many ? 7 : 9, most: many ? 17 : 27 })
  const nameOf = (code: string) => names.get(code) ?? land.areas.find(area => area.code === code)?.name ?? code
  return html`<g id="marks" data-live>
${areas.map(({ area, mark }) => {
  return html`<path class="load${stepOf(mark)}" transform="${fine}" d="${outline(area.rings, fit, true)}"/>`
})}
${bubbles.map(bubble => bubbleHtml(bubble, wordsOf(bubble.mark, nameOf(bubble.mark.code), t)))}</g>`
}

/** The scale of loads, and what has no county. */
export function scaleHtml({ drawing }: Board, t: Tell): Html {
  const unplaced = drawing.map?.unplaced ?? 0
  return html`<ul class="scale" aria-label="${t('board.scale')}"><li>${t('board.scale')}</li>
${steps.map((step, at) => html`<li><i class="load${at}"></i>${step === '' ? t('board.scale-none') : step}</li>`)}</ul>
${unplaced > 0 ? html`<p class="note">${t('board.unplaced', { count: unplaced })}</p>` : ''}`
}

/** The same counts as a table; what is not told has no place in its order. */
export function marksTable({ drawing, named }: Board, reader: Reader, t: Tell): Html {
  const marks = new Map((drawing.map?.counties ?? []).map(mark => [mark.code, mark]))
  const rows = named
    .flatMap(([code, name]) => {
      const mark = marks.get(code)
      return mark ? [{ mark, name }] : []
    })
    .toSorted((one, other) => other.mark.count - one.mark.count)
  if (rows.length === 0) return html`<p>${t('board.map-quiet')}</p>`
  const alarm = say(phrase('board.alarm'), reader)
  const head = [t('board.county'), t('board.reports'), t('board.load'), t('board.worst'), t('board.warnings')]
  const body = rows.map(({ mark, name }) => [
    name,
    countWords(mark),
    mark.load === null ? '–' : String(mark.load),
    mark.worst === null ? '–' : `S${mark.worst}`,
    mark.alarm ? alarm : '',
  ])
  const plain = drawing.edition === 'public' ? 2 : head.length
  return html`<details><summary>${t('board.map-table')}</summary>
${tableHtml(
  head.slice(0, plain),
  body.map(row => row.slice(0, plain)),
)}</details>`
}

// As `loadClass` has them.
const steps = ['', '<3', '3–5', '6–10', '11+']

function bubbleHtml({ mark, at: [x, y], home, radius }: Bubble, words: string): Html {
  const [left, top] = [short(x), short(y)]
  const size = Math.min(15, Math.max(10, radius * 0.95))
  const away = Math.hypot(x - home[0], y - home[1]) > radius
  const tie = away
    ? html`<line class="tie" x1="${short(home[0])}" y1="${short(home[1])}" x2="${left}" y2="${top}"/>`
    : ''
  const ring = mark.alarm ? html`<circle class="ring" cx="${left}" cy="${top}" r="${short(radius + 3)}"/>` : ''
  return html`<g class="bubble s${mark.worst ?? 0}" tabindex="0" role="img" aria-label="${words}">
<title>${words}</title>
${tie}${ring}<circle cx="${left}" cy="${top}" r="${short(radius)}"/>
<text x="${left}" y="${short(y + size * 0.36)}" font-size="${short(size)}">${countWords(mark)}</text></g>`
}

function wordsOf({ count, few, untold, worst, load, alarm }: CountyMark, county: string, t: Tell): string {
  const reports = few ? t('board.county-few') : untold ? t('board.county-untold') : t('board.county-count', { count })
  let said = t('board.county-said', { county, reports })
  if (worst !== null) said = t('board.county-worst', { said, severity: `S${worst}` })
  if (load !== null) said = t('board.county-load', { said, load })
  return alarm ? t('board.county-alarm', { said }) : said
}

function fitOf(land: Land): Fit {
  return fitted(land, { left: edge, top: edge, width: width - 2 * edge, height: heightOf(land) - 2 * edge })
}

function heightOf(land: Land): number {
  return Math.round(Math.min(520, Math.max(220, (width - 2 * edge) / ratioOf(land) + 2 * edge)))
}

/** Paths in whole halves of a point, finer than a phone shows; as steps they are far less to send. */
function outline(paths: readonly Path[], { scale, left, top }: Fit, closed: boolean): string {
  const fine: Fit = { scale: scale * grain, left: left * grain, top: top * grain }
  return paths
    .flatMap(path => {
      const steps: string[] = []
      let start = ''
      let [x, y] = [0, 0]
      path.forEach((spot, at) => {
        const [exactX, exactY] = placed(spot, fine)
        const [nextX, nextY] = [Math.round(exactX), Math.round(exactY)]
        if (at === 0) start = `M${nextX} ${nextY}`
        else if (nextX !== x || nextY !== y) steps.push(`${nextX - x} ${nextY - y}`)
        x = nextX
        y = nextY
      })
      return steps.length > 0 ? [`${start}l${steps.join(' ').replaceAll(' -', '-')}${closed ? 'z' : ''}`] : []
    })
    .join('')
}
