import {
  Client,
  Events,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  Options,
  SimpleShardingStrategy,
} from 'discord.js'
import type { Logger } from 'pino'
import { intentBits } from './manifest.ts'
import { restOptions, type Settings } from './rest.ts'

/** What the gateway tells, and how it stands. */
export type GatewayOptions = Settings & {
  readonly take: (packet: GatewayDispatchPayload) => void
  readonly state: (state: 'up' | 'down', problem: string | null) => void
  /** Told once each: the token is refused for good; people's words are withheld by the portal's setting. */
  readonly fatal: (why: 'token' | 'content') => Promise<void>
  /** Runs before the client is destroyed: what is in hand must end first. */
  readonly settle: () => Promise<void>
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'info' | 'warn'>
}

const firstPause = 1000
const longestPause = 5 * 60_000
const loginMs = 30_000
// A client that is destroyed in the middle of its login may never say that it is.
const endMs = 3000
// A connection that held so long was a good one: the pauses begin anew.
const steadyMs = 60_000
// discord.js mends a cut line by itself, but twice a second without end; after that the pauses here are kinder.
const mendMs = 45_000

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0]
type End = 'stopped' | 'token' | 'content' | 'lost'

/**
 * Holds the gateway until the signal ends it: logs in, with growing pauses after each failure, and always with a fresh
 * client, because a refused upgrade leaves one that goes on trying by itself.
 */
export async function holdGateway(signal: AbortSignal, options: GatewayOptions): Promise<void> {
  let wait = firstPause
  let content = true
  while (!signal.aborted) {
    const begun = performance.now()
    const end = await session(signal, content, options)
    if (end === 'stopped') return
    if (end === 'token') {
      await options.fatal('token')
      options.state('down', 'Discord refuses the bot’s token')
      return aborted(signal)
    }
    if (end === 'content') {
      content = false
      await options.fatal('content')
      continue
    }
    if (performance.now() - begun > steadyMs) wait = firstPause
    // Many hubs must not come back in the same second.
    await Promise.race([options.pause(wait * (0.75 + Math.random() / 2)), aborted(signal)])
    wait = Math.min(longestPause, wait * 2)
  }
}

/** One client from its login to its end; what discord.js mends by itself is no end. */
async function session(signal: AbortSignal, content: boolean, options: GatewayOptions): Promise<End> {
  const { token, take, state, log } = options
  let over = false
  const client = createClient(options, content, () => over)
  let end: (how: End) => void = () => {}
  const ended = new Promise<End>(resolve => {
    end = resolve
  })
  let cut = false
  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t === 'READY' || packet.t === 'RESUMED') {
      cut = false
      state('up', null)
    }
    if (!signal.aborted) take(packet)
  })
  // Without this listener a rejection in any other would end the process.
  client.on(Events.Error, error => log.warn({ reason: error.name }, 'Discord’s client had an error'))
  client.on(Events.ShardError, error => log.warn({ reason: error.name }, 'the line to Discord had an error'))
  client.on(Events.ShardReconnecting, () => {
    state('down', 'the line to Discord is cut; it is being mended')
    if (cut) return
    cut = true
    void options.pause(mendMs).then(() => cut && end('lost'))
  })
  client.on(Events.ShardDisconnect, ({ code }) => end(code === 4004 ? 'token' : code === 4014 ? 'content' : 'lost'))
  client.on(Events.Invalidated, () => end('lost'))
  const login = client.login(token)
  try {
    const stopped = aborted(signal).then((): End => 'stopped')
    const late = options.pause(loginMs).then((): End => 'lost')
    const first = await Promise.race([login.then(() => null), ended, stopped, late])
    if (first === null) return await Promise.race([ended, stopped])
    if (first === 'lost') log.warn('Discord did not let the hub in, in time')
    return first
  } catch (error) {
    const how = endOf(error)
    log.warn({ reason: how === 'lost' ? nameOf(error) : how }, 'the hub could not connect to Discord')
    if (how === 'lost') state('down', 'Discord cannot be reached')
    return how
  } finally {
    over = true
    if (signal.aborted) await options.settle()
    const quietly = (work: Promise<unknown>) => Promise.race([work.catch(() => {}), options.pause(endMs)])
    await quietly(login)
    await quietly(client.destroy())
  }
}

/**
 * A client that only holds the line: messages and people are not remembered, and requests are not its business. Once
 * `over`, it opens no further line.
 */
function createClient(settings: Settings, content: boolean, over: () => boolean): Client {
  const own = (one: { id: string; client: Client }) => one.id === one.client.user?.id
  return new Client({
    intents: content ? intentBits : intentBits & ~GatewayIntentBits.MessageContent,
    allowedMentions: { parse: [] },
    enforceNonce: true,
    rest: restOptions(settings),
    ws: { buildStrategy: manager => endingWith(over, manager) },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildInviteManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: own },
      UserManager: { maxSize: 0, keepOverLimit: own },
    }),
  })
}

/** discord.js pauses before it tries again, and cannot be ended in that pause: what it asks for then is never given. */
function endingWith(over: () => boolean, manager: Manager): SimpleShardingStrategy {
  const { options } = manager
  const { retrieveSessionInfo } = options
  options.retrieveSessionInfo = shard => (over() ? new Promise(() => {}) : retrieveSessionInfo(shard))
  return new SimpleShardingStrategy(manager)
}

function endOf(error: unknown): End {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  if (code === 'TokenInvalid' || /authentication failed|invalid token/i.test(message)) return 'token'
  if (code === 'DisallowedIntents' || /disallowed intents/i.test(message)) return 'content'
  return 'lost'
}

// The words of a client's error may hold an address; its name does not.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'a failure'
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
