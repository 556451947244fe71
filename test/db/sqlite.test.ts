import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, rows, type Tx } from '../../db/database.ts'
import { databaseContract, type Place } from '../contracts/database.ts'
import { notesMigrations, notesOf } from '../contracts/notes.ts'

const top = mkdtempSync(join(tmpdir(), 'trust-hub-sqlite-'))
chmodSync(top, 0o755)
afterAll(() => rmSync(top, { recursive: true, force: true }))

let made = 0

async function open(): Promise<Place & { path: string }> {
  made += 1
  const folder = join(top, String(made))
  const path = join(folder, 'hub.db')
  const opened: Database[] = []
  const known = [0, 1, 2, 3].map(later => notesMigrations(join(folder, `migrations-${later}`), 'sqlite', later))
  const again = async (later = 0) => {
    const migrations = known[later] ?? ''
    const database = await openDatabase({ url: `file:${path}`, migrations, lockWaitMs: 100 })
    opened.push(database)
    return database
  }
  const database = await again()
  return {
    database,
    path,
    again,
    async fill() {
      const limit = (pages: number) => database.transaction(tx => rows(tx, sql.raw(`pragma max_page_count = ${pages}`)))
      await limit(1)
      return async () => void (await limit(1_000_000))
    },
    async hold() {
      const other = new Sqlite(path)
      other.exec('begin immediate')
      return async () => void other.close()
    },
    async readOnly() {
      await database.close()
      return unprivileged(folder, () => again())
    },
    async end() {
      await Promise.all(opened.map(one => one.close()))
    },
  }
}

// Root may write anything, so root becomes nobody for a moment.
async function unprivileged<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0
  chmodSync(join(folder, 'hub.db'), 0o444)
  chmodSync(folder, 0o555)
  if (root) process.seteuid?.(65_534)
  try {
    return await act()
  } finally {
    if (root) process.seteuid?.(0)
    chmodSync(folder, 0o755)
  }
}

databaseContract('a database in an SQLite file', open)

describe('an SQLite file', () => {
  const { notes } = notesOf('sqlite')
  const note =
    (id: string, body = '') =>
    (tx: Tx) =>
      tx.insert(notes).values({ id, body }).returning()

  test('is made with its folder for its owner alone, and whole when closed', async () => {
    const { database, path } = await open()
    const settings = await database.transaction(async tx => [
      ...(await rows(tx, sql`pragma journal_mode`)),
      ...(await rows(tx, sql`pragma synchronous`)),
      ...(await rows(tx, sql`pragma foreign_keys`)),
      ...(await rows(tx, sql`pragma secure_delete`)),
    ])
    expect([path, `${path}-wal`].map(file => statSync(file).mode & 0o077)).toEqual([0, 0])
    expect(settings).toEqual([{ journal_mode: 'wal' }, { synchronous: 1 }, { foreign_keys: 1 }, { secure_delete: 1 }])
    await database.close()
    expect(new Sqlite(path, { fileMustExist: true }).pragma('integrity_check', { simple: true })).toBe('ok')
  })

  test('when full fails the whole group, also those whose own rows had room', async () => {
    const { database, fill, end } = await open()
    await database.transaction(note('before'))
    const makeRoom = await fill()
    const bodies = ['', '', 'x'.repeat(100_000), '', '']
    const done = await Promise.allSettled(bodies.map((body, at) => database.transaction(note(`n${at}`, body))))
    expect(done.map(one => one.status === 'rejected' && one.reason.reason).slice(0, 3)).toEqual([
      'full',
      'full',
      'full',
    ])
    await makeRoom()
    const left = (await database.read.select({ id: notes.id }).from(notes)).map(row => row.id)
    expect(left).toEqual(['before', ...done.flatMap((one, at) => (one.status === 'fulfilled' ? [`n${at}`] : []))])
    await end()
  })

  test('when full keeps nothing of a caller who writes on past the error', async () => {
    const { database, fill, end } = await open()
    const makeRoom = await fill()
    const stubborn = database.transaction(async tx => {
      await Promise.allSettled([note('big', 'x'.repeat(100_000))(tx), note('small')(tx)])
      return 'done'
    })
    await expect(stubborn).rejects.toMatchObject({ reason: 'full', outcome: 'none' })
    await makeRoom()
    expect(await database.read.select().from(notes)).toEqual([])
    await end()
  })

  test('that becomes read-only while in use says so', async () => {
    const { database, end } = await open()
    await database.transaction(async tx =>
      (tx as unknown as { run(query: SQL): void }).run(sql`pragma query_only = on`),
    )
    await expect(database.transaction(note('a'))).rejects.toMatchObject({ reason: 'readonly', outcome: 'none' })
    await end()
  })

  test('that is no database is refused and left as it is', async () => {
    const { path, database, again } = await open()
    await database.close()
    writeFileSync(path, 'not a database, but somebody needs it'.repeat(100))
    await expect(again()).rejects.toMatchObject({ reason: 'broken' })
    expect(readFileSync(path, 'utf8')).toContain('somebody needs it')
  })

  test('needs an address that names it', async () => {
    await expect(openDatabase({ url: 'mysql://x' })).rejects.toThrow('DATABASE_URL must be file:PATH or postgres://')
  })
})
