import { html, raw } from 'hono/html'
import type { BoardSeen } from '../../../workflows/board/session.ts'
import { leaves } from '../../../workflows/edition.ts'
import { type Phrase, type PhraseKey, phrase } from '../../../workflows/phrase.ts'
import type { Land } from '../../../workflows/picture/land.ts'
import { type Reader, say } from '../../../workflows/text/say.ts'
import type { Html } from '../exhibit.ts'
import { linesHtml } from './lines.ts'
import { openHtml, regionsHtml, runsHtml } from './list.ts'
import { groundHtml, marksHtml, marksTable, scaleHtml } from './map.ts'
import { daysHtml } from './trend.ts'

type Tell = (key: PhraseKey, params?: Phrase['params']) => string

/** The page of a board. `land`: what its map lies on; null: no borders are known. */
export function boardPage(seen: BoardSeen, land: Land | null, own: { sheet: string; script: string }): Html {
  const { board, reader, until } = seen
  const t = teller(reader)
  const ended = say(phrase('board.ended'), reader)
  const away = t('board.away', { time: '{time}' })
  return html`<!doctype html>
<html lang="${reader.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark"><title>${say(board.title, reader)}</title>
<link rel="icon" href="data:,"><style>${raw(own.sheet)}</style>
<noscript><meta http-equiv="refresh" content="60"></noscript></head>
<body data-zone="${reader.zone}" data-until="${until - reader.now}" data-ended="${ended}"
data-still="${t('board.live')}" data-away="${away}">
${board.open ? html`<a class="skip" href="#list">${t('board.skip')}</a>` : ''}
<header>${headHtml(seen, t)}
<form method="post" action="/situation/end"><button id="close">${t('board.close')}</button></form>
<p class="still"><span id="live" role="status"></span>
<span>${t('board.until', { time: { time: until } })}</span></p></header>
<main>${sections(seen, land, t, true)}</main>
<footer><p>${t('board.caveat')}</p>
<p class="print">${board.mark} · ${t('board.period', { time: { date: board.at } })}</p>
</footer><script>${raw(own.script)}</script></body></html>`
}

/** The parts of a board that change, each to take the place of the one with its id. */
export function liveParts(seen: BoardSeen, land: Land | null): Html {
  const t = teller(seen.reader)
  const { reader, board } = seen
  return html`<!doctype html><html lang="${reader.language}"><head><title>${say(board.title, reader)}</title></head>
<body>${headHtml(seen, t)}${sections(seen, land, t, false)}</body></html>`
}

/** Nothing is shown, and why. */
export function endedPage(why: Phrase, reader: Reader, { sheet }: { sheet: string }): Html {
  return html`<!doctype html>
<html lang="${reader.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark"><title>Trust Hub</title>
<link rel="icon" href="data:,"><style>${raw(sheet)}</style></head>
<body><main class="over"><p role="alert">${say(why, reader)}</p></main></body></html>`
}

function headHtml({ board, reader }: BoardSeen, t: Tell): Html {
  const { level, mark, scope, at } = board
  const chip = level === null ? '' : html`<b class="level ${level}">${t('board.level', levelOf(level))}</b>`
  return html`<div id="head" data-live>
<h1>${say(board.title, reader)}</h1>
<p class="facts">${chip} <b class="mark">${mark}</b> <span>${t(`board.edition-${scope.edition}`)}</span>
<span>${t('board.period', { time: { date: at } })}</span></p>
${leaves(scope.edition) ? html`<p class="preview">${t('board.preview')}</p>` : ''}</div>`
}

/** `whole`: with the ground of the map, which never changes; without it, only what lies on it. */
function sections(seen: BoardSeen, land: Land | null, t: Tell, whole: boolean): Html {
  const { board, reader } = seen
  const { drawing, open, runs } = board
  const { map, trend } = drawing
  const calm = html`<p>${t('board.warnings-calm')}</p>`
  const warned = board.warnings.length > 0 ? linesHtml(board.warnings, reader) : calm
  const marks = map ? marksHtml(board, land, t) : ''
  return html`
${part('lead', t('board.summary'), linesHtml(board.lead, reader, 'lead'))}
${open ? part('list', t('board.list'), openHtml(open, t)) : ''}
${linesPart('numbers', board.numbers, reader)}
${
  map
    ? html`<section id="map" aria-labelledby="map-title"><h2 id="map-title">${t('board.map')}</h2>
${whole ? groundHtml(land, t, marks) : html`<svg>${marks}</svg>`}
<div id="map-words" data-live>${scaleHtml(board, t)}${marksTable(board, reader, t)}</div></section>`
    : ''
}
${board.level === null ? '' : part('warnings', t('board.warnings'), warned)}
${runs ? part('runs', t('board.runs'), runsHtml(runs, t)) : ''}
${trend ? part('trend', t('board.trend'), daysHtml(trend, reader, t)) : ''}
${drawing.claims || drawing.coverage ? part('regions', t('board.regions'), regionsHtml(board, t)) : ''}
${board.parts.map(({ id, lines }) => linesPart(id, lines, reader))}`
}

function part(id: string, title: string, inner: Html): Html {
  return html`<section id="${id}" data-live aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>${inner}</section>`
}

function linesPart(id: string, lines: BoardSeen['board']['lead'], reader: Reader): Html | '' {
  const [first, ...rest] = lines
  if (first?.type !== 'strong') return ''
  return part(id, say(first.text, reader), linesHtml(rest, reader))
}

function levelOf(level: NonNullable<BoardSeen['board']['level']>) {
  return { level: phrase(`warning.level-${level}`) }
}

function teller(reader: Reader): Tell {
  return (key, params) => say(params ? phrase(key, params) : phrase(key), reader)
}
