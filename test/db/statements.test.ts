import Sqlite from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { statements } from '../../db/statements.ts'

let client: Sqlite.Database

beforeEach(() => {
  client = new Sqlite(':memory:')
  client.exec('create table notes (id text primary key)')
})

const count = () => client.prepare('select count(*) from notes').pluck().get()

test('after SQLite ended a transaction by itself nothing more is written', () => {
  const { client: watched } = statements(client, { onlyInTransaction: true })
  const add = watched.prepare('insert into notes values (?)')
  client.exec('begin')
  add.run('a')
  client.exec('rollback')
  expect(() => add.run('b')).toThrow('the transaction has ended')
  expect(count()).toBe(0)
})

test('an error that may end a transaction is kept until it is asked for, others are not', () => {
  const { client: watched, ended } = statements(client, { onlyInTransaction: false })
  const add = watched.prepare('insert into notes values (?)')
  add.run('a')
  expect(() => add.run('a')).toThrow('UNIQUE')
  expect(ended()).toBeUndefined()
  client.pragma('max_page_count = 1')
  expect(() => add.run('x'.repeat(100_000))).toThrow('full')
  expect(ended()).toMatchObject({ code: 'SQLITE_FULL' })
  expect(ended()).toBeUndefined()
})

test('the same words are compiled once, and give objects or lists as they are asked', () => {
  const { client: watched } = statements(client, { onlyInTransaction: false })
  watched.prepare('insert into notes values (?)').run('a')
  const all = watched.prepare('select id from notes')
  expect(watched.prepare('select id from notes')).toBe(all)
  expect(all.raw().all()).toEqual([['a']])
  expect(all.all()).toEqual([{ id: 'a' }])
  expect(all.raw().get()).toEqual(['a'])
})

test('more statements than are kept all work', () => {
  const { client: watched } = statements(client, { onlyInTransaction: false })
  for (let at = 0; at < 1_100; at++) expect(watched.prepare(`select ${at % 600} as n`).get()).toEqual({ n: at % 600 })
})
