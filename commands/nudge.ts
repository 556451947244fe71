import { mayLook } from '../workflows/broadcast/screen/rights.ts'
import type { BroadcastDeed } from '../workflows/broadcast.ts'
import { regionName } from '../workflows/directory.ts'
import { type BroadcastId, takeBroadcastId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse } from './command.ts'

/** Reminds those who had a broadcast and have not answered. */
export const nudge = defineCommand({
  name: 'nudge',
  summary: 'command.nudge',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }, context) => {
    const silent = await silentOf(takeBroadcastId(words).id, context)
    if ('type' in silent) return silent
    const view = plainView([phrase('answer.nudged', { id: silent.id, count: silent.count })])
    return doing(silent.id, { type: 'nudge' }, { type: 'view', private: true, view })
  },
})

/** Hands those who have not answered to the coordinators of their regions: of one, or of each. */
export const hand = defineCommand({
  name: 'hand',
  summary: 'command.hand',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { id, rest } = takeBroadcastId(request.words)
    const silent = await silentOf(id, context)
    if ('type' in silent) return silent
    const region = regionIn(request, rest, context)
    if (region === null) return refuse('answer.hand-which', { id: silent.id })
    const name = region === 'all' ? phrase('answer.hand-each') : regionName(context.read.directory, region)
    const view = plainView([phrase('answer.handed', { id: silent.id, region: name, count: silent.count })])
    return doing(silent.id, { type: 'hand', region }, { type: 'view', private: true, view })
  },
})

type Silent = { readonly id: BroadcastId; readonly count: number }

/** How many are silent; else why there is nothing to be done about them. */
async function silentOf(id: BroadcastId | null, context: Context): Promise<Silent | Reply> {
  const broadcast = id && (await context.read.broadcasts.find(id))
  if (!broadcast || !(await mayLook(broadcast, context))) return refuse('approval.unknown')
  if (broadcast.startedAt === null) return refuse('answer.not-yet', { id: broadcast.id })
  const { silent } = await context.read.broadcasts.tally(broadcast.id)
  return silent > 0 ? { id: broadcast.id, count: silent } : refuse('answer.nobody-silent', { id: broadcast.id })
}

function regionIn({ from }: Request, rest: string, { read }: Context): string | null {
  const typed = plain(rest)
  if (from === 'press' || typed === '' || everywhere.has(typed)) return 'all'
  const { directory } = read
  const found = directory.regions.find(one => plain(one.code) === typed || plain(one.name) === typed)
  return found?.code ?? null
}

function doing(about: BroadcastId, deed: BroadcastDeed, reply: Reply): Doing {
  return { type: 'do', action: { type: 'broadcast', about, do: deed }, say: () => reply }
}

const everywhere = new Set(['all', 'each', 'region', 'regions', 'todas', 'todos', 'regiones', 'cada una'])
