import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { openDatabase } from '../../db/database.ts'
import { formers } from '../../db/imprint.ts'
import { since } from '../../db/inventory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { loadConfig } from '../config.ts'
import { finishPlacing, placeAll } from './restore/place.ts'
import { moment, openLines, replayLines } from './restore/say.ts'
import { settle } from './restore/settle.ts'
import { requireStopped, staged, targetOf } from './restore/target.ts'
import { count, print, run } from './terminal.ts'

/** `hub rollback`. */
export function addRollback(program: Command): void {
  program
    .command('rollback')
    .description('Return to the copy of the database that was made before this version changed it')
    .option('-y, --yes', 'do it; without this, say what would be lost')
    .action(({ yes = false }: { yes?: boolean }) => run(() => rollBack(yes)))
}

async function rollBack(sure: boolean): Promise<boolean> {
  const config = loadConfig()
  const target = targetOf(config)
  const { database: path, url, staging, erasures } = target
  if (path === null)
    throw new ConfigError('The database is on a server: bring it back with its own tools (README, "Backups").')
  if (await finishPlacing(staging)) {
    print('What was broken off here is ended now.')
    return true
  }
  const [former] = existsSync(path) ? formers(path) : []
  if (!former)
    throw new ConfigError(`There is no copy to return to: ${path} was not changed by an upgrade in the last week.`)
  requireStopped(target)
  const present = await openDatabase({ url, migrations: null })
  const lost = await since(present, former.at).finally(() => present.close())
  const then = moment(former.at)
  print(
    `The copy is of ${then}, before the database was changed. Since then: ${count(lost.reports, 'report')}, ` +
      `${count(lost.entries, 'entry', 'entries')} in timelines.`,
  )
  if (!sure) {
    print('They would be gone from the hub, though the present database is put aside, not deleted. To do it: add --yes')
    return false
  }
  const now = Date.now()
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  const copy = join(staging, staged.database)
  copyFileSync(former.file, copy)
  const lists = [erasures].filter(existsSync)
  const { replayed, open } = await settle(
    { url: `file:${copy}`, key: config.key, lists, stoodAt: former.at, now },
    'kept',
  )
  // Somebody may have started one since; and the database that is put aside takes its log along.
  requireStopped(target)
  const aside = await placeAll(staging, [{ from: copy, to: path }], now)
  print(
    `Done: the database stands as it did at ${then}. Put aside: ${aside.join(', ')}`,
    '',
    ...(lists.length > 0 ? replayLines(replayed, lists, former.at) : []),
    ...openLines(open),
    '',
    'Start the version of the hub that was here before. This version would change the database again.',
  )
  return true
}
