import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { reasonOf } from '../../workflows/errors.ts'
import type { Connection } from '../platform.ts'
import type { Client, SignalSettings } from './client.ts'
import { type Ended, listen, type Watching } from './socket.ts'

/** Pauses of the connection, in ms. */
export type Pace = Watching & {
  /** The first pause before connecting anew, and the longest that it grows to. */
  readonly firstPause: number
  readonly longestPause: number
  /** How long one polling waits for messages, in whole seconds. */
  readonly poll: number
  /** How long a polling that is under way may take to end when the hub stops (ms). */
  readonly grace: number
}

/** The pace of a hub at work: the server pings each 54 s, so some 120 s of silence are more than two lost pings. */
export const usualPace: Pace = {
  handshake: 15_000,
  ping: 30_000,
  silence: 120_000,
  firstPause: 300,
  longestPause: 60_000,
  poll: 5,
  grace: 20_000,
}

type Options = {
  readonly settings: SignalSettings
  readonly client: Client
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly pace: Pace
  readonly frame: (body: string) => void
  /** The socket was opened, or the first polling answered. `lossy`: what comes while it is closed is lost. */
  readonly up: (lossy: boolean) => void
  /** A sign of life. */
  readonly alive: () => void
  /** It is closed; until when it surely worked (epoch ms). */
  readonly down: (heardUntil: number) => void
}

/** The way in from Signal. */
export type Link = {
  /** Listens until the signal says stop, connecting anew with growing pauses; never rejects. */
  readonly run: (until: AbortSignal) => Promise<void>
  readonly connection: () => Connection
}

/** Makes the way in: a socket where the API runs in json-rpc mode, else polling. */
export function createLink(options: Options): Link {
  const { settings, client, clock, log, pace } = options
  let state: Connection = { state: 'down', since: clock(), problem: 'not connected yet' }
  let mode: string | null = null
  let failures = 0

  function opened(lossy: boolean): void {
    failures = 0
    if (state.state === 'up') return
    state = { state: 'up', since: clock(), problem: null }
    log.info({ mode }, 'listening to Signal')
    options.up(lossy)
  }

  function closed(heardUntil: number, reason: string): void {
    if (state.state === 'down') {
      state = { ...state, problem: reason }
      return
    }
    state = { state: 'down', since: heardUntil, problem: reason }
    options.down(heardUntil)
  }

  async function run(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      try {
        // A socket to a server in another mode would eat messages, so the mode is asked for unless it was just so.
        mode ??= (await client.about(until)).mode
        if (!mode.startsWith('json-rpc')) await polling(until)
        else if (!(await socket(until))) mode = null
      } catch (error) {
        if (until.aborted) return
        mode = null
        closed(clock(), reasonOf(error))
      }
      if (until.aborted) return
      const wait = pauseOf(failures++)
      log.warn({ failures, wait, reason: state.problem }, 'Signal is not heard')
      await sleep(wait, undefined, { signal: until }).catch(() => {})
    }
  }

  /** False: it could not even be opened. */
  async function socket(until: AbortSignal): Promise<boolean> {
    const ended: Ended = await listen({
      url: socketUrl(settings),
      signal: until,
      clock,
      opened: () => opened(true),
      frame: options.frame,
      alive: options.alive,
      watching: pace,
    })
    if (!until.aborted) closed(ended.heardUntil, `the socket ended: ${ended.reason}`)
    return ended.open
  }

  async function polling(until: AbortSignal): Promise<void> {
    // Signal forgets what it has given to a polling, even if nobody waits for the answer any more.
    const late = new AbortController()
    const stop = () => setTimeout(() => late.abort(), pace.grace).unref()
    until.addEventListener('abort', stop, { once: true })
    try {
      while (!until.aborted) {
        const frames = await client.receive(pace.poll, late.signal)
        opened(false)
        for (const body of frames) options.frame(body)
        options.alive()
        // Some servers do not wait.
        if (frames.length === 0) await sleep(pace.firstPause, undefined, { signal: until }).catch(() => {})
      }
    } finally {
      until.removeEventListener('abort', stop)
    }
  }

  // Not all at once after the server was restarted.
  function pauseOf(times: number): number {
    return Math.round(Math.min(pace.longestPause, pace.firstPause * 2 ** times) * (0.7 + Math.random() * 0.6))
  }

  return { run, connection: () => state }
}

function socketUrl({ apiUrl, number }: SignalSettings): string {
  return `${apiUrl.replace(/^http/, 'ws').replace(/\/+$/, '')}/v1/receive/${encodeURIComponent(number)}`
}
