import { html } from 'hono/html'
import type { Choice, Field, OpenForm } from '../../commands/form.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Html } from './message.ts'
import type { Sight } from './setting.ts'

type Shown = {
  readonly name: string
  readonly id: string
  /** The ids of what describes the input: its hint, its reason, its counter. */
  readonly about: string
  readonly wrong: boolean
  readonly value: string | readonly string[] | undefined
}

/** One field of an open form: its question, hint, reason if it was refused, and input with what stands in it. */
export function fieldHtml(name: string, field: Field, open: OpenForm, reader: Reader, sight: Sight): Html {
  const id = `field-${name}`
  const error = open.errors[name]
  const optional = field.type === 'files' || ('required' in field && !field.required)
  const label = html`<bdi>${say(field.label, reader)}</bdi>${
    optional ? html` <span class="optional">${sight.t('workspace.optional')}</span>` : ''
  }`
  const hint = field.hint ? html`<p class="hint" id="${id}-hint" dir="auto">${say(field.hint, reader)}</p>` : ''
  const notes = html`${hint}
    <p class="error" id="${id}-error">${error ? say(error, reader) : ''}</p>`
  const about = `${id}-error${field.hint ? ` ${id}-hint` : ''}`
  const shown = { name: `f.${name}`, id, about, wrong: error !== undefined, value: open.values[name] }
  const wrong = error ? ' wrong' : ''
  if (field.type === 'checks' || (field.type === 'choice' && field.look === 'radio')) {
    const role = field.type === 'checks' ? 'group' : 'radiogroup'
    return html`<fieldset class="field${wrong}" role="${role}" aria-describedby="${about}"><legend>${label}</legend>
      ${notes}
      ${optionsHtml(role === 'group' ? 'checkbox' : 'radio', field.choices, shown, reader)}</fieldset>`
  }
  return html`<div class="field${wrong}"><label for="${id}">${label}</label>${notes}
    ${inputHtml(field, shown, reader, sight)}</div>`
}

function optionsHtml(type: string, choices: readonly Choice[], shown: Shown, reader: Reader): Html[] {
  return choices.map(
    choice => html`<label class="option"><input type="${type}" name="${shown.name}" value="${choice.value}"
      ${picked(shown.value, choice.value) ? 'checked' : ''}>
      <span dir="auto">${say(choice.label, reader)}</span></label>`,
  )
}

function inputHtml(field: Exclude<Field, { type: 'checks' }>, shown: Shown, reader: Reader, sight: Sight): Html {
  const value = typeof shown.value === 'string' ? shown.value : ''
  switch (field.type) {
    case 'files':
      return html`<input type="file" multiple name="${shown.name}" id="${shown.id}" aria-describedby="${shown.about}"
        data-most="${field.max}" accept="image/*,audio/*,video/*,application/pdf">`
    case 'choice':
      return html`<select name="${shown.name}" id="${shown.id}" aria-describedby="${shown.about}"
        aria-invalid="${String(shown.wrong)}"><option value="">${sight.t('workspace.pick')}</option>
        ${field.choices.map(choice => optionHtml(choice, value, reader))}</select>`
    case 'text':
      return html`${field.lines === 'many' ? areaHtml(shown, value, field.max) : lineHtml(shown, value, field.max)}
        <p class="count" id="${shown.id}-count" role="status"></p>`
  }
}

function optionHtml(choice: Choice, value: string, reader: Reader): Html {
  const selected = choice.value === value ? 'selected' : ''
  return html`<option value="${choice.value}" ${selected}>${say(choice.label, reader)}</option>`
}

// The line break after the tag is dropped by the browser, so that one that was typed first survives.
function areaHtml(shown: Shown, value: string, max: number): Html {
  return html`<textarea name="${shown.name}" id="${shown.id}" rows="3" dir="auto" data-max="${max}"
    aria-invalid="${String(shown.wrong)}" aria-describedby="${shown.about} ${shown.id}-count">
${value}</textarea>`
}

function lineHtml(shown: Shown, value: string, max: number): Html {
  return html`<input type="text" name="${shown.name}" id="${shown.id}" dir="auto" value="${value}" data-max="${max}"
    autocomplete="off" aria-invalid="${String(shown.wrong)}" aria-describedby="${shown.about} ${shown.id}-count">`
}

function picked(value: string | readonly string[] | undefined, choice: string): boolean {
  return typeof value === 'string' ? value === choice : (value?.includes(choice) ?? false)
}
