import { hash } from 'node:crypto'
import { html } from 'hono/html'
import type { PracticeMessage } from '../../workflows/delivery.ts'
import type { Tone } from '../../workflows/view.ts'
import { type Body, type HubBody, readBody, type ShownButton, type ShownLine } from './body.ts'
import { avatar, hubAvatar, icon } from './icon.ts'
import { pathOf, type Sight } from './setting.ts'
import { dayOf, hourOf } from './time.ts'

/** A piece of a page. */
export type Html = ReturnType<typeof html>

/** Which list of messages a piece stands in: the conversation, or the thread beside it. */
export type Pane = 'log' | 'thread'

/** The name under which the hub's own messages are kept. */
export const hubAuthor = 'hub'

/** A stored message; `replies` counts its thread. The page finds it by its id and compares versions. */
export function messageHtml(message: PracticeMessage, replies: number, pane: Pane, sight: Sight): Html {
  const body = readBody(message.body)
  const mine = message.author === sight.persona.account
  return html`<article class="message ${body.type === 'hub' ? 'hub' : 'person'}${mine ? ' mine' : ''}"
    tabindex="-1" aria-live="off"
    data-message="${message.id}" data-version="${versionOf(message, replies)}"
    data-day="${dayOf(message.at, sight.reader)}">
    ${authorHtml(message, body, mine, sight)}
    ${bodyHtml(message, body, pane, sight)}
    ${pane === 'log' && message.thread === null ? threadLink(message, replies, sight) : ''}
  </article>`
}

/** What a private answer answers: the words that were typed, or the button that was pressed on a message. */
export type Question = { readonly echo: string; readonly pressed: string; readonly pane: Pane }

/** An answer that only the asker sees: it lives in the page, not in the store, until the same is asked again. */
export function privateHtml(body: HubBody, key: string, { echo, pressed, pane }: Question, sight: Sight): Html {
  return html`<article class="message hub private" tabindex="-1" data-private="${key}" data-pressed="${pressed}"
    data-day="${dayOf(sight.reader.now, sight.reader)}">
    ${hubAvatar()}
    <header class="by"><b>${sight.t('workspace.hub')}</b>
      <span class="only">${icon('eye')} ${sight.t('workspace.private')}</span>
      <button type="button" class="quiet dismiss" data-dismiss>${sight.t('workspace.dismiss')}</button></header>
    ${echo === '' ? '' : html`<p class="echo"><bdi>${echo}</bdi></p>`}
    ${hubHtml(body, { message: '', version: key, thread: '' }, pane, sight)}
  </article>`
}

/** Changes whenever the message has to be drawn anew, even by two edits within one millisecond. */
export function versionOf(message: PracticeMessage, replies: number): string {
  const drawn = hash('sha1', JSON.stringify(message.body), 'base64url').slice(0, 8)
  return `${message.editedAt ?? 0}.${replies}.${drawn}`
}

function authorHtml(message: PracticeMessage, body: Body, mine: boolean, sight: Sight): Html {
  const author = sight.setting.personas.find(persona => persona.account === message.author)
  const name = body.type === 'hub' ? sight.t('workspace.hub') : (author?.callsign ?? message.author)
  const role = body.type === 'hub' ? sight.t('workspace.bot') : mine ? sight.t('workspace.you') : (author?.role ?? '')
  const edited = message.editedAt === null ? '' : hourOf(message.editedAt, sight.reader)
  return html`${body.type === 'hub' ? hubAvatar() : avatar(name)}
    <header class="by"><b><bdi>${name}</bdi></b> <span class="role">${role}</span>
      <time datetime="${new Date(message.at).toISOString()}">${hourOf(message.at, sight.reader)}</time>
      ${edited === '' ? '' : html`<span class="edited">${sight.t('workspace.edited', { time: edited })}</span>`}
    </header>`
}

function bodyHtml(message: PracticeMessage, body: Body, pane: Pane, sight: Sight): Html {
  if (body.type === 'words') {
    return html`<div class="said"><p class="words" dir="auto">${body.words}</p>${body.files.map(
      file => html`<span class="file">${icon('clip')} <bdi>${file.name}</bdi></span>`,
    )}</div>`
  }
  const origin = { message: String(message.id), version: String(message.editedAt ?? 0), thread: message.thread ?? '' }
  return hubHtml(body, origin, pane, sight)
}

function threadLink(message: PracticeMessage, replies: number, sight: Sight): Html {
  const path = `${pathOf(sight.persona.account, sight.room?.address ?? null)}?thread=${message.id}`
  const label = replies > 0 ? sight.t('workspace.replies', { count: replies }) : sight.t('workspace.reply')
  return html`<a class="replies${replies > 0 ? ' some' : ''}" href="${path}" hx-get="${path}" hx-select="#thread"
    hx-target="#thread" hx-swap="outerHTML" hx-push-url="true">${icon('thread')} ${label}</a>`
}

type Carrier = { readonly message: string; readonly version: string; readonly thread: string | number }

/**
 * Every button of a message lies in one form, so that a press says which message, as it was drawn, carried it. Its
 * target is the list: htmx drops the answer to a target that is gone, and cards are drawn anew while presses are sent.
 */
function hubHtml(body: HubBody, from: Carrier, pane: Pane, sight: Sight): Html {
  const chip = body.tone === 'plain' ? null : (/^(.{1,24}?) · (.+)$/su.exec(body.title ?? '') ?? null)
  const press = `/as/${encodeURIComponent(sight.persona.account)}/press`
  return html`<form class="card" lang="${body.language}" data-tone="${body.tone}" hx-post="${press}" hx-sync="this:drop"
    hx-swap="none" hx-target="#log">
    <input type="hidden" name="room" value="${sight.room?.address ?? ''}">
    <input type="hidden" name="message" value="${from.message}">
    <input type="hidden" name="version" value="${from.version}">
    <input type="hidden" name="thread" value="${from.thread}">
    <input type="hidden" name="pane" value="${pane}">
    ${body.title === null ? toneHtml(body.tone) : titleHtml(chip?.[1] ?? null, chip?.[2] ?? body.title)}
    ${body.lines.map(lineHtml)}
    ${body.picture ? pictureHtml(body.picture, from, sight) : ''}
    ${body.buttons.length === 0 ? '' : html`<div class="buttons">${body.buttons.map(buttonHtml)}</div>`}
  </form>`
}

/** A stored picture is fetched by itself; that of a private answer is in the page alone. */
function pictureHtml(
  { data, alt }: NonNullable<HubBody['picture']>,
  { message, version }: Carrier,
  sight: Sight,
): Html {
  const path = `/as/${encodeURIComponent(sight.persona.account)}/picture/${message}?v=${version}`
  return html`<img class="picture" src="${message === '' ? `data:image/png;base64,${data}` : path}" alt="${alt}">`
}

// Colour is never the only sign of how urgent something is.
function toneHtml(tone: Tone): Html | string {
  return tone === 'plain' || tone === 'closed' ? '' : html`<span class="chip">${tone}</span>`
}

function titleHtml(chip: string | null, rest: string): Html {
  return html`<h3 dir="auto">${chip === null ? '' : html`<span class="chip">${chip}</span> `}${rest}</h3>`
}

function lineHtml(line: ShownLine): Html {
  switch (line.type) {
    case 'rule':
      return html`<hr>`
    case 'table':
      return html`<div class="table" tabindex="0"><table><thead><tr>${line.head.map(
        cell => html`<th scope="col" dir="auto">${cell}</th>`,
      )}</tr></thead><tbody>${line.rows.map(
        row => html`<tr>${row.map(cell => html`<td dir="auto">${cell}</td>`)}</tr>`,
      )}</tbody></table></div>`
    case 'item':
      return html`<div class="item"><p dir="auto">${line.text}</p>${line.button ? buttonHtml(line.button) : ''}</div>`
    case 'link':
      return html`<p><a class="go" href="${line.url}" target="_blank" rel="noopener noreferrer"
        dir="auto">${line.text}</a></p>`
    case 'quote':
      return html`<blockquote dir="auto">${line.text}</blockquote>`
    default:
      return html`<p class="${line.type}" dir="auto">${line.text}</p>`
  }
}

function buttonHtml(button: ShownButton): Html {
  return html`<button name="button" value="${button.id}" class="press ${button.style ?? ''}"
    data-confirm="${button.confirm ?? ''}">${button.label}</button>`
}
