import { eq } from 'drizzle-orm'
import type { AccountChange } from '../workflows/account.ts'
import type { BlockChange, DrillChange, RecurringChange, RosterChange, ShieldChange } from '../workflows/change.ts'
import type { Language } from '../workflows/directory.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { erase } from './erasure.ts'
import type { DataKeys } from './keys.ts'
import { writeWish } from './wishes.ts'

/** What people change for themselves. */
export type PersonChange = Exclude<
  RosterChange,
  BlockChange | ShieldChange | DrillChange | AccountChange | RecurringChange
>

/** Writes one change that a person made for themselves. */
export async function writePerson(
  tx: Tx,
  base: Base,
  keys: DataKeys,
  change: PersonChange,
  now: number,
): Promise<void> {
  const { person } = change
  const { duty, people } = base.tables
  switch (change.type) {
    case 'duty': {
      const { until } = change
      if (until === null) return void (await tx.delete(duty).where(eq(duty.person, person)).returning())
      const set = { until }
      await tx.insert(duty).values({ person, until }).onConflictDoUpdate({ target: duty.person, set }).returning()
      return
    }
    case 'callsign': {
      const { callsign } = change
      await tx.update(people).set({ callsign }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'language': {
      const [row] = await tx.select({ languages: people.languages }).from(people).where(eq(people.id, person))
      const others = (row?.languages ?? []).filter(language => language !== change.language)
      const languages = [change.language as Language, ...others]
      await tx.update(people).set({ languages }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'quiet': {
      const { quiet } = change
      await tx.update(people).set({ quiet }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'contact': {
      const contact = change.contact === null ? null : base.seal.seal(change.contact, await keys.person(tx, person))
      await tx.update(people).set({ contact }).where(eq(people.id, person)).returning({ id: people.id })
      return
    }
    case 'wish':
      return writeWish(tx, base, person, change.wish)
    case 'erase':
      return erase(base, keys, tx, person, now)
  }
}
