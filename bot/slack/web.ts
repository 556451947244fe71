import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { PlatformError } from '../../workflows/errors.ts'
import type { Limited } from '../platform.ts'
import { type Method, methods } from './method.ts'
import type { Pacer } from './pace.ts'
import { problemOf } from './problem.ts'

/** What Slack gives back, of which nothing is taken for granted. */
export type Given = Readonly<Record<string, unknown>>

/** Calls a method of the Web API, unless `may` says no once it is its turn. @throws PlatformError */
export type Call = (method: Method, args?: Readonly<Record<string, unknown>>, may?: () => boolean) => Promise<Given>

/**
 * The Web API: `call` keeps to the documented pace, `urgent` too, but with what the others must leave it; `now` is for
 * what somebody waits for, and `spare` for what may as well be left alone: it rejects where it would have to wait.
 * `read` is for reading in the background, which leaves half of the pace to others.
 */
export type Web = Readonly<Record<'call' | 'urgent' | 'now' | 'spare' | 'read', Call>>

// With the time in which a post begins (`post.ts`) no longer than delivery waits for it, which is 12 s.
const timeoutMs = 8_500

/**
 * The client that writes: never tries again by itself, since a lost answer may stand for a message that was posted, and
 * is never paused as a whole by one method's 429.
 */
export function createWeb(
  token: string,
  apiUrl: string | null,
  pacer: Pacer,
  log: Logger,
  limited: Limited = () => {},
): Web {
  const client = new webApi.WebClient(token, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: quietLogger(log),
  })

  async function run(method: Method, args: Readonly<Record<string, unknown>>): Promise<Given> {
    try {
      return { ...(await client.apiCall(method, { ...args })) }
    } catch (error) {
      const problem = problemOf(error, method)
      if (error instanceof webApi.WebAPIRateLimitedError) limited('refused')
      if (problem.retryAfterMs !== undefined) pacer.hold(lineOf(method, args), problem.retryAfterMs)
      throw problem
    }
  }

  async function paced(urgent: boolean, ...[method, args = {}, may]: Parameters<Call>): Promise<Given> {
    const late = await pacer.turn(methods[method].pace, lineOf(method, args), urgent)
    if (late > 0) throw keptBack(method, late, limited)
    if (may?.() === false) throw tooLate(method)
    return run(method, args)
  }

  return {
    call: (...what) => paced(false, ...what),
    urgent: (...what) => paced(true, ...what),
    async read(method, args = {}) {
      const late = await pacer.turn('read', `read of ${method}`)
      if (late > 0) throw keptBack(method, late, limited)
      return paced(false, method, args)
    },
    async spare(method, args = {}) {
      if (!pacer.spare(methods[method].pace, lineOf(method, args))) throw keptBack(method, 1000, limited)
      return run(method, args)
    },
    now(method, args = {}) {
      pacer.take(methods[method].pace, lineOf(method, args))
      return run(method, args)
    },
  }
}

function keptBack(method: Method, late: number, limited: Limited): PlatformError {
  limited('waited')
  const retryAfterMs = Math.ceil(late)
  return new PlatformError('slack', `kept back for Slack's pace (${method})`, { permanent: false, retryAfterMs })
}

function tooLate(method: Method): PlatformError {
  return new PlatformError('slack', `its turn came too late (${method})`, { permanent: false, retryAfterMs: 0 })
}

/** Calls until it is let through; for reading in the background. @throws PlatformError for any other failure */
export async function patiently(call: () => Promise<Given>, pause: (ms: number) => Promise<void>): Promise<Given> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      const ms = error instanceof PlatformError ? error.retryAfterMs : undefined
      if (ms === undefined || tries === 20) throw error
      await pause(ms)
    }
  }
}

/** Where a line of a log goes. */
type Said = Readonly<Record<'warn' | 'error', (context: object, message: string) => void>>

/** Slack's libraries write people's words into their lower levels, so only warnings and errors are taken, briefly. */
export function quietLogger(log: Said): SlackLogger {
  const say = (level: 'warn' | 'error') => (first: unknown) =>
    log[level]({ platform: 'slack', said: String(first).split('\n')[0]?.slice(0, 160) }, 'the Slack client reports')
  const nothing = () => {}
  return {
    debug: nothing,
    info: nothing,
    warn: say('warn'),
    error: say('error'),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  }
}

function lineOf(method: Method, args: Readonly<Record<string, unknown>>): string {
  return methods[method].pace === 'post' ? `${method}:${String(args.channel)}` : method
}
