import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { commands } from '../commands/index.ts'
import type { Store } from '../db/store.ts'
import { type Unlocked, unlockStore } from '../db/unlock.ts'
import { ConfigError, HubError } from '../workflows/errors.ts'
import { adminCodeText, firstAdminCode } from './admin.ts'
import { assemble } from './assemble.ts'
import { type Config, isPractice, loadConfig, sampleNetworkFile } from './config.ts'
import { type Common, connect } from './connect.ts'
import type { Machine } from './health.ts'
import { isDead, nameHolder } from './holder.ts'
import { createLog } from './log.ts'
import { type Chore, startChores } from './loop.ts'
import { createMedia, type Media } from './media/media.ts'
import { createMeter } from './meter.ts'
import { type Borders, createDrawer, type Draughtsman } from './picture/drawer.ts'
import { createLands } from './picture/lands.ts'
import { platformNames } from './settings.ts'
import { stopInTime } from './stopping.ts'
import { outliveStrays } from './stray.ts'
import { tellUnserved } from './unserved.ts'
import { openPatiently } from './waiting.ts'
import { metricsRoutes } from './web/metrics.ts'
import { type Server, startServer } from './web/server.ts'
import { keepProtocols } from './wordings.ts'

// When each step of stopping must be over, in ms after the signal. What hangs may hang: it is durable, and the next
// process takes it up.
const by = { handled: 1500, given: 2000, sent: 3000, cut: 3800, closed: 4400 }
const patienceMs = 4700
const warmMs = 3000

/** A hub that runs: where it is served, and how to stop it. */
export type Running = {
  readonly url: string
  /** Takes nothing new, finishes what is in hand, lets go of everything, in the reverse order of the start. */
  readonly stop: () => Promise<void>
}

/** Runs the hub as this process until it is told to stop; what it cannot start for is said, and ends it with code 1. */
export async function runProcess(): Promise<void> {
  let running: Running | null = null
  let stopping = false
  const stop = () => {
    // Whoever asks twice wants it now; where nothing runs yet, nothing is to be ended.
    if (stopping || !running) process.exit(stopping ? 1 : 0)
    stopping = true
    setTimeout(() => process.exit(1), patienceMs)
    void running.stop().then(() => process.exit(0))
  }
  // From the very beginning: the first process of a container is sent no signal that it does not listen to.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  running = await started()
}

/**
 * Opens the database, takes in the network, and starts hub, workspace, delivery, clocks and web.
 * @throws ConfigError, StoreError with what to do
 */
async function startHub(config: Config, log: Logger, clock: () => number = Date.now): Promise<Running> {
  const { databaseUrl: url, filesFolder, key } = config
  const media = createMedia()
  // A hub that could only draw empty pictures does not start.
  const drawer = createDrawer(bordersOf(config))
  const open = () => unlockStore({ url, filesFolder, key, draw: media.draw }, clock())
  const unlocked = await openPatiently(open, { pause, say: line => process.stderr.write(`${line}\n`) })
  try {
    return await run(unlocked, { media, drawer }, config, log, clock)
  } catch (error) {
    await unlocked.store.close()
    throw error
  }
}

async function run(
  { store, begunAt }: Unlocked,
  { media, drawer }: { readonly media: Media; readonly drawer: Draughtsman },
  config: Config,
  log: Logger,
  clock: () => number,
): Promise<Running> {
  requireNetwork(store, config)
  await store.roster.seed(config.network)
  for (const line of await keepProtocols(store, config.taxonomy.protocols, clock())) log.warn(line)
  await store.library.keep(config.messages, clock())
  const adminCode = await firstAdminCode(store, clock())
  // Not through the log: whoever starts the hub reads it, and nobody after.
  if (adminCode) process.stdout.write(adminCodeText(adminCode))
  const holder = nameHolder()
  // Nobody waits for what a process had that was killed here. What it was sending waits for itself.
  await store.leases.bury(isDead)
  const running: { loops?: ReturnType<typeof startChores> } = {}
  const wake = () => running.loops?.wake()
  const served = { url: '' }
  const address = () => config.publicUrl ?? served.url
  const { network, taxonomy, host, port } = config
  const meter = createMeter()
  const limited: Common['limited'] = (platform, kind) => meter.count('limits', { platform, kind })
  const made = await connect(config.platforms, { commands, clock, log, limited })
  const loopStates = () => running.loops?.states() ?? []
  const watched = { meter, loops: loopStates, machine: machineOf(config), watcherUrl: config.heartbeatUrl }
  const told = { store, since: begunAt, clock, holder, wake, log, address, ...watched }
  const landOf = createLands(bordersOf(config))
  const parts = assemble({ network, taxonomy, host, media, draw: drawer.draw, landOf, platforms: made, ...told })
  const { backups, clearer, connections, delivery, intake, nightly, platforms, routes, schedule, vitals } = parts
  const { metricsToken: token, publicUrl } = config
  routes.route('/', metricsRoutes({ families: vitals.families, token, proxied: publicUrl !== null }))
  await connections.start()
  const checks = [{ name: 'database', run: store.ping }, ...vitals.checks, ...connections.checks()]
  const web: Server = await startServer({ host, port, routes, checks, logger: log })
  served.url = web.url
  const loops = startChores(choresOf(parts), log)
  running.loops = loops
  if (!isPractice(config) && (await tellUnserved(platforms, store, clock()))) wake()
  // What an alarm missed, the loop catches up on.
  const alarms = schedule.alarms(() => loops.ring('summaries'))
  log.info({ url: web.url, version: config.version }, 'ready')
  // Before the first report needs it, and after whoever started the hub has read that it runs.
  setTimeout(parts.warm, warmMs).unref()
  return {
    url: web.url,
    stop: async () => {
      const given = Promise.all(
        [delivery, schedule, nightly, clearer, backups, vitals, parts.mailing].map(part => part.release()),
      )
      // Heard where it is waited for.
      given.catch(() => {})
      const steps = [
        { by: by.handled, run: () => Promise.all([intake.stop(), loops.stop(), web.close(by.handled), alarms.stop()]) },
        { by: by.given, run: () => given },
        // Before the platforms let go of their lines, or nobody would know what went out.
        { by: by.sent, run: delivery.settled },
        { by: by.cut, run: connections.stop },
        { by: by.closed, run: store.close },
      ]
      const whole = await stopInTime(steps, error => log.warn({ err: error }, 'a part did not stop well'))
      media.stop()
      drawer.stop()
      log.info({ whole }, 'stopped')
    },
  }
}

const minute = 60_000
// Backups are made daily, and the next one is late by then; by hand, one a week.
const plannedMs = 26 * 60 * minute
const byHandMs = 8 * 24 * 60 * minute

/** A network in another country has a map where it names borders, and none otherwise. */
function bordersOf({ network }: Config): Borders {
  if (network.boundaries) return { file: network.boundaries }
  return network.places ? 'none' : 'us'
}

function machineOf(config: Config): Machine {
  const { version, databaseUrl, filesFolder, network } = config
  const isFile = databaseUrl.startsWith('file:')
  const byHand = isFile && !isPractice(config) ? byHandMs : null
  // What is attached lies beside a database in a file.
  const folders = { database: isFile ? dirname(filesFolder) : null, files: filesFolder }
  return { version, folders, backupMs: network.backup ? plannedMs : byHand }
}

/** All that the hub does by itself. */
export function choresOf(parts: ReturnType<typeof assemble>): readonly Chore[] {
  const { connections, delivery, blackouts, intake, schedule, fetcher, nightly, clearer, backups, vitals } = parts
  const { corrections, mailing, nudging, progress } = parts
  return [
    ...vitals.chores,
    // Each by itself, so that no platform waits for another.
    ...delivery.counters.map(
      ({ platform, run }) => ({ name: `delivery:${platform}`, run, everyMs: 1000, woken: true }) as const,
    ),
    { name: 'blackouts', run: blackouts.look, everyMs: 5000 },
    { name: 'intake', run: intake.renew, everyMs: 3000 },
    { name: 'connections', run: connections.watch, everyMs: 5000 },
    { name: 'clocks', run: schedule.runClocks, everyMs: 1000, woken: true, restMs: 200 },
    // Not woken by commits: what is searched a second later is soon enough.
    { name: 'search', run: schedule.runIndex, everyMs: 1000 },
    { name: 'summaries', run: async () => (await schedule.runSummaries()) > 0, everyMs: 60_000 },
    // A large file takes its time, and so does reading all of them once a night.
    { name: 'fetcher', run: fetcher.run, everyMs: 5000, woken: true, restMs: 200, patienceMs: 30 * minute },
    { name: 'mailing', run: mailing.run, everyMs: 1000, woken: true, restMs: 200 },
    { name: 'corrections', run: corrections.run, everyMs: 2000, woken: true, restMs: 200 },
    { name: 'nudging', run: nudging.run, everyMs: 5000 },
    { name: 'progress', run: progress.run, everyMs: 5000 },
    { name: 'backups', run: backups.run, everyMs: 60_000 },
    { name: 'nightly', run: nightly.run, everyMs: 10 * minute, patienceMs: 12 * 60 * minute },
    { name: 'clearer', run: clearer.run, everyMs: 15_000, patienceMs: 15 * minute },
  ]
}

async function started(): Promise<Running | null> {
  try {
    const config = loadConfig()
    const log = createLog(config.logLevel)
    // A client library trips over something that a platform sent: ended by that, the hub would hear it again at its
    // next start. What was to be kept is either committed or not.
    process.on('unhandledRejection', error => log.error({ err: error }, 'something failed that nobody waited for'))
    outliveStrays(error => log.warn({ err: error }, 'a line failed that was let go before'))
    const running = await startHub(config, log)
    process.stdout.write(`${readyLine(config, running)} Stop it with Ctrl+C.\n`)
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

function readyLine({ platforms }: Config, { url }: Running): string {
  const names = platformNames(platforms)
  if (names.length === 0) return `Trust Hub is ready: open ${url} in a browser.`
  return `Trust Hub is ready for ${names.join(', ')}. Its pages are at ${url}, its state at ${url}/readyz.`
}

// The people and rooms of the sample are nobody's; once a network was taken in, the file counts no more.
function requireNetwork({ roster }: Store, config: Config): void {
  if (isPractice(config) || config.networkFile !== sampleNetworkFile || roster.directory().regions.length > 0) return
  throw new ConfigError(
    'NETWORK_FILE is missing: the bundled sample network is for practising. Run "npm run -s hub -- setup", or write ' +
      'your network file and set NETWORK_FILE to it.',
  )
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}
