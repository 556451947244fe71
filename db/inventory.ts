import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'
import { tablesIn } from './replay.ts'

/** How much a database holds; `bytes` are those of its attached files. */
export type Inventory = {
  readonly incidents: number
  /** Those of timelines, and of the logs of broadcasts. */
  readonly entries: number
  readonly broadcasts: number
  readonly files: number
  readonly bytes: number
  /** When the newest entry of a timeline was written (epoch ms); null without any. */
  readonly newest: number | null
}

/** Counts what a database of any version holds. */
export async function inventory(database: Database): Promise<Inventory> {
  const { read } = database
  const sent = (await tablesIn(database)).has('broadcasts') ? await sentIn(database) : nothingSent
  const [found] = await rows<Record<Exclude<keyof Inventory, 'broadcasts'>, number | null>>(
    read,
    sql`select (select count(*) from incidents) as incidents, (select count(*) from timeline) as entries,
      (select max(at) from timeline) as newest, count(*) as files, coalesce(sum(size), 0) as bytes
      from files where shredded_at is null and path is not null`,
  )
  const { incidents, entries, files, bytes, newest = null } = found ?? {}
  const number = (value: number | null | undefined) => Number(value ?? 0)
  return {
    ...{ incidents: number(incidents), files: number(files), bytes: number(bytes), broadcasts: sent.broadcasts },
    entries: number(entries) + sent.entries,
    newest: Math.max(number(newest), sent.newest) || null,
  }
}

const nothingSent = { broadcasts: 0, entries: 0, newest: 0 }

async function sentIn({ read }: Database): Promise<typeof nothingSent> {
  const [found] = await rows<Record<keyof typeof nothingSent, number | null>>(
    read,
    sql`select (select count(*) from broadcasts) as broadcasts, count(*) as entries, max(at) as newest
      from broadcast_entries`,
  )
  const { broadcasts, entries, newest } = found ?? nothingSent
  return { broadcasts: Number(broadcasts ?? 0), entries: Number(entries ?? 0), newest: Number(newest ?? 0) }
}

/** Where the attached files of a database lie, below their folder, each with its id. */
export async function* keptFiles({ read }: Database): AsyncGenerator<{ readonly id: string; readonly path: string }> {
  for (let after = ''; ; ) {
    const found = await rows<{ id: string; path: string }>(
      read,
      sql`select id, path from files where id > ${after} and shredded_at is null and path is not null
        order by id limit ${stretch}`,
    )
    yield* found
    if (found.length < stretch) return
    after = found.at(-1)?.id ?? after
  }
}

/** What was reported and done after a moment (epoch ms), which a copy from then does not know. */
export async function since({ read }: Database, moment: number): Promise<{ reports: number; entries: number }> {
  const [found] = await rows<{ reports: number; entries: number }>(
    read,
    sql`select (select count(*) from incidents where reported_at > ${moment}) as reports,
      (select count(*) from timeline where at > ${moment}) as entries`,
  )
  return { reports: Number(found?.reports ?? 0), entries: Number(found?.entries ?? 0) }
}

const stretch = 500
