import { and, asc, eq, lte } from 'drizzle-orm'
import type { Post } from '../workflows/change.ts'
import type { AccountId, IncidentId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Posts } from './posts.ts'
import { batch } from './write.ts'

/** What one account is to be told in one list: the incidents, and when it is due (epoch ms). */
export type Gathering = {
  readonly account: AccountId
  readonly dueAt: number
  readonly incidents: readonly IncidentId[]
}

/** Notices that came too thick to be told one by one. */
export interface NoticeStore {
  /** What is due to be told by now, one gathering an account. */
  due(now: number, limit: number): Promise<readonly Gathering[]>
  /** Puts the list (null: nothing of it matters any more) in place of the notices, all or nothing. */
  told(gathering: Gathering, list: Post | null, now: number): Promise<void>
}

/** The notices that wait, and what a transaction does to them. */
export type Notices = NoticeStore & {
  /** Keeps those of the posts that are to be gathered; gives the others. */
  keep(tx: Tx, posts: readonly Post[]): Promise<readonly Post[]>
}

/** The notices in the database. */
export function noticeStore({ database, tables: { notices } }: Base, posts: Posts): Notices {
  const insert = batch('notices_new', ['key', 'account', 'incident', 'dueAt'], (tx, values) =>
    tx.insert(notices).values(values).onConflictDoNothing(),
  )

  return {
    async keep(tx, list) {
      const gathered = list.flatMap(({ key, to, incident, gatherAt }) =>
        gatherAt !== undefined && incident && 'account' in to
          ? [{ key, account: to.account, incident, dueAt: gatherAt }]
          : [],
      )
      if (gathered.length === 0) return list
      await insert(tx, gathered)
      const keys = new Set(gathered.map(one => one.key))
      return list.filter(post => !keys.has(post.key))
    },
    async due(now, limit) {
      const rows = await database.read
        .select()
        .from(notices)
        .where(lte(notices.dueAt, now))
        .orderBy(asc(notices.dueAt), asc(notices.account))
        .limit(limit)
      const byAccount = Map.groupBy(rows, row => row.account)
      return [...byAccount].map(([account, own]) => ({
        account,
        dueAt: Math.max(...own.map(row => row.dueAt)),
        incidents: [...new Set(own.map(row => row.incident))],
      }))
    },
    async told({ account, dueAt }, list, now) {
      await database.transaction(async tx => {
        if (list) await posts.add(tx, [list], now)
        await tx
          .delete(notices)
          .where(and(eq(notices.account, account), lte(notices.dueAt, dueAt)))
          .returning({ key: notices.key })
      })
    },
  }
}
