import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { type Unlocked, unlockStore } from '../db/unlock.ts'
import { ConfigError, HubError } from '../workflows/errors.ts'
import { assemble } from './assemble.ts'
import { type Config, loadConfig } from './config.ts'
import { createLog } from './log.ts'
import { type Chore, startChores } from './loop.ts'
import { createMedia, type Media } from './media/media.ts'
import { type Server, startServer } from './web/server.ts'

/** A hub that runs: where it is served, and how to stop it. */
export type Running = {
  readonly url: string
  /** Takes nothing new, finishes what is in hand, lets go of everything, in the reverse order of the start. */
  readonly stop: () => Promise<void>
}

/** Runs the hub as this process until it is told to stop; what it cannot start for is said, and ends it with code 1. */
export async function runProcess(): Promise<void> {
  const running = await started()
  if (!running) return
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      void running.stop().then(() => process.exit(0))
    })
  }
}

/**
 * Opens the database, takes in the network, and starts hub, workspace, delivery, clocks and web.
 * @throws ConfigError, StoreError with what to do
 */
async function startHub(config: Config, log: Logger, clock: () => number = Date.now): Promise<Running> {
  const { databaseUrl: url, filesFolder, key } = config
  const media = createMedia()
  const unlocked = await unlockStore({ url, filesFolder, key, draw: media.draw }, clock())
  try {
    return await run(unlocked, media, config, log, clock)
  } catch (error) {
    await unlocked.store.close()
    throw error
  }
}

async function run(
  { store, begunAt }: Unlocked,
  media: Media,
  config: Config,
  log: Logger,
  clock: () => number,
): Promise<Running> {
  await store.roster.seed(config.network)
  const holder = randomUUID()
  const running: { loops?: ReturnType<typeof startChores> } = {}
  const wake = () => running.loops?.wake()
  const served = { url: '' }
  const address = () => config.publicUrl ?? served.url
  const parts = assemble({ ...config, media, store, since: begunAt, clock, holder, wake, log, address })
  const { hostOf, platforms, routes, schedule } = parts
  for (const platform of platforms) await platform.start(hostOf(platform.name))
  const checks = [{ name: 'database', run: store.ping }]
  const { host, port } = config
  const web: Server = await startServer({ host, port, routes, checks, logger: log })
  served.url = web.url
  const chores = choresOf(parts)
  const loops = startChores(chores, log)
  running.loops = loops
  // What an alarm missed, the loop catches up on.
  const alarms = schedule.alarms(() => loops.ring('summaries'))
  log.info({ url: web.url, version: config.version }, 'ready')
  return {
    url: web.url,
    stop: async () => {
      for (const platform of platforms) await platform.stop()
      await web.close()
      await alarms.stop()
      await loops.stop()
      const leases = chores.flatMap(chore => chore.lease ?? [])
      for (const name of [...leases, ...platforms.map(platform => `sending:${platform.name}`)]) {
        await store.leases.release(name, holder)
      }
      media.stop()
      await store.close()
      log.info('stopped')
    },
  }
}

/** All that the hub does by itself. */
function choresOf({ delivery, schedule, fetcher, nightly, clearer }: ReturnType<typeof assemble>): readonly Chore[] {
  return [
    { name: 'delivery', run: delivery.run, everyMs: 1000, woken: true },
    { name: 'clocks', run: schedule.runClocks, everyMs: 1000, woken: true, lease: 'clocks' },
    // Not woken by commits: what is searched a second later is soon enough.
    { name: 'search', run: schedule.runIndex, everyMs: 1000 },
    { name: 'summaries', run: async () => (await schedule.runSummaries()) > 0, everyMs: 60_000 },
    { name: 'fetcher', run: fetcher.run, everyMs: 5000, woken: true },
    { name: 'nightly', run: nightly.run, everyMs: 10 * 60_000 },
    { name: 'clearer', run: clearer.run, everyMs: 15_000, lease: 'clearer' },
  ]
}

async function started(): Promise<Running | null> {
  try {
    const config = loadConfig()
    const running = await startHub(config, createLog(config.logLevel))
    process.stdout.write(`Trust Hub is ready: open ${running.url} in a browser. Stop it with Ctrl+C.\n`)
    return running
  } catch (error) {
    const taken = isTaken(error)
    if (!(error instanceof HubError) && !taken) throw error
    const lead = error instanceof ConfigError ? '' : 'The hub could not start. '
    const way = taken ? '. Stop the program that listens there, or name another port: PORT=8788 npm start' : ''
    process.stderr.write(`${lead}${(error as Error).message}${way}\n`)
    process.exitCode = 1
    return null
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}
