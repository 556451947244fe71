import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import type { HubKeyStore } from '../db/hubkeys.ts'
import { loadHubKeys } from '../db/keyfile.ts'
import { loadGazetteer } from '../db/places.ts'
import type { Store } from '../db/store.ts'
import { unlockStore } from '../db/unlock.ts'
import { ConfigError, HubError } from '../workflows/errors.ts'
import { listedPlaces } from '../workflows/places/list.ts'
import { gazetteerPlaces } from '../workflows/places/match.ts'
import { stateOf } from '../workflows/places/states.ts'
import { databaseFile, databasePlace } from './address.ts'
import { type Alone, alone } from './alone.ts'
import { compareHead, momentOf, printHead, verifyTimelines } from './audit.ts'
import { type Config, loadConfig, loadDay, loadNetwork, loadPlaces } from './config.ts'
import { type Played, playDay, type Stage } from './demo.ts'
import {
  addressCheck,
  answers,
  type Check,
  examine,
  folderCheck,
  keyCheck,
  nodeCheck,
  portCheck,
  urlOf,
} from './doctor.ts'
import { checkKeys, rotateKeys } from './keys.ts'
import { createLog } from './log.ts'
import { assemble } from './main.ts'
import { placeLines } from './places.ts'
import { erasePerson, showRetention } from './privacy.ts'
import { createProgress } from './progress.ts'
import { verifyEvidence } from './proof.ts'
import { networkLines, shownDirectory, shownFile } from './show.ts'
import type { WordsBody } from './workspace/body.ts'

const quarterMs = 15 * 60_000
const dayMs = 96 * quarterMs

const program = new Command('hub')
  .description('Trust Hub in the terminal. Everyday work is done in chat; this is for whoever runs the hub.')
  .usage('[command]     (from the project folder: npm run -s hub -- [command])')
  .showHelpAfterError('Type "npm run -s hub -- help" for all commands.')
  .helpCommand('help [command]', 'Say more about a command')

program
  .command('network')
  .description('Regions, rooms and people')
  .command('show')
  .description('Print the network as the database rules it, or check a network file')
  .option('-f, --file <file>', 'check this network file instead, and print what it says')
  .action((options: { file?: string }) => run(() => showNetwork(options.file)))

program
  .command('evidence')
  .description('The files kept with reports')
  .command('verify')
  .description('Check every byte of every kept file, and every timeline that names one')
  .action(() => run(() => withStore(loadConfig(), store => verifyEvidence(store, Date.now(), print))))

const audit = program.command('audit').description('The hash chains of the timelines')
audit
  .command('verify')
  .description('Check the hash chain of every timeline')
  .action(() => run(() => withStore(loadConfig(), store => verifyTimelines(store.audit, print))))
audit
  .command('head')
  .description('Print one line that stands for all timelines up to a moment, to keep outside and compare later')
  .option(
    '-u, --until <moment>',
    'such as 2026-11-04 or 2026-11-04T07:00Z; default is the beginning of today',
    momentIn,
  )
  .option('-c, --compare <line>', 'say whether that earlier line still holds')
  .action((options: { until?: number; compare?: string }) => run(() => auditHead(options)))

const key = program.command('key').description('The keys that seal the database')
key
  .command('check')
  .description('Say which keys there are, what lies under each, and which processes have them')
  .action(() => run(() => withKeys((keys, where) => checkKeys(keys, where, print))))
key
  .command('rotate')
  .description('Put a new key in place of the one in use, while the hub runs; goes on where it was broken off')
  .action(() => run(() => withKeys((keys, where) => rotateKeys(keys, where, print).then(() => true))))

program
  .command('retention')
  .description('Say how long what is kept, and how much is due to be cleared away; changes nothing')
  .action(() => run(() => withStore(loadConfig(), store => showRetention(store, Date.now(), print))))

program
  .command('erase <callsign>')
  .description('Erase somebody: their name, accounts, words and files')
  .option('-y, --yes', 'do it; without this, say what would go')
  .action((callsign: string, { yes = false }: { yes?: boolean }) => run(() => erase(callsign, yes)))

program
  .command('demo')
  .description('Play a day of sixty reports into the practice database')
  .option('-s, --seed <number>', 'shift the hours a little: the same number gives the same day', seedOf, 1)
  .option('--fresh', 'throw the practice database away first')
  .action((options: { seed: number; fresh?: boolean }) => run(() => demo(options.seed, options.fresh ?? false)))

program
  .command('places')
  .description('Find the county of each line on standard input; prints one JSON object a line')
  .option('-s, --state <code>', 'the state that is meant where a line names none, such as AZ', stateCode)
  .action((options: { state?: string }) => run(() => findPlaces(options.state ?? null)))

program
  .command('doctor')
  .description('Check that the hub can run here, and say what to do if not')
  .action(() => run(doctor))

if (process.argv[1] === fileURLToPath(import.meta.url)) await program.parseAsync()

/** The real hub on a store, with a clock that the demo sets and nothing that runs by itself; `end` is in epoch ms. */
export function stageOf(
  store: Store,
  { network, taxonomy, host }: Pick<Config, 'network' | 'taxonomy' | 'host'>,
  { holder, renew }: Alone,
  end: number,
): Omit<Stage, 'told'> {
  let now = end
  let summed = 0
  const clock = () => now
  const parts = {
    store,
    since: end - dayMs,
    network,
    taxonomy,
    host,
    clock,
    holder,
    wake: () => {},
    log: createLog('error'),
  }
  const { hub, delivery, schedule } = assemble(parts)
  return {
    store,
    run: holder,
    receive: hub.receive,
    setClock: at => {
      now = at
    },
    settle: async () => {
      await renew()
      while (await schedule.runClocks()) {}
      // At its quarters of an hour and no more: the day has hundreds of acts.
      if (now - summed >= quarterMs) {
        summed = now
        await schedule.runSummaries()
      }
      while (await delivery.run()) {}
    },
    write: async (words, { key, account, room, message, at }) => {
      const body: WordsBody = { type: 'words', words, files: [] }
      await store.practice.add({ key, room, thread: Number(message.id), author: account, body, at })
    },
  }
}

/** Whoever runs the hub reads what to do; only a bug shows its stack. */
async function run(work: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await work())) process.exitCode = 1
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

async function showNetwork(file: string | undefined): Promise<boolean> {
  if (file !== undefined) {
    const shown = shownFile(loadNetwork(file))
    print(`${file} is good.`, '', ...networkLines(shown))
    return true
  }
  const config = loadConfig()
  return withStore(config, async store => {
    print(...networkLines(shownDirectory(store.roster.directory(), store.roster.directory().summaries, Date.now())))
    return true
  })
}

async function findPlaces(state: string | null): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  // A reader that has had enough (`| head`) ends this quietly.
  process.stdout.on('error', () => process.exit(0))
  const list = loadPlaces()
  const places = list ? listedPlaces(list) : gazetteerPlaces(loadGazetteer())
  for await (const line of placeLines(lines, places, state)) print(JSON.stringify(line))
  return true
}

function auditHead({ until, compare }: { until?: number; compare?: string }): Promise<boolean> {
  return withStore(loadConfig(), async store => {
    if (compare !== undefined) return compareHead(store.audit, compare, print)
    await printHead(store.audit, until, Date.now(), print)
    return true
  })
}

async function demo(seed: number, fresh: boolean): Promise<boolean> {
  const config = loadConfig()
  const day = loadDay()
  if (fresh) await throwAway(config)
  const { databaseUrl: url, filesFolder, key } = config
  const { store } = await unlockStore({ url, filesFolder, key }, Date.now())
  try {
    await store.roster.seed(config.network)
    const progress = createProgress(process.stdout)
    print(`Playing a day into ${databasePlace(config.databaseUrl)}.`)
    const zone = store.roster.directory().zone
    const end = Date.now()
    const told: Stage['told'] = (done, of, at) => progress.show(done, of, `until ${hourOf(at, zone)}`)
    const played = await alone(store, aside => {
      return playDay(day, seed, end, { ...stageOf(store, config, aside, end), told })
    })
    await conclude(played, config)
    return true
  } finally {
    await store.close()
  }
}

async function conclude({ reports, acts, problems }: Played, { host, port }: Config): Promise<void> {
  const url = urlOf(host, port)
  const running = await answers(url)
  print('', `${count(reports, 'report')} and ${count(acts, 'act')} of a day that ends now.`)
  if (problems.length > 0)
    print('Not taken as written (was somebody at work in the browser?):', ...problems.map(one => `  ${one}`))
  print(
    running ? `Open ${url} (reload it if it is open).` : `Start the hub with "npm start" and open ${url}.`,
    '  As Finch, open "Arizona response": the board, who is on what until when, and what is overdue.',
    '  As Finch, type /incidents open, then press Claim on a card that nobody has.',
    '  As Heron, open the conversation with Trust Hub: the receipts a reporter gets.',
    '  As Eagle, type /sitrep: the summary of the day.',
  )
}

/** Deletes the practice database and its files. @throws HubError if a hub is using it, ConfigError if it is no file */
async function throwAway(config: Config): Promise<void> {
  const file = databaseFile(config.databaseUrl)
  if (file === null) {
    throw new ConfigError(
      '--fresh deletes a database file, and this is a PostgreSQL server. ' +
        'Name an empty database in PRACTICE_DATABASE_URL.',
    )
  }
  if (!existsSync(file)) return
  await withStore(config, async ({ leases }) => {
    const holder = `fresh:${randomUUID()}`
    if (!(await leases.hold('clocks', holder, 1000))) {
      throw new HubError(
        'A hub is running on this database. Stop it, wait half a minute if it was killed, then try again.',
      )
    }
    return true
  })
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  rmSync(config.filesFolder, { recursive: true, force: true })
}

async function doctor(): Promise<boolean> {
  const first = nodeCheck(process.version)
  let config: Config
  try {
    config = loadConfig()
  } catch (error) {
    const settings = { name: 'Settings', run: () => Promise.reject(error) }
    return examine([first, settings], print)
  }
  const { databaseUrl, key, host, port, network } = config
  const file = databaseFile(databaseUrl)
  const isNew = file !== null && !existsSync(file)
  const people = count(network.people.length, 'person', 'people')
  const checks: Check[] = [
    first,
    { name: 'Settings', run: () => `${network.name}: ${count(network.regions.length, 'region')}, ${people}` },
    folderCheck(dirname(file ?? resolve(key.file))),
    keyCheck(key, isNew, () => loadHubKeys({ ...key, mayCreate: file === null })),
    {
      name: 'Database',
      run: () => (isNew ? `${databasePlace(config.databaseUrl)} (made at the first start)` : databaseState(config)),
    },
    portCheck(host, port),
    addressCheck(config.publicUrl),
  ]
  return examine(checks, print)
}

async function databaseState(config: Config): Promise<string> {
  let said = ''
  await withStore(config, async store => {
    await store.ping()
    const { waiting, unknown, failed } = await store.outbox.counts()
    const { incidents } = await store.audit.counts()
    const where = databasePlace(config.databaseUrl)
    const stands = `${count(incidents, 'incident')}, ${waiting + unknown} to send`
    said = `${where}: opens with this key, schema is current, ${stands}`
    if (failed > 0) said += `, ${failed} given up`
    return true
  })
  return said
}

function withKeys(work: (keys: HubKeyStore, where: string) => Promise<boolean>): Promise<boolean> {
  const config = loadConfig()
  const where = config.key.value === undefined ? config.key.file : 'HUB_KEY'
  return withStore(config, (_, keys) => work(keys, where))
}

function erase(callsign: string, sure: boolean): Promise<boolean> {
  const config = loadConfig()
  const { taxonomy } = config
  return withStore(config, store => erasePerson(store, callsign, { sure, now: Date.now(), taxonomy, print }))
}

async function withStore(
  config: Config,
  work: (store: Store, keys: HubKeyStore) => Promise<boolean>,
): Promise<boolean> {
  const { databaseUrl: url, filesFolder, key } = config
  const file = databaseFile(url)
  if (file !== null && !existsSync(file)) {
    throw new ConfigError(
      `There is no database yet at ${databasePlace(url)}. ` +
        'Start the hub once (npm start) or play the demo day (npm run -s hub -- demo).',
    )
  }
  const { store, keys } = await unlockStore({ url, filesFolder, key }, Date.now())
  try {
    return await work(store, keys)
  } finally {
    await store.close()
  }
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a whole number, such as 7.')
}

function momentIn(text: string): number {
  const at = momentOf(text)
  if (at !== null) return at
  throw new InvalidArgumentError('Use a day or a moment in UTC, such as 2026-11-04 or 2026-11-04T07:00Z.')
}

function stateCode(text: string): string {
  const code = text.toUpperCase()
  if (stateOf(code)) return code
  throw new InvalidArgumentError('Use the two letters of a state, such as AZ.')
}

function hourOf(at: number, timeZone: string): string {
  return new Date(at).toLocaleTimeString('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
