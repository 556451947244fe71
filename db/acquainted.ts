import { and, eq, inArray } from 'drizzle-orm'
import type { AccountId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { DataKeys } from './keys.ts'

/** Whom the hub has written with on a tool that minds it. */
export interface AcquaintedStore {
  /** The Signal accounts of the roster that have written to the hub, or it to them. */
  acquainted(): Promise<ReadonlySet<AccountId>>
}

/**
 * Reads it from what the platform remembers of whom it wrote with. Who is known once stays so while the process runs,
 * so that only the others are looked for again.
 */
export function acquaintedStore(
  { database, tables: { accounts, memory }, seal }: Base,
  keys: Pick<DataKeys, 'known'>,
): AcquaintedStore {
  const known = new Set<AccountId>()
  const numbers = new Map<AccountId, string | null>()
  const keyOf = (name: string) => seal.hmac(`memory:signal:${name}`)

  async function values(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>()
    for (let at = 0; at < names.length; at += atOnce) {
      const some = new Map(names.slice(at, at + atOnce).map(name => [keyOf(name), name]))
      const rows = await database.read
        .select({ key: memory.key, value: memory.value })
        .from(memory)
        .where(inArray(memory.key, [...some.keys()]))
      for (const row of rows) found.set(some.get(row.key) ?? '', seal.text(row.value))
    }
    return found
  }

  /** The phone number by which the roster knows an account; null where it has its uuid. */
  function numberOf({ id, person, address }: typeof accounts.$inferSelect): string | null {
    const asked = numbers.get(id)
    if (asked !== undefined) return asked
    const key = keys.known(person)
    const said = key ? seal.text(address, key) : ''
    const number = said.startsWith('+') ? said : null
    numbers.set(id, number)
    return number
  }

  /** Signal is written to by uuids: who is known by a number is found by the uuid that was seen with it. */
  async function byNumber(rows: readonly (typeof accounts.$inferSelect)[]): Promise<void> {
    const called = new Map<string, AccountId>()
    for (const row of rows) {
      const number = numberOf(row)
      if (number) called.set(number, row.id)
    }
    const uuids = await values([...called.keys()].map(number => `also:${number}`))
    const written = await values([...uuids.values()].map(uuid => `met:${uuid}`))
    for (const [number, id] of called) {
      const uuid = uuids.get(`also:${number}`)
      if (uuid && written.has(`met:${uuid}`)) known.add(id)
    }
  }

  return {
    async acquainted() {
      const rows = await database.read.select().from(accounts).where(eq(accounts.platform, 'signal'))
      const owned = await database.read
        .select({ id: accounts.id, value: memory.value })
        .from(memory)
        .innerJoin(accounts, and(eq(memory.owner, accounts.lookup), eq(accounts.platform, 'signal')))
        .where(eq(memory.platform, 'signal'))
      // Beside it lies what their number is.
      for (const { id, value } of owned) if (!known.has(id) && seal.text(value) === met) known.add(id)
      await byNumber(rows.filter(row => !known.has(row.id)))
      return new Set(known)
    },
  }
}

const atOnce = 500
/** What is remembered of an account that was written with. */
const met = '1'
