import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { Family } from '../../workflows/meter.ts'
import type { Env } from './strict.ts'

/**
 * Who may read the figures: whoever shows the token; without one only this machine itself, and nobody where a proxy
 * stands before the hub, behind which everybody looks like this machine.
 */
export type MetricsOptions = {
  readonly families: () => Promise<readonly Family[]>
  readonly token: string | null
  readonly proxied: boolean
}

/** Serves `/metrics` in the text form of Prometheus, with the figures of the process itself. */
export function metricsRoutes(options: MetricsOptions): Hono<Env> {
  const routes = new Hono<Env>()
  let reading: Promise<Read> | null = null
  let opening: Promise<Registry> | null = null

  routes.get('/metrics', async c => {
    const refused = refusalOf(c, options)
    if (refused) return c.text(refused.words, refused.status, refused.headers)
    // One at a time, however many ask.
    opening ??= opened()
    reading ??= read(await opening, options.families).finally(() => {
      reading = null
    })
    const { text, type } = await reading
    return c.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' })
  })
  return routes
}

type Read = { readonly text: string; readonly type: string }

async function read(registry: Registry, families: MetricsOptions['families']): Promise<Read> {
  const { Counter, Gauge, Histogram } = await import('prom-client')
  for (const { name, help, type, samples } of await families()) {
    registry.removeSingleMetric(name)
    // Without a figure it would be shown as 0.
    if (samples.length === 0) continue
    const labelNames = [...new Set(samples.flatMap(sample => Object.keys(sample.labels)))].filter(one => one !== 'le')
    const settings = { name, help, labelNames, registers: [registry] }
    if (type === 'counter') {
      const counter = new Counter(settings)
      for (const { labels, value } of samples) counter.inc({ ...labels }, value)
      continue
    }
    const gauge = new Gauge(settings)
    if (type === 'gauge') {
      for (const { labels, value } of samples) gauge.set({ ...labels }, value)
      continue
    }
    // It was counted before the library was loaded, and a histogram of the library's own takes no counts.
    const shape = await new Histogram({ name, help, registers: [] }).get()
    const values = samples.map(({ labels, value, part = '' }) => ({ labels, value, metricName: name + part }))
    gauge.get = async () => ({ ...shape, values })
  }
  return { text: await registry.metrics(), type: registry.contentType }
}

/** Loaded when somebody asks for the first time: who does not use it does not pay for it. */
async function opened(): Promise<Registry> {
  const { Registry, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

type Refusal = { readonly status: 401 | 403; readonly words: string; readonly headers?: Record<string, string> }

function refusalOf(c: Context<Env>, { token, proxied }: MetricsOptions): Refusal | null {
  if (token !== null) {
    if (isSame(c.req.header('authorization') ?? '', `Bearer ${token}`)) return null
    return { status: 401, words: 'Show the token: Authorization: Bearer METRICS_TOKEN', headers: challenge }
  }
  if (!proxied && isHere(c)) return null
  return {
    status: 403,
    words: 'These figures are for this machine only. Set METRICS_TOKEN to read them from elsewhere.',
  }
}

const challenge = { 'WWW-Authenticate': 'Bearer' }
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** True of a connection from this machine that nobody passed on, under a name that only this machine has. */
function isHere(c: Context<Env>): boolean {
  const { remoteAddress = '', localPort } = c.env.incoming.socket
  if (!/^(127\.|::1$|::ffff:127\.)/.test(remoteAddress)) return false
  if (passedOn.some(name => c.req.header(name) !== undefined)) return false
  // A page on the internet could have a browser here ask under a name of its own that leads here.
  const host = c.req.header('host') ?? ''
  return ['127.0.0.1', 'localhost', '[::1]'].some(name => host === `${name}:${localPort}`)
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
