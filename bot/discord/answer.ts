import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from 'discord.js'
import type { Reply } from '../../commands/command.ts'
import type { OpenForm } from '../../commands/form.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import type { Answer } from '../platform.ts'
import { formId } from './custom.ts'
import { type Body, plainBody, renderView } from './render.ts'
import { sayPlain, sayText } from './text.ts'

/** What of an answer can stand in a message; null for forms and silence. */
export function answerView(reply: Reply): View | null {
  switch (reply.type) {
    case 'view':
      return reply.view
    case 'refused':
      return viewOf([{ type: 'text', text: reply.phrase }])
    case 'failed': {
      const words: Line[] = reply.words === null ? [] : [{ type: 'quote', text: { words: reply.words } }]
      return viewOf([{ type: 'strong', text: reply.phrase }, ...words])
    }
    default:
      return null
  }
}

/** The same as messages; none for forms and silence. */
export function answerBodies({ reply, reader, image }: Answer): readonly Body[] {
  const view = answerView(reply)
  return view ? renderView(view, reader, image) : []
}

/**
 * A refused form as a message: each reason with the question it belongs to, and a button that opens the form again as
 * it was filled. A form cannot be answered with a form.
 */
export function refusedBody(open: OpenForm, files: number, reader: Reader): Body {
  const reasons = Object.entries(open.errors).map(([name, reason]) => {
    const field = open.form.fields[name]
    return field ? `**${sayText(field.label, reader)}** ${sayText(reason, reader)}` : sayText(reason, reader)
  })
  const kept = files > 0 ? [sayText(phrase('discord.files-kept', { count: files }), reader)] : []
  const lines = [sayText(phrase('discord.not-taken'), reader), ...reasons, ...kept]
  return plainBody(lines.join('\n'), [button(formId(open, 'again'), say(phrase('discord.correct'), reader))])
}

/** A form that was ready too late to be opened, as a button that opens it. */
export function lateBody(open: OpenForm, reader: Reader): Body {
  const label = say(phrase('discord.open-form'), reader)
  return plainBody(sayText(phrase('discord.slow'), reader), [button(formId(open, 'again'), label)])
}

/** A question before something that is not easily undone, and the button that does it. */
export function sureBody(question: Parameters<typeof sayText>[0], id: string, label: string, reader: Reader): Body {
  const yes = sayPlain(phrase('discord.sure', { label: { words: label } }), reader).slice(0, 80)
  return plainBody(sayText(question, reader), [button(id, yes, ButtonStyle.Danger)])
}

function button(id: string, label: string, style: ButtonStyle.Primary | ButtonStyle.Danger = ButtonStyle.Primary) {
  return { type: ComponentType.Button, custom_id: id, label, style } satisfies APIButtonComponentWithCustomId
}

function viewOf(lines: readonly Line[]): View {
  return { tone: 'plain', title: null, lines, buttons: [] }
}
