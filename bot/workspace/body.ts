import type { Language } from '../../workflows/directory.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Button, Line, Tone, View } from '../../workflows/view.ts'
import type { Image } from '../platform.ts'

/** A button as it stands on the page. */
export type ShownButton = {
  readonly id: string
  readonly label: string
  readonly style: 'primary' | 'danger' | null
  readonly confirm: string | null
}

/** A line of a view in its reader's language. */
export type ShownLine =
  | { readonly type: 'strong' | 'text' | 'quote' | 'note'; readonly text: string }
  | { readonly type: 'item'; readonly text: string; readonly button: ShownButton | null }
  | { readonly type: 'link'; readonly text: string; readonly url: string }
  | { readonly type: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly type: 'rule' }

/** What the hub says, rendered once, so that a page only has to lay it out. */
export type HubBody = {
  readonly type: 'hub'
  readonly language: Language
  readonly tone: Tone
  readonly title: string | null
  readonly lines: readonly ShownLine[]
  readonly buttons: readonly ShownButton[]
  /** A picture beneath the words: a PNG in base64, and what it shows. */
  readonly picture?: { readonly data: string; readonly alt: string }
}

/** What somebody wrote, exactly as typed; of files only what they are, since their bytes go to the hub. */
export type WordsBody = {
  readonly type: 'words'
  readonly words: string
  readonly files: readonly { readonly name: string; readonly type: string; readonly size: number }[]
}

/** What a stored message shows. */
export type Body = HubBody | WordsBody

const tightest = { text: 4000, buttons: 25, id: 100, label: 75 }

/**
 * Renders a view for its reader within the tightest limits of all platforms.
 * @throws PlatformError (permanent) for over 4,000 characters, 25 buttons, a button id over 100 or a label over 75.
 */
export function renderBody(view: View, reader: Reader, image?: Image): HubBody {
  const body: HubBody = {
    type: 'hub',
    language: reader.language,
    tone: view.tone,
    title: view.title ? say(view.title, reader) : null,
    lines: view.lines.map(line => renderLine(line, reader)),
    buttons: view.buttons.map(button => renderButton(button, reader)),
    ...(image ? { picture: { data: Buffer.from(image.bytes).toString('base64'), alt: image.alt } } : {}),
  }
  const problem = overLimit(body)
  if (problem) throw new PlatformError('workspace', problem, { permanent: true })
  return body
}

/** Reads what this workspace once stored. */
export function readBody(stored: unknown): Body {
  return stored as Body
}

function renderLine(line: Line, reader: Reader): ShownLine {
  switch (line.type) {
    case 'rule':
      return line
    case 'table':
      return {
        type: 'table',
        head: line.head.map(text => say(text, reader)),
        rows: line.rows.map(row => row.map(text => say(text, reader))),
      }
    case 'link':
      return { type: 'link', text: say(line.text, reader), url: line.url }
    case 'item':
      return {
        type: 'item',
        text: say(line.text, reader),
        button: line.button ? renderButton(line.button, reader) : null,
      }
    default:
      return { type: line.type, text: say(line.text, reader) }
  }
}

function renderButton(button: Button, reader: Reader): ShownButton {
  return {
    id: button.id,
    label: say(button.label, reader),
    style: button.style ?? null,
    confirm: button.confirm ? say(button.confirm, reader) : null,
  }
}

function overLimit(body: HubBody): string | null {
  const length = textsOf(body).reduce((sum, text) => sum + text.length, 0)
  if (length > tightest.text) return `a message of ${length} characters, at most ${tightest.text}`
  const buttons = [...body.buttons, ...body.lines.flatMap(line => (line.type === 'item' && line.button) || [])]
  if (buttons.length > tightest.buttons) return `${buttons.length} buttons, at most ${tightest.buttons}`
  const wide = buttons.find(button => button.id.length > tightest.id || button.label.length > tightest.label)
  return wide ? `a button whose id or label is too long: ${wide.id.slice(0, tightest.id)}` : null
}

function textsOf(body: HubBody): string[] {
  const lines = body.lines.flatMap(line => {
    if (line.type === 'rule') return []
    return line.type === 'table' ? [...line.head, ...line.rows.flat()] : [line.text]
  })
  return [body.title ?? '', ...lines]
}
