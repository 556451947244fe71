import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Shake } from '../shake.ts'
import { type Asked, answer, type Bytes } from './api.ts'
import type { Faults } from './faults.ts'
import type { Answered, Manner } from './send.ts'
import { loadShapes } from './shape.ts'
import { createWire } from './wire.ts'
import type { World } from './world.ts'

/** What the server is made of. */
export type ServerOptions = {
  readonly world: World
  readonly faults: Faults
  readonly manner: Manner & { readonly version: string }
  readonly broken: (rule: string) => void
  readonly pingMs: number
  /** How long a message takes to be sent (ms), so that two at once are seen. */
  readonly delayMs: number
  /** Called after a request that changed what phones show. */
  readonly sent: () => void
}

/** The server over HTTP and its socket. */
export type Api = Awaited<ReturnType<typeof startApi>>

/** Starts the server on loopback. */
export async function startApi({ world, faults, manner, broken, pingMs, delayMs, sent }: ServerOptions) {
  const shape = loadShapes()
  const wire = createWire(pingMs, broken)
  const requests: string[] = []
  const queued: unknown[] = []
  let waiting: (() => void) | null = null
  let sending = 0
  let lost = 0
  let shaken: Shake | null = null
  let server: Server | null = null
  let port = 0

  function give(frame: unknown): void {
    if (manner.mode === 'json-rpc') {
      if (!wire.write(typeof frame === 'string' ? frame : JSON.stringify(frame))) lost += 1
      return
    }
    queued.push(frame)
    waiting?.()
  }

  async function poll(seconds: number): Promise<readonly unknown[]> {
    if (queued.length === 0) {
      await new Promise<void>(resolve => {
        waiting = resolve
        setTimeout(resolve, seconds * 1000)
      })
    }
    return queued.splice(0, 100)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const method = request.method ?? 'GET'
    const text = await bodyOf(request)
    requests.push(`${method} ${url.pathname}`)
    const body: unknown = text === '' ? undefined : parsed(text)
    if (text !== '' && body === undefined) broken(`${method} ${url.pathname}: a body that is no JSON`)
    const problem = shape?.(method, url.pathname, url.searchParams, body)
    if (problem) broken(problem)
    // What it does not know it drops in silence; what is of the wrong kind it refuses.
    if (problem && !/additional properties$/.test(problem)) {
      write(response, { status: 400, body: { error: "Couldn't process request - invalid request" } })
      return
    }
    const fault = faults.take(url.pathname, text)
    if (fault?.type === 'hang') return
    if (fault?.type === 'status') return write(response, { status: fault.status, body: fault.body })
    const asked: Asked = {
      method,
      path: url.pathname.split('/').map(decodeURIComponent),
      query: url.searchParams,
      body: (body ?? {}) as Record<string, unknown>,
    }
    const answered = await inTurn(url.pathname, () => answer(asked, { world, faults, manner, broken, poll }))
    if (answered === null) broken(`${method} ${url.pathname} is no request of the API`)
    if (method !== 'GET') sent()
    if (fault?.type === 'lose') response.socket?.destroy()
    else write(response, answered ?? { status: 404 })
  }

  /** signal-cli has lost messages that were sent side by side. */
  async function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    if (!/send|reactions|remote-delete/.test(path)) return work()
    sending += 1
    if (sending > 1) broken('two sends at once')
    await new Promise(resolve => setTimeout(resolve, delayMs))
    try {
      return await work()
    } finally {
      sending -= 1
    }
  }

  async function up(): Promise<void> {
    const made = createServer((request, response) => void handle(request, response))
    made.on('upgrade', (request, socket, head) => {
      if (manner.mode !== 'json-rpc') broken('a socket where messages are polled: it eats them')
      const path = decodeURIComponent(request.url ?? '')
      if (path === `/v1/receive/${world.own.number}`) wire.upgrade(request, socket, head)
      else socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    })
    await new Promise<void>(resolve => made.listen(port, '127.0.0.1', resolve))
    port = (made.address() as AddressInfo).port
    server = made
  }

  async function down(): Promise<void> {
    wire.cut()
    server?.closeAllConnections()
    await new Promise<void>(resolve => (server ? server.close(() => resolve()) : resolve()))
    server = null
  }

  await up()
  return {
    url: `http://127.0.0.1:${port}`,
    wire,
    requests,
    up,
    down,
    /** From now on frames travel like that; null: as they come, once. */
    shake: (how: Shake | null): void => {
      shaken = how
    },
    /** Gives a frame to who listens; in json-rpc mode it is gone if nobody does. */
    emit(frame: unknown): void {
      const { laterMs, twice } = shaken?.() ?? { laterMs: 0, twice: false }
      if (laterMs > 0) setTimeout(() => give(frame), laterMs).unref()
      else give(frame)
      if (twice) give(frame)
    },
    /** How many frames nobody heard. */
    lost: () => lost,
    async close(): Promise<void> {
      waiting?.()
      await down()
      wire.close()
    },
  }
}

function write(response: ServerResponse, answered: Answered | Bytes): void {
  if ('bytes' in answered) {
    response.writeHead(answered.status, { 'content-type': answered.type, 'content-length': answered.bytes.length })
    response.end(answered.bytes)
    return
  }
  const { status, body } = answered
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  // What was received comes as text, though it is JSON.
  response.writeHead(status, { 'content-type': Array.isArray(body) ? 'text/plain' : 'application/json' }).end(text)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
