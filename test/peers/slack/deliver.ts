import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Shake } from '../shake.ts'
import type { SlackServer } from './server.ts'
import type { Json } from './shape.ts'
import { bot } from './world.ts'

/** How the hub is reached: by its sockets, or at its address, where everything is signed. */
export type Way = { readonly type: 'socket' } | { readonly type: 'http'; readonly url: string; readonly secret: string }

/** What an acknowledgement held; null: there was none. */
export type Acked = { readonly body: Json } | null

/** Brings events and interactions to the hub, as Slack does. */
export type Delivery = ReturnType<typeof createDelivery>

const ackMs = 3000
const noticedMs = 60_000
// At once, after a minute, after five.
const retries = [0, 60_000, 300_000]

/** Makes it; `faster` shortens the pauses before events are sent again, `patient` lengthens the three seconds. */
export function createDelivery(
  way: Way,
  { faster, patient }: { readonly faster: number; readonly patient: number },
  broken: (rule: string) => void,
) {
  const waitMs = ackMs * patient
  const sockets = new Set<WebSocket>()
  const frozen = new WeakSet<WebSocket>()
  let shaken: Shake | null = null
  const waiting = new Map<string, (body: Json) => void>()
  const pending = new Set<Promise<unknown>>()
  const ended = new AbortController()
  const wss = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  let turn = 0

  function attach({ server }: Pick<SlackServer, 'server'>): void {
    server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', 'http://x').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) {
        broken('a socket opened twice with one ticket')
        return void socket.destroy()
      }
      wss.handleUpgrade(request, socket, head, ws => greet(ws))
    })
  }

  function greet(ws: WebSocket): void {
    sockets.add(ws)
    ws.setMaxListeners(0)
    // A line that is dead only on this side is none that the hub has.
    if ([...sockets].filter(one => !frozen.has(one)).length > 10) broken('more than ten sockets')
    ws.on('close', () => sockets.delete(ws))
    ws.on('message', data => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json }
      waiting.get(id)?.(payload ?? {})
    })
    ws.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: bot.app } }))
  }

  /** One try; null if it was not acknowledged in time, 'away' if nobody was there. */
  async function once(kind: string, payload: Json, retry: number): Promise<Acked | 'away'> {
    return way.type === 'http' ? post(way.url, way.secret, kind, payload, retry) : push(kind, payload, retry)
  }

  async function push(kind: string, payload: Json, retry: number): Promise<Acked | 'away'> {
    const open = [...sockets].filter(ws => ws.readyState === ws.OPEN)
    const ws = open[turn++ % Math.max(1, open.length)]
    if (!ws) return 'away'
    // What is lost on a dead line is tried again on another.
    if (frozen.has(ws)) return kind === 'events_api' ? sleep(waitMs, null, { ref: false }) : 'away'
    const id = randomUUID()
    const acked = new Promise<Acked>(done => waiting.set(id, body => done({ body })))
    const more = kind === 'events_api' ? { retry_attempt: retry, retry_reason: retry > 0 ? 'timeout' : '' } : {}
    ws.send(
      JSON.stringify({
        type: kind,
        envelope_id: id,
        accepts_response_payload: kind !== 'events_api',
        payload,
        ...more,
      }),
    )
    const over = new AbortController()
    const closed = new Promise<'away'>(done => {
      ws.once('close', () => done('away'))
    })
    const late = sleep(waitMs, null, { ref: false, signal: over.signal }).catch(() => null)
    const got = await Promise.race([acked, closed, late])
    over.abort()
    waiting.delete(id)
    return got
  }

  async function post(
    url: string,
    secret: string,
    kind: string,
    payload: Json,
    retry: number,
  ): Promise<Acked | 'away'> {
    const json = kind === 'events_api'
    const body = json
      ? JSON.stringify(payload)
      : kind === 'slash_commands'
        ? new URLSearchParams(payload as Record<string, string>).toString()
        : new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
    const again = retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {}
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': type, ...signed(body, secret), ...again },
        body,
        signal: AbortSignal.timeout(waitMs),
      })
      const text = await response.text()
      if (!response.ok) return null
      return { body: text.startsWith('{') ? (JSON.parse(text) as Json) : {} }
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? null : 'away'
    }
  }

  async function travel(payload: Json): Promise<void> {
    const { laterMs, twice } = shaken?.() ?? { laterMs: 0, twice: false }
    if (laterMs > 0) await sleep(laterMs, null, { signal: ended.signal }).catch(() => {})
    await deliver(payload)
    if (twice && !ended.signal.aborted) await once('events_api', payload, 1)
  }

  async function deliver(payload: Json): Promise<void> {
    for (let retry = 0; retry <= retries.length; retry++) {
      if (retry > 0)
        await sleep((retries[retry - 1] as number) / faster, null, { signal: ended.signal }).catch(() => {})
      if (ended.signal.aborted) return
      const got = await once('events_api', payload, retry)
      if (got !== null && got !== 'away') return
    }
  }

  return {
    attach,
    /** The address of a new socket, good once. */
    socket(base: string): string {
      const ticket = randomUUID()
      tickets.add(ticket)
      return `${base.replace('http', 'ws')}/link/?ticket=${ticket}`
    },
    /** Sends an event, and again until it is acknowledged or Slack gives up. */
    event(event: Json, id = `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`): Json {
      const payload = {
        token: 'verification',
        team_id: bot.team,
        api_app_id: bot.app,
        event,
        type: 'event_callback',
        event_id: id,
        event_time: Math.floor(Date.now() / 1000),
      }
      const work = travel(payload).finally(() => pending.delete(work))
      pending.add(work)
      return payload
    },
    /** The same delivery once more, as Slack does when it is not sure. */
    again: (payload: Json) => once('events_api', payload, 1),
    /** Sends what somebody did; it is sent once, and must be acknowledged within three seconds. */
    async interaction(kind: 'slash_commands' | 'interactive', payload: Json): Promise<Json> {
      const got = await once(kind, payload, 0)
      if (got === 'away') throw new Error('the hub is not there')
      if (got === null) {
        broken(`a late acknowledgement (${String(payload.type ?? payload.command)})`)
        throw new Error('the hub did not answer within three seconds')
      }
      return got.body
    },
    /** Events that are under way now have all arrived, or were given up. */
    settled: () => Promise.all([...pending]),
    connected: () => [...sockets].filter(ws => ws.readyState === ws.OPEN).length,
    /** Cuts every socket without a word. */
    cut: () => {
      for (const ws of sockets) ws.terminate()
    },
    freeze: () => {
      for (const ws of sockets) {
        frozen.add(ws)
        ws.pause()
        // In the end the other side finds out as well.
        setTimeout(() => ws.terminate(), noticedMs / faster).unref()
      }
    },
    shake: (how: Shake | null) => {
      shaken = how
    },
    /** Slack's routine: it asks for a new connection, of one socket. */
    refresh: () => {
      const [ws] = sockets
      ws?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    },
    async close() {
      ended.abort()
      for (const ws of sockets) ws.terminate()
      wss.close()
      await Promise.allSettled([...pending])
    },
  }
}

/** Slack's signature of a body, at that time (epoch s). */
export function signed(body: string, secret: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` }
}
