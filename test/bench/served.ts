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
import { benchNetwork } from './crowd.ts'

/** What the hub is started with: where its database lies, and how it reaches the tools. */
export type Served = {
  readonly folder: string
  readonly slack?: Omit<SlackOptions, Lent>
  readonly discord?: Omit<DiscordOptions, Lent>
  readonly signal?: Omit<SignalOptions, Lent>
}
type Lent = 'commands' | 'clock' | 'log'

const { folder, slack, discord, signal } = JSON.parse(process.argv[2] ?? '{}') as Served
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
const network = benchNetwork(1)
await store.roster.seed(network)
const running: { loops?: ReturnType<typeof startChores> } = {}
const wake = () => running.loops?.wake()
const told = { store, since: begunAt, network, taxonomy: loadTaxonomy(), host: '127.0.0.1', clock, wake, log }
const parts = assemble({ ...told, holder: 'bench', platforms })
await parts.connections.start()
running.loops = startChores(choresOf(parts), log)
while (!platforms.every(one => one.connection?.().state === 'up')) await new Promise(done => setTimeout(done, 20))
process.once('SIGTERM', () => void stop())
process.stdout.write('The hub is ready\n')

async function stop(): Promise<void> {
  await parts.intake.stop()
  await running.loops?.stop()
  await parts.connections.stop()
  await store.close()
  process.exit(0)
}
