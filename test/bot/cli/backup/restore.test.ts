import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RegionCode } from '../../../../workflows/ids.ts'
import { changed, incidentId, keep, noon, reported } from '../../../contracts/incidents.ts'
import { bytesOf, lived, machine, newest, person, writeDown } from './machine.ts'

test('a backup of a hub that runs brings it back on another machine, without what was erased since and without sending anything twice', async () => {
  const [here, there] = [machine(), machine()]
  const store = await here.open()
  const file = await lived(store)
  const [phrase = ''] = await writeDown(here)
  const made = await here.hub(['backup']).end()
  expect(made.shown).toContain('read back and whole')
  expect(made.shown).toContain("Signal's account is NOT in it")
  expect(made.code).toBe(0)
  expect(await store.backups.facts()).toMatchObject({ copiedAt: null, holdsSignal: false, problem: null })
  const archive = join(here.folder, newest(here))
  expect(statSync(archive).mode & 0o777).toBe(0o600)
  expect(readFileSync(archive, 'latin1')).not.toMatch(/Two groups|AZ-0001|Heron/)

  // What happens after it is not in it; what is erased after it must not come back.
  const heron = person(store, 'Heron')
  const roster = { type: 'erase', person: heron } as const
  await store.transaction(tx => tx.commit({ key: null, person: null, now: noon, answer: '', incidents: [], roster }))
  const third = (await store.incidents.find(incidentId('AZ-0003')))?.incident
  if (third)
    await keep(
      store,
      null,
      changed(third, [{ event: { type: 'withdrawn', kept: false } }], { by: person(store, 'Finch') }),
    )
  await keep(store, null, reported('AZ-0004', { by: person(store, 'Finch'), what: 'Later' }))
  const list = await store.backups.listErased()

  mkdirSync(join(there.folder, 'usb'))
  copyFileSync(archive, join(there.folder, 'usb/copy.age'))
  copyFileSync(list, join(there.folder, 'usb/hub.erasures'))
  const sitting = there.hub(['restore', 'usb/copy.age', '--to', 'data'])
  await sitting.answer('Recovery phrase: ', phrase)
  const { shown, code } = await sitting.end()
  expect(shown).toMatch(/Restored: 3 incidents, \d+ entries and 1 file, as they stood at/)
  expect(shown).toMatch(/Erased anew: 1 person, 0 files, the words of 1 entry\./)
  expect(shown).toMatch(/1 message had not gone out then/)
  expect(code).toBe(0)
  expect(there.list('data')).toEqual(['hub.db', 'hub.db.erasures', 'hub.db.files', 'hub.key'])

  const again = await there.open()
  const words = async (id: string) => (await again.incidents.find(incidentId(id)))?.words.what ?? null
  expect(await words('AZ-0001')).toBeNull()
  expect(await words('AZ-0002')).toBe('A car burns')
  expect(await words('AZ-0003')).toBeNull()
  expect(await again.incidents.find(incidentId('AZ-0004'))).toBeNull()
  expect(await bytesOf(again, file)).toContain('what the picture shows')
  expect(again.roster.directory().people.has(heron)).toBe(false)
  expect(await again.outbox.states(['waiting'])).toEqual(['left'])
  expect(await again.nextNumber('AZ' as RegionCode)).toBe(1001)
  expect(await again.backups.returned()).toMatchObject({ stoodAt: expect.any(Number) })
  const problems = []
  for await (const problem of again.audit.verify()) problems.push(problem)
  expect(problems).toEqual([])
  // The same phrase opens what this machine makes from now on.
  expect((await there.hub(['backup', '--to', 'usb']).end()).shown).toContain('read back and whole')
}, 60_000)
