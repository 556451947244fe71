import { setTimeout as pause } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { commands } from '../commands/index.ts'
import { loadGazetteer } from '../db/places.ts'
import type { Store } from '../db/store.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Land } from '../workflows/picture/land.ts'
import { layeredPlaces } from '../workflows/places/layered.ts'
import { listedPlaces } from '../workflows/places/list.ts'
import type { LoopState } from '../workflows/pulse.ts'
import { withClocks } from '../workflows/taxonomy.ts'
import { agendaReads } from './agenda.ts'
import { createBackups } from './backups.ts'
import { createBlackouts } from './blackout.ts'
import { createBoards } from './board.ts'
import { createBriefs } from './briefs.ts'
import { countyCentres } from './centres.ts'
import { createClearer } from './clearer.ts'
import { backupApart } from './cli/backup/child.ts'
import { createClusters } from './clusters.ts'
import type { Config } from './config.ts'
import { createConnections } from './connections.ts'
import { createCorrections } from './corrections.ts'
import { createDelivery } from './delivery.ts'
import { createDepicting } from './depicting.ts'
import { createDrills } from './drills.ts'
import { exercised } from './exercise.ts'
import { createExportFiles } from './exports.ts'
import { createFeeds } from './feeds.ts'
import { createFetcher } from './fetcher.ts'
import type { Machine } from './health.ts'
import { createHost } from './host.ts'
import { createHub } from './hub.ts'
import { createIntake } from './intake.ts'
import { createLikeness } from './likeness.ts'
import { createMailing } from './mailing.ts'
import { createMedia, type Media } from './media/media.ts'
import { createMeter } from './meter.ts'
import { createNightly } from './nightly.ts'
import { notify } from './notice.ts'
import { createNudging } from './nudging.ts'
import type { Answer, Drawer, Host, Interaction, Platform } from './platform.ts'
import { createProgress } from './progress.ts'
import { createRecurring } from './recurring.ts'
import { createRules } from './rules.ts'
import { createSchedule } from './schedule.ts'
import { createAnswerSheets } from './sheets.ts'
import { createTables } from './tables.ts'
import { createTraffic } from './traffic.ts'
import { createTriggers } from './triggers.ts'
import { createViewing } from './viewing.ts'
import { createVitals } from './vitals.ts'
import { createWarnings } from './warning.ts'
import { createLiveTables } from './watching.ts'
import { answerRoutes } from './web/answers.ts'
import { boardRoutes } from './web/board.ts'
import { calendarRoutes } from './web/calendar.ts'
import { evidenceRoutes } from './web/evidence.ts'
import { exportRoutes } from './web/exports.ts'
import { liveRoutes } from './web/live.ts'
import { tableRoutes } from './web/table.ts'
import { practiceSetting } from './workspace/cast.ts'
import { createWorkspace, type Workspace } from './workspace/index.ts'

/** The parts of a hub, joined but not started: nothing runs by itself, and nothing is served. */
export function assemble({
  store: opened,
  since,
  network,
  taxonomy,
  host,
  clock,
  holder,
  wake,
  log,
  platforms: given = null,
  media = createMedia(),
  address = () => `http://${host}`,
  giveUp = pause,
  stopwatch = () => performance.now(),
  restMs,
  loops = () => [],
  machine = nowhere,
  watcherUrl = null,
  meter = createMeter(),
  draw = null,
  landOf = async () => null,
}: Parts) {
  const traffic = createTraffic({ meter, clock, stopwatch })
  const store = traffic.store(opened)
  const directory = store.roster.directory()
  const timed = { ...withClocks(taxonomy, directory.clocks), protocols: store.protocols.beside(taxonomy.protocols) }
  const places = network.places ? listedPlaces(network.places) : layeredPlaces(directory.regions, loadGazetteer)
  const viewing = createViewing({ store, taxonomy: timed, clock, address, pause })
  const { link } = viewing
  const likeness = createLikeness({ store, taxonomy: timed, clock, wake, pause, giveUp, stopwatch, log })
  const calendar = network.calendar ?? []
  const agenda = agendaReads({ store, taxonomy: timed, calendar })
  const feeds = createFeeds({ store, agenda, taxonomy: timed, clock, address })
  const workspace = given ? null : practised()
  const platforms = (given ?? (workspace ? [workspace] : [])).map(traffic.platform).map(exercised)
  const notice: Host['notice'] = async (key, what) => void ((await notify(key, what, store, clock())) && wake())
  const connections = createConnections({ platforms, memory: store.memory, notice, hostOf, clock, pause: rest, log })
  const intake = createIntake({ store, platforms: () => platforms, clock, log })
  const hub = createHub({
    store,
    intake,
    connections: connections.states,
    health: () => vitals.health.look(),
    likeness,
    commands,
    taxonomy: timed,
    places,
    calendar,
    feed: feeds.link,
    clock,
    wake,
    replace,
    link,
    media,
    log,
    pause,
    giveUp,
  })
  const rested = restMs === undefined ? {} : { restMs }
  const depicting = createDepicting({ draw, log })
  const delivery = createDelivery({ store, platforms, taxonomy: timed, clock, holder, depicting, log, ...rested })
  const { states } = connections
  const blackouts = createBlackouts({ store, delivery, platforms, states, taxonomy: timed, clock, wake, log })
  const plans = directory.summaries
  const behind = () => platforms.some(platform => platform.catchingUp?.() ?? false)
  const drills = createDrills({ store, taxonomy: timed, places, clock, pause, wake, log })
  const rules = createRules({ store, taxonomy: timed, since, clock, wake })
  const triggers = createTriggers({ store, taxonomy: timed, clock, wake, pause, rules, log })
  const warned = { store, taxonomy: timed, places, since, clock, wake, log }
  const clusters = createClusters({ ...warned, centre: countyCentres(network.places) })
  const warnings = createWarnings({ ...warned, rules, clusters })
  const recurring = createRecurring({ store, platforms, taxonomy: timed, clock, pause, log })
  const told = {
    store,
    hub,
    likeness,
    drills,
    triggers,
    warnings,
    recurring,
    briefs: createBriefs({ store, taxonomy: timed, clock, log }),
    plans,
    places,
    depicting,
    calendar: network.calendar ?? [],
    taxonomy: timed,
    since,
    clock,
    holder,
    wake,
    log,
  }
  const schedule = createSchedule({ ...told, behind })
  const fetcher = createFetcher({ store, platforms, media, taxonomy: timed, clock, pause, wake, log })
  const mailing = createMailing({ store, platforms, taxonomy: timed, clock, holder, wake, pause, log })
  const corrections = createCorrections({ store, clock, wake })
  const nudging = createNudging({ store, clock, wake })
  const progress = createProgress({ store, platforms, clock, wake })
  const nightly = createNightly({ store, clock, holder, wake, log })
  const backups = createBackups({ store, plan: network.backup ?? null, make: backupApart, clock, holder, wake, log })
  const clearer = createClearer({ store, taxonomy: timed, clock, holder, wake, pause, log })
  const vitals = createVitals({
    ...{ store, platforms, connections: connections.states, traffic, meter, overdue: schedule.overdue },
    ...{ loops, machine, watcherUrl, holder, clock, stopwatch, giveUp, wake, log },
  })
  const evidence = evidenceRoutes({ viewing, address, logger: log })
  const tables = tableRoutes({ tables: createTables({ store, taxonomy: timed, clock }), address, logger: log })
  const sheets = createAnswerSheets({ store, taxonomy: timed, clock, pause })
  const answers = answerRoutes({ sheets, address, logger: log })
  const centre = countyCentres(network.places)
  const files = createExportFiles({ store, taxonomy: timed, centre, clock })
  const exported = exportRoutes({ files, address, logger: log })
  const live = liveRoutes({ live: createLiveTables({ store, clock }), address, logger: log })
  const boards = createBoards({ store, taxonomy: timed, places, calendar: network.calendar ?? [], clock, address })
  const board = boardRoutes({ boards, landOf, address, logger: log })
  const pages = [board, evidence, tables, answers, live, exported]
  const routes = pages.reduce((all, page) => all.route('/', page), new Hono<{ Bindings: HttpBindings }>())
  routes.route('/', calendarRoutes({ feeds, clock, logger: log }))
  if (workspace) routes.route('/', workspace.routes)
  return {
    hub,
    hostOf,
    /** Reads what the first look-up of a place would have to read, which takes a moment. */
    warm: () => void places.find(anyPlace),
    intake,
    connections,
    workspace,
    platforms,
    delivery,
    blackouts,
    schedule,
    fetcher,
    corrections,
    mailing,
    nudging,
    progress,
    nightly,
    clearer,
    backups,
    vitals,
    routes,
  }

  function practised(): Workspace {
    const cast = practiceSetting(directory, network, commands)
    return createWorkspace({ ...cast, store: store.practice, clock, host, logger: log })
  }

  function hostOf(name: PlatformName): Host {
    const made = createHost(name, {
      store,
      receive: async interaction => depicting.answer(await hub.receive(interaction)),
      intake,
      taxonomy: timed,
      clock,
      holder,
      wake,
      log,
      turn: connections.turn,
    })
    return traffic.host(name, made)
  }

  async function replace({ platform: name, message, key }: Interaction, { reply, reader }: Answer): Promise<void> {
    const platform = platforms.find(one => one.name === name)
    if (!platform || !message || reply.type !== 'view') return
    // The answer was given; a message that cannot be edited keeps its buttons, which say how things stand.
    await platform
      .edit(message, { view: reply.view, reader, key })
      .catch(error => log.warn({ err: error }, 'a question that was answered could not be replaced'))
  }
}

const anyPlace = 'Phenix, AZ'
const nowhere: Machine = { version: '0', folders: { database: null, files: '.' }, backupMs: null }

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal, ref: false }).catch(() => {})
}

/** What a hub is made of: an open and seeded store, when it began (epoch ms), and who holds its leases. */
export type Parts = Pick<Config, 'network' | 'taxonomy' | 'host'> & {
  readonly store: Store
  readonly since: number
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Logger
  /** The chat tools that people sit in; without any there is the practice workspace. */
  readonly platforms?: readonly Platform[] | null
  /** Reads what is attached; one of its own if none is given. */
  readonly media?: Media
  /** Where the hub's pages are reached, without a slash at its end; known once it is served. */
  readonly address?: () => string
  /** Resolves when an answer that could do without has waited too long (ms); by default after that time. */
  readonly giveUp?: (ms: number) => Promise<void>
  /** How long (ms) a card rests between two edits; by default as delivery has it. */
  readonly restMs?: number
  /** Measures in ms how long things take; by default on the machine's own clock. */
  readonly stopwatch?: () => number
  /** How the loops of this process go. */
  readonly loops?: () => readonly LoopState[]
  readonly machine?: Machine
  /** Counts what passes; one of its own if none is given. */
  readonly meter?: ReturnType<typeof createMeter>
  /** What draws pictures; without it they are told in words. */
  readonly draw?: Drawer | null
  /** The borders that maps on pages lie on; without it such maps are lists. */
  readonly landOf?: (codes: readonly string[]) => Promise<Land | null>
  /** Where an outside watcher listens. */
  readonly watcherUrl?: string | null
}
