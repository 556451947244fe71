import { readTable, tablePage, tableView } from '../workflows/broadcast/answer/table.ts'
import { readTableFor } from '../workflows/broadcast/answer/tabled.ts'
import { defineCommand, refuse, shown } from './command.ts'

/** Who has a broadcast, who answered what and who is silent, person by person. */
export const table = defineCommand({
  name: 'table',
  summary: 'command.table',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { directory } = context.read
    const wish = readTable(request, directory)
    if (!wish) return refuse('answer.which')
    return shown(tableView(await readTableFor(wish, tablePage, context), directory))
  },
})
