import type { types } from '@slack/bolt'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import { plain } from './block.ts'
import { drawBlocks } from './message.ts'

const mostBlocks = 100

/** An answer as a page in front of everything: for what is asked where Slack shows no messages. */
export function drawPage(view: View, reader: Reader): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'page',
    title: plain(say(phrase('slack.page-title'), reader), 24),
    close: plain(say(phrase('slack.close'), reader), 24),
    // What the hub answers with has some thirty lines at most.
    blocks: [...drawBlocks(view, reader, 'page')].slice(0, mostBlocks),
  }
}
