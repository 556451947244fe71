import type { types } from '@slack/bolt'
import type { Choice, Field, OpenForm, Values } from '../../commands/form.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { type Block, literals, plain, richText, shorten } from './block.ts'
import { nativeNames } from './names.ts'
import { type Carried, type Opened, packOpened } from './opened.ts'

const most = { title: 24, label: 2000, hint: 2000, text: 3000, option: 75, placeholder: 150, error: 2000 }

/** The form as a modal: filled, with its notice and reasons, and with what it must know when it is sent in. */
export function drawForm(open: OpenForm, opened: Opened, reader: Reader): types.ModalView {
  const fields = Object.entries(open.form.fields)
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: packOpened(opened),
    notify_on_close: true,
    title: plain(say(open.form.title, reader), most.title),
    submit: plain(say(open.form.submit, reader), most.title),
    close: plain(say(phrase('slack.close'), reader), most.title),
    blocks: [
      ...(open.notice ? noticeBlocks(open.notice, reader) : []),
      ...fields.flatMap(([name, field]) => fieldBlocks(name, field, open, reader)),
      ...carriedBlocks(opened.files, reader),
    ],
  }
}

/** The reasons of a refused form by the block that they stand at: one of those present, else the first of them. */
export function errorsOf(open: OpenForm, present: readonly string[], reader: Reader): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const [name, why] of Object.entries(open.errors)) {
    const block = present.includes(blockId(name)) ? blockId(name) : (present[0] ?? blockId(name))
    errors[block] = shorten([errors[block], nativeNames(say(why, reader))].filter(Boolean).join(' '), most.error)
  }
  return errors
}

/** The block of a field, by the name of the field. */
export function blockId(name: string): string {
  return `field:${name}`
}

/** Says how many files of a message come along with a form. */
export function carriedBlocks(files: readonly Carried[], reader: Reader): Block[] {
  if (files.length === 0) return []
  return [{ type: 'context', elements: [plain(say(phrase('slack.carried', { count: files.length }), reader))] }]
}

/** What was filled in, by the name of its field, and the files that were added; `state` is Slack's own. */
export function readState(state: unknown): { readonly values: Values; readonly files: readonly unknown[] } {
  const values: Record<string, string | readonly string[]> = {}
  const files: unknown[] = []
  for (const [block, actions] of Object.entries((state ?? {}) as Record<string, unknown>)) {
    if (!block.startsWith('field:')) continue
    for (const given of Object.values((actions ?? {}) as Record<string, Record<string, unknown> | null>)) {
      const name = block.slice('field:'.length)
      if (Array.isArray(given?.files)) files.push(...given.files)
      else values[name] = givenOf(given ?? {})
    }
  }
  return { values, files }
}

function givenOf({ value, selected_option: one, selected_options: some }: Record<string, unknown>) {
  if (Array.isArray(some)) return some.map(optionValue).filter(each => each !== '')
  if (typeof one === 'object' && one !== null) return optionValue(one)
  return typeof value === 'string' ? value : ''
}

function optionValue(option: unknown): string {
  const { value } = (option ?? {}) as { value?: unknown }
  return typeof value === 'string' ? value : ''
}

/** The blocks of a view that take an answer, first to last. */
export function inputBlocks(blocks: unknown): readonly string[] {
  if (!Array.isArray(blocks)) return []
  return blocks.flatMap(({ type, block_id: id }: Record<string, unknown>) =>
    type === 'input' && typeof id === 'string' ? [id] : [],
  )
}

function noticeBlocks(notice: Phrase, reader: Reader): Block[] {
  return literals(notice, reader).map(text => ({ type: 'section', text }))
}

function fieldBlocks(name: string, field: Field, open: OpenForm, reader: Reader): Block[] {
  // Slack takes no boxes where there is nothing to tick.
  if (field.type === 'checks' && field.choices.length === 0) return []
  const value = open.values[name]
  const text = typeof value === 'string' ? value : ''
  // What Slack takes no more of in a field is still theirs to copy.
  const rest: Block[] =
    field.type === 'text' && text.length > most.text
      ? [
          { type: 'context', elements: [plain(say(phrase('slack.rest'), reader))] },
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_quote', elements: [richText(text.slice(most.text, most.text * 2))] }],
          },
        ]
      : []
  const input: Block = {
    type: 'input',
    block_id: blockId(name),
    label: plain(say(field.label, reader), most.label),
    optional: !('required' in field && field.required),
    ...(field.hint ? { hint: plain(say(field.hint, reader), most.hint) } : {}),
    // A choice made sends what was typed so far, so that it is a draft from then on.
    ...(field.type === 'choice' ? { dispatch_action: true } : {}),
    element: elementOf(name, field, value, reader),
  }
  const why = open.errors[name]
  const error: Block[] = why
    ? [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [richText(nativeNames(say(why, reader)), true)] }],
        },
      ]
    : []
  return [...rest, input, ...error]
}

function elementOf(
  name: string,
  field: Field,
  value: string | readonly string[] | undefined,
  reader: Reader,
): types.InputBlock['element'] {
  const action_id = `field:${name}`
  switch (field.type) {
    case 'text': {
      const text = typeof value === 'string' ? value.slice(0, most.text) : ''
      return {
        type: 'plain_text_input',
        action_id,
        multiline: field.lines === 'many',
        max_length: Math.min(most.text, Math.max(field.max, text.length)),
        ...(text === '' ? {} : { initial_value: text }),
      }
    }
    case 'choice': {
      // Slack takes no list without anything in it.
      if (field.choices.length === 0) return { type: 'plain_text_input', action_id, max_length: most.text }
      const options = field.choices.map(choice => optionOf(choice, reader))
      const initial = options.find(option => option.value === value && value !== '')
      const picked = initial ? { initial_option: initial } : {}
      if (field.look === 'radio' && options.length <= 10)
        return { type: 'radio_buttons', action_id, options, ...picked }
      const placeholder = plain(say(phrase('slack.pick'), reader), most.placeholder)
      return { type: 'static_select', action_id, options, placeholder, ...picked }
    }
    case 'checks': {
      const options = field.choices.map(choice => optionOf(choice, reader))
      const given = typeof value === 'string' ? [value] : (value ?? [])
      const initial = options.filter(option => given.includes(option.value ?? ''))
      return { type: 'checkboxes', action_id, options, ...(initial.length > 0 ? { initial_options: initial } : {}) }
    }
    case 'files':
      return { type: 'file_input', action_id, max_files: Math.min(10, field.max) }
  }
}

// A label that is too long for one line goes on in the line below it.
function optionOf({ value, label }: Choice, reader: Reader): types.PlainTextOption {
  const said = say(label, reader)
  if (said.length <= most.option) return { text: plain(said, most.option), value }
  const at = said.lastIndexOf(' ', most.option)
  const cut = at > most.option / 2 ? at : most.option
  return {
    text: plain(said.slice(0, cut), most.option),
    description: plain(said.slice(cut).trim(), most.option),
    value,
  }
}
