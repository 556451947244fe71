import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  type APITextDisplayComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js'
import { type Choice, type Field, fitNotice, type OpenForm, type Values } from '../../commands/form.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { formId } from './custom.ts'
import { sayPlain, sayText } from './text.ts'

/** What Discord is told to open. */
export type Modal = APIModalInteractionResponseCallbackData

const most = {
  components: 5,
  title: 45,
  label: 45,
  hint: 100,
  option: 100,
  radio: 10,
  select: 25,
  text: 4000,
  files: 10,
}

/**
 * A form as a modal, filled, with the reasons in place of the hints of their fields. A field that has nothing to choose
 * from is left out.
 * @throws PlatformError (permanent) where it breaks a limit: five components, title and labels of 45 characters.
 */
export function renderModal(asWished: OpenForm, reader: Reader): Modal {
  const open = fitNotice(asWished)
  const fields = Object.entries(open.form.fields).filter(([, field]) => !isBare(field))
  const labels = fields.map(([name, field]) => label(name, field, open, reader))
  const notice: APITextDisplayComponent[] = open.notice
    ? [{ type: ComponentType.TextDisplay, content: sayText(open.notice, reader) }]
    : []
  const title = sayPlain(open.form.title, reader)
  const components = [...notice, ...labels]
  if (components.length > most.components) throw broken(`a form of ${components.length} components`, open)
  if (title.length > most.title) throw broken(`a title of ${title.length} characters`, open)
  return { custom_id: formId(open, 'form'), title, components }
}

/** What was sent in: the values by the names of the fields, and the ids of the files that came along. */
export function readModal(data: APIModalSubmission): { readonly values: Values; readonly files: readonly string[] } {
  const values: Record<string, string | readonly string[]> = {}
  const files: string[] = []
  for (const top of data.components) {
    if (top.type !== ComponentType.Label) continue
    const { component } = top
    switch (component.type) {
      case ComponentType.TextInput:
        values[component.custom_id] = component.value ?? ''
        break
      case ComponentType.RadioGroup:
        values[component.custom_id] = component.value ?? ''
        break
      case ComponentType.StringSelect:
        values[component.custom_id] = component.values[0] ?? ''
        break
      case ComponentType.CheckboxGroup:
        values[component.custom_id] = component.values
        break
      case ComponentType.FileUpload:
        files.push(...component.values)
        break
    }
  }
  return { values, files }
}

function isBare(field: Field): boolean {
  return 'choices' in field && field.choices.length === 0
}

function label(name: string, field: Field, open: OpenForm, reader: Reader): APILabelComponent {
  const said = sayPlain(field.label, reader)
  if (said.length > most.label) throw broken(`a label of ${said.length} characters`, open)
  const problem = open.errors[name]
  const hint = problem ?? field.hint
  return {
    type: ComponentType.Label,
    label: said,
    ...(hint ? { description: short(sayPlain(hint, reader), most.hint) } : {}),
    component: component(name, field, open, reader),
  }
}

function component(name: string, field: Field, open: OpenForm, reader: Reader): APIComponentInLabel {
  const value = open.values[name]
  const one = typeof value === 'string' ? value : (value?.[0] ?? '')
  switch (field.type) {
    case 'text':
      return {
        type: ComponentType.TextInput,
        custom_id: name,
        style: field.lines === 'many' ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required: field.required,
        max_length: Math.min(field.max, most.text),
        ...(one === '' ? {} : { value: one.slice(0, Math.min(field.max, most.text)) }),
        ...placeholder(name, field, open, reader),
      }
    case 'choice': {
      const { required } = field
      const picked = [one]
      if (field.look === 'radio' && field.choices.length >= 2 && field.choices.length <= most.radio) {
        return {
          type: ComponentType.RadioGroup,
          custom_id: name,
          options: options(field.choices, picked, reader),
          required,
        }
      }
      const shown = field.choices.slice(0, most.select)
      if (shown.length < field.choices.length) throw broken(`${field.choices.length} choices`, open)
      return {
        type: ComponentType.StringSelect,
        custom_id: name,
        options: options(shown, picked, reader),
        min_values: required ? 1 : 0,
        max_values: 1,
        required,
      }
    }
    case 'checks':
      return {
        type: ComponentType.CheckboxGroup,
        custom_id: name,
        options: options(field.choices, typeof value === 'string' ? [value] : (value ?? []), reader),
        min_values: 0,
        max_values: field.choices.length,
        required: false,
      }
    case 'files':
      return {
        type: ComponentType.FileUpload,
        custom_id: name,
        min_values: 0,
        max_values: Math.min(field.max, most.files),
        required: false,
      }
  }
}

// Where a reason took the hint's place, the hint stands in the empty field.
function placeholder(name: string, { hint }: Field, { errors }: OpenForm, reader: Reader) {
  return errors[name] && hint ? { placeholder: short(sayPlain(hint, reader), most.hint) } : {}
}

function options(choices: readonly Choice[], picked: readonly string[], reader: Reader) {
  return choices.map(choice => ({
    value: choice.value,
    label: short(sayPlain(choice.label, reader), most.option),
    ...(picked.includes(choice.value) ? { default: true } : {}),
  }))
}

function short(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}

function broken(what: string, { form }: OpenForm): PlatformError {
  return new PlatformError('discord', `${what} in the form ${form.title.key}`, { permanent: true })
}
