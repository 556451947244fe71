import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { commands } from '../commands/index.ts'
import { loadGazetteer } from '../db/places.ts'
import type { Store } from '../db/store.ts'
import { type Unlocked, unlockStore } from '../db/unlock.ts'
import { ConfigError, HubError } from '../workflows/errors.ts'
import { layeredPlaces } from '../workflows/places/layered.ts'
import { listedPlaces } from '../workflows/places/list.ts'
import { withClocks } from '../workflows/taxonomy.ts'
import { createClearer } from './clearer.ts'
import { type Config, loadConfig } from './config.ts'
import { createDelivery } from './delivery.ts'
import { createFetcher } from './fetcher.ts'
import { createHub } from './hub.ts'
import { createLikeness } from './likeness.ts'
import { createLog } from './log.ts'
import { type Chore, startChores } from './loop.ts'
import { createMedia, type Media } from './media/media.ts'
import { createNightly } from './nightly.ts'
import type { Answer, Interaction, Platform } from './platform.ts'
import { createSchedule } from './schedule.ts'
import { createViewing } from './viewing.ts'
import { evidenceRoutes } from './web/evidence.ts'
import { type Server, startServer } from './web/server.ts'
import { practiceSetting } from './workspace/cast.ts'
import { createWorkspace } from './workspace/index.ts'

/** A hub that runs: where it is served, and how to stop it. */
export type Running = {
  readonly url: string
  /** Takes nothing new, finishes what is in hand, lets go of everything, in the reverse order of the start. */
  readonly stop: () => Promise<void>
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()

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

/** The parts of a hub, joined but not started: nothing runs by itself, and nothing is served. */
export function assemble({
  store,
  since,
  network,
  taxonomy,
  host,
  clock,
  holder,
  wake,
  log,
  media = createMedia(),
  address = () => `http://${host}`,
  giveUp = pause,
  stopwatch = () => performance.now(),
}: Parts) {
  const directory = store.roster.directory()
  const timed = withClocks(taxonomy, directory.clocks)
  const places = network.places ? listedPlaces(network.places) : layeredPlaces(directory.regions, loadGazetteer)
  const viewing = createViewing({ store, taxonomy: timed, clock, address, pause })
  const { link } = viewing
  const likeness = createLikeness({ store, taxonomy: timed, clock, wake, pause, giveUp, stopwatch, log })
  const hub = createHub({
    store,
    likeness,
    commands,
    taxonomy: timed,
    places,
    clock,
    wake,
    tell,
    replace,
    link,
    media,
    log,
    pause,
    giveUp,
  })
  const cast = practiceSetting(directory, network, commands)
  const workspace = createWorkspace({ ...cast, store: store.practice, clock, host, logger: log })
  const platforms: readonly Platform[] = [workspace]
  const delivery = createDelivery({ store, platforms, taxonomy: timed, clock, holder, log })
  const plans = directory.summaries
  const schedule = createSchedule({ store, hub, likeness, plans, taxonomy: timed, since, clock, holder, wake, log })
  const fetcher = createFetcher({ store, platforms, media, taxonomy: timed, clock, pause, wake, log })
  const nightly = createNightly({ store, clock, holder, wake, log })
  const clearer = createClearer({ store, taxonomy: timed, clock, holder, wake, pause, log })
  const evidence = evidenceRoutes({ viewing, address, logger: log })
  const routes = new Hono<{ Bindings: HttpBindings }>().route('/', evidence).route('/', workspace.routes)
  return { hub, workspace, platforms, delivery, schedule, fetcher, nightly, clearer, routes }

  async function replace({ platform: name, message, key }: Interaction, { reply, reader }: Answer): Promise<void> {
    const platform = platforms.find(one => one.name === name)
    if (!platform || !message || reply.type !== 'view') return
    // The answer was given; a message that cannot be edited keeps its buttons, which say how things stand.
    await platform
      .edit(message, { view: reply.view, reader, key })
      .catch(error => log.warn({ err: error }, 'a question that was answered could not be replaced'))
  }

  async function tell(asked: Interaction, { reply, reader }: Answer): Promise<void> {
    const platform = platforms.find(one => one.name === asked.platform)
    if (!platform || reply.type !== 'view') return
    const key = `told:${asked.key}`
    await platform.post({ type: 'direct', account: asked.account }, { view: reply.view, reader, key })
  }
}

/** What a hub is made of: an open and seeded store, when it began (epoch ms), and who holds its leases. */
export type Parts = Pick<Config, 'network' | 'taxonomy' | 'host'> & {
  readonly store: Store
  readonly since: number
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Logger
  /** Reads what is attached; one of its own if none is given. */
  readonly media?: Media
  /** Where the hub's pages are reached, without a slash at its end; known once it is served. */
  readonly address?: () => string
  /** Resolves when an answer that could do without has waited too long (ms); by default after that time. */
  readonly giveUp?: (ms: number) => Promise<void>
  /** Measures in ms how long things take; by default on the machine's own clock. */
  readonly stopwatch?: () => number
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
  const { hub, platforms, routes, schedule } = parts
  for (const platform of platforms) await platform.start(hub.receive)
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

async function main(): Promise<void> {
  mkdirSync('data', { recursive: true, mode: 0o700 })
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
