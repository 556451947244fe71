import { needsOfBroadcast } from '../workflows/broadcast/decide.ts'
import { mayRead } from '../workflows/broadcast/ledger.ts'
import { sceneOf } from '../workflows/broadcast/scene.ts'
import { filterOf, readTable, type Table, type TableWish, tablePage, tableView } from '../workflows/broadcast/table.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import type { RegionCode } from '../workflows/ids.ts'
import { actsAs } from '../workflows/permission.ts'
import { type Context, defineCommand, type Reply, refuse, shown } from './command.ts'

/** Who has a broadcast, who answered what and who is silent, person by person. */
export const table = defineCommand({
  name: 'table',
  summary: 'command.table',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const wish = readTable(request, context.read.directory)
    if (!wish) return refuse('answer.which')
    return tableReply(wish, context)
  },
})

/** The table as that person may see it: its writer and approvers all of it, others what is of their regions. */
export async function tableReply(wish: TableWish, context: Context): Promise<Reply> {
  const { read, actor } = context
  const broadcast = await read.broadcasts.find(wish.id)
  if (!broadcast || !(await mayLook(broadcast, context))) return refuse('approval.unknown')
  if (broadcast.startedAt === null) return refuse('answer.not-yet', { id: broadcast.id })
  const regions = regionsFor(broadcast, context)
  const region = wish.region ?? (regions.own ? (regions.list[0] ?? '') : null)
  if (regions.own && !regions.list.includes(region ?? '')) return refuse('answer.not-your-region', { id: broadcast.id })
  const asked = { ...wish, region }
  const limit = asked.page * tablePage + 1
  const [page, tally] = await Promise.all([
    read.broadcasts.recipients(wish.id, { ...filterOf(asked), limit }),
    read.broadcasts.tally(wish.id),
  ])
  const skipped = (asked.page - 1) * tablePage
  const view: Table = {
    ...{ broadcast, wish: asked, tally, rows: page.items.slice(skipped, skipped + tablePage) },
    ...{ more: page.items.length > skipped + tablePage, regions: regions.list, whole: !regions.own },
    language: actor.language,
  }
  return shown(tableView(view, read.directory))
}

/** Whoever has a part in it, and every coordinator for what is of their regions. */
export async function mayLook(broadcast: Broadcast, context: Context): Promise<boolean> {
  if (actsAs(context.actor, 'coordinator')) return true
  return (await sceneOf(broadcast.id, context)) !== null
}

/** The regions that they may pick; `own`: they see nothing but those. */
export function regionsFor(
  broadcast: Broadcast,
  { read, actor }: Pick<Context, 'read' | 'actor'>,
): { readonly list: readonly RegionCode[]; readonly own: boolean } {
  const { regions: only } = needsOfBroadcast(broadcast, { directory: read.directory, incident: null })
  const all = only.length > 0 ? only : read.directory.regions.map(one => one.code)
  if (mayRead({ region: null }, broadcast, actor)) return { list: all, own: false }
  return { list: all.filter(region => mayRead({ region }, broadcast, actor)), own: true }
}
