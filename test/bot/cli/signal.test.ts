import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { commandLine } from '../../../bot/cli.ts'
import { type Ground, ground } from '../../house.ts'
import { safetyNumber } from '../../peers/signal/api.ts'
import { type SignalPeer, startSignalPeer } from '../../peers/signal/index.ts'
import { openHub, town } from '../signal/town.ts'

let at: Ground
let peer: SignalPeer

beforeEach(async () => {
  at = ground()
  peer = await startSignalPeer({ people: Object.values(town).map(account => ({ account })) })
  const hub = await openHub(at, peer.settings)
  await hub.close()
})
afterEach(async () => {
  await peer.close()
  at.leave()
  expect(peer.broken).toEqual([])
})

test('a captcha lifts the limit that Signal has set', async () => {
  peer.faults.limit(['token-7'])
  const done = await hub('signal', 'challenge', 'token-7', 'signalcaptcha://signal-hcaptcha.abc')
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Signal took it') })
  expect(peer.faults.limited()).toBeNull()
})

test('what is no captcha, or is refused, says what to do', async () => {
  expect(await hub('signal', 'challenge', 'token-7', 'https://signalcaptchas.org')).toMatchObject({
    code: 1,
    err: expect.stringContaining('challenge/generate.html'),
  })
  expect(await hub('signal', 'challenge', 'token-8', 'signalcaptcha://abc')).toMatchObject({
    code: 1,
    err: expect.stringContaining('solve a new one'),
  })
})

test('whoever has a new safety number is named by call sign, and trusted only with that number', async () => {
  expect(await hub('signal', 'untrusted')).toMatchObject({ code: 0, out: expect.stringContaining('Nobody') })
  peer.world.person(town.heron).trusted = false
  const { out } = await hub('signal', 'untrusted')
  expect(out).toContain('1 person has a new safety number')
  expect(out).toContain('  Heron\n')
  expect(out).not.toContain(town.heron)
  const wrong = await hub('signal', 'trust', 'heron', '12345 67890')
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('not the safety number') })
  expect(peer.world.person(town.heron).trusted).toBe(false)
  const right = await hub('signal', 'trust', 'heron', safetyNumber(town.heron).replace(/(.{5})/g, '$1 '))
  expect(right).toMatchObject({ code: 0, out: expect.stringContaining('trusted again') })
  expect(peer.world.person(town.heron).trusted).toBe(true)
})

test('a server that is down says so', async () => {
  await peer.api.down()
  expect(await hub('signal', 'untrusted')).toMatchObject({ code: 1, err: expect.stringContaining('did not answer') })
})

async function hub(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const into = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    said[stream] += text
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ]
  const before = process.env
  process.env = {
    DATABASE_URL: at.url,
    HUB_KEY_FILE: join(at.folder, 'hub.key'),
    SIGNAL_API_URL: peer.settings.apiUrl,
    SIGNAL_NUMBER: peer.settings.number,
  }
  process.exitCode = undefined
  try {
    await commandLine(new Command('hub').exitOverride()).parseAsync([...words], { from: 'user' })
    return { code: Number(process.exitCode ?? 0), ...said }
  } finally {
    process.exitCode = undefined
    process.env = before
    for (const spy of spies) spy.mockRestore()
  }
}
