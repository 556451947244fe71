import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHeartbeat } from '../../bot/heartbeat.ts'
import { createMeter } from '../../bot/meter.ts'
import type { ToolState } from '../../workflows/ports.ts'

const noon = Date.UTC(2026, 9, 19, 16)
const minute = 60_000
let watcher: Server
let url: string
let calls: string[]
let answer: { status: number; headers?: Record<string, string> }
beforeEach(async () => {
  calls = []
  answer = { status: 200 }
  watcher = createServer((asked, said) => {
    calls.push(`${asked.method} ${asked.url}`)
    said.writeHead(answer.status, answer.headers).end('OK')
  }).listen(0, '127.0.0.1')
  await once(watcher, 'listening')
  url = `http://127.0.0.1:${(watcher.address() as AddressInfo).port}/ping/secret-uuid`
})
afterEach(() => {
  watcher.closeAllConnections()
  watcher.close()
})

const tool = (state: ToolState['state'], since: number, platform: ToolState['platform'] = 'slack'): ToolState => ({
  platform,
  state,
  since,
  problem: null,
})

function heart(options: Partial<Parameters<typeof createHeartbeat>[0]> = {}) {
  const lines: string[] = []
  const meter = createMeter()
  const time = { now: noon }
  const log = pino({}, { write: line => void lines.push(line) })
  const made = createHeartbeat({
    url,
    problem: () => null,
    tools: () => [],
    clock: () => time.now,
    meter,
    log,
    ...options,
  })
  const counted = () => meter.families().find(one => one.name === 'trust_hub_heartbeats_total')?.samples
  return { ...made, lines, time, counted }
}

describe('the watcher', () => {
  test('is called at the address that was given, while all is well', async () => {
    const { run, facts, time } = heart()
    await run()
    time.now += minute
    await run()
    expect(calls).toEqual(['GET /ping/secret-uuid', 'GET /ping/secret-uuid'])
    expect(facts()).toEqual({ answeredAt: noon + minute, failingSince: null })
  })

  test('hears nothing of a hub in which something hangs or nothing can be kept', async () => {
    let problem: string | null = 'nothing could be committed for 80 seconds'
    const { run, lines, counted } = heart({ problem: () => problem })
    await run()
    await run()
    expect(calls).toEqual([])
    expect(lines.filter(line => line.includes('no heartbeat'))).toHaveLength(1)
    problem = null
    await run()
    expect(calls).toHaveLength(1)
    expect(counted()?.map(one => [one.labels.outcome, one.value])).toEqual([
      ['withheld', 2],
      ['answered', 1],
    ])
  })

  test('hears nothing of a hub that can reach nobody, after a while', async () => {
    const tools = [tool('down', noon - 6 * minute), tool('off', noon - 4 * minute, 'discord')]
    const { run, time } = heart({ tools: () => tools })
    await run()
    expect(calls).toHaveLength(1)
    time.now += 2 * minute
    await run()
    expect(calls).toHaveLength(1)
    tools[0] = tool('up', time.now)
    await run()
    expect(calls).toHaveLength(2)
  })

  test.each([500, 404, 302])('that answers %i has not heard; this is known and harms nobody', async status => {
    answer = { status, headers: { location: 'http://127.0.0.1:1/elsewhere' } }
    const { run, facts, lines, time } = heart()
    expect(await run()).toBe(false)
    time.now += minute
    await run()
    expect(facts()).toEqual({ answeredAt: null, failingSince: noon })
    expect(lines).toHaveLength(1)
    expect(lines.join()).toContain(`status ${status}`)
    answer = { status: 200 }
    await run()
    expect(facts()).toEqual({ answeredAt: noon + minute, failingSince: null })
  })

  test('that is not there is known by no line of the log: its address is a secret', async () => {
    const { run, facts, lines } = heart({ url: 'http://127.0.0.1:1/ping/secret-uuid' })
    await run()
    expect(facts()?.failingSince).toBe(noon)
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('secret')
  })

  test('that nobody set is not missed', async () => {
    const { run, facts } = heart({ url: null })
    expect([await run(), facts(), calls]).toEqual([false, null, []])
  })
})
