import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { readArchive } from '../../../../bot/cli/backup/archive.ts'
import { identityOf, secretOf } from '../../../../bot/cli/backup/phrase.ts'
import { attached } from '../../../contracts/attached.ts'
import { incidentId, keep, reported } from '../../../contracts/incidents.ts'
import { lived, type Machine, machine, newest, person, writeDown } from './machine.ts'

describe('a backup', () => {
  test('opens with both halves of a phrase that two people keep, and with none of them alone', async () => {
    const [here, there] = [machine(), machine()]
    await lived(await here.open())
    const [one = '', other = ''] = await writeDown(here, ['--split', '--language', 'es'])
    expect((await here.hub(['backup']).end()).code).toBe(0)
    cpSync(join(here.folder, 'data/backups'), join(there.folder, 'usb'), { recursive: true })
    const archive = `usb/${there.list('usb').find(name => name.endsWith('.age'))}`
    const sitting = there.hub(['restore', archive, '--to', 'data'])
    await sitting.answer('Recovery phrase: ', other)
    await sitting.answer('The other half', one)
    const { shown, code } = await sitting.end()
    expect(shown).toContain('WARNING: there was no list of what was erased since')
    expect(code).toBe(0)
    writeFileSync(join(there.folder, 'halves'), `${one}\n${other}\n`)
    const second = ['restore', archive, '--to', 'other', '--phrase-file', 'halves']
    expect((await there.hub(second).end()).code).toBe(0)
  }, 60_000)

  test('that is killed at any moment leaves none that passes for whole, and nothing in the way of the next', async () => {
    const here = machine()
    const store = await here.open()
    await lived(store)
    for (let file = 0; file < 12; file += 1)
      await store.files.keep({ ...attached(person(store, 'Finch'), randomBytes(2e6)), mostBytes: 3e6 }, Date.now())
    const [phrase = ''] = await writeDown(here)
    const identity = identityOf(secretOf(phrase))
    const whole = async () => {
      const names = here.list('data/backups').filter(name => name.endsWith('.age'))
      for (const name of names) await readArchive(join(here.folder, 'data/backups', name), identity, drained)
      return names.length
    }
    for (const ms of [400, 700, 900, 1_100, 1_300, 1_600]) {
      const before = await whole()
      const child = here.start(['backup'])
      await pause(ms)
      child.kill('SIGKILL')
      await once(child, 'close')
      expect(await whole()).toBeLessThanOrEqual(before + 1)
    }
    const before = await whole()
    expect((await here.hub(['backup']).end()).shown).toContain('read back and whole')
    expect(await whole()).toBe(before + 1)
    expect(here.list('data').filter(name => name.includes('.backup-'))).toEqual([])
    expect(here.list('data/backups').filter(name => name.endsWith('.part'))).toEqual([])
  }, 120_000)

  test('is copied by the command of the network file, which sees no secret; a copy that fails is told', async () => {
    const here = machine()
    const store = await here.open()
    await lived(store)
    await writeDown(here)
    const planned = (copy: string) => {
      const text = readFileSync('workflows/content/network.yaml', 'utf8')
      writeFileSync(join(here.folder, 'network.yaml'), `${text}\nbackup: { keep: 1, copy: ${JSON.stringify(copy)} }\n`)
    }
    const env = {
      ...{ NETWORK_FILE: 'network.yaml', HUB_KEY_FILE: 'data/hub.key', HUB_TEST: 'seen' },
      METRICS_TOKEN: 'only-the-hub-knows-it',
    }
    writeFileSync(join(here.folder, 'copy.sh'), 'env > seen.txt\ncp "$1" "away/$2"\n')
    planned('sh copy.sh {file} {name}')
    const failed = await here.hub(['backup'], env).end()
    expect(failed.shown).toMatch(/It was NOT copied off this machine: sh ended with code 1: .*away/)
    expect(failed.code).toBe(1)
    expect(await store.backups.facts()).toMatchObject({ copiedAt: null, problem: { type: 'copied' } })
    mkdirSync(join(here.folder, 'away'))
    const { shown, code } = await here.hub(['backup'], env).end()
    expect(shown).toContain('1 older backup went.')
    expect(shown).toContain('Copied off this machine')
    expect(code).toBe(0)
    expect(here.list('away')).toEqual(here.list('data/backups'))
    expect(await store.backups.facts()).toMatchObject({ copiedAt: expect.any(Number), problem: null })
    const seen = readFileSync(join(here.folder, 'seen.txt'), 'utf8')
    expect(seen).toContain('HUB_TEST=seen')
    expect(seen).not.toMatch(/HUB_KEY|DATABASE_URL|METRICS_TOKEN/)
    planned('no-such-program {file}')
    expect((await here.hub(['backup'], env).end()).shown).toContain('there is no program no-such-program here')
  }, 60_000)

  test('holds the account of signal-cli, if it is told where that is', async () => {
    const [here, there] = [machine(), machine()]
    await lived(await here.open())
    const [phrase = ''] = await writeDown(here)
    const account = join(here.folder, 'signal/data/123456.d')
    mkdirSync(account, { recursive: true })
    writeFileSync(join(here.folder, 'signal/data/accounts.json'), '{"accounts":[]}')
    const open = new Sqlite(join(account, 'account.db'))
    open.pragma('journal_mode = wal')
    open.exec('create table sessions (id integer); insert into sessions values (7)')
    const text = readFileSync('workflows/content/network.yaml', 'utf8')
    writeFileSync(join(here.folder, 'network.yaml'), `${text}\nbackup: { signal: signal }\n`)
    const made = await here.hub(['backup'], { NETWORK_FILE: 'network.yaml' }).end()
    expect(made.shown).toContain("Signal's account is in it.")
    open.close()
    writeFileSync(join(there.folder, 'phrase'), phrase)
    const words = ['restore', join(here.folder, newest(here)), '--to', 'data', '--phrase-file', 'phrase']
    expect((await there.hub(words).end()).shown).toContain('data/hub.db.restored/signal')
    const back = new Sqlite(join(there.folder, 'data/hub.db.restored/signal/data/123456.d/account.db'))
    expect(back.prepare('select id from sessions').all()).toEqual([{ id: 7 }])
    back.close()
    expect(there.list('data/hub.db.restored/settings')).toEqual(['network.yaml'])
  }, 60_000)
})

describe('a restore', () => {
  let made: ReturnType<typeof stocked> | undefined

  async function ready(harm = (bytes: Buffer) => bytes, words?: string): Promise<Machine> {
    made ??= stocked()
    const { archive, phrase } = await made
    const there = machine()
    writeFileSync(join(there.folder, 'copy.age'), harm(archive))
    writeFileSync(join(there.folder, 'phrase'), words ?? phrase)
    return there
  }
  const restore = (there: Machine, ...more: readonly string[]) =>
    there.hub(['restore', 'copy.age', '--to', 'data', '--phrase-file', 'phrase', ...more]).end()

  test.each([
    ['cut short in the middle', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), 'is damaged or was cut short'],
    ['without its last byte', (bytes: Buffer) => bytes.subarray(0, -1), 'is damaged or was cut short'],
    ['with one bit otherwise', (bytes: Buffer) => flipped(bytes, bytes.length - 9_000), 'is damaged or was cut short'],
    [
      'with one bit otherwise in its head',
      (bytes: Buffer) => flipped(bytes, 60),
      'or the beginning of that file is damaged',
    ],
    ['that is something else', () => Buffer.from('hello'), 'is no backup of Trust Hub'],
    ['that is empty', () => Buffer.alloc(0), 'is no backup of Trust Hub'],
  ])(
    'of a file %s says so and changes nothing',
    async (_, harm, why) => {
      const there = await ready(harm)
      const { shown, code } = await restore(there)
      expect(shown).toContain(why)
      expect(code).toBe(1)
      expect(there.list('data')).toEqual([])
    },
    60_000,
  )

  test('with another phrase says so and changes nothing', async () => {
    const there = await ready(undefined, `${'abandon '.repeat(23)}art`)
    const { shown, code } = await restore(there)
    expect(shown).toContain('The phrase in phrase does not open copy.age')
    expect(code).toBe(1)
    expect(there.list('data')).toEqual([])
  })

  test('without the file that was named, or with a folder in its place, says so in words', async () => {
    const there = await ready()
    const named = (file: string, phrase: string) =>
      there.hub(['restore', file, '--to', 'data', '--phrase-file', phrase]).end()
    expect(await named('copy.age', 'nowhere')).toEqual({
      shown: 'The phrase cannot be read from nowhere (ENOENT). Nothing was changed.\n',
      code: 1,
    })
    expect(await named('.', 'phrase')).toEqual({ shown: 'There is no file ., or it cannot be read.\n', code: 1 })
    expect(there.list('data')).toEqual([])
  }, 60_000)

  test('of a practice workspace is started as one', async () => {
    const there = await ready()
    expect((await restore(there)).shown).toMatch(/^ {2}PRACTICE_DATABASE_URL=file:data\/hub\.db /m)
  }, 60_000)

  test('waits until no hub runs, asks before it puts one aside, and does not delete it', async () => {
    const there = await ready()
    const store = await there.open()
    await keep(store, null, reported('AZ-0777', { by: person(store, 'Heron') }))
    expect((await restore(there, '--yes')).shown).toContain('Stop it first')
    await store.close()
    const asked = await restore(there)
    expect(asked.shown).toMatch(/There is a database already: data\/hub.db, 1 incident, the last entry is of/)
    expect(asked.code).toBe(1)
    const { shown, code } = await restore(there, '--yes')
    expect(shown).toContain('Put aside, not deleted:')
    expect(code).toBe(0)
    const again = await there.open()
    expect(await again.incidents.find(incidentId('AZ-0777'))).toBeNull()
    expect(await again.incidents.find(incidentId('AZ-0002'))).not.toBeNull()
    const aside = there.list('data').find(name => name.startsWith('hub.db.aside-')) ?? ''
    const before = new Sqlite(join(there.folder, 'data', aside), { readonly: true })
    expect(before.prepare('select id from incidents').all()).toEqual([{ id: 'AZ-0777' }])
    before.close()
  }, 60_000)

  test('that was killed while things took their places lets no hub begin anew, and is ended by the next', async () => {
    const there = await ready()
    expect((await restore(there)).code).toBe(0)
    // As if it had been killed after the first of two steps.
    const staging = join(there.folder, 'data/hub.db.restoring')
    mkdirSync(staging)
    cpSync(join(there.folder, 'data/hub.db'), join(staging, 'hub.db'))
    const moves = [
      { from: join(there.folder, 'data/hub.db'), to: join(there.folder, 'data/hub.db.aside-x') },
      { from: join(staging, 'hub.db'), to: join(there.folder, 'data/hub.db') },
    ]
    writeFileSync(join(staging, 'moves.json'), JSON.stringify(moves))
    await expect(there.open()).rejects.toThrow('A restore was broken off')
    expect((await restore(there)).shown).toContain('is ended now')
    expect(there.list('data')).toContain('hub.db.aside-x')
    expect(await (await there.open()).incidents.find(incidentId('AZ-0002'))).not.toBeNull()
  }, 60_000)
})

/** A backup and its phrase. */
async function stocked() {
  const here = machine()
  const store = await here.open()
  await lived(store)
  const [phrase = ''] = await writeDown(here)
  await here.hub(['backup']).end()
  return { archive: readFileSync(join(here.folder, newest(here))), phrase }
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

async function drained(_: string, content: Readable): Promise<void> {
  for await (const _piece of content);
}
