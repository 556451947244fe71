import { eq } from 'drizzle-orm'
import { ConfigError } from '../workflows/errors.ts'
import type { Draw } from '../workflows/evidence.ts'
import { tablesOf } from './base.ts'
import { type Database, openDatabase } from './database.ts'
import { type HubKeyStore, hubKeyStore } from './hubkeys.ts'
import type { HubKeySource } from './keyfile.ts'
import { markKey, movedAway } from './move/mark.ts'
import { openStore } from './open.ts'
import { openRing } from './ring.ts'
import type { Store } from './store.ts'

/** Where everything is: the database, the keys that seal it, and the folder of attached files. */
export type Place = {
  readonly url: string
  readonly key: Omit<HubKeySource, 'mayCreate'>
  readonly filesFolder: string
  /** Makes the copies of pictures for looking at; without it there are none. */
  readonly draw?: Draw
  /** How often (ms) to look whether the keys changed; default once a second. */
  readonly lookMs?: number
}

/** An open store, the keys that seal it, and when this hub was started for the very first time (epoch ms). */
export type Unlocked = { readonly store: Store; readonly keys: HubKeyStore; readonly begunAt: number }

/**
 * Opens the database with its keys. One is made only for a database that holds nothing sealed yet.
 * @throws ConfigError when the key is missing or wrong, or the database newer than this program; StoreError when it
 * cannot be used.
 */
export async function unlockStore(
  { url, key, filesFolder, draw, lookMs = 1_000 }: Place,
  now: number,
): Promise<Unlocked> {
  const opened = await openDatabase({ url })
  let database = opened
  try {
    await requireStaying(opened)
    const ring = await openRing(opened, { key, lookMs })
    database = ring.database
    const store = await openStore({ ...ring, filesFolder, draw })
    return { store, keys: hubKeyStore(ring, key.file), begunAt: await begun(database, now) }
  } catch (error) {
    await database.close()
    throw error
  }
}

// A network that goes on in two places says everything twice, and gives its numbers twice.
async function requireStaying(database: Database): Promise<void> {
  const moved = database.engine === 'sqlite' ? await setting(database, markKey) : null
  if (moved !== null) throw new ConfigError(movedAway(JSON.parse(moved)))
}

async function begun(database: Database, now: number): Promise<number> {
  const found = await setting(database, 'begun')
  if (found !== null) return Number(found)
  const { settings } = tablesOf(database.engine)
  await database.transaction(tx =>
    tx
      .insert(settings)
      .values({ key: 'begun', value: String(now) })
      .onConflictDoNothing()
      .returning({ key: settings.key }),
  )
  return Number(await setting(database, 'begun'))
}

async function setting(database: Database, key: string): Promise<string | null> {
  const { settings } = tablesOf(database.engine)
  const [found] = await database.read.select().from(settings).where(eq(settings.key, key))
  return found?.value ?? null
}
