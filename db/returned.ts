import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { rows } from './database.ts'
import { execute, tablesIn } from './replay.ts'

/** What a database that was brought back leaves open: how many messages may have gone out since, and codes ended. */
export type LeftOpen = { readonly messages: number; readonly codes: number }

/** How a hub knows that its database was brought back, and as it stood when (epoch ms). */
export type Returned = { readonly at: number; readonly stoodAt: number }

/**
 * Makes a database that stands as it did at `stoodAt` fit to go on from now (epoch ms), all or nothing: what waited to
 * be sent may have gone out since, so it is looked up or asked about before it is sent; cards are drawn anew; numbers
 * of incidents that may have been given since are not given again; codes and leases end; summaries up to now are not
 * made up for. Like `replay` it takes a database of any version.
 */
export async function settleReturned(database: Database, { at, stoodAt }: Returned): Promise<LeftOpen> {
  const tables = await tablesIn(database)
  return database.transaction(async tx => {
    const run = async (table: string, statement: SQL) => void (tables.has(table) && (await execute(tx, statement)))
    const count = async (table: string, which: SQL) => {
      const [row] = await rows<{ count: number }>(
        tx,
        sql`select count(*) as count from ${sql.raw(table)} where ${which}`,
      )
      return Number(row?.count ?? 0)
    }
    const posts = await count('posts', sql`due_at is not null`)
    const cards = await count('cards', sql`due_at is not null and message is null`)
    const codes = await count('codes', holds(at))
    await run('posts', sql`update posts set state = 'unknown', due_at = ${at} where due_at is not null`)
    await run(
      'cards',
      sql`update cards set state = 'unknown', due_at = ${at} where due_at is not null and message is null`,
    )
    await run(
      'cards',
      sql`update cards set wanted = wanted + 1, due_at = ${at}, since = coalesce(since, ${at})
        where message is not null and state <> 'unsure' and incident in (select id from incidents where open = true)`,
    )
    // A thousand is easily seen, and leaves room for what was filed since.
    await run('numbers', sql`update numbers set next = ((next + 499) / 1000 + 1) * 1000 + 1`)
    await run('codes', sql`update codes set until = ${at} where ${holds(at)}`)
    await run('leases', sql`update leases set until = 0`)
    for (const table of ['processes', 'pulses', 'tickets']) await run(table, sql`delete from ${sql.raw(table)}`)
    await run('settings', sql`update settings set value = ${String(at)} where key = 'begun'`)
    await run('settings', sql`delete from settings where key = 'returned'`)
    const value = JSON.stringify({ at, stoodAt } satisfies Returned)
    await run('settings', sql`insert into settings (key, value) values ('returned', ${value})`)
    return { messages: posts + cards, codes }
  })
}

const holds = (at: number) => sql`until > ${at} and used < uses`
