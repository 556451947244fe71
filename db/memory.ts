import { and, eq, isNotNull, lt } from 'drizzle-orm'
import type { PlatformName } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { accountLookup } from './seed.ts'

/** The few things that platforms must know again after a restart, by a key of their own each. */
export interface MemoryStore {
  /** The value, or null. */
  get(platform: PlatformName, key: string): Promise<string | null>
  /**
   * Keeps a value, or forgets it (null). `account` is the address of whose it is, if anybody's: it goes when they are
   * erased, or once nobody has changed it for long.
   */
  set(platform: PlatformName, key: string, value: string | null, now: number, account?: string): Promise<void>
  /** Forgets what is somebody's and was not changed since that moment (epoch ms); gives how many. */
  sweep(before: number): Promise<number>
}

/** The memory in the database, sealed; neither a key nor an owner can be read there. */
export function memoryStore({ database, tables: { memory }, seal }: Base): MemoryStore {
  const lookup = (platform: PlatformName, key: string) => seal.hmac(`memory:${platform}:${key}`)

  return {
    async get(platform, key) {
      const own = eq(memory.key, lookup(platform, key))
      const [row] = await database.read.select({ value: memory.value }).from(memory).where(own)
      return row ? seal.text(row.value) : null
    },
    async set(platform, name, value, savedAt, account) {
      const key = lookup(platform, name)
      const owner = account === undefined ? null : seal.hmac(accountLookup(platform, account))
      await database.transaction(tx => {
        if (value === null) return tx.delete(memory).where(eq(memory.key, key)).returning({ key: memory.key })
        // In here, so that a key that was replaced meanwhile is not the one it lies under.
        const row = { platform, value: seal.seal(value), owner, savedAt }
        return tx
          .insert(memory)
          .values({ key, ...row })
          .onConflictDoUpdate({ target: memory.key, set: row })
          .returning({ key: memory.key })
      })
    },
    async sweep(before) {
      const old = and(isNotNull(memory.owner), lt(memory.savedAt, before))
      const gone = await database.transaction(tx => tx.delete(memory).where(old).returning({ key: memory.key }))
      return gone.length
    },
  }
}
