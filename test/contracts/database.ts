import { asc, eq, isNull, like, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, prepared, type Read, rows, type Tx } from '../../db/database.ts'
import { ConfigError, ConflictError, StoreError } from '../../workflows/errors.ts'
import { notesOf } from './notes.ts'

/** A fresh database of one engine, opened with the notes of `notes.ts`, and what can be done to it from outside. */
export type Place = {
  readonly database: Database
  /** Opens it once more, as another process would, with so many migrations that `database` does not know. */
  again(later?: number): Promise<Database>
  /** Makes the disk too full for a note of 100,000 characters, until the answer is called. */
  fill(): Promise<() => Promise<void>>
  /** Keeps everybody else from writing, until the answer is called. */
  hold(): Promise<() => Promise<void>>
  /** Opens it where nothing can be written. */
  readOnly(): Promise<Database>
  /** Closes all that was opened, also what is closed already. */
  end(): Promise<void>
}

/** What every engine promises; `open` gives a fresh place with a `lockWaitMs` of 100. */
export function databaseContract(name: string, open: () => Promise<Place>): void {
  describe(name, () => {
    let place: Place
    let database: Database
    let notes: ReturnType<typeof notesOf>['notes']
    let tables: ReturnType<typeof notesOf>

    beforeEach(async () => {
      place = await open()
      database = place.database
      tables = notesOf(database.engine)
      notes = tables.notes
    })
    afterEach(() => place.end())

    const note =
      (id: string, body = 'words') =>
      (tx: Tx) =>
        tx.insert(notes).values({ id, body }).returning()
    const kept = async (from: Read = database.read) =>
      (await from.select({ id: notes.id }).from(notes).orderBy(asc(notes.id))).map(row => row.id)
    const many = (count: number) => Array.from({ length: count }, (_, at) => `n${String(at).padStart(3, '0')}`)

    test('values of every kind come back as they were put', async () => {
      const row = {
        id: 'ü-👩🏽‍🚒-\u202e',
        body: '',
        claimedBy: null,
        count: 2 ** 40,
        at: 1_790_000_000_123,
        red: true,
        extra: { b: '\u0000', a: [1, '2', null] },
        data: Buffer.from([0, 255, 10]),
      }
      expect(await database.transaction(tx => tx.insert(notes).values(row).returning())).toEqual([row])
      const [back] = await database.read.select().from(notes)
      expect(back).toEqual(row)
      expect(JSON.stringify(back?.extra)).toBe('{"b":"\\u0000","a":[1,"2",null]}')
    })

    test('JSON that is a bare string stays a string', async () => {
      await database.transaction(tx => tx.insert(notes).values({ id: 'a', body: '', extra: '12' }).returning())
      expect((await database.read.select({ extra: notes.extra }).from(notes))[0]).toEqual({ extra: '12' })
    })

    test('text is sorted by code point, and sums and counts are numbers', async () => {
      for (const id of ['b', 'B', 'á', 'AZ-10', 'AZ-9', 'a']) await database.transaction(note(id))
      expect(await kept()).toEqual(['AZ-10', 'AZ-9', 'B', 'a', 'b', 'á'])
      const figures = sql`select count(*) as number, sum(count) as total from ${notes}`
      expect(await rows(database.read, figures)).toEqual([{ number: 6, total: 0 }])
      expect(await database.read.$count(notes, like(notes.id, 'AZ-%'))).toBe(2)
    })

    test('serial numbers rise, and a key of two columns is one key', async () => {
      const { lines, marks } = tables
      const line = (words: string) => (tx: Tx) => tx.insert(lines).values({ words }).returning()
      const [first] = await database.transaction(line('one'))
      const [second] = await database.transaction(line('two'))
      expect(second?.at).toBeGreaterThan(first?.at ?? Number.NaN)
      const mark = (tx: Tx) => tx.insert(marks).values({ note: 'a', mark: 1 }).onConflictDoNothing().returning()
      expect(await database.transaction(mark)).toHaveLength(1)
      expect(await database.transaction(mark)).toHaveLength(0)
    })

    test('a hundred callers at once lose nothing', async () => {
      await database.transaction(note('sum'))
      const add = (tx: Tx) =>
        tx
          .update(notes)
          .set({ count: sql`${notes.count} + 1` })
          .where(eq(notes.id, 'sum'))
          .returning({ count: notes.count })
      const counts = await Promise.all(many(100).map(() => database.transaction(add)))
      expect(counts.map(([row]) => row?.count).toSorted((a = 0, b = 0) => a - b)).toEqual(
        many(100).map((_, at) => at + 1),
      )
    })

    test('of fifty simultaneous claims exactly one wins', async () => {
      await database.transaction(note('a'))
      const claim = (who: string) => (tx: Tx) =>
        tx.update(notes).set({ claimedBy: who }).where(isNull(notes.claimedBy)).returning()
      const won = await Promise.all(many(50).map(who => database.transaction(claim(who))))
      expect(won.flat()).toHaveLength(1)
    })

    test('a transaction that throws leaves nothing and harms no neighbour of its group', async () => {
      const ids = many(20)
      const done = await Promise.allSettled(
        ids.map((id, at) =>
          database.transaction(async tx => {
            await note(id)(tx)
            if (at % 5 === 0) throw new Error(`no to ${id}`)
            return id
          }),
        ),
      )
      const good = ids.filter((_, at) => at % 5 !== 0)
      expect(await kept()).toEqual(good)
      expect(done.flatMap(one => (one.status === 'fulfilled' ? one.value : []))).toEqual(good)
      expect(done[5]).toMatchObject({ status: 'rejected', reason: { message: 'no to n005' } })
    })

    test('nobody is answered before the COMMIT, and no read sees what is not committed', async () => {
      const other = await place.again()
      const before: string[] = []
      const unseen = many(30).map(async id => {
        await database.transaction(async tx => {
          await note(id)(tx)
          if ((await kept(other.read)).includes(id) || (await kept()).includes(id)) before.push(id)
        })
        return (await kept(other.read)).includes(id) ? [] : [id]
      })
      expect((await Promise.all(unseen)).flat()).toEqual([])
      expect(before).toEqual([])
    })

    test('a full disk fails who is writing, says so, and is got over', async () => {
      await database.transaction(note('before'))
      const makeRoom = await place.fill()
      const big = 'x'.repeat(100_000)
      const done = await Promise.allSettled(many(5).map(id => database.transaction(note(id, big))))
      for (const one of done) expect(one).toMatchObject({ reason: { reason: 'full', outcome: 'none' } })
      expect(await kept()).toEqual(['before'])
      await makeRoom()
      await database.transaction(note('z', big))
      expect(await kept()).toEqual(['before', 'z'])
    })

    test('what another program keeps locked is given up after a while, and works again later', async () => {
      const letGo = await place.hold()
      await expect(database.transaction(note('a'))).rejects.toMatchObject({ reason: 'locked', outcome: 'none' })
      await letGo()
      await database.transaction(note('b'))
      expect(await kept()).toEqual(['b'])
    })

    test('a short lock is waited for', async () => {
      const letGo = await place.hold()
      const writing = database.transaction(note('a'))
      // Two turns of the loop: the writer has met the lock.
      for (const _ of [1, 2]) await new Promise(setImmediate)
      await letGo()
      await writing
      expect(await kept()).toEqual(['a'])
    })

    test('a database that is read-only is refused', async () => {
      await expect(place.readOnly()).rejects.toMatchObject({ name: 'StoreError', reason: 'readonly' })
    })

    test('a newer schema refuses to start, and who is running carries on', async () => {
      await place.again(2)
      await expect(place.again(1)).rejects.toThrow(ConfigError)
      await expect(place.again()).rejects.toThrow(/written by a newer version/)
      await database.transaction(note('a'))
      expect(await kept()).toEqual(['a'])
    })

    test('programs that start at once bring the schema up to date once', async () => {
      await Promise.all([place.again(3), place.again(3), place.again(3)])
      const made = await rows(database.read, sql`select made from schema_migrations`)
      expect(made).toHaveLength(4)
    })

    test('a key that is taken is a conflict, told without the words that people typed', async () => {
      await database.transaction(note('secret-name'))
      const again = database.transaction(note('secret-name', 'secret-words'))
      const error = await again.catch(thrown => thrown)
      expect(error).toBeInstanceOf(ConflictError)
      expect(JSON.stringify([error, error.message, error.cause?.message, error.stack])).not.toContain('secret')
    })

    test('a transaction begun inside another is a mistake that is told at once', async () => {
      const nested = database.transaction(() => database.transaction(note('a')))
      await expect(nested).rejects.toThrow('a transaction was begun inside a transaction')
      await database.transaction(note('b'))
      expect(await kept()).toEqual(['b'])
    })

    test('a prepared query runs with other values, in transactions and outside', async () => {
      const byId = prepared('notes.byId', (handle: Read) =>
        handle
          .select({ body: notes.body })
          .from(notes)
          .where(eq(notes.id, sql.placeholder('id'))),
      )
      const add = prepared('notes.add', (tx: Tx) =>
        tx
          .insert(notes)
          .values({ id: sql.placeholder('id'), body: sql.placeholder('body') })
          .returning({ id: notes.id }),
      )
      for (const id of ['a', 'b', 'c']) {
        const inside = await database.transaction(async tx => {
          expect(await add(tx, { id, body: `of ${id}` })).toEqual([{ id }])
          return byId(tx, { id })
        })
        expect(inside).toEqual([{ body: `of ${id}` }])
        expect(await byId(database.read, { id })).toEqual(inside)
      }
      const twice = database.transaction(tx => add(tx, { id: 'a', body: '' }))
      await expect(twice).rejects.toThrow(ConflictError)
    })

    test('closing lets the running transactions end, and refuses new ones', async () => {
      const running = many(10).map(id => database.transaction(note(id)))
      const closing = database.close()
      await expect(database.transaction(note('late'))).rejects.toThrow(StoreError)
      await Promise.all(running)
      await closing
      expect(await kept((await place.again()).read)).toEqual(many(10))
    })
  })
}
