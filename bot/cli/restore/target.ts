import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { erasuresFile } from '../../../db/erased.ts'
import { isOpenElsewhere } from '../../../db/imprint.ts'
import { ConfigError } from '../../../workflows/errors.ts'
import type { Config } from '../../config.ts'
import { databaseFile } from '../address.ts'

/** Where a hub keeps, or is to keep, what a backup holds. */
export type Target = {
  /** The SQLite file; null where the database is a server. */
  readonly database: string | null
  readonly url: string
  readonly files: string
  readonly key: string
  readonly erasures: string
  /** Where everything is unpacked first; on the same disk. */
  readonly staging: string
  /** For what the hub does not find by itself: settings, and Signal's account. */
  readonly extras: string
}

/** What an archive holds, by where it lies in the staging folder. */
export const staged = {
  database: 'hub.db',
  files: 'hub.db.files',
  erasures: 'hub.db.erasures',
  key: 'hub.key',
} as const

/** The places of a hub in a folder of its own. */
export function targetIn(folder: string): Target {
  const database = resolve(folder, 'hub.db')
  return places(database, `file:${database}`, `${database}.files`, resolve(folder, 'hub.key'))
}

/** The places of the hub that these settings are of. */
export function targetOf({ databaseUrl: url, filesFolder, key }: Config): Target {
  return places(databaseFile(url), url, resolve(filesFolder), resolve(key.file))
}

/** @throws ConfigError while another program has the database open */
export function requireStopped({ database }: Target): void {
  if (!database || !existsSync(database) || !isOpenElsewhere(database)) return
  throw new ConfigError(`A hub or another program has ${database} open. Stop it first, and run this again.`)
}

function places(database: string | null, url: string, files: string, key: string): Target {
  const beside = database ?? join(dirname(files), 'hub')
  const own = { staging: `${beside}.restoring`, extras: `${beside}.restored` }
  return { database, url, files, key, erasures: erasuresFile(files), ...own }
}
