import { eq, lt } from 'drizzle-orm'
import type { Bulletin, BulletinChange, BulletinId, BulletinReads } from '../workflows/bulletin.ts'
import { RuleError } from '../workflows/errors.ts'
import type { View } from '../workflows/view.ts'
import { type Base, held } from './base.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** The bulletins, and what a transaction does to them. */
export type Bulletins = BulletinReads & {
  /** Writes what somebody does about one. @throws RuleError where it stands otherwise by now */
  write(tx: Tx, change: BulletinChange): Promise<void>
}

const keptMs = 60 * 24 * 60 * 60_000

/** The bulletins in the database. */
export function bulletinStore({ database, tables, seal }: Base): Bulletins {
  const { bulletins } = tables

  async function settle(
    tx: Tx,
    { by, at }: BulletinChange,
    state: 'approved' | 'refused',
    of: Bulletin,
  ): Promise<void> {
    const { id } = of
    const [row] = await held(tx.select().from(bulletins).where(eq(bulletins.id, id)), bulletins)
    if (!row || row.until <= at) throw new RuleError({ key: 'bulletin.over', params: { id } })
    if (row.state !== 'asked')
      throw new RuleError({
        key: `bulletin.is-${row.state}`,
        params: { id, person: { person: row.settledBy ?? row.by } },
      })
    if (row.by === by) throw new RuleError({ key: 'bulletin.alone', params: { id } })
    await tx
      .update(bulletins)
      .set({ state, settledBy: by, settledAt: at })
      .where(eq(bulletins.id, id))
      .returning({ id: bulletins.id })
    await addDeed(tx, tables, { at, by, what: 'bulletin', facts: { did: state, bulletin: id } })
  }

  return {
    async find(id) {
      const [row] = await database.read.select().from(bulletins).where(eq(bulletins.id, id))
      if (!row) return null
      const { views, settledAt: _, ...rest } = row
      return { ...rest, id: row.id as BulletinId, views: JSON.parse(seal.text(views)) as readonly View[] }
    },
    async write(tx, change) {
      const { do: deed, by, at, made: id, until } = change
      if (deed.type !== 'ask') return settle(tx, change, deed.type === 'approve' ? 'approved' : 'refused', deed.of)
      if (id === null) throw new Error('a bulletin was asked for without a name')
      const { plan, platform } = deed
      // What was done stays in the log of the network.
      await tx
        .delete(bulletins)
        .where(lt(bulletins.at, at - keptMs))
        .returning({ id: bulletins.id })
      const views = seal.seal(JSON.stringify(deed.views))
      await tx
        .insert(bulletins)
        .values({ id, by, at, plan, platform, views, state: 'asked', until })
        .returning({ id: bulletins.id })
      const facts = { did: 'asked', bulletin: id, edition: plan.edition, regions: plan.regions }
      await addDeed(tx, tables, { at, by, what: 'bulletin', facts })
    },
  }
}
