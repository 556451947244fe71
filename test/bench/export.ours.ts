// Writes and checks an export in a process of its own, as the terminal does, and says how long it took and what it held.
import { countyCentres } from '../../bot/centres.ts'
import { writeExport } from '../../bot/cli/written.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { unlockStore } from '../../db/unlock.ts'

const [database = '', target = '', folder = ''] = process.argv.slice(2)
const key = { value: undefined, file: `${folder}/hub.key` }
const now = Date.now()
const { store } = await unlockStore({ url: `file:${database}`, filesFolder: `${folder}/files`, key }, now)
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 20)
const plan = { format: 'json', edition: 'response', regions: 'all', kinds: [], incident: null, drill: null } as const
const source = {
  pages: store.exports,
  directory: store.roster.directory(),
  taxonomy: loadTaxonomy(),
  centre: countyCentres(null),
  plan: { ...plan, from: 0, to: now + 1, sealed: false },
  at: now,
  name: 'bench',
}
const begun = performance.now()
const { tally, found, bytes } = await writeExport(target, source, null, () => {})
const ms = performance.now() - begun
clearInterval(watch)
await store.close()
if (found !== tally.written || tally.read !== tally.counted) throw new Error('the export is not whole')
process.stdout.write(`${ms} ${most - before} ${bytes} ${found}\n`)
