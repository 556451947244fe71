import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkContent, methods, type Tell, whisper } from './call.ts'
import type { Faults } from './fault.ts'
import { createRates } from './rate.ts'
import { Refused } from './refused.ts'
import type { Json } from './shape.ts'
import { takeBytes } from './uploads.ts'
import type { World } from './world.ts'

/** What the server is made of. */
export type ServerOptions = {
  readonly world: World
  readonly faults: Faults
  readonly tell: Tell
  readonly botToken: string
  readonly appToken: string
  readonly scopes: readonly string[]
  /** How many times faster than in the world time passes for limits. */
  readonly faster: number
  /** The address of a new socket. */
  readonly socket: (base: string) => string
}

/** Slack's addresses on loopback: its Web API, its files, and where answers to an interaction go. */
export type SlackServer = Awaited<ReturnType<typeof startServer>>

const mostUses = 5
const usableMs = 30 * 60_000
const responseFields = ['response_type', 'replace_original', 'delete_original', 'text', 'blocks', 'thread_ts']

/** Starts it on a free port. */
export async function startServer(options: ServerOptions) {
  const { world, tell, faults, botToken, appToken, scopes, faster } = options
  const limited = createRates(faster, Date.now)
  const answers = new Map<
    string,
    { readonly user: string; readonly channel: string; readonly at: number; uses: number }
  >()
  const calls: { readonly method: string; readonly args: Json }[] = []
  let base = ''
  let made = 0
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  server.on('connection', line => {
    if (faults.isDown()) line.destroy()
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    if (path.startsWith('/upload/')) return takeFile(path.slice('/upload/'.length), request, response)
    const body = await textOf(request)
    if (path.startsWith('/api/')) return callMethod(path.slice('/api/'.length), body, request, response)
    if (path.startsWith('/files/')) return giveFile(path.slice('/files/'.length), request, response)
    if (path.startsWith('/answer/')) return takeAnswer(path.slice('/answer/'.length), body, response)
    response.writeHead(404).end()
  }

  async function takeFile(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bytesOf(request)
    const fault = faults.next('upload')
    if (fault?.type === 'hang') return
    if (fault?.type === 'broken') return void response.writeHead(fault.status).end('unwell')
    const signed = request.headers.authorization !== undefined
    response.writeHead(takeBytes(id, bytes, signed, world, tell)).end('OK')
  }

  async function callMethod(name: string, body: string, request: IncomingMessage, response: ServerResponse) {
    const args = argsOf(body, request)
    calls.push({ method: name, args })
    const fault = faults.next(name)
    if (fault?.type === 'hang') return
    if (fault?.type === 'slow') await sleep(fault.ms)
    if (fault?.type === 'busy') {
      response.writeHead(429, { 'retry-after': String(fault.seconds), 'content-type': 'application/json' })
      return void response.end(JSON.stringify({ ok: false, error: 'ratelimited' }))
    }
    if (fault?.type === 'broken') return void response.writeHead(fault.status).end('unwell')
    const wait = tooOften(name, args)
    if (wait > 0) {
      tell.broken(`${name} called too often`)
      response.writeHead(429, { 'retry-after': String(Math.ceil(wait)), 'content-type': 'application/json' })
      return void response.end(JSON.stringify({ ok: false, error: 'ratelimited' }))
    }
    const given = await run(name, args, request.headers.authorization, fault?.type === 'refuse' ? fault.code : null)
    if (fault?.type === 'lose') return void response.destroy()
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes.join(',') })
    // Whoever asks by another way is told on that way where files are.
    response.end(JSON.stringify(given).replaceAll(base, `http://${request.headers.host}`))
  }

  function tooOften(name: string, args: Json): number {
    const tier = name === 'apps.connections.open' ? 'tier3' : methods[name]?.tier
    if (!tier) return 0
    return limited(tier, tier === 'post' ? `${name}:${String(args.channel)}` : name)
  }

  async function run(name: string, args: Json, token: string | undefined, refused: string | null): Promise<Json> {
    try {
      if (refused) throw new Refused(refused)
      if (name === 'apps.connections.open') {
        if (token !== `Bearer ${appToken}`) throw new Refused('invalid_auth')
        return { ok: true, url: options.socket(base) }
      }
      if (token !== `Bearer ${botToken}`) throw new Refused('invalid_auth')
      const method = methods[name]
      if (!method) {
        tell.broken(`${name} is no method that Slack documents for this`)
        throw new Refused('unknown_method')
      }
      const missing = method.needs.filter(need => args[need] === undefined || args[need] === '')
      const unknown = Object.keys(args).filter(one => !method.needs.includes(one) && !method.may.includes(one))
      if (unknown.length > 0) tell.broken(`${name}: unknown argument ${unknown.join(', ')}`)
      if (missing.length > 0) {
        tell.broken(`${name}: without ${missing.join(', ')}`)
        throw new Refused('invalid_arguments', missing)
      }
      const scope = method.scope(world.channels.get(String(args.channel)) ?? null)
      if (scope && !scopes.includes(scope)) {
        tell.broken(`${name} needs ${scope}, which the manifest does not name`)
        return { ok: false, error: 'missing_scope', needed: scope, provided: scopes.join(',') }
      }
      return { ok: true, ...(await method.run(args, world, tell)) }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return {
        ok: false,
        error: error.code,
        response_metadata: { messages: error.messages.map(one => `[ERROR] ${one}`) },
      }
    }
  }

  function giveFile(path: string, request: IncomingMessage, response: ServerResponse): void {
    const file = world.files.get(path.split('/')[0] ?? '')
    const type = { 'content-type': 'text/html' }
    // Without the token Slack answers with the page to sign in.
    if (request.headers.authorization !== `Bearer ${botToken}`) {
      tell.broken('a file asked for without the token')
      return void response.writeHead(200, type).end('<html>Sign in</html>')
    }
    if (!scopes.includes('files:read')) tell.broken('a file read without files:read')
    if (!file) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': String(file.meta.mimetype), 'content-length': file.bytes.length })
    response.end(file.bytes)
  }

  function takeAnswer(id: string, body: string, response: ServerResponse): void {
    const answer = answers.get(id)
    const why = answer ? whyNot(answer) : 'to an unknown address'
    if (!answer || why) {
      tell.broken(`an answer ${why}`)
      return void response.writeHead(404).end(JSON.stringify({ ok: false, error: 'used_url' }))
    }
    const given = JSON.parse(body) as Json
    const unknown = Object.keys(given).filter(name => !responseFields.includes(name))
    if (unknown.length > 0) tell.broken(`an answer with the unknown field ${unknown.join(', ')}`)
    try {
      checkContent(given, tell, world)
    } catch {
      return void response.writeHead(500).end('invalid_blocks')
    }
    whisper(world, answer.user, answer.channel, given)
    response.writeHead(200).end('ok')
  }

  function whyNot(answer: { uses: number; readonly at: number }): string | null {
    answer.uses++
    if (answer.uses > mostUses) return 'more than five times'
    return Date.now() - answer.at > usableMs / faster ? 'after half an hour' : null
  }

  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world.address = () => base
  return {
    base,
    apiUrl: `${base}/api/`,
    server,
    /** Every call of the Web API, in order. */
    calls,
    /** A fresh address for answers to an interaction. */
    answerUrl(user: string, channel: string): string {
      const id = `A${++made}`
      answers.set(id, { user, channel, at: Date.now(), uses: 0 })
      return `${base}/answer/${id}`
    },
    fileUrl: (id: string, name: string) => `${base}/files/${id}/${encodeURIComponent(name)}`,
    close: () =>
      new Promise<void>(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  return (await bytesOf(request)).toString('utf8')
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Slack takes forms whose objects are JSON, and JSON. */
function argsOf(body: string, request: IncomingMessage): Json {
  if (String(request.headers['content-type']).startsWith('application/json')) return JSON.parse(body || '{}') as Json
  return Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [name, valueOfForm(name, value)]))
}

function valueOfForm(name: string, value: string): unknown {
  if (['blocks', 'view', 'metadata', 'attachments', 'files'].includes(name)) return JSON.parse(value)
  if (value === 'true' || value === 'false') return value === 'true'
  return value
}
