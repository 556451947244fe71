import { answersItem } from '../workflows/broadcast/answer/sheet.ts'
import { sceneOf } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, refuse, shown } from './command.ts'

/** Gives a one-time link to the table of who had a broadcast and who answered what. */
export const takeout = defineCommand({
  name: 'takeout',
  summary: 'command.takeout',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }, context) => {
    const { id } = takeBroadcastId(words)
    const scene = id && (await sceneOf(id, context))
    if (!scene) return refuse('approval.unknown')
    if (scene.broadcast.startedAt === null) return refuse('answer.not-yet', { id: scene.broadcast.id })
    return {
      type: 'show',
      incident: scene.broadcast.id,
      item: answersItem,
      say: ({ url, until }) =>
        shown({
          tone: 'plain',
          title: phrase('answer.page-title', { id: scene.broadcast.id }),
          lines: [
            { type: 'text', text: phrase('after.table-link', { until: { time: until } }) },
            { type: 'link', text: phrase('after.table-open'), url },
          ],
          buttons: [],
        }),
    }
  },
})
