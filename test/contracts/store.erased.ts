import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tablesOf } from '../../db/base.ts'
import { noteErased } from '../../db/erased.ts'
import { replay } from '../../db/replay.ts'
import type { Store } from '../../db/store.ts'
import { attached } from './attached.ts'
import { changed, incidentId, keep, noon, post, reported } from './incidents.ts'
import type { Scene } from './store.ts'

/** The list of what was deleted for good, which lies apart from the database. */
export function erasedTests(scene: () => Scene): void {
  const listed = async (store: Store) => {
    const lines: unknown[] = []
    for await (const line of store.backups.readErased(await store.backups.listErased())) lines.push(line?.what ?? null)
    return lines
  }

  async function withdrawn(id: string) {
    const { store, person } = scene()
    const heron = person('Heron')
    const first = reported(id, { by: heron, what: 'sentinel-what' })
    await keep(store, null, first)
    await keep(store, null, changed(first.after, [{ event: { type: 'withdrawn', kept: false } }], { by: heron }))
  }

  describe('the list of what was deleted for good', () => {
    test('is no file before anything was, and then names people, files and entries, never words', async () => {
      const { store, person } = scene()
      const [heron, finch] = [person('Heron'), person('Finch')]
      expect(existsSync(await store.backups.listErased())).toBe(false)
      await withdrawn('AZ-0001')
      const { id } = await store.files.keep(attached(finch, Buffer.from('sentinel-bytes')), noon)
      await store.files.shred([id], noon)
      const roster = { type: 'erase', person: heron } as const
      await store.transaction(tx =>
        tx.commit({ key: null, person: null, now: noon, answer: '', incidents: [], roster }),
      )
      expect(await listed(store)).toEqual([
        { type: 'words', incident: incidentId('AZ-0001'), seqs: [1] },
        { type: 'file', id },
        { type: 'person', id: heron },
      ])
      const file = await store.backups.listErased()
      const text = readFileSync(file, 'utf8')
      expect(text).toContain(`file ${id} `)
      expect(text).toContain(`person ${heron} `)
      expect(text).not.toMatch(/sentinel|Heron|Finch/)
      expect(statSync(file).mode & 0o777).toBe(0o600)
    })

    test('is made up for by whoever opens the database next, also where a crash cut a line short', async () => {
      const { store, place } = scene()
      await withdrawn('AZ-0001')
      const file = await store.backups.listErased()
      const whole = readFileSync(file, 'utf8')
      await withdrawn('AZ-0002')
      await store.backups.listErased()
      // As if power had failed while the second line was written.
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, whole.length + 9))
      const next = await place.again()
      const lines = await listed(next)
      expect(lines.filter(line => line !== null)).toMatchObject([{ incident: 'AZ-0001' }, { incident: 'AZ-0002' }])
    })

    test('has each line once, whichever of two processes writes it', async () => {
      const { store, place } = scene()
      const other = await place.again()
      await withdrawn('AZ-0001')
      await store.backups.listErased()
      await other.backups.listErased()
      await withdrawn('AZ-0002')
      await other.backups.listErased()
      expect(await listed(store)).toMatchObject([{ incident: 'AZ-0001' }, { incident: 'AZ-0002' }])
    })

    test('done over in a database from before, leaves nothing of it there that could be read', async () => {
      const { store, place, person, room } = scene()
      const [heron, finch] = [person('Heron'), person('Finch')]
      const waiting = { effects: { posts: [post('waiting', room('az'), { incident: incidentId('AZ-0002') })] } }
      await keep(store, null, reported('AZ-0001', { by: heron, what: 'sentinel-heron' }))
      await keep(store, null, reported('AZ-0002', { by: finch, what: 'sentinel-finch', ...waiting }))
      const { id } = await store.files.keep(attached(finch, Buffer.from('sentinel-bytes')), noon)
      await store.search.catchUp(10, () => ['stem'])
      // The list of a later day, before which this database was copied.
      const tables = tablesOf(place.database.engine)
      const words = { type: 'words', incident: incidentId('AZ-0002'), seqs: [1] } as const
      const losses = [words, { type: 'file', id }, { type: 'person', id: heron }] as const
      await place.database.transaction(tx => noteErased(tx, { tables }, losses, noon))
      const list = await store.backups.listErased()
      await place.tamper('delete from erased')

      const done = await replay(place.database, store.backups.readErased(list), noon)
      expect(done).toEqual({ people: 1, files: 1, entries: 1, strange: 0, until: noon })
      const next = await place.again()
      expect((await next.incidents.find(incidentId('AZ-0001')))?.words.what ?? null).toBeNull()
      expect((await next.incidents.find(incidentId('AZ-0002')))?.words.what ?? null).toBeNull()
      expect(await next.files.find(id)).toBeNull()
      expect(next.roster.directory().people.has(heron)).toBe(false)
      expect(next.roster.directory().people.has(finch)).toBe(true)
      expect(await next.erasures.due()).toEqual([heron])
      expect(await next.outbox.states(['waiting'])).toEqual(['left'])
      const problems = []
      for await (const problem of next.audit.verify()) problems.push(problem)
      expect(problems).toEqual([])
      // Done over twice, it is known; and the next loss goes on with a number of its own.
      expect(await replay(place.database, next.backups.readErased(list), noon)).toMatchObject({ people: 0, files: 0 })
      await withdrawn('AZ-0003')
      expect(await listed(next)).toMatchObject([words, {}, {}, { incident: 'AZ-0003' }])
    })

    test('gives null for a line that somebody else wrote or changed', async () => {
      const { store } = scene()
      await withdrawn('AZ-0001')
      const file = await store.backups.listErased()
      const text = readFileSync(file, 'utf8')
      appendFileSync(file, text.split('\n')[2]?.replace('AZ-0001', 'AZ-0777').concat('\n') ?? '')
      expect(await listed(store)).toMatchObject([{ incident: 'AZ-0001' }, null])
    })
  })
}
