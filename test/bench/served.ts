// A hub in a process of its own, with the chat tools it is told of as JSON; prints that it is ready once they are up.
import { join } from 'node:path'
import { assemble } from '../../bot/assemble.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { createDiscord, type DiscordOptions } from '../../bot/discord/index.ts'
import { createLog } from '../../bot/log.ts'
import { startChores } from '../../bot/loop.ts'
import { createSignal, type SignalOptions } from '../../bot/signal/index.ts'
import { createSlack, type SlackOptions } from '../../bot/slack/index.ts'
import { choresOf } from '../../bot/start.ts'
import { commands } from '../../commands/index.ts'
import { unlockStore } from '../../db/unlock.ts'
import { lanes, type Post } from '../../workflows/change.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import { plainView } from '../../workflows/view.ts'
import { benchNetwork } from './crowd.ts'

/** What the hub is started with: where its database lies, and how it reaches the tools. */
export type Served = {
  readonly folder: string
  readonly slack?: Omit<SlackOptions, Lent>
  readonly discord?: Omit<DiscordOptions, Lent>
  readonly signal?: Omit<SignalOptions, Lent>
  readonly regions?: 1 | 12
  /** How many posts wait for each room of a tool when the hub begins to send. */
  readonly posts?: Readonly<Partial<Record<PlatformName, number>>>
}
type Lent = 'commands' | 'clock' | 'log'

const { folder, slack, discord, signal, regions = 1, posts = {} } = JSON.parse(process.argv[2] ?? '{}') as Served
const clock = Date.now
const log = createLog('fatal', line => void process.stderr.write(line))
const lent = { commands, clock, log }
const platforms = [
  ...(slack ? [createSlack({ ...slack, ...lent })] : []),
  ...(discord ? [createDiscord({ ...discord, ...lent })] : []),
  ...(signal ? [createSignal({ ...signal, ...lent })] : []),
]
const key = { value: undefined, file: join(folder, 'hub.key') }
const files = join(folder, 'files')
const { store, begunAt } = await unlockStore(
  { url: `file:${join(folder, 'hub.db')}`, filesFolder: files, key },
  clock(),
)
const network = benchNetwork(regions)
await store.roster.seed(network)
const running: { loops?: ReturnType<typeof startChores> } = {}
const wake = () => running.loops?.wake()
const told = { store, since: begunAt, network, taxonomy: loadTaxonomy(), host: '127.0.0.1', clock, wake, log }
const parts = assemble({ ...told, holder: 'bench', platforms })
await parts.connections.start()
while (!platforms.every(one => one.connection?.().state === 'up')) await new Promise(done => setTimeout(done, 20))
await store.outbox.add(waiting(), clock())
running.loops = startChores(choresOf(parts), log)
process.once('SIGTERM', () => void stop())
process.stdout.write('The hub is ready\n')

/** Of all that is not urgent, in turn over the rooms. */
function waiting(): readonly Post[] {
  const calm = lanes.filter(lane => lane !== 'S5' && lane !== 'S4')
  const rooms = store.roster.directory().rooms.filter(room => room.purpose === 'region')
  const most = Math.max(0, ...Object.values(posts))
  return Array.from({ length: most }, (_, at) =>
    rooms.flatMap((room, index): Post[] => {
      if (at >= (posts[room.platform] ?? 0)) return []
      const lane = calm[(at + index) % calm.length] ?? 'talk'
      const view = plainView([{ words: `burst ${at}` }])
      return [{ key: `burst:${room.id}:${at}`, to: { room: room.id }, incident: null, thread: false, lane, view }]
    }),
  ).flat()
}

async function stop(): Promise<void> {
  await parts.intake.stop()
  await running.loops?.stop()
  await parts.connections.stop()
  await store.close()
  process.exit(0)
}
