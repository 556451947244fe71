import { and, asc, desc, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { PracticeMessage, PracticeStore } from '../workflows/delivery.ts'
import type { Base } from './base.ts'

/** The messages of the practice workspace. */
export function practiceStore({ database, tables: { practiceMessages: messages } }: Base): PracticeStore {
  const { read } = database
  const of = ({ changedAt: _, ...message }: typeof messages.$inferSelect): PracticeMessage => message

  async function byKey(key: string): Promise<PracticeMessage | null> {
    const [row] = await read.select().from(messages).where(eq(messages.key, key))
    return row ? of(row) : null
  }

  return {
    async add(message) {
      const [row] = await database.transaction(tx =>
        tx
          .insert(messages)
          .values({ ...message, changedAt: message.at })
          .onConflictDoNothing({ target: messages.key })
          .returning(),
      )
      const standing = row ? of(row) : await byKey(message.key ?? '')
      if (!standing) throw new Error('a message was neither new nor there before')
      return standing
    },
    async edit(id, body, at) {
      const [row] = await database.transaction(tx =>
        tx.update(messages).set({ body, editedAt: at, changedAt: at }).where(eq(messages.id, id)).returning(),
      )
      return row ? of(row) : null
    },
    byKey,
    async get(id) {
      const [row] = await read.select().from(messages).where(eq(messages.id, id))
      return row ? of(row) : null
    },
    async list(room, limit, before) {
      const rows = await read
        .select()
        .from(messages)
        .where(
          and(
            eq(messages.room, room),
            isNull(messages.thread),
            before === undefined ? undefined : lt(messages.id, before),
          ),
        )
        .orderBy(desc(messages.id))
        .limit(limit)
      return rows.reverse().map(of)
    },
    async thread(root) {
      return (await read.select().from(messages).where(eq(messages.thread, root)).orderBy(asc(messages.id))).map(of)
    },
    async threadCounts(roots) {
      if (roots.length === 0) return new Map()
      const rows = await read
        .select({ thread: messages.thread, count: sql<number>`count(*)` })
        .from(messages)
        .where(inArray(messages.thread, [...roots]))
        .groupBy(messages.thread)
      return new Map(rows.flatMap(({ thread, count }) => (thread === null ? [] : [[thread, count] as const])))
    },
    async since(at, limit) {
      const rows = await read
        .select()
        .from(messages)
        .where(gte(messages.changedAt, at))
        .orderBy(asc(messages.changedAt), asc(messages.id))
        .limit(limit)
      return rows.map(of)
    },
  }
}
