import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../../db/database.ts'
import { incidentId, noon } from '../../../contracts/incidents.ts'
import { needs } from '../../../need.ts'
import { postgresNeed, usePostgres } from '../../../postgres.ts'
import { bytesOf, lived, machine, newest, person, writeDown } from './machine.ts'

needs(postgresNeed()).describe('a hub on PostgreSQL', () => {
  const server = usePostgres()

  test('comes back from a copy of its database and a backup, without what was erased since', async () => {
    await server().template('hub', async url => (await openDatabase({ url })).close())
    const url = await server().fresh('hub')
    const [here, there] = [machine(url), machine(`${url}_copy`)]
    const store = await here.open()
    const file = await lived(store)
    const [phrase = ''] = await writeDown(here)
    const made = await here.hub(['backup']).end()
    expect(made.shown).toContain('The database itself is NOT in it')
    expect(made.code).toBe(0)
    await store.close()
    // As pg_dump and pg_restore would.
    const name = new URL(url).pathname.slice(1)
    const client = new pg.Client(url.replace(`/${name}`, '/postgres'))
    await client.connect()
    await client.query(`create database "${name}_copy" template "${name}"`).finally(() => client.end())
    const later = await here.open()
    const roster = { type: 'erase', person: person(later, 'Heron') } as const
    await later.transaction(tx => tx.commit({ key: null, person: null, now: noon, answer: '', incidents: [], roster }))

    mkdirSync(join(there.folder, 'usb'))
    copyFileSync(join(here.folder, newest(here)), join(there.folder, 'usb/copy.age'))
    copyFileSync(await later.backups.listErased(), join(there.folder, 'usb/hub.erasures'))
    writeFileSync(join(there.folder, 'phrase'), phrase)
    const words = ['restore', 'usb/copy.age', '--phrase-file', 'phrase']
    expect((await there.hub(words).end()).shown).toContain('There is a database already: on the server')
    // Checked before anything is done to it, because it is changed where it stands.
    const restored = new pg.Client(`${url}_copy`)
    await restored.connect()
    const people = async () => (await restored.query('select count(*)::int as n from people')).rows[0].n
    const all = await people()
    const { rows } = await restored.query("select hash from timeline where incident = 'AZ-0002' and seq = 1")
    const put = (hash: unknown) =>
      restored.query("update timeline set hash = $1 where incident = 'AZ-0002' and seq = 1", [hash])
    await put('0'.repeat(64))
    const refused = await there.hub([...words, '--yes']).end()
    expect(refused.shown).toContain('The timelines in the database do not verify, so nothing was changed.')
    expect(refused.code).toBe(1)
    expect(await people()).toBe(all)
    expect(there.list('data')).toEqual([])
    await put(rows[0].hash)
    await restored.end()
    const { shown, code } = await there.hub([...words, '--yes']).end()
    expect(shown).toContain('Erased anew: 1 person')
    expect(code).toBe(0)
    expect(there.list('data').map(one => basename(one))).toEqual(['files', 'files.erasures', 'hub.key'])
    const again = await there.open()
    expect((await again.incidents.find(incidentId('AZ-0001')))?.words.what).toBeNull()
    expect((await again.incidents.find(incidentId('AZ-0002')))?.words.what).toBe('A car burns')
    expect(await bytesOf(again, file)).toContain('what the picture shows')
    expect((await there.hub([...words, '--yes']).end()).shown).toContain('A hub runs on this database')
  }, 120_000)
})
