import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Shake } from '../shake.ts'
import type { Json } from './world.ts'

/** What the gateway works with. */
export type GatewayOptions = {
  readonly token: string
  /** The bits of the intents that are switched on in the portal, of those that must be. */
  readonly allowed: () => number
  readonly ready: () => Json
  readonly guilds: () => readonly Json[]
  readonly url: () => string
  readonly broke: (what: string) => void
  readonly scale: number
}

type Session = { id: string; intents: number; events: Json[]; seq: number; socket: WebSocket | null }

const noticedMs = 120_000
const privileged = (1 << 1) | (1 << 8) | (1 << 15)

/** The gateway on that server: one session at a time, which can be resumed. */
export function createGateway(server: Server, options: GatewayOptions) {
  const sockets = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  let session: Session | null = null
  let sessions = 0
  let refusing = false
  let shaken: Shake | null = null
  const identified: number[] = []

  server.on('upgrade', (request, socket: Duplex, head) => {
    if (refusing) return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, line => welcome(line))
  })

  function welcome(line: WebSocket): void {
    open.add(line)
    line.on('close', () => {
      open.delete(line)
      if (session?.socket === line) session.socket = null
    })
    line.on('message', data => hear(line, JSON.parse(String(data)) as { op: number; d: Json }))
    send(line, { op: 10, d: { heartbeat_interval: Math.max(50, 41_250 / options.scale) } })
  }

  function hear(line: WebSocket, { op, d }: { op: number; d: Json }): void {
    if (op === 1) send(line, { op: 11 })
    else if (op === 2) identify(line, d)
    else if (op === 6) resume(line, d)
    else if (op !== 3 && op !== 4 && op !== 8) line.close(4001)
  }

  function identify(line: WebSocket, { token, intents }: Json): void {
    if (token !== options.token) return void line.close(4004)
    const bits = Number(intents)
    if (bits & privileged & ~options.allowed()) return void line.close(4014)
    if (session?.socket && session.socket !== line) session.socket.close(4000)
    identified.push(Date.now())
    sessions += 1
    session = { id: `session-${sessions}`, intents: bits, events: [], seq: 0, socket: line }
    dispatch('READY', { ...options.ready(), session_id: session.id, resume_gateway_url: options.url(), v: 10 })
    for (const guild of options.guilds()) dispatch('GUILD_CREATE', guild)
  }

  function resume(line: WebSocket, { session_id, seq, token }: Json): void {
    if (token !== options.token) return void line.close(4004)
    if (!session || session.id !== session_id) return void send(line, { op: 9, d: false })
    session.socket = line
    for (const event of session.events) if (Number(event.s) > Number(seq)) send(line, event)
    dispatch('RESUMED', {})
  }

  /** Discord promises no order, and that an event comes up to several times. */
  function happened(t: string, d: Json): void {
    const { laterMs, twice } = (t.startsWith('MESSAGE_') && shaken?.()) || { laterMs: 0, twice: false }
    if (laterMs > 0) setTimeout(() => dispatch(t, d), laterMs).unref()
    else dispatch(t, d)
    if (twice) dispatch(t, d)
  }

  function freeze(): void {
    const line = session?.socket
    if (!line) return
    frozen.add(line)
    line.pause()
    // In the end the other side finds out as well.
    setTimeout(() => line.terminate(), noticedMs / options.scale).unref()
  }

  function dispatch(t: string, d: Json): void {
    if (!session || (session.intents & intentOf(t, d)) === 0) return
    session.seq += 1
    const event = { op: 0, t, s: session.seq, d }
    session.events.push(event)
    if (session.socket) send(session.socket, event)
  }

  return {
    dispatch: happened,
    /** From now on messages are told like that; null: as they happen, once. */
    shake: (how: Shake | null) => {
      shaken = how
    },
    /** The line looks open, but nothing comes through it any more. */
    freeze,
    /** The intents of the session, 0 if there is none. */
    intents: () => session?.intents ?? 0,
    isUp: () => session?.socket !== null && session !== null,
    identified: identified as readonly number[],
    /** Cuts the line; it can be resumed. */
    cut: () => session?.socket?.terminate(),
    /** Asks to come back (op 7). */
    reconnect: () => session?.socket && send(session.socket, { op: 7, d: null }),
    /** Ends the session: what happens until the next is never told. */
    invalidate: () => {
      const line = session?.socket
      session = null
      if (line) send(line, { op: 9, d: false })
    },
    close: (code: number) => session?.socket?.close(code),
    refuse: (yes: boolean) => {
      refusing = yes
    },
    end: () => {
      for (const line of open) line.terminate()
      sockets.close()
    },
  }
}

/** The gateway of a peer. */
export type Gateway = ReturnType<typeof createGateway>

const frozen = new WeakSet<WebSocket>()

function send(line: WebSocket, packet: Json): void {
  if (!frozen.has(line) && line.readyState === line.OPEN) line.send(JSON.stringify(packet))
}

const always = -1

/** The intent without which an event is not told. */
function intentOf(t: string, d: Json): number {
  if (t.startsWith('MESSAGE_')) return d.guild_id ? 1 << 9 : 1 << 12
  return /^(GUILD_CREATE|GUILD_DELETE|CHANNEL_|THREAD_)/.test(t) ? 1 : always
}
