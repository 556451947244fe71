import { existsSync, rmSync } from 'node:fs'
import { type Database, openDatabase } from '../../../db/database.ts'
import { type Erased, readErased } from '../../../db/erased.ts'
import { haltBroadcasts } from '../../../db/halt.ts'
import { flaw, formers } from '../../../db/imprint.ts'
import { type Inventory, inventory } from '../../../db/inventory.ts'
import type { HubKeySource } from '../../../db/keyfile.ts'
import { type Replayed, replay, sealOf } from '../../../db/replay.ts'
import { type LeftOpen, settleReturned } from '../../../db/returned.ts'
import type { Seal } from '../../../db/seal.ts'
import type { Store } from '../../../db/store.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { haltBroadcast } from '../../../workflows/broadcast/halt.ts'
import { ConfigError } from '../../../workflows/errors.ts'
import { verifyTimelines } from '../audit.ts'
import type { Print } from '../terminal.ts'

/** A database from before, made fit to be used: what was erased again, what it leaves open, and what it holds. */
export type Settled = {
  readonly replayed: Replayed
  readonly open: LeftOpen & { readonly broadcasts: number }
  readonly holds: Inventory
}

/** The database that was brought back, its keys, and the erasure lists that there are. */
export type Returning = {
  readonly url: string
  readonly key: Omit<HubKeySource, 'mayCreate'>
  readonly lists: readonly string[]
  readonly stoodAt: number
  readonly now: number
}

/**
 * Does to a database that stands as it did before what must be done before anybody reads it; `schema: 'kept'` leaves it
 * for the version of the hub that it is of. @throws ConfigError if it is damaged, or of a later version
 */
export async function settle(returning: Returning, schema: 'current' | 'kept'): Promise<Settled> {
  const { url, key, lists, stoodAt, now } = returning
  const file = url.startsWith('file:') ? url.slice('file:'.length) : null
  const found = file && flaw(file)
  if (found) throw new ConfigError(`The database in this backup is damaged: ${found}. Take another backup.`)
  const database = await openDatabase({ url, ...(schema === 'kept' ? { migrations: null } : {}) })
  try {
    const seal = await sealOf(database, key)
    const replayed = await replay(database, linesOf(lists, seal), now)
    const open = await settleReturned(database, { at: now, stoodAt })
    const broadcasts = await haltBroadcasts(database, seal, haltBroadcast, now)
    await scrubbed(database)
    return { replayed, open: { ...open, broadcasts }, holds: await inventory(database) }
  } finally {
    await database.close()
    if (file) for (const former of formers(file)) rmSync(former.file, { force: true })
  }
}

/** Opens it as a hub would and checks the chain of every timeline; says how many hold. */
export async function verified(returning: Returning, filesFolder: string, print: Print): Promise<boolean> {
  return opened(returning, filesFolder, store => verifyTimelines(store.audit, print))
}

/** Removes, from a folder of its attached files, the bytes of those that were shredded. */
export async function sweepFiles(returning: Returning, folder: string): Promise<void> {
  await opened(returning, folder, store => store.files.sweep(returning.now))
}

async function opened<T>({ url, key, now }: Returning, filesFolder: string, work: (store: Store) => Promise<T>) {
  const { store } = await unlockStore({ url, key, filesFolder }, now)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function* linesOf(lists: readonly string[], seal: Seal): AsyncGenerator<Erased | null> {
  for (const list of lists.filter(existsSync)) yield* readErased(list, seal.proof)
}

async function scrubbed(database: Database): Promise<void> {
  if (!(await database.scrub())) throw new ConfigError('What was deleted could not be wiped. Run this again.')
}
