import { requireWritable } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { cast, defineCommand, tell } from './command.ts'

/** Throws a broadcast away of which nothing was sent. */
export const discard = defineCommand({
  name: 'discard',
  summary: 'command.discard',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    return cast(broadcast, { type: 'discard' }, ({ id }) => tell('broadcast.discarded', { id }))
  },
})
