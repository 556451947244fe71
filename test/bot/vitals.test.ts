import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMeter } from '../../bot/meter.ts'
import { createPulse } from '../../bot/pulse.ts'
import { createTraffic } from '../../bot/traffic.ts'
import { StoreError } from '../../workflows/errors.ts'
import type { LoopState, Pulse } from '../../workflows/pulse.ts'
import { type Ground, ground, noon, openHouse } from '../house.ts'
import { startProcess } from '../process.ts'
import { readMetrics } from '../prometheus.ts'

let at: Ground
beforeEach(() => {
  at = ground()
})
afterEach(() => at.leave())

describe('a process', () => {
  const facts: Pulse = { aheadMs: 0, memory: 1, memoryShare: 0, loops: [], tools: [] }

  test('says how it goes until it stops, and is not missed after', async () => {
    const house = await openHouse(at)
    const { store } = house
    const options = { store, loops: () => [], version: '1', holder: 'me', log: pino({ level: 'silent' }) }
    const pulse = createPulse({ ...options, health: { own: aheadMs => ({ ...facts, aheadMs }) }, stopwatch: () => 0 })
    await pulse.run()
    const [said] = await store.health.pulses()
    expect(said).toMatchObject({ id: 'me', version: '1' })
    expect(Math.abs(said?.facts.aheadMs ?? 9999)).toBeLessThan(1000)
    await Promise.all([pulse.run(), pulse.leave()])
    await pulse.run()
    expect(await store.health.pulses()).toEqual([])
    await house.close()
  })

  test('is not well once nothing could be committed for a minute, or a loop hangs', async () => {
    let now = 0
    let loops: readonly LoopState[] = []
    let full = false
    const say = async () => {
      if (full) throw new StoreError('full', 'none', 'The disk is full')
    }
    const health = { now: async () => Date.now(), say, leave: async () => {} }
    const lines: string[] = []
    const pulse = createPulse({
      store: { health } as unknown as Parameters<typeof createPulse>[0]['store'],
      health: { own: () => facts },
      loops: () => loops,
      version: '1',
      holder: 'me',
      stopwatch: () => now,
      log: pino({}, { write: line => void lines.push(line) }),
    })
    await pulse.run()
    full = true
    now = 45_000
    await expect(pulse.run()).rejects.toThrow('full')
    expect(pulse.problem()).toBeNull()
    now = 75_000
    expect(pulse.problem()).toBe('nothing could be committed for 75 seconds')
    full = false
    await pulse.run()
    expect(pulse.problem()).toBeNull()
    loops = [{ name: 'clocks', idleMs: 200_000, lateMs: 121_000, failures: 0 }]
    for (let times = 0; times < 3; times++) await pulse.run()
    expect(pulse.problem()).toContain('clocks')
    expect(lines.filter(line => line.includes('hangs'))).toHaveLength(1)
  })
})

test('what people do, what is committed and what goes out is counted, whoever counts it', async () => {
  const house = await openHouse(at)
  const meter = createMeter()
  const traffic = createTraffic({ meter, clock: () => noon, stopwatch: () => 0 })
  const store = traffic.store(house.store)
  const host = traffic.host('workspace', { ...house.hostOf('workspace'), receive: house.hub.receive })
  const origin = { platform: 'workspace', account: 'heron', room: null, message: null, at: noon } as const
  await host.receive({ ...origin, key: 'one', type: 'command', name: 'hub', words: 'status' })
  await expect(store.transaction(() => Promise.reject(new StoreError('full', 'none', 'no')))).rejects.toThrow()
  await house.fill('heron', 'report', { what: 'Men with rifles outside', where: 'Phoenix, AZ', danger: 'hurt' })
  const found = (name: string) => meter.families().find(one => one.name === `trust_hub_${name}`)?.samples
  expect(found('interactions_total')).toEqual([
    { labels: { platform: 'workspace', type: 'command', outcome: 'view' }, value: 1 },
  ])
  expect(found('commit_duration_seconds')?.at(-1)).toEqual({ labels: { outcome: 'full' }, part: '_count', value: 1 })
  expect(traffic.lastSeen('workspace')).toEqual({ heardAt: noon, sentAt: null })
  await house.close()
})

test('a hub that runs is seen by its watcher, its figures and its own status', async () => {
  const calls: string[] = []
  const watcher = createServer((asked, said) => {
    calls.push(asked.url ?? '')
    said.end('OK')
  }).listen(0, '127.0.0.1')
  await once(watcher, 'listening')
  const { port } = watcher.address() as AddressInfo
  const hub = await startProcess(at, { HEARTBEAT_URL: `http://127.0.0.1:${port}/ping/secret-uuid` })
  await expect.poll(() => calls, { timeout: 10_000 }).toEqual(['/ping/secret-uuid'])
  expect(await (await fetch(`${hub.url}/readyz`)).text()).toBe('ready')
  const status = () => hub.say('magpie', '/hub status')
  await expect.poll(status, { timeout: 10_000, interval: 500 }).toContain('Outside watcher: answered')
  expect(await status()).toContain('All is well.')
  const figures = readMetrics(await (await fetch(`${hub.url}/metrics`)).text())
  const value = (name: string, label: string) =>
    figures.get(name)?.lines.find(one => Object.values(one.labels).includes(label))?.value
  expect(value('trust_hub_heartbeats_total', 'answered')).toBe(1)
  expect(value('trust_hub_interactions_total', 'view')).toBeGreaterThanOrEqual(2)
  expect(value('trust_hub_lease_held', 'checkup')).toBe(1)
  expect(value('trust_hub_processes', 'present')).toBe(1)
  expect(figures.get('trust_hub_database_bytes')?.lines[0]?.value).toBeGreaterThan(100_000)
  expect(figures.get('nodejs_heap_size_used_bytes')?.lines).toHaveLength(1)
  expect(await hub.stop()).toBe(0)
  expect(hub.logged() + hub.said()).not.toContain('secret-uuid')
  const house = await openHouse(at)
  expect(await house.store.health.pulses()).toEqual([])
  await house.close()
  watcher.close()
})
