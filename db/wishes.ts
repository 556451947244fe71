import { and, eq, exists, inArray, isNotNull, ne, or } from 'drizzle-orm'
import type { Wish } from '../workflows/change.ts'
import type { Wishes } from '../workflows/directory.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'

/**
 * Writes what somebody wishes otherwise from now on. Where they stop broadcasts, none that waits for them goes out any
 * more, but for what saves lives; of what is being sent that moment nobody can tell.
 */
export async function writeWish(tx: Tx, base: Base, person: PersonId, wish: Wish): Promise<void> {
  const { people } = base.tables
  const [row] = await tx.select({ wishes: people.wishes }).from(people).where(eq(people.id, person))
  const wishes = wishing(row?.wishes ?? {}, wish)
  await tx.update(people).set({ wishes }).where(eq(people.id, person)).returning({ id: people.id })
  if (typeof wish.stopped === 'number') await leaveInPeace(tx, base, person)
}

/** Null where nothing is wished any more. */
function wishing(before: Wishes, wish: Wish): Wishes | null {
  const kept = Object.entries({ ...before, ...wish }).filter(([, value]) => value !== null && value !== undefined)
  return kept.length > 0 ? (Object.fromEntries(kept) as Wishes) : null
}

async function leaveInPeace(tx: Tx, { tables: { recipients, broadcasts, posts } }: Base, person: PersonId) {
  const stoppable = exists(
    tx
      .select({ id: broadcasts.id })
      .from(broadcasts)
      .where(and(eq(broadcasts.id, recipients.broadcast), ne(broadcasts.urgency, 'life-safety'))),
  )
  const waits = and(eq(posts.state, 'waiting'), isNotNull(posts.dueAt))
  const ofThem = eq(recipients.person, person)
  // What lies in the outbox, as through somebody's quiet hours, and was not begun.
  const given = await tx
    .select({ post: posts.key })
    .from(recipients)
    .innerJoin(posts, eq(posts.key, recipients.post))
    .where(and(ofThem, eq(recipients.state, 'given'), stoppable, waits))
  const keys = given.map(row => row.post)
  const left = await (keys.length === 0
    ? []
    : tx
        .update(posts)
        .set({ state: 'left', dueAt: null, error: why, view: Buffer.alloc(0), author: null })
        .where(and(inArray(posts.key, keys), waits))
        .returning({ key: posts.key }))
  const gone = left.map(row => row.key)
  // Whoever had it through another account stays one who had it.
  const taken = gone.length === 0 ? undefined : and(inArray(recipients.post, gone), eq(recipients.turn, 1))
  await tx
    .update(recipients)
    .set({ state: 'stopped', error: why })
    .where(and(ofThem, or(taken, and(eq(recipients.state, 'waiting'), stoppable))))
    .returning({ key: recipients.key })
}

const why = 'they wish no broadcasts'
