import { type SQL, sql } from 'drizzle-orm'
import { ConfigError } from '../workflows/errors.ts'
import type { Database, Tx } from './database.ts'
import { rows } from './database.ts'
import { type Erased, type Loss, written } from './erased.ts'
import { type HubKeySource, loadHubKeys } from './keyfile.ts'
import { createSeal, type Seal, sealId } from './seal.ts'

/** What of an erasure list was done over, in a database from before; `strange`: lines that are not its own. */
export type Replayed = {
  readonly people: number
  readonly files: number
  readonly entries: number
  readonly strange: number
  /** The last line that was read (epoch ms); null if there was none. */
  readonly until: number | null
}

/**
 * Deletes anew, in a database that stands as it did before, what these lines of its erasure lists say was deleted
 * since. The columns that it names have been there since the first version, so that a database of any version can be
 * given.
 */
export async function replay(database: Database, lines: AsyncIterable<Erased | null>, now: number): Promise<Replayed> {
  const tables = await tablesIn(database)
  const counted = { people: 0, files: 0, entries: 0, strange: 0, until: null as number | null }
  const known = tables.has('erased') ? await newest(database) : 0
  const done = new Set<number>()
  for await (const line of lines) {
    if (!line) {
      counted.strange += 1
      continue
    }
    counted.until = Math.max(counted.until ?? 0, line.at)
    if (line.id <= known || done.has(line.id)) continue
    done.add(line.id)
    await database.transaction(tx => again(tx, line, { engine: database.engine, tables, now }))
    if (line.what.type === 'person') counted.people += 1
    else if (line.what.type === 'file') counted.files += 1
    else counted.entries += line.what.seqs.length
  }
  // PostgreSQL does not count on from numbers that were given to it.
  if (database.engine === 'postgres' && done.size > 0)
    await database.transaction(tx =>
      execute(tx, sql`select setval(pg_get_serial_sequence('erased', 'id'), (select max(id) from erased))`),
    )
  return counted
}

/** Runs a statement that gives nothing back. */
export async function execute(tx: Tx, statement: SQL): Promise<void> {
  const raw = tx as unknown as { run(query: SQL): unknown } | { execute(query: SQL): Promise<unknown> }
  await ('execute' in raw ? raw.execute(statement) : raw.run(statement))
}

/** The seal of a database of any version, from the keys in a file; @throws ConfigError if they are others */
export async function sealOf(database: Database, key: Omit<HubKeySource, 'mayCreate'>): Promise<Seal> {
  const given = new Map(loadHubKeys({ ...key, mayCreate: false }).map(bytes => [sealId(bytes), bytes]))
  const [used] = await rows<{ value: string }>(database.read, sql`select value from settings where key = 'keys'`)
  const [root] = await rows<{ sealed: Buffer }>(database.read, sql`select sealed from keys where scope = 'hub'`)
  const id = used ? String(JSON.parse(used.value).current) : (root?.sealed.toString('hex', 1, 5) ?? '')
  const current = given.get(id)
  if (!current || !root) throw new ConfigError(`The key of this database (${id}) is not in ${key.file}.`)
  const seal = createSeal({ current, older: [...given.values()].filter(bytes => bytes !== current) })
  seal.unlock(root.sealed)
  return seal
}

/** The tables that a database has, of whatever version it is. */
export async function tablesIn({ engine, read }: Database): Promise<ReadonlySet<string>> {
  const found = await rows<{ name: string }>(
    read,
    engine === 'sqlite'
      ? sql`select name from sqlite_master where type = 'table'`
      : sql`select tablename as name from pg_tables where schemaname = current_schema()`,
  )
  return new Set(found.map(row => row.name))
}

type How = {
  readonly engine: Database['engine']
  readonly tables: ReadonlySet<string>
  readonly now: number
}

async function again(tx: Tx, line: Erased, { engine, tables, now }: How): Promise<void> {
  const run: Run = async (table, statement) => void (tables.has(table) && (await execute(tx, statement)))
  await lose(line.what, run, { engine, now })
  await run('erased', sql`insert into erased (id, at, what) values (${line.id}, ${line.at}, ${written(line.what)})`)
}

type Run = (table: string, statement: SQL) => Promise<void>

async function lose(what: Loss, run: Run, how: Pick<How, 'engine' | 'now'>): Promise<void> {
  switch (what.type) {
    case 'file':
      await run('keys', sql`delete from keys where scope = ${`file:${what.id}`}`)
      return run(
        'files',
        sql`update files set shredded_at = ${how.now}, record = null, match = null
          where id = ${what.id} and shredded_at is null`,
      )
    case 'words': {
      const { incident, seqs } = what
      const some = sql.join(
        seqs.map(seq => sql`${seq}`),
        sql`, `,
      )
      await run('words', sql`delete from words where incident = ${incident} and seq in (${some})`)
      return forget(run, how.engine, sql`= ${incident}`)
    }
    case 'person':
      return losePerson(what.id, run, how)
  }
}

// Whoever is kept out stays so by the digest of their account; what is left of them is cleared away by the hub.
async function losePerson(id: string, run: Run, { engine, now }: Pick<How, 'engine' | 'now'>): Promise<void> {
  const own = sql`(select id from accounts where person = ${id})`
  await run('keys', sql`delete from keys where scope = ${`person:${id}`}`)
  await forget(run, engine, sql`in (select incident from words where person = ${id})`)
  await run('words', sql`delete from words where person = ${id}`)
  await run('posts', sql`update posts set ${silent} where due_at is not null and (author = ${id} or account in ${own})`)
  await run('memory', sql`delete from memory where owner in (select lookup from accounts where person = ${id})`)
  await run('inbox', sql`update inbox set answer = null, raw = null, person = null, due_at = null where person = ${id}`)
  await run('blocks', sql`update accounts set address = ${Buffer.alloc(0)} where person = ${id}`)
  await run(
    'blocks',
    sql`delete from accounts where person = ${id}
      and not exists (select 1 from blocks where blocks.person = ${id} and lifted_at is null)`,
  )
  for (const table of [
    'people',
    'duty',
    'drafts',
    'utterances',
    'fetches',
    'tickets',
    'feeds',
    'triage_leases',
    'reveals',
  ])
    await run(table, sql`delete from ${sql.raw(table)} where ${sql.raw(table === 'people' ? 'id' : 'person')} = ${id}`)
  await run(
    'erasures',
    sql`insert into erasures (person, cursor, at) values (${id}, '', ${now}) on conflict do nothing`,
  )
}

/** What quotes words of these incidents goes, too; what may still be found of them is taken up anew. */
async function forget(run: Run, engine: Database['engine'], which: SQL): Promise<void> {
  const numbers = sql`(select n from searched where incident ${which})`
  await run('search', sql`delete from search where ${sql.raw(engine === 'sqlite' ? 'rowid' : 'n')} in ${numbers}`)
  await run('gists', sql`delete from gists where incident ${which}`)
  await run('incidents', sql`update incidents set unindexed = true where id ${which}`)
  await run('posts', sql`update posts set ${silent} where due_at is not null and incident ${which}`)
  await run(
    'inbox',
    sql`update inbox set answer = null where scope in (select 'incident:' || id from incidents where id ${which})`,
  )
}

const silent = sql`state = 'left', due_at = null, view = ${Buffer.alloc(0)}, author = null`

async function newest({ read }: Database): Promise<number> {
  const [row] = await rows<{ id: number | null }>(read, sql`select max(id) as id from erased`)
  return row?.id ?? 0
}
