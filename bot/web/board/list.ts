import { html } from 'hono/html'
import type { Board } from '../../../workflows/board/board.ts'
import type { OpenRow } from '../../../workflows/board/open.ts'
import type { RunRow } from '../../../workflows/board/runs.ts'
import type { Param, Phrase, PhraseKey } from '../../../workflows/phrase.ts'
import type { Html } from '../exhibit.ts'
import { tableHtml } from './lines.ts'

// Past these the rest of the page would be far away on a phone.
const mostAtOnce = 15

type Tell = (key: PhraseKey, params?: Phrase['params']) => string

/** The open incidents, most urgent first: one line each that also reads well aloud. */
export function openHtml({ rows, more }: NonNullable<Board['open']>, t: Tell): Html {
  const left = more > 0 ? html`<p class="note">${t('board.list-more', { count: more })}</p>` : ''
  if (rows.length === 0) return html`<p>${t('board.list-none')}</p>${left}`
  const [first, rest] = [rows.slice(0, mostAtOnce), rows.slice(mostAtOnce)]
  return html`<ol class="rows">${first.map(row => rowHtml(row, t))}</ol>${restHtml(rest, t)}${left}
<p class="note">${t('board.list-where', { id: rows[0]?.id ?? '' })}</p>`
}

/** The protocols that go on, those with late steps first. */
export function runsHtml(rows: readonly RunRow[], t: Tell): Html {
  if (rows.length === 0) return html`<p>${t('board.runs-none')}</p>`
  return html`<ul class="rows">${rows.map(
    ({ id, where, protocol, over, of, late, next }) => html`<li class="run">
<b>${id}</b> <span>${words(protocol, t)}</span> <span class="soft">${words(where, t)}</span>
<span>${t('board.steps', { over, of })}</span>
${late > 0 ? html`<strong class="late">${t('board.late', { count: late })}</strong>` : ''}
${next ? html`<span class="next">${t('board.head-next')}: ${nextWords(next, t)}</span>` : ''}</li>`,
  )}</ul>`
}

/** How each region stands: its level, how soon somebody has what comes in, its last report, who is on duty. */
export function regionsHtml({ drawing, levels }: Board, t: Tell): Html {
  const { claims, coverage } = drawing
  const names = [...new Set([...(coverage?.regions ?? []), ...(claims?.regions ?? [])].map(one => one.name))]
  const head = [
    t('board.head-region'),
    ...(levels.length > 0 ? [t('board.warnings')] : []),
    t('board.head-claims'),
    ...(coverage ? [t('board.head-last'), t('board.head-duty')] : []),
  ]
  const rows = names.map(name => {
    const level = levels.find(one => one.name === name)?.level
    const claim = claims?.regions.find(one => one.name === name)
    const cover = coverage?.regions.find(one => one.name === name)
    const chip = level ? html`<b class="level ${level}">${t(`warning.level-${level}`)}</b>` : ''
    return [
      name,
      ...(levels.length > 0 ? [chip] : []),
      claim ? claimWords(claim, t) : '–',
      ...(coverage ? [cover ? lastWords(cover.age, t) : '–', cover ? String(cover.available) : '–'] : []),
    ]
  })
  return tableHtml(head, rows)
}

function restHtml(rows: readonly OpenRow[], t: Tell): Html | '' {
  if (rows.length === 0) return ''
  return html`<details><summary>${t('board.list-rest', { count: rows.length })}</summary>
<ol class="rows" start="${mostAtOnce + 1}">${rows.map(row => rowHtml(row, t))}</ol></details>`
}

function rowHtml({ id, severity, kind, where, red, more }: OpenRow, t: Tell): Html {
  return html`<li><b class="severity s${severity}">S${severity}</b> <b>${id}</b>
${red ? html`<b class="mark">RED</b>` : ''} <span>${words(kind, t)}</span>
<span class="soft">${words(where, t)}</span> ${whoHtml(more, t)}</li>`
}

function whoHtml(more: OpenRow['more'], t: Tell): Html {
  if (more === 'bare') return html`<span class="soft">${t('board.red')}</span>`
  const { by, credibility, at } = more
  const who =
    by === null
      ? html`<span class="late">${t('board.nobody')}</span>`
      : html`<span>${t('board.has', { who: by })}</span>`
  return html`${who} <span class="soft">${words(credibility, t)}</span>
<span class="soft">${t('board.since', { time: { time: at } })}</span>`
}

function claimWords({ n, median, over }: NonNullable<Board['drawing']['claims']>['regions'][number], t: Tell): string {
  if (median === null) return t('board.median-few', { count: n })
  return t(over ? 'board.median-over' : 'board.median', { time: { minutes: median }, count: n })
}

function lastWords(age: number | null, t: Tell): string {
  return age === null ? t('board.silent') : t('board.ago', { time: { minutes: Math.floor(age / 60_000) } })
}

function nextWords({ step, at }: NonNullable<RunRow['next']>, t: Tell): string {
  return at === null ? t('board.next-bare', { step }) : t('board.next', { step, time: { time: at } })
}

function words(param: Param, t: Tell): string {
  return t('board.next-bare', { step: param })
}
