import { html, raw } from 'hono/html'
import type { PracticeMessage } from '../../workflows/delivery.ts'
import { composerHtml, longestWords } from './composer.ts'
import { icon } from './icon.ts'
import { type Html, messageHtml } from './message.ts'
import { personasHtml, roomsHtml } from './rooms.ts'
import { addressOf, pathOf, type Sight, titleOf } from './setting.ts'
import type { Unread } from './unread.ts'

/** What stands in the open conversation: its latest messages, and the open thread if there is one. */
export type Conversation = {
  readonly messages: readonly PracticeMessage[]
  readonly replies: ReadonlyMap<number, number>
  readonly earlier: boolean
  readonly thread: { readonly root: PracticeMessage; readonly messages: readonly PracticeMessage[] } | null
  readonly unread: readonly Unread[]
  /** From when on the page wants news, epoch ms. */
  readonly since: number
}

const styles = ['page', 'rooms', 'message', 'composer', 'form']
/** A failed request swaps nothing: its words go to where it was asked. The rest is what the page's policy needs. */
const htmxConfig = {
  history: 'reload',
  includeIndicatorCSS: false,
  defaultSettleDelay: 0,
  noSwap: [204, 304, '4xx', '5xx'],
}

/** The whole page of a conversation as one persona sees it. */
export function pageHtml(conversation: Conversation, sight: Sight): Html {
  const { t, persona, room } = sight
  const title = titleOf(sight)
  const path = pathOf(persona.account, room?.address ?? null)
  return html`${raw('<!doctype html>')}
<html lang="${persona.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover,
    interactive-widget=resizes-content">
  <meta name="color-scheme" content="light dark">
  <meta name="htmx-config" content="${JSON.stringify(htmxConfig)}">
  <title>${title} · ${t('workspace.hub')}</title>
  <link rel="icon" href="/assets/icon.svg">
  ${styles.map(name => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
  <script src="/assets/htmx.js" defer></script>
  <script src="/assets/page.js" type="module"></script>
</head>
<body data-path="${path}" data-persona="${persona.account}" data-address="${addressOf(sight)}"
  data-since="${conversation.since}"
  ${Object.entries(sentences(sight)).map(([name, text]) => html`data-${name}="${text}" `)}>
  <a class="skip" href="#log">${t('workspace.skip')}</a>
  ${roomsHtml(conversation.unread, sight)}
  <header class="top">
    <button type="button" class="quiet square narrow" popovertarget="rooms" aria-label="${t('workspace.rooms')}">
      ${icon('menu')}</button>
    <div class="title"><h1><bdi>${title}</bdi></h1><p>${room?.topic ?? t('workspace.direct-topic')}</p></div>
    ${personasHtml(sight)}
  </header>
  <main>
    <noscript><p class="banner">${t('workspace.script')}</p></noscript>
    <p class="banner" id="away" role="status"></p>
    <div id="log" class="log" role="log" aria-live="polite" tabindex="0"
      aria-label="${t('workspace.log', { room: title })}">
      ${conversation.earlier ? olderHtml(conversation.messages[0]?.id ?? 0, sight) : startHtml(sight)}
      ${conversation.messages.map(message =>
        messageHtml(message, conversation.replies.get(message.id) ?? 0, 'log', sight),
      )}
    </div>
    <button type="button" id="newer" hidden>${icon('down')} ${t('workspace.newer')}</button>
    ${composerHtml('log', '', sight)}
  </main>
  ${threadHtml(conversation.thread, path, sight)}
  <dialog id="form" aria-labelledby="form-title"></dialog>
  <dialog id="confirm" aria-labelledby="confirm-words"><p id="confirm-words"></p>
    <form method="dialog"><button value="">${t('workspace.cancel')}</button>
    <button value="yes" class="primary"></button></form></dialog>
  <p id="status" role="status"></p>
</body>
</html>`
}

/** The thread beside the conversation: its root, what was said about it, and where to say more. */
function threadHtml(thread: Conversation['thread'], path: string, sight: Sight): Html {
  if (!thread) return html`<aside id="thread" hidden></aside>`
  const { t } = sight
  return html`<aside id="thread" aria-labelledby="thread-title" data-root="${thread.root.id}">
    <header><h2 id="thread-title" tabindex="-1">${t('workspace.thread')}</h2>
      <p><bdi>${titleOf(sight)}</bdi></p>
      <a class="square quiet" href="${path}" data-close-thread aria-label="${t('workspace.close')}">
        ${icon('close')}</a></header>
    <div id="thread-log" class="log" role="log" aria-live="polite" tabindex="0"
      aria-label="${t('workspace.thread-of', { room: titleOf(sight) })}">
      ${messageHtml(thread.root, 0, 'thread', sight)}
      ${thread.messages.map(message => messageHtml(message, 0, 'thread', sight))}
    </div>
    ${composerHtml('thread', String(thread.root.id), sight)}
  </aside>`
}

/** The button that puts earlier messages in its own place. */
export function olderHtml(before: number, sight: Sight): Html {
  const path = `${pathOf(sight.persona.account, sight.room?.address ?? null)}/before/${before}`
  return html`<button type="button" class="older" hx-get="${path}" hx-swap="outerHTML">
    ${sight.t('workspace.older')}</button>`
}

/** What a newcomer reads where a conversation begins. */
export function startHtml(sight: Sight): Html {
  const { t, room } = sight
  const lines =
    room?.purpose === 'region'
      ? [t('workspace.start-report'), t('workspace.start-claim'), t('workspace.start-more')]
      : [t(`workspace.start-${room?.purpose ?? 'direct'}`)]
  const title = room ? t('workspace.start', { room: room.name }) : t('workspace.start-with-hub')
  return html`<div class="start"><h2>${title}</h2>
    ${lines.length > 1 ? html`<ol>${lines.map(line => html`<li>${line}</li>`)}</ol>` : html`<p>${lines[0]}</p>`}</div>`
}

/** What the page itself has to say when the server cannot. */
function sentences({ t }: Sight): Record<string, string> {
  const hole = (name: string) => ({ words: `{${name}}` })
  return {
    'say-offline': t('workspace.offline'),
    'say-away': t('workspace.away'),
    'say-broken': t('workspace.broken'),
    'say-undone': t('workspace.undone'),
    'say-retry': t('workspace.retry'),
    'say-sending': t('workspace.sending'),
    'say-new-one': t('workspace.unread', { count: 1 }),
    'say-new': t('workspace.unread', { count: '{count}' }),
    'say-draft': t('workspace.draft'),
    'say-left': t('workspace.left', { left: hole('left'), max: hole('max') }),
    'say-over': t('workspace.over', { over: hole('over'), max: hole('max') }),
    'say-many': t('workspace.too-many-files', { max: hole('max') }),
    'say-big': t('workspace.big-file', { name: hole('name') }),
    'say-long': t('workspace.long-words', { length: hole('length'), max: longestWords }),
  }
}
