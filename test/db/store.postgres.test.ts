import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { createMedia } from '../../bot/media/media.ts'
import { openDatabase } from '../../db/database.ts'
import { openStore } from '../../db/open.ts'
import { createSeal } from '../../db/seal.ts'
import type { Store } from '../../db/store.ts'
import { type Place, storeContract } from '../contracts/store.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

needs(postgresNeed()).describe('PostgreSQL', () => {
  const server = usePostgres()
  const media = createMedia()
  afterAll(media.stop)
  beforeAll(() => server().template('hub', async url => (await openDatabase({ url })).close()))

  async function open(): Promise<Place> {
    const url = await server().fresh('hub')
    const key = randomBytes(32)
    const filesFolder = mkdtempSync(join(tmpdir(), 'trust-hub-files-'))
    const opened: Store[] = []
    const start = async (otherKey = false) => {
      const database = await openDatabase({ url })
      const seal = createSeal({ current: otherKey ? randomBytes(32) : key })
      const store = await openStore({ database, seal, filesFolder, draw: media.draw }).catch(async error => {
        await database.close()
        throw error
      })
      opened.push(store)
      return { database, store }
    }
    const { database, store } = await start()
    return {
      database,
      store,
      filesFolder,
      again: async otherKey => (await start(otherKey)).store,
      async fill() {
        await sent(url, full)
        return () => sent(url, 'drop trigger full_disk on incidents')
      },
      tamper: statement => sent(url, statement),
      async end() {
        await Promise.all(opened.map(one => one.close()))
        rmSync(filesFolder, { recursive: true, force: true })
      },
    }
  }

  storeContract('a store on a PostgreSQL server', open)
})

const full = `
  create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
  create trigger full_disk before insert on incidents for each row execute function full_disk()`

async function sent(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
