import Sqlite from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import type { Tx } from '../../db/database.ts'
import { groupCommit, type Steps } from '../../db/group.ts'

let client: Sqlite.Database
let said: string[]

beforeEach(() => {
  client = new Sqlite(':memory:')
  client.exec('create table notes (id text primary key)')
  said = []
})

function steps(changed: Partial<Steps> = {}): Steps {
  const step = (statement: string) => () => {
    said.push(statement)
    client.exec(statement)
  }
  return {
    begin: step('begin immediate'),
    commit: step('commit'),
    rollback: step('rollback'),
    savepoint: step('savepoint caller'),
    release: step('release caller'),
    undo: step('rollback to caller'),
    open: () => client.inTransaction,
    ended: () => undefined,
    writes: () => client.prepare('select total_changes()').pluck().get() as number,
    durable: async () => {},
    tx: {} as Tx,
    lockWaitMs: 20,
    ...changed,
  }
}

const add = (id: string) => async () => client.prepare('insert into notes values (?)').run(id)
const kept = () => client.prepare('select id from notes order by id').pluck().all()
const failing = (code: string) => () => {
  throw Object.assign(new Error('from the disk'), { code })
}

test('callers who wait together share one COMMIT', async () => {
  const transaction = groupCommit(steps())
  await Promise.all(['a', 'b', 'c'].map(id => transaction(add(id))))
  expect(said.filter(statement => statement === 'commit')).toHaveLength(1)
  expect(kept()).toEqual(['a', 'b', 'c'])
})

test('who comes while a group runs joins it', async () => {
  const transaction = groupCommit(steps())
  let later: Promise<unknown> | undefined
  await transaction(async () => {
    later = transaction(add('b'))
  })
  await later
  expect(said.filter(statement => statement === 'commit')).toHaveLength(1)
})

test('a group has a bound, so that nobody waits for everybody', async () => {
  const transaction = groupCommit(steps())
  await Promise.all(Array.from({ length: 300 }, (_, at) => transaction(add(`n${at}`))))
  expect(said.filter(statement => statement === 'commit').length).toBeGreaterThanOrEqual(3)
  expect(kept()).toHaveLength(300)
})

test('a COMMIT that fails fails everybody, and the next group works', async () => {
  let full = true
  const commit = () => (full ? failing('SQLITE_FULL')() : void client.exec('commit'))
  const transaction = groupCommit(steps({ commit }))
  const refusal = async () => {
    await add('c')()
    throw new Error('decided on what was not kept')
  }
  const done = await Promise.allSettled([transaction(add('a')), transaction(add('b')), transaction(refusal)])
  for (const one of done) expect(one).toMatchObject({ reason: { reason: 'full', outcome: 'none' } })
  full = false
  await transaction(add('z'))
  expect(kept()).toEqual(['z'])
})

test('a COMMIT whose write to disk failed has an unknown outcome', async () => {
  const transaction = groupCommit(steps({ commit: failing('SQLITE_IOERR_FSYNC') }))
  await expect(transaction(add('a'))).rejects.toMatchObject({ reason: 'broken', outcome: 'unknown' })
})

test('nobody is answered before the disk has it, and the next group need not wait for that', async () => {
  const disk: PromiseWithResolvers<void>[] = []
  const durable = () => {
    disk.push(Promise.withResolvers<void>())
    return disk.at(-1)?.promise as Promise<void>
  }
  const transaction = groupCommit(steps({ durable }))
  const answered: string[] = []
  const first = transaction(add('a')).then(() => answered.push('a'))
  await expect.poll(() => disk).toHaveLength(1)
  const second = transaction(add('b')).then(() => answered.push('b'))
  await expect.poll(() => disk).toHaveLength(2)
  expect([kept(), answered]).toEqual([['a', 'b'], []])
  disk[0]?.resolve()
  await first
  expect(answered).toEqual(['a'])
  disk[1]?.resolve()
  await second
})

test('what the disk refused after the COMMIT has an unknown outcome, also for whoever was refused beside it', async () => {
  const durable = async () => failing('EIO')()
  const transaction = groupCommit(steps({ durable }))
  const refusal = async () => {
    throw new Error('decided on what may be lost')
  }
  const done = await Promise.allSettled([transaction(add('a')), transaction(refusal)])
  for (const one of done) expect(one).toMatchObject({ reason: { reason: 'broken', outcome: 'unknown' } })
})

test('a BEGIN that fails for another reason than a lock is not tried again', async () => {
  let tries = 0
  const begin = () => {
    tries += 1
    return failing('SQLITE_READONLY')()
  }
  await expect(groupCommit(steps({ begin }))(add('a'))).rejects.toMatchObject({ reason: 'readonly', outcome: 'none' })
  expect(tries).toBe(1)
})

test('whoever throws after a write is undone alone, and who was with them is kept', async () => {
  const transaction = groupCommit(steps())
  const refusal = async () => {
    await add('b')()
    throw new Error('no')
  }
  const done = await Promise.allSettled([transaction(add('a')), transaction(refusal), transaction(add('c'))])
  expect(done.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(done[1]).toMatchObject({ reason: { message: 'no' } })
  expect(kept()).toEqual(['a', 'c'])
})

test('while nobody throws after a write there are no savepoints, and nobody is run again', async () => {
  const transaction = groupCommit(steps())
  let runs = 0
  const refusal = async () => {
    runs += 1
    throw new Error('no')
  }
  await Promise.allSettled([transaction(add('a')), transaction(refusal), transaction(add('b'))])
  expect(runs).toBe(1)
  expect(said).toEqual(['begin immediate', 'commit'])
  expect(kept()).toEqual(['a', 'b'])
})

test('what throws before its first promise harms nobody either', async () => {
  const transaction = groupCommit(steps())
  const thrower = () => {
    throw new Error('at once')
  }
  const done = await Promise.allSettled([transaction(add('a')), transaction(thrower), transaction(add('b'))])
  expect(done[1]).toMatchObject({ reason: { message: 'at once' } })
  expect(kept()).toEqual(['a', 'b'])
})
