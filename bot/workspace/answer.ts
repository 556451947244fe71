import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { say } from '../../workflows/text/say.ts'
import type { Answer } from '../platform.ts'
import { type HubBody, renderBody } from './body.ts'
import { type Asked, formHtml } from './dialog.ts'
import { type Html, privateHtml } from './message.ts'
import type { Sight } from './setting.ts'

/** What was done: words were written, a button was pressed, or a form was sent in. */
export type Deed = {
  readonly type: 'words' | 'command' | 'press' | 'submission'
  readonly asked: Asked
  /** What the asker had typed, shown above a private answer. */
  readonly echo: string
  /** Which button on which message was pressed; '' for none. */
  readonly pressed: string
  /** The card that carried the button, or the private answer that did, as a selector; '' for none. */
  readonly beside: string
  /** Puts the hub's words into the conversation for everyone there. */
  readonly publish: (body: HubBody) => Promise<void>
}

/** What the page does next: pieces to put in, and whether the dialog is done with and what was typed must stay. */
export type Next = { readonly pieces: readonly Html[]; readonly done: boolean; readonly kept: boolean }

/** Turns the hub's answer into what the page shows. @throws PlatformError if it breaks a platform's limits. */
export async function showAnswer({ reply, reader, image }: Answer, deed: Deed, sight: Sight): Promise<Next> {
  switch (reply.type) {
    case 'nothing':
      return { pieces: [], done: true, kept: false }
    case 'form':
      return { pieces: [into('#form', formHtml(reply.form, reader, deed.asked, sight))], done: false, kept: false }
    case 'view': {
      const body = renderBody(reply.view, reader, image)
      // What somebody says to the hub and its answer are one conversation; it stays on both sides.
      if (!reply.private || (deed.type === 'words' && !sight.room)) {
        await deed.publish(body)
        return { pieces: [], done: true, kept: false }
      }
      return { pieces: [privately(body, deed, sight)], done: true, kept: false }
    }
    case 'refused':
    case 'failed': {
      const words = say(reply.phrase, reader)
      if (deed.type === 'submission') return { pieces: [into('#form-alert', words)], done: false, kept: true }
      const body = renderBody(
        { tone: 'plain', title: null, lines: [{ type: 'text', text: { words } }], buttons: [] },
        reader,
      )
      // What could not be kept stands where it was typed, so the words themselves need not be said again.
      return { pieces: [privately(body, deed, sight)], done: true, kept: reply.type === 'failed' }
    }
  }
}

/** A piece that htmx puts where the selector says. */
function into(target: string, piece: Html | string, swap = 'innerHTML'): Html {
  return html`<hx-partial hx-target="${target}" hx-swap="${swap}">${piece}</hx-partial>`
}

function privately(body: HubBody, deed: Deed, sight: Sight): Html {
  const { echo, pressed, asked } = deed
  const piece = privateHtml(body, randomUUID(), { echo, pressed, pane: asked.pane }, sight)
  const list = asked.pane === 'thread' ? '#thread-log' : '#log'
  return deed.beside === '' ? into(list, piece, 'beforeend') : into(`${list} ${deed.beside}`, piece, 'afterend')
}
