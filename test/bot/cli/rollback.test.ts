import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../../db/database.ts'
import { formers, keepFormer } from '../../../db/imprint.ts'
import { openStore } from '../../../db/open.ts'
import { openRing } from '../../../db/ring.ts'
import { incidentId, keep, network, noon, reported } from '../../contracts/incidents.ts'
import { machine, person } from './backup/machine.ts'

const top = mkdtempSync(join(tmpdir(), 'hub-rollback-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const migrations = 'db/migrations/sqlite'
const { entries } = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8'))
const newest = readFileSync(join(migrations, `${entries.at(-1).tag}.sql`), 'utf8')
const added = [...newest.matchAll(/CREATE TABLE `(\w+)`/g)].map(found => found[1])

/** Takes the newest migration back: the database stands as the version before this one left it. */
function outdate(path: string): void {
  const client = new Sqlite(path)
  for (const table of added) client.exec(`drop table ${table}`)
  for (const [, table, column] of newest.matchAll(/ALTER TABLE `(\w+)` ADD `(\w+)`/g))
    client.exec(`alter table ${table} drop column ${column}`)
  client.exec('delete from schema_migrations where made = (select max(made) from schema_migrations)')
  client.close()
}

test('a database that a new version changed goes back to what it was, without what was erased since', async () => {
  const here = machine()
  const path = join(here.folder, 'data/hub.db')
  const old = await openDatabase({ url: `file:${path}` })
  const key = { value: undefined, file: join(here.folder, 'data/hub.key') }
  const ring = await openRing(old, { key, lookMs: 1_000 })
  const before = await openStore({ ...ring, filesFolder: `${path}.files` })
  await before.roster.seed(network)
  await keep(before, null, reported('AZ-0001', { by: person(before, 'Heron'), what: 'Two groups shout' }))
  await keep(before, null, reported('AZ-0002', { by: person(before, 'Finch'), what: 'A car burns' }))
  await before.close()
  outdate(path)
  expect(formers(path)).toEqual([])

  // The new version copies it before it changes it, and only then.
  const store = await here.open()
  const [former] = formers(path)
  expect(former && tables(former.file)).not.toEqual(expect.arrayContaining(added))
  expect(tables(path)).toEqual(expect.arrayContaining(added))
  await keep(store, null, reported('AZ-0003', { at: Date.now() + 1_000, by: person(store, 'Finch') }))
  const roster = { type: 'erase', person: person(store, 'Heron') } as const
  await store.transaction(tx => tx.commit({ key: null, person: null, now: noon, answer: '', incidents: [], roster }))
  expect((await here.hub(['rollback']).end()).shown).toContain('Stop it first')
  await store.close()
  await (await here.open()).close()
  expect(formers(path)).toHaveLength(1)

  const asked = await here.hub(['rollback'], { HUB_KEY_FILE: 'data/hub.key' }).end()
  expect(asked.shown).toMatch(/Since then: 1 report, 1 entry in timelines/)
  expect(asked.code).toBe(1)
  expect(tables(path)).toEqual(expect.arrayContaining(added))
  const { shown, code } = await here.hub(['rollback', '--yes']).end()
  expect(shown).toMatch(/Done: the database stands as it did at .* Put aside: .*hub\.db\.aside-/)
  expect(shown).toContain('Erased anew: 1 person')
  expect(code).toBe(0)
  // The log of the database that went aside would be taken for that of the one that came.
  expect(here.list('data').filter(name => /-(?:wal|shm)$/.test(name))).toEqual([])
  expect(tables(path)).not.toEqual(expect.arrayContaining(added))
  expect(here.list('data').filter(name => name.startsWith('hub.db.aside-'))).toHaveLength(1)

  const again = await here.open()
  const words = async (id: string) => (await again.incidents.find(incidentId(id)))?.words.what ?? null
  expect([await words('AZ-0001'), await words('AZ-0002'), await words('AZ-0003')]).toEqual([null, 'A car burns', null])
}, 60_000)

function tables(path: string): unknown[] {
  const client = new Sqlite(path, { readonly: true })
  try {
    return client.prepare("select name from sqlite_master where type = 'table'").pluck().all()
  } finally {
    client.close()
  }
}

test('the copies that upgrades left are gone after a week, with what was erased since', async () => {
  const here = machine()
  const store = await here.open()
  const path = join(here.folder, 'data/hub.db')
  const [day, now] = [24 * 60 * 60_000, Date.now()]
  for (const age of [8, 6, 0]) keepFormer(path, now - age * day)
  expect(formers(path)).toHaveLength(3)
  expect(await store.scrub()).toBe(true)
  expect(formers(path).map(one => Math.round((now - one.at) / day))).toEqual([0, 6])
  for (let more = 1; more <= 3; more += 1) keepFormer(path, now + more * 1_000)
  expect(formers(path)).toHaveLength(3)
})
