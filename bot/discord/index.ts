import { setTimeout as pauseFor } from 'node:timers/promises'
import { type APIUser, type GatewayDispatchPayload, Routes } from 'discord.js'
import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import { reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Connection, Host, Platform } from '../platform.ts'
import { createBegan } from './began.ts'
import { codeOf } from './failure.ts'
import { createFetch } from './file.ts'
import { holdGateway } from './gateway.ts'
import { createHandle } from './handle.ts'
import { createLine, type Line } from './line.ts'
import { createPlaces } from './places.ts'
import { createRest, type Settings } from './rest.ts'
import { createSending } from './send.ts'
import { whoseIs } from './whose.ts'

/** What Discord is connected with; `clock` gives epoch ms. */
export type DiscordOptions = Settings & {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly log: Logger
  /** Resolves after that many ms; by default on the machine's own clock. */
  readonly pause?: (ms: number) => Promise<void>
}

const flushMs = 5000
const standByMs = 15_000

/**
 * Makes the Discord platform. Sending needs no more than the token; hearing holds the gateway, in one process at a
 * time, and connects in the background for as long as it takes.
 */
export function createDiscord(options: DiscordOptions): Platform {
  const { commands, clock, log } = options
  const pause = options.pause ?? (ms => pauseFor(ms, undefined, { ref: false }))
  const rest = createRest(options, log)
  const places = createPlaces(rest)
  const warn = (error: unknown) =>
    log.warn({ reason: reasonOf(error), code: codeOf(error) }, 'Discord: it will be tried again')
  const stopping = new AbortController()
  let host: Host | null = null
  let known: Promise<string> | null = null
  let leading: Promise<void> | null = null
  let line: Line | null = null
  let since = clock()
  let connection: Connection = { state: 'down', since: clock(), problem: 'not connected yet' }

  const sending = createSending({ rest, places, host: () => host, me, log, clock })
  const began = createBegan(() => host?.memory ?? null)
  const handle = createHandle({ host: () => host, places, post: sending.post, pause, log })

  return {
    name: 'discord',
    capabilities: {
      // Discord counts edits by their rate alone; where it takes no more, `edit` says that the message is stale.
      edits: { most: Number.MAX_SAFE_INTEGER, within: Number.MAX_SAFE_INTEGER },
      lookup: true,
      threads: true,
    },

    async start(given) {
      host = given
      since = clock()
      leading = given
        .lead('gateway', signal => lead(given, AbortSignal.any([signal, stopping.signal])), stopping.signal)
        .catch(error => log.error({ reason: reasonOf(error) }, 'the gateway of Discord was given up'))
    },

    async stop() {
      stopping.abort()
      await leading
      set('off', null)
      host = null
    },

    ...sending,
    async post(to, message) {
      const ref = await sending.post(to, message)
      if (to.type === 'direct') void began.note(ref.room, ref.id)
      return ref
    },
    handle,
    whose: whoseIs,
    fetch: createFetch(rest, options),
    // Before it is known which process leads, this one may.
    catchingUp: () => (line ? line.behind() : host !== null && clock() - since < standByMs),
    connection: () => (rest.refused() ? { ...connection, state: 'down', problem: 'the token is refused' } : connection),
  }

  async function lead(given: Host, signal: AbortSignal): Promise<void> {
    const own = createLine({
      rest,
      places,
      host: given,
      commands,
      post: sending.post,
      me,
      log,
      clock,
      pause,
      warn,
      signal,
      began,
    })
    line = own
    await own.begin()
    const flushing = setInterval(() => void own.flush(), flushMs).unref()
    try {
      await holdGateway(signal, {
        ...options,
        pause,
        take: packet => take(own, packet),
        state: set,
        settle: own.settle,
        fatal: why => tell(given, why),
      })
    } finally {
      clearInterval(flushing)
      await own.settle()
      line = null
    }
  }

  function take(line: Line, packet: GatewayDispatchPayload): void {
    if (packet.t === 'READY') known = Promise.resolve(packet.d.user.id)
    line.take(packet)
  }

  async function tell(given: Host, why: 'token' | 'content'): Promise<void> {
    const said = why === 'token' ? phrase('discord.token-refused') : phrase('discord.no-content')
    log.error({ why }, 'Discord refuses the hub')
    await given.notice(`discord-${why}`, said).catch(warn)
  }

  function set(state: Connection['state'], problem: string | null): void {
    if (connection.state !== state || connection.problem !== problem) connection = { state, since: clock(), problem }
  }

  /** The bot's own account. */
  function me(): Promise<string> {
    known ??= rest.get<APIUser>(Routes.user()).then(user => user.id)
    return known.catch(error => {
      known = null
      throw error
    })
  }
}
