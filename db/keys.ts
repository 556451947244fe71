import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { BroadcastId, IncidentId, PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import type { Key } from './key.ts'
import type { DataKey } from './seal.ts'
import { slot, slots, written } from './write.ts'

/** Whose data key it is (`hub`: the database's own); deleting the key of a scope shreds all that lies under it. */
export type Scope = 'hub' | `incident:${string}` | `person:${string}` | `file:${string}` | `broadcast:${string}`

/** The data keys of incidents, people and files. */
export type DataKeys = {
  /** The key of a scope, or null if there is none or it was shredded. */
  find(handle: Read, scope: Scope): Promise<Key | null>
  /** The key of a scope, made now if there is none. */
  require(tx: Tx, scope: Scope): Promise<Key>
  /** A key for something new. */
  fresh(): DataKey
  /** Keeps a fresh key as that of a scope that has none. */
  add(tx: Tx, scope: Scope, fresh: DataKey): Promise<unknown>
  /** Makes the key of something new, and keeps it. */
  make(tx: Tx, scope: Scope): Promise<Key>
  /** The key of somebody, made now if there is none; for those of the roster without asking the database. */
  person(tx: Tx, person: PersonId): Promise<Key>
  /** The key of somebody on the roster as last taken; null for anybody else. */
  known(person: PersonId): Key | null
  /** The key for words of a person (null: the hub itself) in an incident. */
  words(incident: Key, person: Key | null): Key
  /** Takes the committed keys of everybody on the roster, in place of those taken before. */
  remember(people: ReadonlyMap<PersonId, Buffer>): void
}

/** The scope of an incident. */
export const ofIncident = (id: IncidentId): Scope => `incident:${id}`

/** The scope of a person. */
export const ofPerson = (id: PersonId): Scope => `person:${id}`

/** The scope of a broadcast. */
export const ofBroadcast = (id: BroadcastId): Scope => `broadcast:${id}`

/** The scope of an attached file. */
export const ofFile = (id: string): Scope => `file:${id}`

/**
 * In a query: the sealed key of the incident or person whose id stands in that column (`table.column`), else null.
 * No join, which takes SQLite ten times as long.
 */
export function sealedKey(kind: 'incident' | 'person', id: `${string}.${string}`): SQL<Buffer | null> {
  return keyIn(`'${kind}:' || ${id}`)
}

/** As `sealedKey`, by the scope that stands in a column. */
export function sealedKeyOf(scope: `${string}.${string}`): SQL<Buffer | null> {
  return keyIn(scope)
}

const keyIn = (scope: string) =>
  sql<Buffer | null>`${sql.raw(`(select keys.sealed from keys where keys.scope = ${scope})`)}`

/** In a query: that a scope is that of the id in a column. */
export function scopeIs(scope: SQLWrapper, kind: 'incident' | 'person' | 'file' | 'broadcast', id: SQLWrapper) {
  return sql`${scope} = ${sql.raw(`'${kind}:'`)} || ${id}`
}

/** The keys that are stored in the database. */
export function dataKeys({ tables: { keys }, seal }: Base): DataKeys {
  let remembered: ReadonlyMap<PersonId, Buffer> = new Map()
  const combined = new WeakMap<Key, WeakMap<Key, Key>>()

  const select = prepared('key', (handle: Read) =>
    handle
      .select({ sealed: keys.sealed })
      .from(keys)
      .where(eq(keys.scope, slot('scope'))),
  )
  const insert = written('key_new', tx => tx.insert(keys).values(slots(['scope', 'sealed'])))
  const offer = written('key_offer', tx =>
    tx
      .insert(keys)
      .values(slots(['scope', 'sealed']))
      .onConflictDoNothing(),
  )

  async function find(handle: Read, scope: Scope): Promise<Key | null> {
    const [row] = await select(handle, { scope })
    return row ? seal.dataKey(row.sealed) : null
  }

  async function required(tx: Tx, scope: Scope): Promise<Key> {
    const found = await find(tx, scope)
    if (found) return found
    await offer(tx, { scope, sealed: seal.newDataKey().sealed })
    // Another process may have been first.
    const made = await find(tx, scope)
    if (!made) throw new Error('a key was made and is not there')
    return made
  }

  const add = (tx: Tx, scope: Scope, { sealed }: DataKey) => insert(tx, { scope, sealed })

  return {
    find,
    require: required,
    fresh: () => seal.newDataKey(),
    add,
    async make(tx, scope) {
      const fresh = seal.newDataKey()
      await add(tx, scope, fresh)
      return fresh.key
    },
    async person(tx, person) {
      const sealed = remembered.get(person)
      return sealed ? seal.dataKey(sealed) : required(tx, ofPerson(person))
    },
    known(person) {
      const sealed = remembered.get(person)
      return sealed ? seal.dataKey(sealed) : null
    },
    words(incident, person) {
      if (!person) return incident
      const known = combined.get(incident) ?? new WeakMap<Key, Key>()
      combined.set(incident, known)
      const key = known.get(person) ?? seal.combine(incident, person)
      known.set(person, key)
      return key
    },
    remember(people) {
      remembered = people
    },
  }
}
