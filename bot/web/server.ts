import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'

/**
 * Something that must work before the hub is ready, or (`mayFail`) that is only told; it rejects with the reason in
 * plain words.
 */
export type Check = { readonly name: string; readonly run: () => Promise<void>; readonly mayFail?: true }

/** What is served: the given routes at the root, beside the hub's health. Port 0 takes any free port. */
export type ServerOptions = {
  readonly host: string
  readonly port: number
  readonly routes: Hono<{ Bindings: HttpBindings }> | null
  readonly checks: readonly Check[]
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/** A server that listens; `close` takes no new requests, waits up to `patience` ms (3,000) and ends what is left. */
export type Server = { readonly url: string; close(patience?: number): Promise<void> }

const slowest = 2000

/**
 * Listens, and serves `/healthz` (the process is up) and `/readyz` (every check passes that must, else 503; with the
 * reasons of all that do not).
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/healthz', c => c.text('up'))
  app.get('/readyz', async c => {
    const found = await Promise.all(options.checks.map(async check => ({ check, problem: await problemOf(check) })))
    const problems = found.filter(one => one.problem !== null)
    const ready = problems.every(one => one.check.mayFail)
    const lines = [ready ? 'ready' : 'not ready', ...problems.map(one => one.problem)]
    return c.text(lines.join('\n'), ready ? 200 : 503)
  })
  if (options.routes) app.route('/', options.routes)
  app.notFound(c => c.text('There is nothing at this address.', 404))
  app.onError((err, c) => {
    options.logger.error({ err }, 'a request failed')
    return c.text('Something went wrong. Try again in a moment.', 500)
  })
  const server = await listen(app, options)
  const { port } = server.address() as AddressInfo
  return { url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`, close }

  async function close(patience = 3000): Promise<void> {
    const closed = new Promise<void>(done => server.close(() => done()))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), patience)
    await closed
    clearTimeout(timer)
  }
}

function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  { host, port }: ServerOptions,
): Promise<ReturnType<typeof serve>> {
  return new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, () => done(server))
    server.once('error', fail)
  })
}

async function problemOf({ name, run }: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${slowest / 1000} seconds`)), slowest)
  })
  try {
    await Promise.race([run(), late])
    return null
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    clearTimeout(timer)
  }
}
