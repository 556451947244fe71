import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Block } from '../workflows/batch.ts'
import type { BlockChange } from '../workflows/change.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** Who is kept out, why and by whom; what was lifted stays on record. */
export type Blocks = {
  /** Everybody who is kept out now. */
  now(handle: Read): Promise<ReadonlySet<PersonId>>
  /** Who is kept out now, newest first; the reason is null once their key is shredded. */
  list(): Promise<readonly Block[]>
  /** Keeps somebody out, or lets them in again; done already, it changes nothing. */
  write(tx: Tx, change: BlockChange): Promise<void>
}

/** The blocks in the database, each reason sealed under the key of whom it is about. */
export function blockRows({ database, tables: { blocks }, seal }: Base, keys: DataKeys): Blocks {
  const standing = isNull(blocks.liftedAt)

  return {
    async now(handle) {
      const rows = await handle.select({ person: blocks.person }).from(blocks).where(standing)
      return new Set(rows.map(row => row.person))
    },
    async list() {
      const rows = await database.read.select().from(blocks).where(standing).orderBy(desc(blocks.id)).limit(mostListed)
      return Promise.all(
        rows.map(async ({ person, by, at, reason }) => {
          const key = reason && (await keys.find(database.read, ofPerson(person)))
          return { person, by, at, reason: reason && key ? seal.text(reason, key) : null }
        }),
      )
    },
    async write(tx, change) {
      const { person, by, at } = change
      const [already] = await tx
        .select({ id: blocks.id })
        .from(blocks)
        .where(and(eq(blocks.person, person), standing))
      if (change.type === 'unblock') {
        const set = { liftedBy: by, liftedAt: at }
        await tx
          .update(blocks)
          .set(set)
          .where(and(eq(blocks.person, person), standing))
          .returning({ id: blocks.id })
        return
      }
      if (already) return
      const reason = change.reason === '' ? null : seal.seal(change.reason, await keys.person(tx, person))
      await tx.insert(blocks).values({ person, by, at, reason }).returning({ id: blocks.id })
    },
  }
}

const mostListed = 50
