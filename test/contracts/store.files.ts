import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { tablesOf } from '../../db/base.ts'
import type { FileToKeep } from '../../db/evidence.ts'
import type { Store } from '../../db/store.ts'
import { ConflictError } from '../../workflows/errors.ts'
import type { IncidentEvent } from '../../workflows/event.ts'
import type { FileRef } from '../../workflows/incident.ts'
import { counted } from '../../workflows/tally.ts'
import { attached } from './attached.ts'
import { incidentId, noon, reported } from './incidents.ts'
import type { Scene } from './store.ts'

const az1 = incidentId('AZ-0001')
const day = 24 * 60 * 60_000

/** That files are kept, proved, found again, and can go. */
export function fileTests(scene: () => Scene): void {
  const opened = async (store: Store, id: string) => Buffer.concat(await Array.fromAsync(store.files.read(id)))
  const findings = (now = noon) => Array.fromAsync(scene().store.files.verify(now))
  const onDisk = () =>
    readdirSync(scene().place.filesFolder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
  const heron = () => scene().person('Heron')
  const keep = (bytes: Buffer, more: Partial<FileToKeep> = {}) =>
    scene().store.files.keep(attached(heron(), bytes, more), noon)

  /** Reports AZ-0001 with these files. */
  async function reportWith(...files: readonly FileRef[]): Promise<void> {
    const named = files.map(({ id, kind, proof }) => ({ id, kind, proof }))
    const change = reported('AZ-0001', { by: heron(), files: named, evidence: counted(named) } as Partial<
      Extract<IncidentEvent, { type: 'reported' }>
    >)
    const ids = files.map(file => file.id)
    await scene().store.transaction(tx =>
      tx.commit({ key: null, person: heron(), now: noon, answer: null, incidents: [change], files: ids }),
    )
  }

  describe('files', () => {
    test('come back byte for byte, with what is known of them, once a report names them', async () => {
      const { store } = scene()
      const bytes = randomBytes(300_000)
      const taken = { takenAt: noon - day, device: 'A phone', position: { lat: 33.4, lon: -112 } }
      const kept = await keep(bytes, { taken: async () => taken })
      expect(await store.files.list(az1)).toEqual([])
      expect(await store.files.find(kept.id)).toMatchObject({ incident: null, by: heron() })
      await reportWith(kept)
      const [item, ...more] = await store.files.list(az1)
      expect(more).toEqual([])
      const record = { name: 'note.txt', claimed: 'text/plain', platform: 'workspace', processed: false, ...taken }
      expect(item).toEqual({
        id: kept.id,
        incident: az1,
        kind: 'document',
        type: 'text/plain',
        size: 300_000,
        sha256: kept.sha256,
        keptAt: noon,
        by: heron(),
        record,
      })
      expect((await opened(store, kept.id)).equals(bytes)).toBe(true)
      expect((await store.incidents.find(az1))?.incident.files).toEqual([kept.id])
      expect(await findings()).toEqual([])
    })

    test('of the same bytes by the same person are kept once in a report, and again by somebody else', async () => {
      const { store, person } = scene()
      const bytes = randomBytes(5_000)
      const first = await keep(bytes)
      const second = await keep(bytes, { among: [first.id] })
      expect(second).toEqual({ ...first, again: true })
      await reportWith(first)
      expect(await keep(bytes, { incident: az1 })).toEqual({ ...first, again: true })
      const other = await store.files.keep(attached(person('Finch'), bytes, { incident: az1 }), noon)
      expect(other.again).toBe(false)
      expect((await keep(bytes)).again).toBe(false)
      expect(await store.files.same(first.id)).toMatchObject([
        { id: other.id, by: person('Finch') },
        { incident: null, by: heron() },
      ])
      expect(onDisk()).toHaveLength(3)
    })

    test('sent for an incident and not yet named there are kept once all the same', async () => {
      await reportWith()
      const bytes = randomBytes(100)
      const first = await keep(bytes, { incident: az1 })
      expect((await keep(bytes, { incident: az1 })).id).toBe(first.id)
      expect((await keep(bytes, { incident: incidentId('AZ-0002') })).id).not.toBe(first.id)
    })

    test('belong to the first report that names them', async () => {
      const { store } = scene()
      const kept = await keep(randomBytes(10))
      await reportWith(kept)
      const late = reported('AZ-0002', { by: heron() })
      await store.transaction(tx =>
        tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [late], files: [kept.id] }),
      )
      expect((await store.files.find(kept.id))?.incident).toBe(az1)
    })

    test('are let go where they were sent with what was refused, and nothing can name them any more', async () => {
      const { store } = scene()
      const kept = await keep(randomBytes(10))
      const named = await keep(randomBytes(10))
      await reportWith(named)
      await store.files.release([kept.id, named.id], noon)
      expect(onDisk()).toHaveLength(1)
      expect((await store.files.list(az1)).map(item => item.id)).toEqual([named.id])
      const late = reported('AZ-0002', { by: heron() })
      const naming = store.transaction(tx =>
        tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [late], files: [kept.id] }),
      )
      await expect(naming).rejects.toThrow(ConflictError)
      expect(await store.incidents.find(incidentId('AZ-0002'))).toBeNull()
    })

    test('leave no digest, name or device in the database that could be read', async () => {
      const { store, place } = scene()
      const kept = await keep(Buffer.from('known to everybody'), {
        taken: async () => ({ ...taken, device: 'Sent-1' }),
      })
      await reportWith(kept)
      const { tables } = await rowsOf(place.database)
      for (const secret of [kept.sha256, 'note.txt', 'Sent-1', Buffer.from(kept.sha256, 'hex').toString('base64url')]) {
        expect(tables).not.toContain(secret)
      }
      expect(await store.files.find(kept.id)).not.toBeNull()
    })

    test('that break off, or are too large, leave nothing', async () => {
      const breaking = async function* () {
        yield randomBytes(1_000)
        throw new Error('the line went dead')
      }
      await expect(keep(Buffer.alloc(0), { open: breaking })).rejects.toThrow('the line went dead')
      await expect(keep(randomBytes(2_000), { mostBytes: 1_999 })).rejects.toThrow(/more than/)
      expect(onDisk()).toEqual([])
      expect(await scene().store.files.counts()).toEqual({ files: 0, bytes: 0, shredded: 0 })
    })

    test('whose bytes, record, entry or row was changed are found, each by its name', async () => {
      const { place } = scene()
      const kept = await Promise.all([1, 2, 3, 4, 5].map(() => keep(randomBytes(100_000))))
      await reportWith(...kept)
      const [bytes, swapped, gone, row, claimed] = kept
      if (!bytes || !swapped || !gone || !row || !claimed) throw new Error('five were kept')
      const paths = await pathsOf()
      const spoil = (id: string) => {
        const path = join(place.filesFolder, paths.get(id) ?? '')
        const raw = readFileSync(path)
        raw.writeUInt8(raw.readUInt8(70_000) ^ 1, 70_000)
        writeFileSync(path, raw)
      }
      spoil(bytes.id)
      rmSync(join(place.filesFolder, paths.get(gone.id) ?? ''))
      await place.tamper(`update files set path = '${paths.get(claimed.id)}' where id = '${swapped.id}'`)
      await place.tamper(`delete from files where id = '${row.id}'`)
      await place.tamper(`update files set incident = 'AZ-0009' where id = '${claimed.id}'`)
      const found = (await findings(Date.now() + 2 * day)).map(({ file, problem }) => `${problem} ${file}`)
      expect(found.toSorted()).toEqual(
        [
          `altered ${bytes.id}`,
          `altered ${swapped.id}`,
          `missing ${gone.id}`,
          `missing ${row.id}`,
          `orphaned ${paths.get(row.id)}`,
          `orphaned ${paths.get(swapped.id)}`,
          `unnamed ${claimed.id}`,
        ].toSorted(),
      )
      await expect(opened(scene().store, bytes.id)).rejects.toMatchObject({ reason: 'broken' })
    })

    test('that an entry vouches for with other bytes are unproven', async () => {
      const kept = await keep(randomBytes(10))
      await reportWith({ ...kept, proof: 'x'.repeat(43) })
      expect(await findings()).toEqual([{ incident: az1, file: kept.id, problem: 'unproven' }])
    })

    test('that lost their key without having been shredded are missing', async () => {
      const kept = await keep(randomBytes(10))
      await reportWith(kept)
      await scene().place.tamper(`delete from keys where scope = 'file:${kept.id}'`)
      expect(await scene().store.files.find(kept.id)).toBeNull()
      await expect(opened(scene().store, kept.id)).rejects.toMatchObject({ reason: 'broken' })
      expect(await findings()).toEqual([{ incident: az1, file: kept.id, problem: 'missing' }])
    })

    test('are gone when shredded, with key, record, bytes and copies; that they were there verifies', async () => {
      const { store, place } = scene()
      const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'red' } })
        .jpeg()
        .toBuffer()
      const photo = await keep(picture, { kind: 'photo', type: 'image/jpeg' })
      const note = await keep(randomBytes(10))
      await reportWith(photo, note)
      expect(await store.files.copy(photo.id, 'blurred')).toMatchObject({ type: 'copy' })
      expect(onDisk()).toHaveLength(3)
      expect(await store.files.shred(az1, noon)).toBe(2)
      expect(await store.files.shred(az1, noon)).toBe(0)
      expect(onDisk()).toEqual([])
      expect(await store.files.list(az1)).toEqual([])
      expect(await store.files.copy(photo.id, 'blurred')).toEqual({ type: 'none', why: 'gone' })
      expect(await findings(Date.now() + 2 * day)).toEqual([])
      expect(await store.files.counts()).toEqual({ files: 0, bytes: 0, shredded: 2 })
      expect(await Array.fromAsync(store.audit.verify())).toEqual([])
      expect((await rowsOf(place.database)).tables).not.toContain('file:')
    })

    test('that nothing named for a day are swept, with what a crash left of shredded ones', async () => {
      const { store, place } = scene()
      const left = await keep(randomBytes(10))
      const kept = await keep(randomBytes(10))
      await reportWith(kept)
      const crashed = await keep(randomBytes(10))
      await place.tamper(`update files set shredded_at = 1, record = null where id = '${crashed.id}'`)
      expect(await store.files.sweep(noon + day)).toBe(0)
      expect(onDisk()).toHaveLength(2)
      expect(await store.files.sweep(noon + day + 1)).toBe(1)
      expect(onDisk()).toHaveLength(1)
      expect(await store.files.find(left.id)).toBeNull()
      expect((await store.files.list(az1)).map(item => item.id)).toEqual([kept.id])
    })

    test('that are pictures have copies of their own, sealed, made once, and made again when spoilt', async () => {
      const { store } = scene()
      const picture = await sharp({ create: { width: 4000, height: 1000, channels: 3, background: 'green' } })
        .jpeg()
        .toBuffer()
      const kept = await keep(picture, { kind: 'photo', type: 'image/jpeg' })
      const [small, again] = [await store.files.copy(kept.id, 'small'), await store.files.copy(kept.id, 'small')]
      expect(again).toEqual(small)
      if (small.type !== 'copy') throw new Error('no copy')
      expect(await sharp(small.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1600, height: 400 })
      const path = onDisk().find(one => one.endsWith('.small')) ?? ''
      expect(readFileSync(path).includes(small.bytes.subarray(0, 16))).toBe(false)
      writeFileSync(path, 'spoilt')
      expect(await store.files.copy(kept.id, 'small')).toEqual(small)
      // The one look put in the place of the other does not open.
      writeFileSync(path.replace('.small', '.blurred'), readFileSync(path))
      const blurred = await store.files.copy(kept.id, 'blurred')
      expect(blurred).not.toEqual(small)
      const note = await keep(randomBytes(10))
      expect(await store.files.copy(note.id, 'small')).toEqual({ type: 'none', why: 'no-picture' })
    })
  })

  const taken = { takenAt: null, device: null, position: null }

  async function pathsOf(): Promise<Map<string, string>> {
    const { files } = await rowsOf(scene().place.database)
    return new Map(files.map(row => [row.id, row.path ?? '']))
  }
}

async function rowsOf({ read, engine }: Scene['place']['database']) {
  const { files, keys, timeline } = tablesOf(engine)
  const all = [await read.select().from(files), await read.select().from(keys), await read.select().from(timeline)]
  const readable = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'data' in value
      ? Buffer.from(value.data as number[]).toString('latin1')
      : value
  return { files: await read.select().from(files), tables: JSON.stringify(all, readable) }
}
