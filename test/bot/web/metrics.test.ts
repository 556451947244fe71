import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { gauges } from '../../../bot/gauges.ts'
import { createMeter } from '../../../bot/meter.ts'
import { type MetricsOptions, metricsRoutes } from '../../../bot/web/metrics.ts'
import { type Server, startServer } from '../../../bot/web/server.ts'
import { judge } from '../../../workflows/finding.ts'
import { readMetrics } from '../../prometheus.ts'
import { hub, lane, pulse, waiting } from '../../workflows/wellbeing.ts'

let server: Server | undefined
afterEach(() => server?.close(50))

async function serve(options: Partial<MetricsOptions> = {}): Promise<string> {
  const families = async () => createMeter().families()
  const routes = new Hono<{ Bindings: HttpBindings }>()
  routes.route('/', metricsRoutes({ families, token: null, proxied: false, ...options }))
  const logger = { error: () => {} }
  server = await startServer({ host: '127.0.0.1', port: 0, routes, checks: [], logger })
  return `${server.url}/metrics`
}

/** Asks with a name of its own, as a browser is made to by a page of another site. */
async function status(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const asked = request(url, { headers }).end()
  const [answer] = await once(asked, 'response')
  await text(answer)
  return answer.statusCode
}

describe('the figures', () => {
  test('are what was counted, as Prometheus reads it', async () => {
    const meter = createMeter()
    meter.count('interactions', { platform: 'slack', type: 'command', outcome: 'view' })
    meter.count('interactions', { platform: 'slack', type: 'command', outcome: 'view' })
    meter.count('interactions', { platform: 'signal', type: 'message', outcome: 'nothing' }, 5)
    for (const seconds of [0.004, 0.03, 0.03, 99]) meter.time('commit', seconds, { outcome: 'kept' })
    const found = readMetrics(await (await fetch(await serve({ families: async () => meter.families() }))).text())
    expect(found.get('trust_hub_interactions_total')).toMatchObject({
      type: 'counter',
      lines: [
        { labels: { platform: 'slack', type: 'command', outcome: 'view' }, value: 2 },
        { labels: { platform: 'signal' }, value: 5 },
      ],
    })
    expect(found.get('trust_hub_reports_total')?.lines).toMatchObject([{ labels: {}, value: 0 }])
    const commit = found.get('trust_hub_commit_duration_seconds')
    const bucket = (le: string) => commit?.lines.find(one => one.labels.le === le)?.value
    expect([commit?.type, bucket('0.005'), bucket('0.05'), bucket('30'), bucket('+Inf')]).toEqual([
      'histogram',
      1,
      3,
      3,
      4,
    ])
    expect(commit?.lines.find(one => one.name.endsWith('_sum'))?.value).toBeCloseTo(99.064)
  })

  test('have those of the process beside them, and rise from one reading to the next', async () => {
    const meter = createMeter()
    const url = await serve({ families: async () => meter.families() })
    for (const value of [1, 2]) {
      meter.count('reports', {})
      const answer = await fetch(url)
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
      const found = readMetrics(await answer.text())
      expect(found.get('trust_hub_reports_total')?.lines[0]?.value).toBe(value)
      expect(found.get('process_resident_memory_bytes')?.lines[0]?.value).toBeGreaterThan(1_000_000)
    }
  })

  test('tell how the hub stands, by urgency and tool, and leave out what nobody knows', async () => {
    const tool = { platform: 'slack', state: 'down', since: 0, problem: 'x', heardAt: 5000, sentAt: null } as const
    const health = hub({
      queues: { posts: lane('S5', waiting(2, 90_000)), stuck: 3 },
      tools: [tool],
      backup: null,
      processes: [pulse({}, { loops: [{ name: 'clocks', idleMs: 1500, lateMs: 9000, failures: 0 }] })],
    })
    const leases = [
      { name: 'clocks', holder: 'one' },
      { name: 'sending:slack', holder: 'two' },
    ]
    const families = async () => gauges({ health, findings: judge(health), leases, holder: 'one' })
    const found = readMetrics(await (await fetch(await serve({ families }))).text())
    const value = (name: string, labels: Record<string, string> = {}) =>
      found.get(`trust_hub_${name}`)?.lines.find(one => JSON.stringify(one.labels) === JSON.stringify(labels))?.value
    expect(value('posts_waiting', { lane: 'S5' })).toBe(2)
    expect(value('posts_oldest_seconds', { lane: 'S5' })).toBe(90)
    expect(value('posts_oldest_seconds', { lane: 'talk' })).toBe(0)
    expect(value('unsent')).toBe(3)
    expect(value('platform_up', { platform: 'slack' })).toBe(0)
    expect(value('platform_heard_timestamp_seconds', { platform: 'slack' })).toBe(5)
    expect(value('lease_held', { lease: 'clocks' })).toBe(1)
    expect(value('lease_held', { lease: 'sending:slack' })).toBe(0)
    expect(value('loop_idle_seconds', { loop: 'clocks' })).toBe(1.5)
    expect(value('findings', { grave: 'yes' })).toBe(2)
    expect(found.has('trust_hub_backup_age_seconds')).toBe(false)
    expect(found.has('trust_hub_platform_sent_timestamp_seconds')).toBe(false)
  })
})

describe('who may read them', () => {
  test('this machine, asking by its own name and by nobody in between', async () => {
    const url = await serve()
    const { port } = new URL(url)
    expect(await status(url)).toBe(200)
    expect(await status(url, { host: `localhost:${port}` })).toBe(200)
    expect(await status(url, { 'x-forwarded-for': '203.0.113.7' })).toBe(403)
    expect(await status(url, { forwarded: 'for=203.0.113.7' })).toBe(403)
    expect(await status(url, { via: '1.1 proxy' })).toBe(403)
    expect(await status(url, { host: 'rebound.example' })).toBe(403)
  })

  test('nobody behind a proxy, where everybody looks like this machine', async () => {
    expect(await status(await serve({ proxied: true }))).toBe(403)
  })

  test('whoever shows the token, wherever they are', async () => {
    const token = '0123456789abcdef'
    const url = await serve({ token, proxied: true })
    const shown = (authorization: string) => status(url, { authorization, 'x-forwarded-for': '203.0.113.7' })
    expect(await shown(`Bearer ${token}`)).toBe(200)
    expect(await shown(`Bearer ${token}0`)).toBe(401)
    expect(await shown(token)).toBe(401)
    expect(await status(url)).toBe(401)
  })
})
