import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ConfigError, StoreError } from '../workflows/errors.ts'

/**
 * Copies an SQLite database as it stands at this moment into a new file for its owner alone, durably, while others
 * write; what was deleted is not in it. It takes the thread for as long as it takes. @throws StoreError, with nothing
 * left
 */
export function imprint(path: string, target: string): void {
  try {
    // Made beforehand: SQLite would give it the rights of the process.
    closeSync(openSync(target, 'wx', 0o600))
    const reader = new Sqlite(path, { readonly: true, timeout: waitMs })
    try {
      reader.prepare('vacuum into ?').run(target)
    } finally {
      reader.close()
    }
    sync(target)
  } catch (error) {
    rmSync(target, { force: true })
    const { code = '' } = error as { code?: string }
    const full = /FULL|ENOSPC|EDQUOT/.test(code)
    if (full) throw new StoreError('full', 'none', `There is no room for a copy of the database in ${dirname(target)}`)
    throw new StoreError('broken', 'none', `The database could not be copied (${code || 'unknown reason'})`)
  }
}

/** Reads a whole SQLite file and says what is wrong with it; null if nothing is. */
export function flaw(path: string): string | null {
  const reader = new Sqlite(path, { readonly: true })
  try {
    const [first] = reader.pragma('integrity_check(1)') as { integrity_check: string }[]
    return first?.integrity_check === 'ok' ? null : (first?.integrity_check ?? 'it says nothing')
  } catch (error) {
    return (error as Error).message
  } finally {
    reader.close()
  }
}

/**
 * Whether another program has this SQLite database open. Where none has, the file takes in its log and stands alone.
 */
export function isOpenElsewhere(path: string): boolean {
  const client = new Sqlite(path, { timeout: 250 })
  try {
    client.pragma('journal_mode = delete')
    return false
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (code.startsWith('SQLITE_BUSY')) return true
    throw error
  } finally {
    client.close()
  }
}

/** The file in the staging folder of a restore that stands there while things take their places. */
export const halfPlaced = 'moves.json'

/** @throws ConfigError where a restore was broken off while things took their places: a hub would begin anew there */
export function refuseHalf(path: string): void {
  if (!existsSync(join(`${path}.restoring`, halfPlaced))) return
  throw new ConfigError(
    `A restore was broken off at ${path}, and not everything is in its place. ` +
      'Run the same "hub restore" or "hub rollback" again: it ends what was begun.',
  )
}

/** A copy of a database as it was before its schema was changed; `at` is epoch ms. */
export type Former = { readonly file: string; readonly at: number }

/** Copies the database beside itself, before its schema is changed, and keeps the last three such copies. */
export function keepFormer(path: string, now: number): void {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const draft = `${path}.${process.pid}.new`
  rmSync(draft, { force: true })
  try {
    imprint(path, draft)
  } catch (error) {
    throw new ConfigError(
      `The database must be changed for this version, and a copy is made before that. ${(error as Error).message}. ` +
        'Make room and start again. Nothing was changed.',
    )
  }
  renameSync(draft, `${path}${mark}${stamp}`)
  sync(dirname(path))
  for (const { file } of formers(path).slice(kept)) rmSync(file, { force: true })
}

/** Deletes such copies once they are a week old: what was erased since stands in them. */
export function dropFormers(path: string, now: number): void {
  for (const { file, at } of formers(path)) if (at < now - keptMs) rmSync(file, { force: true })
}

/** The copies that were made of a database before its schema was changed, the newest first. */
export function formers(path: string): readonly Former[] {
  const own = `${basename(path)}${mark}`
  return readdirSync(dirname(path))
    .flatMap((name): Former[] => {
      const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(name.slice(own.length)) ?? []
      if (!name.startsWith(own) || y === undefined) return []
      const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
      return [{ file: join(dirname(path), name), at }]
    })
    .toSorted((one, other) => other.at - one.at)
}

const waitMs = 5_000
const mark = '.before-'
const kept = 3
const keptMs = 7 * 24 * 60 * 60_000

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
