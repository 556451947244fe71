import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { eq, lte, sql } from 'drizzle-orm'
import { ConfigError, StoreError } from '../workflows/errors.ts'
import { databaseNow, tablesOf, whole } from './base.ts'
import type { Database } from './database.ts'
import { type HubKeySource, loadHubKeys } from './keyfile.ts'
import { createSeal, type HubKeys, type Seal, sealId } from './seal.ts'

/**
 * Which of the hub's keys a database lies under, by their ids: everything new under `current`, some of the old perhaps
 * still under `older`. The database rules, not the order in the key file; `replaced` opens nothing any more.
 */
export type KeysInUse = {
  readonly current: string
  readonly older: readonly string[]
  readonly replaced: readonly { readonly id: string; readonly at: number }[]
}

/** The hub's keys as this process has them; it follows, once a second, what the key file and the database say. */
export type Ring = {
  readonly seal: Seal
  /** The database, where no transaction is begun by a process that has not followed for long or lacks a key. */
  readonly database: Database
  readonly source: 'HUB_KEY' | 'file'
  /** By what this process is known in the table of processes. */
  readonly process: string
  /** The keys that are given now, by their ids. */
  keys(): ReadonlyMap<string, Buffer>
  inUse(): Promise<KeysInUse>
  /** Looks now. @throws ConfigError if a key is in use that is not given */
  follow(): Promise<void>
}

/** Where the keys are, and how often (ms) to look whether they changed. */
export type RingOptions = { readonly key: Omit<HubKeySource, 'mayCreate'>; readonly lookMs: number }

/**
 * Takes the keys of an open database. A key file is made only for a database that holds nothing sealed yet. Closing the
 * ring's database ends the ring. @throws ConfigError when a key is missing, misshapen or another one
 */
export async function openRing(database: Database, { key, lookMs }: RingOptions): Promise<Ring> {
  const { settings, processes, keys: stored } = tablesOf(database.engine)
  const source = key.value === undefined ? 'file' : 'HUB_KEY'
  const id = randomUUID()
  let given = new Map<string, Buffer>()
  let problem: Error | undefined
  let said = ''
  let followedAt = Date.now()

  async function found(): Promise<KeysInUse | null> {
    const [row] = await database.read.select().from(settings).where(eq(settings.key, 'keys'))
    return row ? JSON.parse(row.value) : null
  }

  async function inUse(): Promise<KeysInUse> {
    const used = await found()
    if (!used) throw new StoreError('broken', 'none', 'The database does not say any more which keys it lies under')
    return used
  }

  /** Says to the others which keys this process has. */
  async function say(ids: readonly string[]): Promise<void> {
    const row = { host: hostname(), pid: process.pid, keys: [...ids], source } as const
    const now = databaseNow(database.engine)
    const until = sql<number>`${now} + ${whole(saidForMs)}`
    await database.transaction(async tx => {
      if (said === '') await tx.delete(processes).where(lte(processes.until, now)).returning({ id: processes.id })
      await tx
        .insert(processes)
        .values({ id, ...row, until })
        .onConflictDoUpdate({ target: processes.id, set: { ...row, until } })
        .returning({ id: processes.id })
    })
    said = ids.join()
    followedAt = Date.now()
  }

  function load(mayCreate: boolean): void {
    given = new Map(loadHubKeys({ ...key, mayCreate }).map(bytes => [sealId(bytes), bytes]))
  }

  async function start(): Promise<Seal> {
    // Before the keys are read: whoever hands out a new one from now on waits until this process has it.
    await say([])
    const [root] = await database.read.select().from(stored).where(eq(stored.scope, 'hub'))
    load(root === undefined)
    const used = (await found()) ?? (await began(root?.sealed.toString('hex', 1, 5) ?? [...given.keys()][0] ?? ''))
    const seal = createSeal(hubKeys(used, given, where))
    await say(idsOf(used))
    return seal
  }

  async function began(current: string): Promise<KeysInUse> {
    const value = JSON.stringify({ current, older: [], replaced: [] } satisfies KeysInUse)
    await database.transaction(tx =>
      tx.insert(settings).values({ key: 'keys', value }).onConflictDoNothing().returning({ key: settings.key }),
    )
    // Another process may have been first, with another key.
    return inUse()
  }

  const idsOf = ({ current }: KeysInUse) => [current, ...[...given.keys()].filter(one => one !== current)]
  const where = source === 'HUB_KEY' ? 'HUB_KEY' : key.file

  async function look(): Promise<void> {
    try {
      load(false)
    } catch (error) {
      // A file that somebody is writing is whole a moment later; the keys from before are still good.
      if (!(error instanceof ConfigError)) throw error
    }
    const used = await inUse()
    seal.adopt(hubKeys(used, given, where))
    problem = undefined
    const ids = idsOf(used)
    if (ids.join() !== said) {
      // What was sealed under another key before stands in the database when this is said.
      await database.settled()
      await say(ids)
    } else if (Math.abs(Date.now() - followedAt) > renewMs) await say(ids)
  }

  let looking: Promise<void> | undefined
  function follow(): Promise<void> {
    looking ??= look()
      .catch(error => {
        if (error instanceof ConfigError) problem = error
        throw error
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  const leave = () =>
    database.transaction(tx => tx.delete(processes).where(eq(processes.id, id)).returning({ id: processes.id }))

  const seal = await start().catch(async error => {
    await leave()
    throw error
  })
  const watch = setInterval(() => follow().catch(() => {}), lookMs).unref()

  // By the clock of the wall: the other one stands still while a machine sleeps.
  const isBehind = () => problem !== undefined || Math.abs(Date.now() - followedAt) > behindMs

  return {
    seal,
    source,
    process: id,
    keys: () => given,
    inUse,
    follow,
    database: {
      ...database,
      async transaction(run) {
        if (isBehind()) await follow()
        return database.transaction(tx => {
          // Asked again where nobody else can write: the process may have been stopped in between.
          if (isBehind()) throw new StoreError('locked', 'none', 'This process was stopped for a while. Try again')
          return run(tx)
        })
      },
      async close() {
        clearInterval(watch)
        await looking?.catch(() => {})
        await leave().catch(() => {})
        await database.close()
      },
    },
  }
}

// A transaction that is begun no later than `behindMs` after a process was heard, and that the database lets idle for
// half a minute at most, has ended before the process counts as gone.
const renewMs = 5_000
const behindMs = 20_000
const saidForMs = 60_000

/** The keys to seal and open with. @throws ConfigError, which says what to do, if one that is in use is not given */
function hubKeys(used: KeysInUse, given: ReadonlyMap<string, Buffer>, where: string): HubKeys {
  const current = given.get(used.current)
  if (!current) throw new ConfigError(missing(used, given, where))
  const absent = used.older.find(id => !given.has(id))
  if (absent !== undefined) {
    throw new ConfigError(
      `The keys are being rotated, and some of the database still lies under the key ${absent}, which is not in ` +
        `${where}. Put it back beside the others; once \`npm run -s hub -- key rotate\` is done it is needed no more.`,
    )
  }
  return { current, older: [...given.values()].filter(bytes => bytes !== current) }
}

function missing({ current, replaced }: KeysInUse, given: ReadonlyMap<string, Buffer>, where: string): string {
  const old = replaced.findLast(one => given.has(one.id))
  if (!old) {
    return (
      `The key in ${where} does not open what is sealed in this database: it is another key. Set HUB_KEY or the key ` +
      `file to the key of this database (${current}), or point DATABASE_URL at the database that belongs to this key.`
    )
  }
  const day = new Date(old.at).toISOString().slice(0, 10)
  return (
    `The key in ${where} (${old.id}) was replaced on ${day}: this is an older copy of it. Put the newer one back, ` +
    `which holds the key ${current}. Nothing was changed.`
  )
}
