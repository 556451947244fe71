import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { ConfigError } from '../workflows/errors.ts'
import type { Engine, Read, Tx } from './database.ts'
import { durable } from './durable.ts'
import { storeFailure } from './failure.ts'
import { groupCommit } from './group.ts'
import { dropFormers, keepFormer, refuseHalf } from './imprint.ts'
import { migrate } from './migrate.ts'
import { type Statements, statements } from './statements.ts'

/** Where the file is; `lockWaitMs` bounds the wait for another program's lock; without migrations it stays as it is. */
export type SqliteOptions = { readonly path: string; readonly migrations: string | null; readonly lockWaitMs: number }

/**
 * Opens the file, made with its folder for its owner alone if it is missing; whoever is answered is on the disk.
 * @throws ConfigError where the folder's file system cannot hold SQLite's log
 */
export async function openSqlite({ path, migrations, lockWaitMs }: SqliteOptions): Promise<Engine> {
  const opened: { close(): unknown }[] = []
  try {
    refuseHalf(path)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Made beforehand, because SQLite gives its log files the rights of this one.
    closeSync(openSync(path, 'a', 0o600))
    const writer = open(opened, path, { timeout: shortWaitMs })
    for (const pragma of writerPragmas) writer.pragma(pragma)
    if (writer.pragma('journal_mode = wal', { simple: true }) !== 'wal') throw new ConfigError(noLog(path))
    const log = durable(`${path}-wal`)
    opened.push(log)
    const watched = statements(writer, { onlyInTransaction: true })
    const [begin, commit] = [run(writer, 'begin immediate'), run(writer, 'commit')]
    const transaction = groupCommit({
      begin: () => {
        log.require()
        begin()
      },
      commit: () => log.commit(commit, watched.writes),
      durable: log.reached,
      rollback: run(writer, 'rollback'),
      savepoint: run(writer, 'savepoint caller'),
      release: run(writer, 'release caller'),
      undo: run(writer, 'rollback to caller'),
      open: () => writer.inTransaction,
      ended: watched.ended,
      writes: watched.writes,
      tx: handle(watched.client) as Tx,
      lockWaitMs,
    })
    // A migration that rebuilds a table would otherwise delete the rows that refer to it.
    writer.pragma('foreign_keys = off')
    const changing = () => keepFormer(path, Date.now())
    if (migrations !== null) await transaction(() => migrate(migrations, async one => execute(watched, one), changing))
    writer.pragma('foreign_keys = on')
    const reader = open(opened, path, { readonly: true, timeout: 250 })
    reader.pragma('query_only = on')
    return {
      engine: 'sqlite',
      read: handle(statements(reader, { onlyInTransaction: false }).client),
      transaction,
      async scrub() {
        // Another caller's transaction would be in the way on this very connection.
        for (let tries = 0; writer.inTransaction && tries < 1_000; tries += 1) await pause(1)
        if (writer.inTransaction) return false
        dropFormers(path, Date.now())
        const [done] = writer.pragma('wal_checkpoint(truncate)') as { busy: number }[]
        return done?.busy === 0
      },
      async close() {
        for (const client of opened.toReversed()) client.close()
      },
    }
  } catch (error) {
    for (const client of opened.toReversed()) client.close()
    throw storeFailure(error)
  }
}

// Longer waits would hold up everything else in the process; the group tries again with pauses instead.
const shortWaitMs = 5

const writerPragmas = [
  // The log is brought to the disk by `durable`, before anybody is answered; SQLite does so only when it copies.
  'synchronous = normal',
  'secure_delete = on',
  'foreign_keys = on',
  'temp_store = memory',
  // Pages that change with every report are copied to the file less often.
  'wal_autocheckpoint = 4000',
]

const noLog = (path: string) =>
  `SQLite cannot keep a log beside ${path}: its folder is on a file system that lacks what that needs, such as a ` +
  'network share. Name a file on a disk of this machine in DATABASE_URL, or use PostgreSQL.'

function open(opened: { close(): unknown }[], path: string, options: Sqlite.Options): Sqlite.Database {
  const client = new Sqlite(path, options)
  opened.push(client)
  return client
}

function run(client: Sqlite.Database, statement: string): () => void {
  const ready = client.prepare(statement)
  return () => {
    ready.run()
  }
}

function handle(client: Pick<Sqlite.Database, 'prepare'>): Read {
  return drizzle({ client: client as Sqlite.Database, casing: 'snake_case' }) as unknown as Read
}

function execute({ client, exec }: Statements, statement: string): { made?: unknown }[] {
  if (!statement.startsWith('select')) {
    exec(statement)
    return []
  }
  return client.prepare<[], { made: unknown }>(statement).all()
}
