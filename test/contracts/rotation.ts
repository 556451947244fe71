import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tablesOf } from '../../db/base.ts'
import { openDatabase, rows } from '../../db/database.ts'
import type { KeyState } from '../../db/hubkeys.ts'
import { loadHubKeys, newHubKey } from '../../db/keyfile.ts'
import type { RotationStep } from '../../db/rotate.ts'
import { sealId } from '../../db/seal.ts'
import { type Unlocked, unlockStore } from '../../db/unlock.ts'
import type { IncidentId, PersonId } from '../../workflows/ids.ts'
import { keep, network, noon, reported } from './incidents.ts'

const quick = { waitMs: 10_000, lookMs: 5 }

/** That the hub's key can be replaced while processes write; `fresh` gives the address of a new database. */
export function rotationContract(name: string, fresh: (folder: string) => Promise<string>): void {
  describe(name, () => {
    let folder: string
    let url: string
    let file: string
    let opened: Unlocked[]

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'trust-hub-rotation-'))
      url = await fresh(folder)
      file = join(folder, 'hub.key')
      opened = []
    })
    afterEach(async () => {
      for (const { store } of opened) await store.close()
      rmSync(folder, { recursive: true, force: true })
    })

    async function start(key: { value?: string; file?: string } = {}, lookMs = 10): Promise<Unlocked> {
      const source = { value: key.value, file: key.file ?? file }
      const made = await unlockStore({ url, key: source, filesFolder: join(folder, 'files'), lookMs }, noon)
      opened.push(made)
      await made.store.roster.seed(network)
      return made
    }
    async function stop(hub: Unlocked): Promise<void> {
      opened = opened.filter(one => one !== hub)
      await hub.store.close()
    }
    const rotate = (hub: Unlocked) => Array.fromAsync(hub.keys.rotate(quick))
    const idsInFile = () => loadHubKeys({ file, mayCreate: false }).map(sealId)
    const personOf = ({ store }: Unlocked) => [...store.roster.directory().people.keys()][0] as PersonId

    /** Writes something into everything that lies under the hub's key, and gives what must be read again. */
    async function write(hub: Unlocked, number: number): Promise<IncidentId> {
      const id = `AZ-${String(number).padStart(4, '0')}`
      const { store } = hub
      const by = personOf(hub)
      await keep(store, `key ${number}`, reported(id, { by, what: `what of ${id}` }))
      await store.inbox.take({ key: `raw ${number}`, payload: `payload of ${id}`, receivedAt: noon })
      await store.memory.set('signal', `memory ${number}`, `memory of ${id}`, noon)
      const values = { what: `draft of ${id}` }
      const form = `form:${number}` as never
      await store.drafts.save(by, { form, name: `report ${number}`, about: '', values, savedAt: noon })
      if (number === 1) await hide(hub)
      return id as IncidentId
    }

    /** Somebody is hidden, for a reason that lies sealed. */
    async function hide({ store }: Unlocked): Promise<void> {
      const [by, person] = [...store.roster.directory().people.keys()] as [PersonId, PersonId]
      const change = { type: 'shield', person, by, at: noon, alias: 'Plover', cut: false, called: false } as const
      const roster = { ...change, reason: 'a car waits' }
      await store.transaction(tx =>
        tx.commit({ key: null, person: by, now: noon, answer: null, incidents: [], roster }),
      )
    }

    /** That everything written can be read, each thing once. */
    async function readAll(hub: Unlocked, ids: readonly IncidentId[]): Promise<void> {
      const { store } = hub
      for (const id of ids) {
        const number = Number(id.slice(3))
        expect((await store.incidents.find(id))?.words.what).toBe(`what of ${id}`)
        expect(await store.inbox.answer(`key ${number}`)).toEqual({ said: `key ${number}` })
        expect((await store.drafts.latest(personOf(hub), `report ${number}`, 0))?.values.what).toBe(`draft of ${id}`)
        expect(await store.memory.get('signal', `memory ${number}`)).toBe(`memory of ${id}`)
        // Found by an HMAC that must not have changed.
        expect(await store.inbox.take({ key: `raw ${number}`, payload: 'again', receivedAt: noon })).toBe(false)
      }
      const raw = await store.inbox.due(noon, 60_000, 10_000)
      expect(raw.map(one => one.payload).toSorted()).toEqual(ids.map(id => `payload of ${id}`).toSorted())
      expect(await store.roster.whose('slack', 'U0FINCH')).not.toBeNull()
      expect((await store.shields.list()).map(one => one.reason)).toEqual(
        ids.some(id => id === 'AZ-0001') ? ['a car waits'] : [],
      )
      expect(await Array.fromAsync(store.audit.verify())).toEqual([])
    }

    const total = ({ values }: KeyState) => [...values.values()].reduce((sum, one) => sum + one, 0)

    /** That nothing in any column of any kind names that key. */
    async function nothingUnder(id: string): Promise<void> {
      const database = await openDatabase({ url })
      const listed = await rows<{ name: string }>(
        database.read,
        database.engine === 'sqlite'
          ? sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
          : sql`select tablename as name from pg_tables where schemaname = 'public'`,
      )
      expect(listed.length).toBeGreaterThan(20)
      const head = Buffer.from(`01${id}`, 'hex')
      // Six letters of base64 hold four and a half bytes of the five.
      const texts = [head.toString('base64').slice(0, 6), head.toString('base64url').slice(0, 6), head.toString('hex')]
      for (const { name } of listed) {
        for (const row of await rows(database.read, sql`select * from ${sql.identifier(name)}`)) {
          for (const value of Object.values(row)) {
            if (value instanceof Uint8Array) expect(Buffer.from(value).indexOf(head), name).toBe(-1)
            if (typeof value === 'string')
              expect(
                texts.filter(text => value.includes(text)),
                name,
              ).toEqual([])
          }
        }
      }
      await database.close()
    }

    test('while two processes write, nothing is lost, and in the end nothing lies under the old key', async () => {
      const hubs = [await start(), await start()] as const
      const [old = ''] = idsInFile()
      const oldFile = readFileSync(file, 'utf8')
      const ids: IncidentId[] = []
      for (let number = 1; number <= 40; number++) ids.push(await write(hubs[0], number))
      let over = false
      let number = 40
      const reporter = async (hub: Unlocked) => {
        while (!over) ids.push(await write(hub, ++number))
      }
      const crowd = [0, 1, 0, 1, 0, 1].map(at => reporter(hubs[at as 0 | 1]))
      const steps = await rotate(await start())
      over = true
      await Promise.all(crowd)

      expect(ids.length).toBeGreaterThan(60)
      const [next = ''] = idsInFile()
      expect(idsInFile()).toEqual([next])
      expect(steps[0]).toEqual({ type: 'begun', current: old, next, resumed: false })
      expect(steps.at(-1)).toEqual({
        type: 'done',
        current: next,
        replaced: [old],
        damaged: 0,
        inFile: true,
        scrubbed: true,
      })
      await write(hubs[0], ++number).then(id => ids.push(id))
      await write(hubs[1], ++number).then(id => ids.push(id))
      for (const hub of opened) await hub.store.close()
      opened = []

      await nothingUnder(old)
      await readAll(await start(), ids)
      const alone = join(folder, 'old.key')
      writeFileSync(alone, oldFile, { mode: 0o600 })
      await expect(start({ file: alone })).rejects.toThrow(/was replaced on .* older copy .* Put the newer one back/)
    })

    test('broken off after any of its steps it does no harm, and goes on when it is begun again', async () => {
      const ids: IncidentId[] = []
      const met: string[] = []
      for (const end of ['begun', 'has', 'uses', 'sealing', 'sealing again']) {
        const hub = await start()
        // Slow to look, so that it is waited for; on a busy machine the others would be over before.
        const other = await start({}, end === 'has' || end === 'uses' ? 2_000 : 150)
        for (let at = 0; at < 3; at++) ids.push(await write(hub, ids.length + 1))
        const before = (await hub.keys.check()).keys.find(one => one.use === 'current')?.id ?? ''
        let last = ''
        for await (const step of hub.keys.rotate(quick)) {
          const name = step.type === 'waiting' ? step.why : step.type
          last = name === 'sealing' && last === 'sealing' ? 'sealing again' : name
          if (last === end) break
        }
        met.push(last)
        await stop(hub)
        await stop(other)
        const again = await start()
        for (let at = 0; at < 3; at++) ids.push(await write(again, ids.length + 1))
        expect((await rotate(again)).at(-1)).toMatchObject({ type: 'done', damaged: 0 })
        await stop(again)
        expect(idsInFile()).toHaveLength(1)
        await nothingUnder(before)
      }
      expect(met).toEqual(['begun', 'has', 'uses', 'sealing', 'sealing again'])
      await readAll(await start(), ids)
    }, 60_000)

    test('waits for a process that cannot learn the key, and says what to do there', async () => {
      const hub = await start()
      const other = await start({ value: readFileSync(file, 'utf8') })
      const id = await write(other, 1)
      const [old = ''] = idsInFile()
      await expect(Array.fromAsync(hub.keys.rotate({ waitMs: 300, lookMs: 5 }))).rejects.toThrow(
        /process \d+ on .*: set its HUB_KEY to both keys with a comma between/,
      )
      expect(idsInFile()).toHaveLength(2)
      const { keys } = await hub.keys.check()
      expect(keys.map(one => [one.id === old, one.use])).toEqual([
        [true, 'current'],
        [false, 'unused'],
      ])
      await stop(other)
      const both = await start({
        value: loadHubKeys({ file, mayCreate: false })
          .map(bytes => bytes.toString('base64'))
          .join(),
      })
      expect((await rotate(hub)).at(-1)).toMatchObject({ type: 'done', replaced: [old] })
      await write(both, 2)
      await readAll(both, [id, 'AZ-0002' as IncidentId])
      await stop(both)
      await nothingUnder(old)
    })

    test('of keys in HUB_KEY takes the one that is not in use yet, and changes no file', async () => {
      const [one, two] = [newHubKey(), newHubKey()].map(bytes => bytes.toString('base64')) as [string, string]
      const first = await start({ value: one })
      const id = await write(first, 1)
      await expect(rotate(first)).rejects.toThrow(/HUB_KEY, where this command cannot change it/)
      await stop(first)
      // In whichever order they stand.
      const both = await start({ value: `${one},${two}` })
      const done = (await rotate(both)).at(-1) as Extract<RotationStep, { type: 'done' }>
      expect(done).toMatchObject({ replaced: [sealId(Buffer.from(one, 'base64'))], inFile: false })
      await stop(both)
      await readAll(await start({ value: two }), [id])
      await expect(start({ value: one })).rejects.toThrow(/older copy/)
    })

    test('a process that was stopped for so long that it counted as gone looks before it writes', async () => {
      const hub = await start()
      const [old = ''] = idsInFile()
      const asleep = await start({}, 3_600_000)
      const database = await openDatabase({ url })
      const { processes } = tablesOf(database.engine)
      await database.transaction(tx => tx.delete(processes).where(eq(processes.pid, process.pid)).returning())
      await database.close()
      expect((await rotate(hub)).at(-1)).toMatchObject({ type: 'done', replaced: [old] })
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25_000 })
      const id = await write(asleep, 1)
      vi.useRealTimers()
      await stop(asleep)
      await nothingUnder(old)
      await readAll(hub, [id])
    })

    test('counts under which keys what lies', async () => {
      const hub = await start()
      for (let number = 1; number <= 3; number++) await write(hub, number)
      const { keys, processes } = await hub.keys.check()
      expect(processes).toEqual([expect.objectContaining({ pid: process.pid, source: 'file', keys: idsInFile() })])
      expect(keys).toHaveLength(1)
      expect(keys[0]).toMatchObject({ id: idsInFile()[0], given: true, use: 'current' })
      expect(keys[0]?.values.get('inbox.raw')).toBe(3)
      expect(keys[0]?.values.get('keys.sealed')).toBe(1 + network.people.length + 3)
      expect([...(keys[0]?.values.keys() ?? [])].toSorted()).toEqual(['inbox.raw', 'keys.sealed', 'memory.value'])
      expect(total(keys[0] as KeyState)).toBe(10 + network.people.length)
    })

    test('keys that changed between two starts are told, and nothing is harmed', async () => {
      const hub = await start()
      const id = await write(hub, 1)
      const steps = hub.keys.rotate(quick)
      for await (const { type } of steps) if (type === 'sealing') break
      await stop(hub)
      const whole = readFileSync(file, 'utf8')
      const [next, old] = loadHubKeys({ file, mayCreate: false }).map(bytes => bytes.toString('base64')) as [
        string,
        string,
      ]

      await expect(start({ value: next })).rejects.toThrow(
        /rotated, and some .* under the key [0-9a-f]{8}, which is not in/,
      )
      await expect(start({ value: old })).rejects.toThrow(/is another key/)
      await expect(start({ value: newHubKey().toString('base64') })).rejects.toThrow(/Set HUB_KEY or the key file/)
      writeFileSync(file, whole.slice(0, -30))
      await expect(start()).rejects.toThrow(/is not a key.*cut short/)
      rmSync(file)
      await expect(start()).rejects.toThrow(/key is missing/)
      // Two lines that changed places change nothing: the database knows which of them is in use.
      writeFileSync(file, `${old}\n${next}\n`, { mode: 0o600 })
      const again = await start()
      expect((await rotate(again)).at(-1)).toMatchObject({ type: 'done', current: sealId(Buffer.from(next, 'base64')) })
      await readAll(again, [id])
    })
  })
}
