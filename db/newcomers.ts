import { sql } from 'drizzle-orm'
import type { Newcomer } from '../workflows/change.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import { accountLookup } from './seed.ts'

/**
 * Makes somebody from outside known by a call sign alone: no name, no role, their account sealed under their own key.
 * @throws ConflictError if the account or the call sign is somebody's meanwhile
 */
export async function addNewcomer(tx: Tx, { tables, seal }: Base, keys: DataKeys, newcomer: Newcomer): Promise<void> {
  const { person, account, platform, address, callsign, language } = newcomer
  const key = await keys.require(tx, ofPerson(person))
  const known = await tx
    .insert(tables.people)
    .values({ id: person, callsign, name: null, roles: [], regions: [], languages: [language], vetted: false })
    .onConflictDoNothing()
    .returning({ id: tables.people.id })
  if (known.length === 0) throw new ConflictError(`somebody is ${callsign} already`)
  const owned = await tx
    .insert(tables.accounts)
    .values({
      id: account,
      person,
      platform,
      lookup: seal.hmac(accountLookup(platform, address)),
      address: seal.seal(address, key),
    })
    .onConflictDoNothing()
    .returning({ id: tables.accounts.id })
  if (owned.length === 0) throw new ConflictError('this account is known already')
}

/** Raises the version of the roster, which tells other processes to read it anew. */
export async function raiseVersion(tx: Tx, { tables: { settings } }: Base, key: string): Promise<void> {
  await tx
    .insert(settings)
    .values({ key, value: '1' })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`cast(cast(${settings.value} as bigint) + 1 as text)` },
    })
    .returning({ key: settings.key })
}
