import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { permissionBits } from '../../../bot/discord/manifest.ts'
import type { Attached, Peer, Seen } from '../peer.ts'
import { activeThreads, createApi } from './api.ts'
import { createBuckets } from './bucket.ts'
import { createCallbacks } from './callback.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { type Parcel, place, readParcel } from './multipart.ts'
import { createPerson, type Person } from './people.ts'
import { readMessage } from './reading.ts'
import { openSpec } from './spec.ts'
import { type Attachment, createWorld, type Json, kinds, messagesIn, Refusal, snowflake } from './world.ts'

/** How a peer differs from the usual one: two text channels and a forum, at Discord's own pace. */
export type DiscordPeerOptions = {
  readonly rooms?: readonly {
    readonly id: string
    readonly name: string
    readonly forum?: boolean
    readonly tags?: readonly string[]
  }[]
  /** Everything that takes time on Discord takes that many times less; the three seconds stay. */
  readonly scale?: number
  /** How many times as wide the limits of requests are. */
  readonly pace?: number
  /** How many times longer than three seconds Discord waits: a machine runs no faster when a test's clocks do. */
  readonly patient?: number
  /** The intents that are switched on in the portal. */
  readonly intents?: number
}

/** What can go wrong with the next request that fits: its work is done or not, and then there is no answer, or this. */
export type Fault = {
  readonly match: RegExp
  readonly how: 'lose' | 'cut' | 'hang' | number
  readonly times?: number
  /** Only where files come along. */
  readonly files?: true
}

/** A Discord on loopback, with the real one's rules. */
export type DiscordPeer = Omit<Peer, 'someone'> & {
  readonly platform: 'discord'
  /** What DISCORD_API_URL and DISCORD_TOKEN must say. */
  readonly apiUrl: string
  readonly token: string
  readonly bot: string
  someone(account: string): Person
  readonly gateway: Gateway
  readonly world: ReturnType<typeof createWorld>
  /** Every request that came, as `METHOD /path`. */
  readonly asked: readonly string[]
  fault(fault: Fault): void
  /** Takes permissions away, everywhere or in one channel. */
  forbid(permission: bigint, channel?: string): void
  /** Sends the bot away and has it invited again: what could be typed is gone. */
  invite(): void
  /** Takes a message for over an hour old: one more edit, and then none for a long time. */
  age(message: string): void
  /** Takes an attachment's link for run out; a fresh one is had from its message. */
  expire(attachment: string): void
  /** Lets the server have that many open threads. */
  most(threads: number): void
  /** From then on the token is refused. */
  refuseToken(): void
  /** Discord is away: nobody gets through to it, and its lines are cut; or it is back. */
  down(yes: boolean): void
}

const usual = [
  { id: '700000000000000001', name: 'trust-az' },
  { id: '700000000000000002', name: 'coordination' },
  { id: '700000000000000003', name: 'incidents', forum: true },
]
const everyIntent = (1 << 1) | (1 << 8) | (1 << 15)

/** Starts a Discord on loopback. */
export async function startDiscordPeer(options: DiscordPeerOptions = {}): Promise<DiscordPeer> {
  const { rooms = usual, scale = 1, pace = scale, patient = 1, intents: allowed = everyIntent } = options
  const application = '800000000000000001'
  const token = `${Buffer.from(application).toString('base64url')}.test.secret`
  const broken: string[] = []
  const asked: string[] = []
  const faults: { fault: Fault; left: number }[] = []
  const files = new Map<string, { bytes: Buffer; attachment: Attachment; until: number }>()
  const people = new Map<string, Person>()
  const world = createWorld(application, rooms, permissionBits)
  const spec = openSpec()
  const count = createBuckets(pace)
  const broke = (what: string) => void broken.push(what)
  let taken = false
  let joined = '2026-01-01T00:00:00.000000+00:00'
  let refused = false
  let lostAnswers = 0
  let mostThreads = 1000
  const callbacks = createCallbacks(world, { scale, patient }, broke, () => lostAnswers > 0)
  const server = createServer((request, response) => void answer(request, response))
  const lines = new Set<Socket>()
  let away = false
  server.on('connection', line => {
    if (away) line.destroy()
    lines.add(line)
    line.on('close', () => lines.delete(line))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const gateway = createGateway(server, {
    token,
    allowed: () => allowed,
    broke,
    scale,
    url: () => `ws://${host}/gateway`,
    ready: () => ({
      ...{ user: world.bot, application: { id: application, flags: 0 }, private_channels: [] },
      guilds: world.kicked ? [] : [{ id: world.guild, unavailable: true }],
    }),
    guilds: () => (world.kicked ? [] : [guild()]),
  })
  const api = createApi({
    ...{ world, callbacks, scale, broke, gateway: () => gateway, url: () => `ws://${host}/gateway` },
    ...{ allowed: () => allowed, taken: () => taken, mostThreads: () => mostThreads },
  })

  function guild(): Json {
    const channels = [...world.channels.values()].filter(each => each.guild_id && each.type !== kinds.thread)
    const member = { user: world.bot, roles: ['bot-role'], joined_at: '2026-01-01T00:00:00Z' }
    return {
      ...{
        id: world.guild,
        name: 'Example server',
        owner_id: '1',
        roles: [],
        emojis: [],
        features: [],
        members: [member],
      },
      ...{
        channels,
        threads: activeThreads(world),
        presences: [],
        voice_states: [],
        member_count: 2,
        unavailable: false,
      },
      ...{ stickers: [], stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [], large: false },
      joined_at: joined,
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host}`)
    if (url.pathname.startsWith('/files/')) return give(url, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { text, files: parts } = await readParcel(Buffer.concat(chunks), request.headers['content-type'])
    const method = request.method ?? 'GET'
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ''))
    asked.push(`${method} ${path}`)
    if (path === url.pathname) broke(`${method} ${path} is not of /api/v10`)
    const fault = faults.find(
      one => one.left > 0 && one.fault.match.test(`${method} ${path}`) && (!one.fault.files || parts.length > 0),
    )
    if (fault) fault.left -= 1
    const how = fault?.fault.how
    if (how === 'hang') return
    if (typeof how === 'number') {
      const wait = how === 429 ? { 'retry-after': '2' } : {}
      return reply(response, how, how === 429 ? { message: 'slow', retry_after: 2, global: false } : {}, wait)
    }
    const headers: Record<string, string> = {}
    let status = 200
    let body: unknown
    try {
      body = handle(method, path, { text, files: parts }, url.searchParams, request.headers.authorization, headers)
      if (body === null) status = 204
    } catch (error) {
      if (!(error instanceof Refusal)) broke(`the peer failed: ${(error as Error).stack}`)
      const { status: why = 500, code = 0, message } = error as Refusal
      status = why
      body = { message, code, ...(why === 429 ? { retry_after: Number(headers['retry-after']), global: false } : {}) }
    }
    if (how === 'lose') {
      lostAnswers += 1
      return reply(response, 500, {})
    }
    if (how === 'cut') {
      lostAnswers += 1
      return void request.socket.destroy()
    }
    reply(response, status, body, headers)
  }

  function handle(
    method: string,
    path: string,
    { text, files: parts }: Parcel,
    query: URLSearchParams,
    authorization: string | undefined,
    headers: Record<string, string>,
  ): unknown {
    const own = /^\/(interactions|webhooks)\//.test(path)
    if (!own && (refused || authorization !== `Bot ${token}`)) throw new Refusal(401, 0, '401: Unauthorized')
    if (own && authorization) broke(`${method} ${path} sends the bot's token where none belongs`)
    const body = text === '' ? undefined : (JSON.parse(text) as Json)
    const steps = path.slice(1).split('/')
    const route = spec?.route(method, path) ?? routeOf(path)
    for (const fault of spec?.check(method, path, body) ?? []) broke(fault)
    const told = count(route, method, steps[1] ?? '')
    Object.assign(headers, told.headers)
    if (told.waitMs !== null) {
      if (told.warned) broke(`${method} ${route} ran into a limit that it was told of`)
      headers['retry-after'] = String(told.waitMs / 1000)
      throw new Refusal(429, 0, 'You are being rate limited.')
    }
    place(body ?? {}, parts, file => attach(file, 'sent'), broke)
    return api({ method, route, steps, body: body ?? {}, query }) ?? null
  }

  function give(url: URL, response: ServerResponse): void {
    const file = files.get(url.pathname.split('/')[2] ?? '')
    const until = Number.parseInt(url.searchParams.get('ex') ?? '0', 16) * 1000
    if (!file || until < Date.now() || until < file.until) return void response.writeHead(404).end('gone')
    response.writeHead(200, { 'content-length': file.bytes.length }).end(file.bytes)
  }

  function attach({ name, type, bytes }: Attached, channel: string): Attachment {
    const id = snowflake()
    const link = (ms: number) =>
      `http://${host}/files/${id}/${channel}/${encodeURIComponent(name)}?ex=${Math.floor(ms / 1000).toString(16)}`
    const attachment: Attachment = {
      ...{ id, filename: name, size: bytes.length, content_type: type, proxy_url: '' },
      url: link(Date.now() + 86_400_000),
    }
    files.set(id, { bytes, attachment, until: 0 })
    return attachment
  }

  return {
    platform: 'discord',
    broken,
    asked,
    apiUrl: `http://${host}/api`,
    token,
    bot: application,
    gateway,
    world,
    someone(account) {
      const known = people.get(account)
      const person =
        known ?? createPerson(account, { world, callbacks, attach, gateway: () => gateway, waitMs: 6000 * patient })
      people.set(account, person)
      return person
    },
    async room(address) {
      const channel = world.channels.get(address)
      if (channel?.type !== kinds.forum) return read(address)
      const posts = [...world.channels.values()].filter(each => each.parent_id === address)
      return posts.flatMap(post => read(post.id).filter(message => message.id === post.id))
    },
    thread: async (address, under) => {
      const thread = threadOf(address, under)
      return read(thread).filter(message => message.id !== thread)
    },
    fault: fault => void faults.push({ fault, left: fault.times ?? 1 }),
    forbid(permission, channel) {
      taken = true
      const place = channel && world.channels.get(channel)
      if (!place) world.permissions &= ~permission
      else place.permission_overwrites = [{ id: world.bot.id, type: 1, allow: '0', deny: String(permission) }]
    },
    invite() {
      joined = new Date().toISOString()
      world.commands.delete(world.guild)
      gateway.dispatch('GUILD_DELETE', { id: world.guild })
      gateway.dispatch('GUILD_CREATE', guild())
    },
    age: id => void world.aged.add(id),
    expire(id) {
      const file = files.get(id)
      if (!file) throw new Error(`there is no attachment ${id}`)
      file.until = Date.now() + 86_400_000 + 60_000
      // The message carries a fresh link whenever it is read.
      file.attachment.url = file.attachment.url.replace(
        /ex=[0-9a-f]+/,
        `ex=${Math.ceil((file.until + 60_000) / 1000).toString(16)}`,
      )
    },
    most: threads => {
      mostThreads = threads
    },
    down: yes => {
      away = yes
      if (yes) for (const line of lines) line.destroy()
    },
    refuseToken: () => {
      refused = true
    },
    close: () =>
      new Promise(resolve => {
        gateway.end()
        server.close(() => resolve())
        for (const line of lines) line.destroy()
      }),
  }

  /** The thread under a message, or under the one that it stands in for. */
  function threadOf(address: string, under: string): string {
    const quoted = messagesIn(world, address).find(message => message.id === under)?.message_reference?.message_id
    return world.channels.has(under) || typeof quoted !== 'string' ? under : threadOf(address, quoted)
  }

  function read(channel: string): readonly Seen[] {
    return messagesIn(world, channel).map(readMessage)
  }
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (status === 204) return void response.writeHead(204, headers).end()
  const { socket, headers: asked } = response.req
  const own = `127.0.0.1:${socket.localPort}`
  // Whoever asks by another way is told on that way where files are.
  const text = JSON.stringify(body).replaceAll(`http://${own}`, `http://${asked.host ?? own}`)
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
}

// Where the official description is not at hand, ids and tokens are told by their looks.
function routeOf(path: string): string {
  return path
    .replace(/^\/interactions\/\d+\/[^/]+/, '/interactions/{interaction_id}/{interaction_token}')
    .replace(/^\/webhooks\/\d+\/[^/]+/, '/webhooks/{webhook_id}/{webhook_token}')
    .replace(/^\/channels\/\d+/, '/channels/{channel_id}')
    .replace(/\/messages\/\d+/, '/messages/{message_id}')
    .replace(/^\/applications\/\d+/, '/applications/{application_id}')
    .replace(/\/guilds\/\d+/, '/guilds/{guild_id}')
    .replace(/\/members\/\d+/, '/members/{user_id}')
}
