import type { Attached, SeenForm } from '../peer.ts'
import { linesOf } from './read.ts'
import type { Json } from './shape.ts'
import type { View } from './world.ts'

/** A modal as somebody sees it. */
export function seenForm({ body, state, errors }: View): SeenForm {
  const fields = inputs(body).map(({ block_id: id, label }) => ({
    label: textOf(label),
    value: shownValue(Object.values(state[String(id)] ?? {})[0] ?? {}),
    problem: errors[String(id)] ?? '',
  }))
  return { title: textOf(body.title), fields }
}

/** The words of a modal that are no fields. */
export function pageText({ body }: View): string {
  return (body.blocks as Json[]).flatMap(linesOf).join('\n')
}

/** What fills in a modal must do besides: upload files, ask for choices, tell of a choice. */
export type Hands = {
  readonly upload: (file: Attached) => Json
  readonly choices: (block: Json, typed: string) => Promise<readonly Json[]>
  readonly chosen: (block: Json) => Promise<void>
}

/** Fills in the fields by the first words of their labels. @throws Error as Slack's client would not let somebody */
export async function fillIn(
  view: View,
  values: Readonly<Record<string, string>>,
  files: readonly Attached[],
  hands: Hands,
): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const block = inputs(view.body).find(one => textOf(one.label).toLowerCase().startsWith(label.toLowerCase()))
    if (!block)
      throw new Error(
        `no field "${label}" in ${inputs(view.body)
          .map(one => textOf(one.label))
          .join(', ')}`,
      )
    await fill(view, block, value, hands)
  }
  if (files.length > 0) {
    const block = inputs(view.body).find(one => (one.element as Json).type === 'file_input')
    if (!block) throw new Error('the form takes no files')
    const most = Number((block.element as Json).max_files ?? 10)
    if (files.length > most) throw new Error(`at most ${most} files`)
    put(view, block, { files: files.map(hands.upload) })
  }
}

/** The fields that Slack's client asks for before it sends a modal in. */
export function unfilled({ body, state }: View): string[] {
  return inputs(body)
    .filter(({ optional }) => optional !== true)
    .filter(({ block_id: id }) => shownValue(Object.values(state[String(id)] ?? {})[0] ?? {}) === '')
    .map(({ label }) => textOf(label))
}

async function fill(view: View, block: Json, value: string, hands: Hands): Promise<void> {
  const element = block.element as Json
  switch (element.type) {
    case 'plain_text_input': {
      const most = Number(element.max_length ?? 3000)
      if (value.length > most) throw new Error(`${textOf(block.label)} takes ${most} characters`)
      return put(view, block, { value })
    }
    case 'checkboxes': {
      const wanted = value.split(/\s*,\s*/)
      const options = (element.options as Json[]).filter(option =>
        wanted.some(one => textOf(option.text).startsWith(one)),
      )
      return put(view, block, { selected_options: options })
    }
    case 'external_select': {
      const [option] = await hands.choices(block, value)
      if (!option) throw new Error(`nothing to choose for "${value}"`)
      return put(view, block, { selected_option: option })
    }
    default: {
      const options = element.options as Json[]
      const option = options.find(one => textOf(one.text).toLowerCase().startsWith(value.toLowerCase()))
      if (!option) throw new Error(`no choice "${value}" in ${options.map(one => textOf(one.text)).join(', ')}`)
      put(view, block, { selected_option: option })
      if (block.dispatch_action) await hands.chosen(block)
    }
  }
}

function put({ state }: View, { block_id: id, element }: Json, given: Json): void {
  const { action_id: action, type } = element as Json
  state[String(id)] = { [String(action)]: { type, ...given } }
}

function inputs({ blocks }: Json): Json[] {
  return (blocks as Json[]).filter(one => one.type === 'input')
}

function shownValue({ value, selected_option: one, selected_options: some, files }: Json): string {
  if (Array.isArray(files)) return files.map(file => String((file as Json).name)).join(', ')
  if (Array.isArray(some)) return some.map(option => textOf((option as Json).text)).join(', ')
  if (one) return textOf((one as Json).text)
  return typeof value === 'string' ? value : ''
}

function textOf(text: unknown): string {
  return String(((text ?? {}) as Json).text ?? '')
}
