import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { say } from '../../workflows/text/say.ts'
import { icon } from './icon.ts'
import type { Html, Pane } from './message.ts'
import { type CommandHint, type Sight, titleOf } from './setting.ts'

/** The most characters that one message or command may have: what the tightest platform takes. */
export const longestWords = 4000

/** Where words, commands and files are written; `thread` is the id of the message it answers, '' in a conversation. */
export function composerHtml(pane: Pane, thread: string, sight: Sight): Html {
  const { t, persona, room } = sight
  const id = `write-${pane}`
  const name = titleOf(sight)
  const label =
    pane === 'thread'
      ? t('workspace.write-thread')
      : room
        ? t('workspace.write', { room: name })
        : t('workspace.write-direct')
  return html`<form class="composer" method="post" enctype="multipart/form-data" data-pane="${pane}"
    hx-post="/as/${encodeURIComponent(persona.account)}/say" hx-swap="none"
    hx-target="#log" hx-sync="this:drop" novalidate>
    <input type="hidden" name="key" value="${randomUUID()}">
    <input type="hidden" name="room" value="${room?.address ?? ''}">
    <input type="hidden" name="thread" value="${thread}">
    <input type="hidden" name="pane" value="${pane}">
    <p class="unsent" role="alert"></p>
    <ul class="commands" id="${id}-commands" role="listbox" aria-label="${t('workspace.commands')}" hidden>
      ${sight.setting.commands.map((command, index) => commandHtml(command, `${id}-command-${index}`, sight))}</ul>
    <ul class="chosen" aria-live="polite"></ul>
    <div class="line">
      <label class="attach square" title="${t('workspace.attach')}"><input type="file" name="files" multiple
        class="hidden" accept="image/*,audio/*,video/*,application/pdf"
        aria-label="${t('workspace.attach')}">${icon('clip')}</label>
      <textarea name="words" id="${id}" rows="1" dir="auto" aria-label="${label}"
        placeholder="${t(pane === 'thread' ? 'workspace.here-thread' : 'workspace.here')}"
        aria-describedby="${id}-keys" aria-autocomplete="list" aria-controls="${id}-commands" autocomplete="off"
        data-long="${longestWords}"></textarea>
      <button class="primary square" aria-label="${t('workspace.send')}">${icon('send')}</button>
    </div>
    <p class="hidden" id="${id}-keys">${t('workspace.keys')}</p>
  </form>`
}

function commandHtml(command: CommandHint, id: string, sight: Sight): Html {
  const usage = command.usage ? sight.t(command.usage) : ''
  return html`<li role="option" id="${id}" data-name="${command.name}" aria-selected="false">
    <b>/${command.name}</b> <span class="usage">${usage}</span>
    <span class="summary">${say({ key: command.summary }, sight.reader)}</span></li>`
}
