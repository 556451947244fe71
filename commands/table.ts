import {
  filterOf,
  readTable,
  type Table,
  type TableWish,
  tablePage,
  tableView,
} from '../workflows/broadcast/answer/table.ts'
import { mayLook, regionsFor } from '../workflows/broadcast/screen/rights.ts'
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

/** Its writer and approvers see all of it, others what is of their regions. */
async function tableReply(wish: TableWish, context: Context): Promise<Reply> {
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
