import { existsSync } from 'node:fs'
import type { HubKeyStore } from '../../db/hubkeys.ts'
import type { Store } from '../../db/store.ts'
import { unlockStore } from '../../db/unlock.ts'
import { ConfigError, HubError } from '../../workflows/errors.ts'
import { type Config, loadConfig } from '../config.ts'
import { databaseFile, databasePlace } from './address.ts'

/** Says lines to whoever sits at the terminal. */
export type Print = (...lines: readonly string[]) => void

/** What a command works with: the open database, its keys, and the settings it was opened by. */
export type Opened = { readonly store: Store; readonly keys: HubKeyStore; readonly config: Config }

/** Writes lines to standard output. */
export const print: Print = (...lines) => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Does the work of a command and ends with 1 if that gives false. Whoever runs the hub reads what to do, no stack. */
export async function run(work: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await work())) process.exitCode = 1
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/** Opens the database that is there, and closes it when the work is done. @throws ConfigError if there is none yet */
export async function withStore<T>(work: (opened: Opened) => Promise<T>, config = loadConfig()): Promise<T> {
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
    return await work({ store, keys, config })
  } finally {
    await store.close()
  }
}

/** A number with what it counts, as in "1 file" and "2,000 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
