import { randomBytes } from 'node:crypto'
import type { types } from '@slack/bolt'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { type Block, plain } from './block.ts'
import { blockId, carriedBlocks } from './form.ts'
import { type Carried, packOpened } from './opened.ts'

/** The name of the field that picks the incident. */
export const incidentField = 'incident'

const longest = 3000

/** The form that adds a message to an incident: which one is asked of the hub while they type, the rest is there. */
export function drawAttach(
  words: string,
  files: readonly Carried[],
  room: string | null,
  reader: Reader,
): types.ModalView {
  // It rises with time and cannot be guessed, as every form's id.
  const form = reader.now.toString(36) + randomBytes(15).toString('base64url')
  const which: Block = {
    type: 'input',
    block_id: blockId(incidentField),
    label: plain(say(phrase('slack.attach-which'), reader)),
    hint: plain(say(phrase('slack.attach-hint'), reader)),
    element: {
      type: 'external_select',
      action_id: `field:${incidentField}`,
      min_query_length: 0,
      placeholder: plain(say(phrase('slack.pick'), reader), 150),
    },
  }
  const text: Block = {
    type: 'input',
    block_id: blockId('text'),
    optional: true,
    label: plain(say(phrase('slack.attach-words'), reader)),
    element: {
      type: 'plain_text_input',
      action_id: 'field:text',
      multiline: true,
      max_length: longest,
      ...(words === '' ? {} : { initial_value: words.slice(0, longest) }),
    },
  }
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: packOpened({ form, command: 'add', about: '', room, message: null, files }),
    title: plain(say(phrase('slack.attach-title'), reader), 24),
    submit: plain(say(phrase('slack.attach-submit'), reader), 24),
    close: plain(say(phrase('slack.close'), reader), 24),
    blocks: [which, text, ...carriedBlocks(files, reader)],
  }
}
