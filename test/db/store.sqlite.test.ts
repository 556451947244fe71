import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { createMedia } from '../../bot/media/media.ts'
import { openDatabase, rows } from '../../db/database.ts'
import { openStore } from '../../db/open.ts'
import { createSeal } from '../../db/seal.ts'
import type { Store } from '../../db/store.ts'
import { attached } from '../contracts/attached.ts'
import { changed, keep, network, noon, post, reported } from '../contracts/incidents.ts'
import { type Place, storeContract } from '../contracts/store.ts'

const top = mkdtempSync(join(tmpdir(), 'trust-hub-store-'))
const media = createMedia()
afterAll(() => {
  media.stop()
  rmSync(top, { recursive: true, force: true })
})

let made = 0

async function open(): Promise<Place & { path: string; folder: string }> {
  made += 1
  const folder = join(top, String(made))
  const path = join(folder, 'hub.db')
  const key = randomBytes(32)
  const opened: Store[] = []
  const start = async (otherKey = false) => {
    const database = await openDatabase({ url: `file:${path}` })
    const seal = createSeal({ current: otherKey ? randomBytes(32) : key })
    const store = await openStore({ database, seal, filesFolder: join(folder, 'files'), draw: media.draw })
    opened.push(store)
    return { database, store }
  }
  const { database, store } = await start()
  return {
    database,
    store,
    filesFolder: join(folder, 'files'),
    path,
    folder,
    again: async otherKey => (await start(otherKey)).store,
    async fill() {
      const limit = (pages: number) => database.transaction(tx => rows(tx, sql.raw(`pragma max_page_count = ${pages}`)))
      await limit(1)
      return async () => void (await limit(1_000_000))
    },
    async tamper(statement) {
      const other = new Sqlite(path)
      other.exec(statement)
      other.close()
    },
    async end() {
      await Promise.all(opened.map(one => one.close()))
    },
  }
}

storeContract('a store in an SQLite file', open)

test('what people typed, their names and addresses stand in no byte of any file, also after they were shredded', async () => {
  const { store, folder, end } = await open()
  await store.roster.seed(network)
  const { rooms, people } = store.roster.directory()
  const [heron] = [...people.keys()]
  const first = reported('AZ-0001', { by: heron ?? null, what: 'sentinel-what' })
  const az = rooms[0]?.id ?? ('' as never)
  const effects = { posts: [post('sentinel', az, { incident: first.after.id })] }
  await store.transaction(tx =>
    tx.commit({
      key: 'k',
      person: null,
      now: noon,
      answer: 'sentinel-answer',
      incidents: [{ ...first, effects: { ...first.effects, ...effects } }],
    }),
  )
  await store.inbox.take({ key: 'raw', payload: 'sentinel-raw', receivedAt: noon })
  await store.memory.set('slack', 'sentinel-key', 'sentinel-memory', noon, 'U0FINCH')
  if (heron) {
    const values = { what: 'sentinel-draft' }
    await store.drafts.save(heron, { form: 'f' as never, name: 'report', about: '', values, savedAt: noon })
    await store.files.keep(attached(heron, Buffer.from('sentinel-bytes'), { name: 'sentinel-file.txt' }), noon)
  }
  const typed = /sentinel-|words of|U0FINCH|Sentinel-Name/
  const everything = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n')
  await store.search.catchUp(10, () => ['sentinel-stem'])
  expect(everything()).toContain('AZ-0001')
  expect(everything()).not.toMatch(typed)

  const path = join(folder, 'hub.db')
  const reader = new Sqlite(path, { readonly: true })
  const [sealed] = reader.prepare<[], { sealed: Buffer }>('select sealed from words').all()
  const [searched] = reader.prepare<[], { tokens: string }>('select tokens from search').all()
  reader.close()
  const before = (await store.incidents.find(first.after.id))?.incident ?? null
  await keep(store, null, changed(before, [{ event: { type: 'withdrawn', kept: false } }], { by: heron ?? null }))
  await end()
  // Closed by its last user, the file has taken in its log and stands alone.
  expect(readdirSync(folder)).toEqual(['files', 'files.erasures', 'hub.db'])
  expect(sealed?.sealed.length).toBeGreaterThan(40)
  expect(readFileSync(path).includes(sealed?.sealed ?? '')).toBe(false)
  // Nor does what the search index held of it.
  const [token = ''] = searched?.tokens.split(' ') ?? []
  expect(token).toHaveLength(8)
  expect(readFileSync(path).includes(token)).toBe(false)
})
