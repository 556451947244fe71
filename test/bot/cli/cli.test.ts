import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sampleNetworkFile } from '../../../bot/config.ts'
import { type Ground, ground, openHouse } from '../../house.ts'
import { sit } from './sit.ts'

type Said = { readonly code: number | null; readonly out: string; readonly err: string }

describe('hub on a database with two reports', () => {
  let at: Ground

  beforeAll(async () => {
    at = ground()
    const house = await openHouse(at, Date.now())
    const values = { what: 'A man films the voters in line', where: 'Arizona', danger: 'soon', contact: 'yes' }
    await house.fill('heron', '/report', values)
    await house.fill('heron', '/report', { ...values, danger: 'no' })
    await house.type('finch', '/claim AZ-0001')
    await house.type('finch', '/duty on 8h')
    await house.type('heron', '/withdraw AZ-0002')
    await house.close()
  })
  afterAll(() => at.leave())

  test('network show prints who and where, but no name and no account', async () => {
    const { code, out } = await hub(at, 'network', 'show')
    expect(code).toBe(0)
    expect(out).toMatch(/^Sample network · America\/New_York · en, es$/m)
    expect(out).toMatch(/^ {2}AZ +Arizona +America\/Phoenix +Arizona response \(workspace\), .*may see RED\)$/m)
    expect(out).toMatch(/^ {2}Finch +responder +AZ +en +workspace +on duty until \d{4}-/m)
    expect(out).toMatch(/^People \(25, 1 on duty\)$/m)
    expect(out).toMatch(/^ {2}daily +daily at 07:00/m)
    expect(out).not.toMatch(/Sample Person|Carter|cactus-wren/)
  })

  test('audit verify counts what it checked, and the shredded words', async () => {
    const { code, out } = await spawned(at, 'audit', 'verify')
    expect(code).toBe(0)
    expect(out).toMatch(/^2 timelines checked, \d+ entries, 0 problems\.$/m)
    expect(out).toMatch(/^Words of 1 entry were shredded/m)
  })

  test('audit verify names every entry that was altered, and ends with 1', async () => {
    const copy = ground()
    const source = new Sqlite(at.url.slice('file:'.length))
    const file = copy.url.slice('file:'.length)
    await source.backup(file)
    source.close()
    const database = new Sqlite(file)
    database.prepare("update timeline set at = at + 1 where incident = 'AZ-0001' and seq = 2").run()
    database.prepare("delete from timeline where incident = 'AZ-0002' and seq = 2").run()
    database.close()
    const { code, out } = await hub(copy, 'audit', 'verify', { HUB_KEY_FILE: join(at.folder, 'hub.key') })
    copy.leave()
    expect(code).toBe(1)
    expect(out).toMatch(/^AZ-0001, entry 2: the entry was changed$/m)
    expect(out).toMatch(/^AZ-0002, entry 2: /m)
  })

  test('audit head prints a line that can be compared later, and finds what was changed', async () => {
    const { code, out } = await hub(at, 'audit', 'head', '--until', '2026-01-01')
    expect(code).toBe(0)
    expect(out).toMatch(/^2026-01-01T00:00Z {2}0 timelines, 0 entries {2}([0-9a-f]{4}-){7}[0-9a-f]{4}$/m)
    const moment = new Date().toISOString().slice(0, 19)
    const line = (await hub(at, 'audit', 'head', '--until', `${moment}Z`)).out.split('\n')[0] ?? ''
    expect(line).toContain('2 timelines')
    expect(await hub(at, 'audit', 'head', '--compare', line)).toMatchObject({ code: 0 })
    const changed = line.replace(/[0-9a-f]$/, last => (last === '0' ? '1' : '0'))
    const other = await hub(at, 'audit', 'head', '--compare', changed)
    expect(other).toMatchObject({ code: 1, err: '' })
    expect(other.out).toContain(`NOT the same. Now it is:\n${line}`)
    const none = await hub(at, 'audit', 'head', '--compare', 'nonsense')
    expect(none).toMatchObject({ code: 1, out: '' })
    expect((await hub(at, 'audit', 'head', '--until', '2099-01-01')).err).toContain('must lie in the past')
  })

  test('key check says what lies under the key, key rotate puts another in its place', async () => {
    const before = await hub(at, 'key', 'check')
    expect(before.out).toMatch(
      /^Keys in .*hub\.key, and how many sealed values name each:\n {2}([0-9a-f]{8}) +\d+ {2}in use$/m,
    )
    expect(before.out).toMatch(/^ {2}keys\.sealed +\d+$/m)
    const id = / {2}([0-9a-f]{8})/.exec(before.out)?.[1] ?? ''
    const { code, out, err } = await hub(at, 'key', 'rotate')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^The new key is [0-9a-f]{8}; until now it was ${id}\\.$`, 'm'))
    expect(out).toMatch(new RegExp(`^${id} is gone from `, 'm'))
    const after = await hub(at, 'key', 'check')
    expect(after.code).toBe(0)
    expect(after.out).toMatch(new RegExp(`^ {2}${id} +0 {2}replaced$`, 'm'))
    expect(await hub(at, 'audit', 'verify')).toMatchObject({ code: 0 })
  })

  test('a wrong key is said in words, without a stack', async () => {
    const { code, err } = await spawned(at, 'audit', 'verify', { HUB_KEY: Buffer.alloc(32, 7).toString('base64') })
    expect(code).toBe(1)
    expect(err).toMatch(/key/i)
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('doctor finds nothing wrong', async () => {
    const { code, out } = await hub(at, 'doctor')
    expect(out.match(/^ok /gm)).toHaveLength(9)
    expect(out).toContain('2 incidents')
    expect(code).toBe(0)
  })

  test('a demo is refused while another plays, and a fresh one while a hub runs', async () => {
    const house = await openHouse(at, Date.now())
    try {
      await house.store.leases.seize('demo', 'another demo', 60_000)
      const second = await hub(at, 'demo')
      expect([second.code, second.err]).toEqual([1, expect.stringContaining('Another demo is playing')])
      const fresh = await hub(at, 'demo', '--fresh')
      expect([fresh.code, fresh.err]).toEqual([1, expect.stringContaining('A hub is running on this database')])
      expect(existsSync(at.url.slice('file:'.length))).toBe(true)
    } finally {
      await house.close()
    }
  })
})

describe('hub where nothing is yet', () => {
  let at: Ground

  beforeEach(() => {
    at = ground()
  })
  afterEach(() => at.leave())

  test.each([
    ['network', 'show'],
    ['audit', 'verify'],
  ])('%s %s says that there is no database, and makes none', async (...words) => {
    const { code, err } = await hub(at, ...words)
    expect(code).toBe(1)
    expect(err).toMatch(/^There is no database yet at .*hub\.db\. Start the hub once/)
    expect(existsSync(at.url.slice('file:'.length))).toBe(false)
  })

  test('doctor is content, and makes nothing', async () => {
    const { code, out } = await hub(at, 'doctor')
    expect(code).toBe(0)
    expect(out).toContain('made at the first start')
    expect(existsSync(at.url.slice('file:'.length))).toBe(false)
    expect(existsSync(join(at.folder, 'hub.key'))).toBe(false)
  })

  test('doctor says what is wrong and what to do', async () => {
    const other = createServer((_, answer) => answer.end('something else')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    writeFileSync(join(at.folder, 'hub.key'), 'short')
    const { code, out } = await spawned(at, 'doctor', { PORT: String((other.address() as AddressInfo).port) })
    other.close()
    expect(code).toBe(1)
    expect(out).toMatch(/^NOT {2}Key +.*is not a key/m)
    expect(out).toMatch(/^NOT {2}Port +.*taken by another program\. Stop it, or set PORT/m)
  })

  test.each(['http://hub.example.org', 'https://hub.example.org/path', 'ftp://hub.example.org', 'hub.example.org'])(
    'doctor does not take %s for the address of the hub',
    async address => {
      const { code, out } = await hub(at, 'doctor', { PUBLIC_URL: address })
      expect([code, out]).toEqual([1, expect.stringContaining('PUBLIC_URL: must be the address')])
    },
  )

  test('doctor names a setting that is wrong', async () => {
    const { code, out } = await hub(at, 'doctor', { PORT: 'high' })
    expect(code).toBe(1)
    expect(out).toMatch(/^NOT {2}Settings +PORT: must be a number/m)
  })

  test('a good network file is shown', async () => {
    const { code, out } = await hub(at, 'network', 'show', '--file', sampleNetworkFile)
    expect(code).toBe(0)
    expect(out).toContain('network.yaml is good.')
    expect(out).toMatch(/^ {2}leadership +Leadership \(workspace\)$/m)
  })

  test('a network file with errors hears of all, each with line and field', async () => {
    const file = join(at.folder, 'mine.yaml')
    const lines = [
      'network: { name: Mine, zone: Mars/Phobos, languages: [en] }',
      'regions:',
      '  - code: arizona',
      '    name: Arizona',
      '    places: [{ state: AZ }]',
      '    rooms: [{ workspace: az }]',
      'coordination: { rooms: [{ workspace: coordination }] }',
      'people:',
      '  - { name: A, callsign: Finch, roles: [boss], regions: [GA], accounts: { workspace: finch } }',
      'colour: blue',
    ]
    writeFileSync(file, lines.join('\n'))
    const { code, out, err } = await hub(at, 'network', 'show', '--file', file)
    expect([code, out]).toEqual([1, ''])
    for (const [line, field] of Object.entries({
      1: 'network.zone',
      3: 'regions[0].code',
      9: 'people[0].roles[0]',
      10: 'colour',
    })) {
      expect(err).toContain(`mine.yaml:${line} ${field}: `)
    }
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('a network file that is not there', async () => {
    const { code, err } = await spawned(at, 'network', 'show', '--file', 'nowhere.yaml')
    expect([code, err]).toEqual([1, 'nowhere.yaml: there is no such file.\n'])
  })

  test('an unknown command gets the way on', async () => {
    const { code, err } = await spawned(at, 'docter')
    expect(code).toBe(1)
    expect(err).toContain("unknown command 'docter'")
    expect(err).toContain('Did you mean doctor?')
    expect(err).toContain('help')
  })

  test('a seed that is no number is refused', async () => {
    const { code, err } = await hub(at, 'demo', '--seed', 'x')
    expect([code, err]).toEqual([1, expect.stringContaining('Use a whole number')])
  })
})

/** Runs a command within this process, on that ground. */
function hub(at: Ground, ...words: Words): Promise<Said> {
  return sit(typed(words), environment(at, words))
}

/** The same as a process of its own, as people run it. */
async function spawned(at: Ground, ...words: Words): Promise<Said> {
  const child = spawn(process.execPath, ['bot/cli.ts', ...typed(words)], {
    env: environment(at, words),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code: code as number | null, out, err }
}

type Words = readonly (string | Record<string, string>)[]

const typed = (words: Words) => words.filter(word => typeof word === 'string')

function environment(at: Ground, words: Words): Record<string, string> {
  const more = words.find(word => typeof word === 'object') ?? {}
  return { PRACTICE_DATABASE_URL: at.url, HUB_KEY_FILE: join(at.folder, 'hub.key'), PORT: '0', ...more }
}
