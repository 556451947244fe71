import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { unlockStore } from '../../db/unlock.ts'
import { ConfigError, HubError } from '../../workflows/errors.ts'
import { type Config, isPractice, loadConfig, loadDay } from '../config.ts'
import { platformNames } from '../settings.ts'
import { keepProtocols } from '../wordings.ts'
import { databaseFile, databasePlace } from './address.ts'
import { alone } from './alone.ts'
import { answers, urlOf } from './checks.ts'
import { type Played, playDay, type Stage } from './play.ts'
import { createProgress } from './progress.ts'
import { stageOf } from './stage.ts'
import { count, print, run, withStore } from './terminal.ts'

/** `hub demo`. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Play a day of sixty reports into the practice database')
    .option('-s, --seed <number>', 'shift the hours a little: the same number gives the same day', seedOf, 1)
    .option('--fresh', 'throw the practice database away first')
    .action(({ seed, fresh = false }: { seed: number; fresh?: boolean }) => run(() => demo(seed, fresh)))
}

async function demo(seed: number, fresh: boolean): Promise<boolean> {
  const config = loadConfig()
  if (!isPractice(config)) {
    throw new ConfigError(
      `The demo day is for practising, and this hub is connected to ${platformNames(config.platforms).join(', ')}. ` +
        'Run it in a folder of its own, without a .env file and without the variables of these tools.',
    )
  }
  const day = loadDay()
  if (fresh) await throwAway(config)
  const { databaseUrl: url, filesFolder, key } = config
  const { store } = await unlockStore({ url, filesFolder, key }, Date.now())
  try {
    await store.roster.seed(config.network)
    await keepProtocols(store, config.taxonomy.protocols, Date.now())
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
  await withStore(async ({ store: { leases } }) => {
    const holder = `fresh:${randomUUID()}`
    if (!(await leases.hold('clocks', holder, 1000))) {
      throw new HubError(
        'A hub is running on this database. Stop it, wait half a minute if it was killed, then try again.',
      )
    }
  }, config)
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  rmSync(config.filesFolder, { recursive: true, force: true })
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a whole number, such as 7.')
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
