import { eq } from 'drizzle-orm'
import { tablesOf } from './base.ts'
import { type Database, openDatabase } from './database.ts'
import type { Draw } from './evidence.ts'
import { type HubKeySource, loadHubKeys } from './keyfile.ts'
import { openStore } from './open.ts'
import { createSeal } from './seal.ts'
import type { Store } from './store.ts'

/** Where everything is: the database, the key that seals it, and the folder of attached files. */
export type Place = {
  readonly url: string
  readonly key: Omit<HubKeySource, 'mayCreate'>
  readonly filesFolder: string
}

/** An open store, and when this hub was started for the very first time (epoch ms). */
export type Unlocked = { readonly store: Store; readonly begunAt: number }

/**
 * Opens the database with its key. A key is made only for a database that holds nothing sealed yet.
 * @throws ConfigError when the key is missing or wrong, or the database newer than this program; StoreError when it
 * cannot be used.
 */
export async function unlockStore({ url, key, filesFolder }: Place, now: number): Promise<Unlocked> {
  const database = await openDatabase({ url })
  try {
    const { keys } = tablesOf(database.engine)
    const [sealed] = await database.read.select({ scope: keys.scope }).from(keys).limit(1)
    const [current, ...older] = loadHubKeys({ ...key, mayCreate: !sealed }) as [Buffer, ...Buffer[]]
    const seal = createSeal({ current, older })
    const store = await openStore({ database, seal, filesFolder, draw })
    return { store, begunAt: await begun(database, now) }
  } catch (error) {
    await database.close()
    throw error
  }
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
