import { ComponentType, TextInputStyle } from 'discord.js'
import type { Values } from '../../commands/form.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { Suggestion } from '../platform.ts'
import { customId } from './custom.ts'
import type { Modal } from './modal.ts'
import { sayPlain } from './text.ts'

const most = { words: 3000, label: 100 }

/** A form that asks to which incident a message is to be added, with the message's words in it. */
export function chooseModal(
  message: string,
  words: string,
  suggestions: readonly Suggestion[],
  reader: Reader,
): { readonly form: string; readonly modal: Modal } {
  // A message is added once for each time that this is opened.
  const form = `${message}.${reader.now.toString(36)}`
  const options = suggestions.map(({ id, label }) => ({ value: id, label: label.slice(0, most.label) }))
  const modal: Modal = {
    custom_id: customId({ type: 'choose', message: form }),
    title: sayPlain(phrase('discord.which-add'), reader),
    components: [
      {
        type: ComponentType.Label,
        label: sayPlain(phrase('discord.which-label'), reader),
        component: { type: ComponentType.StringSelect, custom_id: 'id', options, min_values: 1, max_values: 1 },
      },
      {
        type: ComponentType.Label,
        label: sayPlain(phrase('discord.which-words'), reader),
        component: {
          type: ComponentType.TextInput,
          custom_id: 'text',
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: most.words,
          ...(words === '' ? {} : { value: words.slice(0, most.words) }),
        },
      },
    ],
  }
  return { form, modal }
}

/** What was chosen, as the form of the command that adds it. */
export function readChosen({ message }: { readonly message: string }, values: Values) {
  return { form: message, command: 'add', about: typeof values.id === 'string' ? values.id : '' }
}
