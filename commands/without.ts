import { lookFor } from '../workflows/broadcast/screen/look.ts'
import { requireWritable } from '../workflows/broadcast/screen/scene.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { cast, defineCommand, shown } from './command.ts'

/** Accepts that some read a broadcast in another language than theirs. */
export const without = defineCommand({
  name: 'without',
  summary: 'command.without',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { broadcast } = await requireWritable(takeBroadcastId(request.words).id, context)
    const [said] = request.assumed.split('.')
    const accepted = context.read.directory.languages.filter(language => language === said)
    const languages = [...new Set([...broadcast.plan.without, ...accepted])]
    const look = await lookFor(broadcast.plan.incident, context)
    return cast(broadcast, { type: 'edit', plan: { without: languages } }, after => shown(look.saved(after)))
  },
})
