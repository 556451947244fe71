import { liveItem } from '../workflows/broadcast/answer/live.ts'
import { tablePage } from '../workflows/broadcast/answer/table.ts'
import { readTableFor } from '../workflows/broadcast/answer/tabled.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, refuse, shown } from './command.ts'

/** Gives a link to the table of who has a broadcast and who answered what, as a page that keeps itself up to date. */
export const live = defineCommand({
  name: 'live',
  summary: 'command.live',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }, context) => {
    const { id } = takeBroadcastId(words)
    if (!id) return refuse('answer.which')
    // Whoever may not look, or too early, reads so here.
    await readTableFor({ id, show: 'all', region: null, page: 1 }, tablePage, context)
    return {
      type: 'show',
      incident: id,
      item: liveItem,
      say: ({ url, until }) =>
        shown({
          tone: 'plain',
          title: phrase('answer.page-title', { id }),
          lines: [
            { type: 'text', text: phrase('answer.live-link', { until: { time: until } }) },
            { type: 'link', text: phrase('after.table-open'), url },
          ],
          buttons: [],
        }),
    }
  },
})
