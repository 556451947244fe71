import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { DiscordAPIError, type RawFile, REST, type RESTOptions, type RouteLike } from 'discord.js'
import type { Logger } from 'pino'
import { PlatformError } from '../../workflows/errors.ts'
import type { Limited } from '../platform.ts'
import { bucketOf, createSpread } from './pace.ts'

/** How Discord is reached; `apiUrl` null is the real one; `faster`: how many times its documented pace it allows. */
export type Settings = {
  readonly token: string
  readonly apiUrl: string | null
  readonly faster?: number
  readonly limited?: Limited
}

/** What goes with a request. */
export type Ask = {
  readonly body?: unknown
  readonly query?: Readonly<Record<string, string | number>>
  readonly files?: RawFile[]
  /** Interactions carry their own token, and must not be tried again after a 401. */
  readonly auth?: boolean
  /** Never tried a second time by itself: what it makes would stand twice. */
  readonly once?: true
  /** How long (ms) the whole may take; 10 s if nothing is said. */
  readonly withinMs?: number
}

/** Discord's REST door: JSON in, JSON out. Every call ends within its time, and rejects with what discord.js throws. */
export type Rest = {
  get<T>(route: RouteLike, ask?: Ask): Promise<T>
  post<T>(route: RouteLike, ask?: Ask): Promise<T>
  put<T>(route: RouteLike, ask?: Ask): Promise<T>
  patch<T>(route: RouteLike, ask?: Ask): Promise<T>
  delete<T>(route: RouteLike, ask?: Ask): Promise<T>
  /**
   * Everything that is asked in the course of this work ends within that time (ms), taken together. What is `calm` is
   * spread over what the limits give, and leaves the rest of them to what is not.
   */
  within<T>(ms: number, work: () => Promise<T>, how?: 'calm' | undefined): Promise<T>
  /** True once Discord has refused the token: every later call fails. */
  refused(): boolean
}

const longestMs = 10_000
// One answer may be lost and the request tried once more within the ten seconds.
const oneMs = 4500
// Longer waits are delivery's, which knows what is more urgent.
const patienceMs = 1500
const calmPatienceMs = 2000
// All that ask at once share the 50 a second: those that may be tried again, those that may not, and the gateway's.
const perSecond = { usual: 40, once: 5 }
const offsetMs = 50
// Discord shuts out an address that asked 10,000 times in ten minutes for what it refuses.
const manyInvalid = 5000

/** The options of discord.js by which all requests are made, its gateway's own included. */
export function restOptions({ apiUrl, faster = 1 }: Pick<Settings, 'apiUrl' | 'faster'>) {
  return {
    ...(apiUrl ? { api: apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '') } : {}),
    version: '10',
    timeout: oneMs,
    retries: 1,
    globalRequestsPerSecond: perSecond.usual * faster,
    offset: Math.ceil(offsetMs / faster),
    invalidRequestWarningInterval: 100,
  }
}

/** Makes the REST door. Waits for a rate limit over so long (ms) are refused with RateLimitError, not sat out. */
export function createRest(settings: Settings, log: Pick<Logger, 'warn'>, mostWaitMs = patienceMs): Rest {
  const made = (retries: number, more: Partial<RESTOptions> = {}) =>
    new REST({
      ...restOptions(settings),
      ...more,
      retries,
      rejectOnRateLimit: data => Math.max(data.timeToReset, data.retryAfter) > mostWaitMs,
    }).setToken(settings.token)
  const rest = made(1)
  const restOnce = made(0, { globalRequestsPerSecond: perSecond.once * (settings.faster ?? 1) })
  // Discord does not count answers to interactions among the requests of a second, and people wait for them.
  const restOwn = made(1, { globalRequestsPerSecond: Number.POSITIVE_INFINITY })
  const course = new AsyncLocalStorage<Course>()
  const spread = createSpread(settings.faster)
  const { limited = () => {} } = settings
  let refused = false
  for (const each of [rest, restOnce, restOwn]) {
    each.on('response', ({ method, path }, { headers, status }) => {
      if (status === 429) limited('refused')
      spread.told(bucketOf(method, path), headers)
    })
    each.on('rateLimited', () => limited('waited'))
    each.on('invalidRequestWarning', ({ count, remainingTime }) => {
      log.warn({ count, remainingTime }, 'Discord has refused many requests; at 10,000 in ten minutes it blocks')
      if (count >= manyInvalid) spread.spare(remainingTime)
    })
  }

  /** Waits until what is not urgent may go. @throws PlatformError where that is not soon */
  async function inPace(bucket: string): Promise<void> {
    const until = performance.now() + calmPatienceMs
    for (let ms = spread.wait(bucket); ms > 0; ms = spread.wait(bucket)) {
      if (performance.now() + ms > until) {
        limited('waited')
        const how = { permanent: false, retryAfterMs: ms }
        throw new PlatformError('discord', 'kept back for Discord’s pace', how)
      }
      await pause(ms)
    }
  }

  async function call<T>(method: 'get' | 'post' | 'put' | 'patch' | 'delete', route: RouteLike, ask: Ask): Promise<T> {
    const { body, query, files, auth, once, withinMs = longestMs } = ask
    const own = course.getStore()
    const { until = Number.POSITIVE_INFINITY } = own ?? {}
    // Only what a course begins with: to leave it in its midst would have its first steps done twice.
    if (own?.calm) {
      own.calm = false
      await inPace(bucketOf(method, route))
    }
    const left = Math.min(withinMs, until - performance.now())
    if (left <= 0)
      throw new PlatformError('discord', 'Discord did not answer in time', { permanent: false, because: 'down' })
    const given = {
      ...(body === undefined ? {} : { body }),
      ...(query ? { query: asQuery(query) } : {}),
      ...(files ? { files } : {}),
      ...(auth === false ? { auth: false as const } : {}),
      signal: AbortSignal.timeout(Math.ceil(left)),
    }
    try {
      return (await (once ? restOnce : auth === false ? restOwn : rest)[method](route, given)) as T
    } catch (error) {
      // The REST client forgets its token at a 401; nothing can be sent from then on.
      if (error instanceof DiscordAPIError && error.status === 401 && auth !== false) refused = true
      throw error
    }
  }

  return {
    get: (route, ask = {}) => call('get', route, ask),
    post: (route, ask = {}) => call('post', route, ask),
    put: (route, ask = {}) => call('put', route, ask),
    patch: (route, ask = {}) => call('patch', route, ask),
    delete: (route, ask = {}) => call('delete', route, ask),
    within: (ms, work, how) => course.run({ until: performance.now() + ms, calm: how === 'calm' }, work),
    refused: () => refused,
  }
}

type Course = { readonly until: number; calm: boolean }

function asQuery(query: NonNullable<Ask['query']>): URLSearchParams {
  return new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]))
}
