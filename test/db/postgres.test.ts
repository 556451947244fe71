import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, type Tx } from '../../db/database.ts'
import { ConfigError, ConflictError, StoreError } from '../../workflows/errors.ts'
import { databaseContract, type Place } from '../contracts/database.ts'
import { notesMigrations, notesOf } from '../contracts/notes.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { openWay } from '../way.ts'

const { notes } = notesOf('postgres')
const note =
  (id: string, body = '') =>
  (tx: Tx) =>
    tx.insert(notes).values({ id, body }).returning()

const top = mkdtempSync(join(tmpdir(), 'trust-hub-migrations-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))
const known = [0, 1, 2, 3].map(later => notesMigrations(join(top, String(later)), 'postgres', later))

needs(postgresNeed()).describe('PostgreSQL', () => {
  const server = usePostgres()
  const open = (url: string, later = 0) => openDatabase({ url, migrations: known[later] ?? '', lockWaitMs: 100 })

  beforeAll(() => server().template('notes', async url => (await open(url)).close()))

  async function place(): Promise<Place> {
    const url = await server().fresh('notes')
    const opened: Database[] = []
    const again = async (later = 0) => {
      const database = await open(url, later)
      opened.push(database)
      return database
    }
    const database = await again()
    return {
      database,
      again,
      async fill() {
        await sent(url, full)
        return () => sent(url, 'drop trigger full_disk on notes')
      },
      async hold() {
        const other = new pg.Client(url)
        await other.connect()
        await other.query('begin; lock table notes')
        return () => other.end()
      },
      async readOnly() {
        await sent(url, `alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`)
        return again()
      },
      async end() {
        await Promise.all(opened.map(one => one.close()))
      },
    }
  }

  databaseContract('a database on a PostgreSQL server', place)

  test('a COMMIT whose answer is lost has an unknown outcome, and may stand', async () => {
    const url = await server().fresh('notes')
    const lossy = await cutAfter(url, 'commit')
    const database = await open(lossy.url)
    lossy.arm()
    const error = await database.transaction(note('a')).catch(thrown => thrown)
    expect(error).toBeInstanceOf(StoreError)
    expect(error).toMatchObject({ reason: 'lost', outcome: 'unknown' })
    expect(await database.read.select({ id: notes.id }).from(notes)).toEqual([{ id: 'a' }])
    await database.close()
    lossy.close()
  })

  test('a connection lost before the COMMIT leaves nothing, and the next transaction works', async () => {
    const url = await server().fresh('notes')
    const lossy = await cutAfter(url, 'insert')
    const database = await open(lossy.url)
    lossy.arm()
    await expect(database.transaction(note('a'))).rejects.toMatchObject({ reason: 'lost', outcome: 'none' })
    await database.transaction(note('b'))
    expect(await database.read.select({ id: notes.id }).from(notes)).toEqual([{ id: 'b' }])
    await database.close()
    lossy.close()
  })

  test('a server that says nothing any more is given up in time, and costs no connection', async () => {
    const url = await server().fresh('notes')
    const way = await openWay(url)
    const options = { url: way.url, migrations: known[0] ?? '', statementMs: 50, connections: 2 }
    const database = await openDatabase(options)
    await database.transaction(note('a'))
    way.hang()
    const lost = await Promise.allSettled(['b', 'c', 'd'].map(id => database.transaction(note(id))))
    expect(lost.map(one => one.status === 'rejected' && one.reason)).toMatchObject(
      lost.map(() => ({ name: 'StoreError', reason: 'lost' })),
    )
    way.cut()
    way.heal()
    await database.transaction(note('e'))
    expect(await database.read.select({ id: notes.id }).from(notes)).toContainEqual({ id: 'e' })
    await database.close()
    await way.close()
  }, 20_000)

  test('a statement that takes too long is ended by the server, and leaves nothing', async () => {
    const url = await server().fresh('notes')
    const database = await openDatabase({ url, migrations: known[0] ?? '', statementMs: 100 })
    const slow = database.transaction(async tx => {
      await note('a')(tx)
      await tx.select({ late: sql`pg_sleep(5)` }).from(notes)
    })
    await expect(slow).rejects.toMatchObject({ reason: 'locked', outcome: 'none' })
    expect(await database.read.select().from(notes)).toEqual([])
    await database.close()
  })

  test('connections that the server ends are made anew, and a standby writes again once it leads', async () => {
    const url = await server().fresh('notes')
    const database = await openDatabase({ url, migrations: known[0] ?? '' })
    await database.transaction(note('a'))
    const name = new URL(url).pathname.slice(1)
    const admin = new pg.Client(url)
    await admin.connect()
    const drop = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()'
    for (const mode of ['on', 'off']) {
      await admin.query(`alter database ${name} set default_transaction_read_only = ${mode}`)
      await admin.query(drop, [name])
      if (mode === 'on') {
        const refused = await database.transaction(note('b')).catch(error => error)
        expect(['lost', 'readonly']).toContain(refused.reason)
        await expect(database.transaction(note('b'))).rejects.toMatchObject({ reason: 'readonly', outcome: 'none' })
      }
    }
    await expect
      .poll(() =>
        database.transaction(note('b')).then(
          () => 'done',
          error => error.reason,
        ),
      )
      .toBe('done')
    await admin.end()
    await database.close()
  })

  test('a query that failed and was swallowed cannot end in a COMMIT', async () => {
    const { database, end } = await place()
    const swallowed = database.transaction(async tx => {
      await note('a')(tx)
      await note('a')(tx).catch(() => {})
    })
    await expect(swallowed).rejects.toMatchObject({ name: 'StoreError', outcome: 'none' })
    expect(await database.read.select().from(notes)).toEqual([])
    await end()
  })

  test('a deadlock is a conflict for one of the two, who may try again', async () => {
    const url = await server().fresh('notes')
    await sent(url, `alter database ${new URL(url).pathname.slice(1)} set deadlock_timeout = '20ms'`)
    const database = await openDatabase({ url, migrations: known[0] ?? '' })
    await database.transaction(note('a'))
    await database.transaction(note('b'))
    const met = Promise.withResolvers<void>()
    let here = 0
    const both = (first: string, second: string) =>
      database.transaction(async tx => {
        await tx.insert(notes).values({ id: first, body: '' }).onConflictDoUpdate(touch).returning()
        here += 1
        if (here === 2) met.resolve()
        await met.promise
        await tx.insert(notes).values({ id: second, body: '' }).onConflictDoUpdate(touch).returning()
      })
    const done = await Promise.allSettled([both('a', 'b'), both('b', 'a')])
    const refused = done.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(ConflictError)
    await database.close()
  })

  test('a value that cannot be stored is not quoted in the error', async () => {
    const { database, end } = await place()
    const error = await database.transaction(note('secret\u0000')).catch(thrown => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('secret')
    await end()
  })

  test('a server that is not there is told as lost, a wrong password as a matter of configuration', async () => {
    await expect(open('postgres://nobody@127.0.0.1:1/hub')).rejects.toMatchObject({ reason: 'lost', outcome: 'none' })
    const url = new URL(await server().fresh())
    url.password = 'wrong'
    await expect(open(url.href)).rejects.toThrow(ConfigError)
  })
})

const touch = { target: notes.id, set: { count: 1 } }

const full = `
  create function full_disk() returns trigger language plpgsql as $$ begin
    if length(new.body) > 50000 then raise exception 'could not extend file' using errcode = '53100'; end if;
    return new;
  end $$;
  create trigger full_disk before insert on notes for each row execute function full_disk()`

async function sent(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** A way to the server that, once armed, is cut when the server has answered the next statement with that word. */
async function cutAfter(url: string, word: string) {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let armed = false
  const way = createServer(client => {
    const onward = connect(Number(port), hostname)
    let cut = false
    for (const socket of [client, onward]) open.add(socket.on('error', () => {}))
    client.on('data', bytes => {
      if (armed && bytes.includes(word)) {
        armed = false
        cut = true
      }
      onward.write(bytes)
    })
    onward.on('data', bytes => {
      if (!cut) return client.write(bytes)
      client.destroy()
      onward.destroy()
    })
    client.on('close', () => onward.destroy())
    onward.on('close', () => client.destroy())
  })
  await new Promise<void>(resolve => way.listen(0, '127.0.0.1', resolve))
  const address = way.address()
  const through = new URL(url)
  through.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: through.href,
    arm() {
      armed = true
    },
    close() {
      for (const socket of open) socket.destroy()
      way.close()
    },
  }
}
