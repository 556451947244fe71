import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { erasuresFile } from '../../db/erased.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { loadConfig } from '../config.ts'
import { databaseFile } from './address.ts'
import { createProgress, type Screen } from './progress.ts'
import { count, type Print, print, run } from './terminal.ts'

/** `hub migrate sqlite-to-postgres | back`. */
export function addMigrate(program: Command): void {
  const migrate = program.command('migrate').description('Move the network to another database')
  migrate
    .command('sqlite-to-postgres')
    .description('Move everything from the SQLite file to an empty PostgreSQL database, and compare every row')
    .option('--from <file>', 'the SQLite file; default is the one of DATABASE_URL, else data/hub.db')
    .option(
      '--to <address>',
      'postgres://USER:PASSWORD@HOST/NAME; default is DATABASE_URL, if it is one (no password in the shell)',
    )
    .action((options: Ends) => run(() => move(endsOf(options, configured), { now: Date.now(), print }, process.stderr)))
  migrate
    .command('back')
    .description('After a move: let a hub run on the SQLite file again, as it was then')
    .option('--from <file>', 'the SQLite file; default is the one of DATABASE_URL, else data/hub.db')
    .option('-y, --yes', 'do it; without this, say what that means')
    .action(({ yes = false, ...options }: Ends & { yes?: boolean }) =>
      run(() => takeBack(fileOf(options.from, configured), yes, print)),
    )
}

type Ends = { readonly from?: string; readonly to?: string }

/** Moves the network, with a bar on that screen, and says what is to be done next. @throws ConfigError, StoreError */
export async function move(
  { from, to }: Required<Ends>,
  { now, print: out }: { readonly now: number; readonly print: Print },
  screen: Screen,
): Promise<boolean> {
  const { moveToPostgres } = await import('../../db/move.ts')
  const progress = createProgress(screen)
  const moved = await moveToPostgres({ from, to, now, show: progress.show })
  out(
    moved.before
      ? `It had been moved before: the network stands in ${moved.to}. Now the SQLite file says so too.`
      : `Moved: ${count(moved.rows, 'row')} in ${count(moved.tables, 'table')}, every row compared. ` +
          `The network is now in ${moved.to}.`,
    ...nextSteps(from),
  )
  return true
}

/** Takes the mark of a move off a SQLite file, once it is said that it is meant. True if it can be used now. */
export async function takeBack(path: string, sure: boolean, out: Print): Promise<boolean> {
  const { markOf } = await import('../../db/move/source.ts')
  const mark = markOf(path, { away: sure })
  if (!mark) {
    out(`${near(path)} was not moved: a hub may run on it.`)
    return true
  }
  const day = new Date(mark.at).toISOString().slice(0, 10)
  if (sure) {
    out(`A hub may run on ${near(path)} again. Set DATABASE_URL to it, and start none on ${mark.to} any more.`)
    return true
  }
  out(
    `${near(path)} is the network as it was on ${day}, when it moved to ${mark.to}.`,
    'What was done there since would be missing: reports, claims, answers. What was erased since would be there again.',
    'Stop every hub there first: two at once say everything twice. To do it: add --yes',
  )
  return false
}

function nextSteps(from: string): readonly string[] {
  const files = `${resolve(from)}.files`
  const [erased, there] = [erasuresFile(files), near(erasuresFile(resolve('data/files')))]
  return [
    '',
    'Next:',
    '1. Set DATABASE_URL to that address, in .env or wherever the hub gets its settings.',
    existsSync(files)
      ? `2. Copy the attached files, which no database holds: cp -a ${near(files)} data/files`
      : '2. There are no attached files to copy; new ones will lie in data/files.',
    ...(existsSync(erased) ? [`   Copy the list of what was erased, too: cp ${near(erased)} ${there}`] : []),
    '   Hubs on several machines need that folder in common.',
    '3. The key stays as it is (HUB_KEY, or its file): every machine with a hub needs the same.',
    '4. npm run -s hub -- doctor; npm run -s hub -- audit verify; npm run -s hub -- evidence verify; then npm start',
    '5. Back the server up from today on (pg_dump), and "hub backup" for files and keys.',
    '',
    `${near(from)} is as it was, and no hub starts on it any more. It keeps what is erased from now on:`,
    'delete it, its -wal and -shm, and its backups, once you need no way back.',
  ]
}

const configured = () => loadConfig().databaseUrl

function endsOf({ from, to }: Ends, url: () => string): Required<Ends> {
  const target = to ?? url()
  if (!/^postgres(ql)?:\/\/./.test(target) || !URL.canParse(target)) {
    throw new ConfigError('Name the PostgreSQL database: --to postgres://USER:PASSWORD@HOST/NAME')
  }
  return { from: fileOf(from, url), to: target }
}

function fileOf(from: string | undefined, url: () => string): string {
  if (from !== undefined) return databaseFile(from) ?? resolve(from)
  return databaseFile(url()) ?? resolve('data/hub.db')
}

const near = (path: string) => {
  const way = relative('.', path)
  return way.startsWith('..') ? path : way
}
