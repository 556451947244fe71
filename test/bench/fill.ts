import { randomBytes } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { AccountId, PersonId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { fileReport } from './filing.ts'
import { accountOf, openHub, reporters } from './hub.ts'
import { type Filler, type Past, seedHistory } from './seed.ts'

/** Makes a store at that address with a history of so many incidents that ends now (epoch ms). */
export async function makeHistory(url: string, folder: string, count: number, now: number): Promise<void> {
  const past = { count, now, ...(await sampleOf(url, folder, now)) }
  if (url.startsWith('file:')) await onSqlite(url.slice('file:'.length), past)
  else await onPostgres(url, past)
}

type Sample = Pick<Past, 'template' | 'people' | 'room'>

/** Migrates and seeds the store, and files one report, whose state the whole history repeats. */
async function sampleOf(url: string, folder: string, now: number): Promise<Sample> {
  const opened = await openHub(url, folder, () => now)
  const { store } = opened
  try {
    await fileReport(opened, 0)
    const found: ({ person: PersonId; account: AccountId } | null)[] = []
    for (let at = 0; at < reporters; at++) found.push(await store.roster.whose('workspace', accountOf(at)))
    const people = found.flatMap(one => (one ? [one.person] : []))
    const { items } = await store.incidents.list({ regions: 'all', viewer: people[0] as PersonId, limit: 1 })
    const room = store.roster.directory().rooms[0]?.id ?? ''
    return { template: items[0] as Incident, people, room }
  } finally {
    await store.close()
  }
}

async function onSqlite(path: string, past: Omit<Past, 'sealed'>): Promise<void> {
  const client = new Sqlite(path)
  try {
    for (const pragma of ['journal_mode = off', 'synchronous = off', 'cache_size = -500000']) client.pragma(pragma)
    const run = (statement: string) => void client.exec(statement)
    const all = "select name, sql from sqlite_master where type = 'index' and sql is not null"
    const indexes = client.prepare<[], { name: string; sql: string }>(all).all()
    await without(indexes, { run }, () => seedHistory({ run }, { ...past, sealed: `x'${sealedBytes()}'` }))
    client.pragma('journal_mode = wal')
  } finally {
    client.close()
  }
}

async function onPostgres(url: string, past: Omit<Past, 'sealed'>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const run = async (statement: string) => void (await client.query(statement))
    await run('set synchronous_commit = off')
    await run("set maintenance_work_mem = '256MB'")
    const all = `select indexname as name, indexdef as sql from pg_indexes
      where schemaname = 'public' and indexname not like '%_pk%' and indexname not like '%key'`
    const { rows: indexes } = await client.query<{ name: string; sql: string }>(all)
    const droppable = indexes.filter(({ sql }) => !sql.startsWith('CREATE UNIQUE'))
    await without(droppable, { run }, () => seedHistory({ run }, { ...past, sealed: `'\\x${sealedBytes()}'::bytea` }))
    await run('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** Fills while the indexes are gone: made at the end, each takes one sort. */
async function without(
  indexes: readonly { name: string; sql: string }[],
  { run }: Filler,
  fill: () => Promise<void>,
): Promise<void> {
  for (const { name } of indexes) await run(`drop index "${name}"`)
  await fill()
  for (const { sql } of indexes) await run(sql)
}

// As long as a sealed data key.
function sealedBytes(): string {
  return randomBytes(65).toString('hex')
}
