import { html } from 'hono/html'
import { fitNotice, type OpenForm } from '../../commands/form.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { fieldHtml } from './field.ts'
import { icon } from './icon.ts'
import type { Html, Pane } from './message.ts'
import type { Sight } from './setting.ts'

/** Where a form was asked for, so that its answer comes back to the same place. */
export type Asked = { readonly message: string; readonly thread: string; readonly pane: Pane }

const tightest = { components: 5, title: 24, label: 45 }

/**
 * A form as the inside of the page's dialog, filled and with the reasons at its fields.
 * @throws PlatformError (permanent) for over five components (the notice is one), a title over 24, a label over 45.
 */
export function formHtml(asWished: OpenForm, reader: Reader, asked: Asked, sight: Sight): Html {
  const open = fitNotice(asWished)
  const title = say(open.form.title, reader)
  keepLimits(open, title, reader)
  const path = `/as/${encodeURIComponent(sight.persona.account)}/form`
  return html`<form class="form" method="post" enctype="multipart/form-data" hx-post="${path}" novalidate
    hx-swap="none" hx-target="#log" hx-sync="this:drop" lang="${reader.language}" data-form="${open.id}">
    <header><h2 id="form-title">${title}</h2>
      <button type="button" class="quiet square" data-close aria-label="${sight.t('workspace.close')}">
        ${icon('close')}</button></header>
    <div class="fields">
      <p class="alert" id="form-alert" role="alert"></p>
      ${open.notice ? html`<p class="notice" dir="auto">${say(open.notice, reader)}</p>` : ''}
      ${Object.entries(hidden(open, asked, sight)).map(
        ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
      )}
      ${Object.entries(open.form.fields).map(([name, field]) => fieldHtml(name, field, open, reader, sight))}
    </div>
    <footer><button type="button" data-close>${sight.t('workspace.cancel')}</button>
      <button class="primary">${say(open.form.submit, reader)}</button></footer>
  </form>`
}

function keepLimits(open: OpenForm, title: string, reader: Reader): void {
  const fields = Object.values(open.form.fields)
  const components = fields.length + (open.notice ? 1 : 0)
  const wide = fields.map(field => say(field.label, reader)).find(label => label.length > tightest.label)
  const problem =
    components > tightest.components
      ? `a form of ${components} components, at most ${tightest.components}`
      : title.length > tightest.title
        ? `a form title of ${title.length} characters, at most ${tightest.title}`
        : wide && `a field label of ${wide.length} characters, at most ${tightest.label}`
  if (problem) throw new PlatformError('workspace', `${problem} (${open.form.title.key})`, { permanent: true })
}

// Not `form`: htmx asks an element for its form, and an input of that name would answer in its place.
function hidden(open: OpenForm, asked: Asked, sight: Sight): Record<string, string> {
  const { id, command, about } = open
  return { 'form-id': id, command, about, room: sight.room?.address ?? '', ...asked }
}
