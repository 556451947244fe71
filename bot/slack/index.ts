import { setTimeout as wait } from 'node:timers/promises'
import { App } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Connection, Host, Limited, Platform } from '../platform.ts'
import { ask, type Desk } from './desk.ts'
import { createFetch } from './file.ts'
import { createHandler, type Kept, ownGone, rawOf } from './handle.ts'
import { createHome } from './home.ts'
import { listen, type Work } from './intake.ts'
import { createMissed, type Missed } from './missed.ts'
import { createPacer } from './pace.ts'
import { createPeople } from './people.ts'
import { createHold } from './picture.ts'
import { createPoster } from './post.ts'
import { codeOf, problemOf, refusesAll } from './problem.ts'
import { createEars, type Ears } from './receiver.ts'
import { createRespond } from './respond.ts'
import { createWeb, quietLogger } from './web.ts'
import { whoseIs } from './whose.ts'

/** How the hub reaches Slack: by a socket where there is an app token, else Slack calls it and signs what it says. */
export type SlackSettings = {
  readonly botToken: string
  readonly appToken: string | null
  readonly signingSecret: string | null
  readonly port: number
  readonly apiUrl: string | null
}

/** The settings, with what the hub lends; `faster` is how many times Slack's documented pace is allowed (1). */
export type SlackOptions = SlackSettings & {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly log: Logger
  readonly faster?: number
  readonly limited?: Limited
}

const saveEveryMs = 30_000
const lookEveryMs = 60 * 60_000
const firstPauseMs = 1000
const mostPauseMs = 5 * 60_000
// Slack itself sends again, after a minute and after five, what was not heard in a shorter break.
const breakMs = 60_000
const stopMs = 8000

/** Slack, as the hub sees it: connects in the background, and tries as long as it lives. */
export function createSlack(options: SlackOptions): Platform {
  const { botToken, apiUrl, clock, log, faster = 1 } = options
  const pause = (ms: number) => wait(ms)
  const web = createWeb(botToken, apiUrl, createPacer(faster), log, options.limited)
  const poster = createPoster(web, pause, clock)
  const hold = createHold(web, pause)
  const people = createPeople(web, clock, pause)
  const closing = new AbortController()
  const inHand = new Set<Promise<unknown>>()
  let state: Connection = { state: 'off', since: clock(), problem: null }
  let running: {
    readonly desk: Desk
    readonly missed: Missed
    readonly handle: ReturnType<typeof createHandler>
  } | null = null

  function become(next: Connection['state'], problem: string | null): void {
    if (next !== state.state) log.info({ state: next }, 'Slack')
    state = { state: next, since: next === state.state ? state.since : clock(), problem }
  }

  const work: Work = (what, done) => {
    const counted = done.catch(error => log.error({ err: bare(error), what }, 'something asked in Slack failed'))
    inHand.add(counted)
    void counted.finally(() => inHand.delete(counted))
  }

  async function keep(body: Readonly<Record<string, unknown>>): Promise<void> {
    if (!running) throw new PlatformError('slack', 'the hub is not there', { permanent: false })
    const { host } = running.desk
    const kept = body as Kept
    const raw = rawOf(kept, new Set(host.rooms().map(room => room.address)))
    const card = ownGone(kept.event)
    if (card) await host.gone(card)
    if (!raw) return
    await host.keep(raw)
    const { channel, ts } = (kept.event ?? {}) as { channel?: unknown; ts?: unknown }
    if (typeof channel === 'string' && typeof ts === 'string') running.missed.seen(channel, ts)
  }

  async function connect(ears: Ears, missed: Missed, host: Host): Promise<void> {
    await tryToken(host)
    let away: number | null = 0
    await ears.hear(closing.signal, (up, error) => {
      if (!up) {
        away ??= clock()
        become('down', error ? lineProblem(error, host) : 'there is no line to Slack at the moment')
        return
      }
      become('up', null)
      const gone = away === null ? 0 : clock() - away
      away = null
      if (gone > breakMs) work('catching up', missed.catchUp(closing.signal))
    })
  }

  function lineProblem(error: unknown, host: Host): string {
    const code = codeOf(error)
    if (code === null) return reasonOf(problemOf(error, 'apps.connections.open'))
    const words = `Slack opens no socket (${code}): switch Socket Mode on, or set a new SLACK_APP_TOKEN`
    host.notice('slack:app-token', phrase('slack.refused', { reason: { words } })).catch(() => {})
    return words
  }

  /** Whether the token is good; a bad one is said aloud once, and tried again in case it is mended. */
  async function tryToken(host: Host): Promise<void> {
    for (let tries = 0; !closing.signal.aborted; tries++) {
      try {
        await web.call('auth.test')
        return
      } catch (error) {
        const problem = problemOf(error, 'auth.test')
        become('down', problem.message)
        if ((problem.permanent || refusesAll(problem)) && tries === 0) {
          const reason = { words: problem.message }
          await host.notice('slack:token', phrase('slack.refused', { reason })).catch(() => {})
        }
        await sleep(Math.min(mostPauseMs, firstPauseMs * 2 ** tries))
      }
    }
  }

  function sleep(ms: number): Promise<unknown> {
    return wait(ms, null, { signal: closing.signal, ref: false }).catch(() => {})
  }

  async function saveNowAndThen(missed: Missed): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(saveEveryMs)
      await missed.save().catch(error => log.warn({ err: bare(error) }, 'how far Slack was heard could not be kept'))
    }
  }

  /** Slack may have given up on an event for reasons of its own. */
  async function lookNowAndThen(missed: Missed): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(lookEveryMs)
      if (!closing.signal.aborted && state.state === 'up') await missed.catchUp(closing.signal).catch(() => {})
    }
  }

  return {
    name: 'slack',
    capabilities: {
      edits: { most: Number.MAX_SAFE_INTEGER, within: Number.MAX_SAFE_INTEGER },
      lookup: true,
      threads: true,
    },

    async start(host) {
      become('down', null)
      const home = createHome(
        account => ask({ ...mine, account, key: `slack:home:${clock()}:${Math.random()}`, at: clock() }, desk as Desk),
        web,
        log,
      )
      const respond = createRespond(web, clock, log)
      const desk: Desk = { host, web, poster, hold, people, respond, home, clock, pause, log }
      const missed = createMissed(desk)
      running = { desk, missed, handle: createHandler(desk, clock()) }
      const ears = createEars({ ...options, keep })
      const app = new App({
        receiver: ears.receiver,
        // The client that Bolt would use is not: nothing is asked of Slack before an answer.
        authorize: async () => ({ botToken }),
        ignoreSelf: false,
        convoStore: false,
        logger: quietLogger(log),
        ...(apiUrl ? { clientOptions: { slackApiUrl: apiUrl } } : {}),
      })
      app.error(async error => log.error({ err: bare(error) }, 'Bolt reports'))
      listen(app, desk, work)
      work(
        'the connection',
        keepTrying(() => connect(ears, missed, host)),
      )
      work('saving', saveNowAndThen(missed))
      work('looking again', lookNowAndThen(missed))
    },

    async stop() {
      closing.abort()
      running?.desk.home.close()
      await Promise.race([Promise.allSettled([...inHand]), wait(stopMs, null, { ref: false })])
      await running?.missed.save().catch(() => {})
      running = null
      become('off', null)
    },

    async post(to, message) {
      const ref = await poster.post(to, message)
      if (to.type === 'direct') running?.missed.met(ref.room, ref.id)
      return ref
    },
    hold,
    edit: poster.edit,
    remove: poster.remove,
    find: poster.find,
    fetch: createFetch(web, botToken, apiUrl),
    whose: whoseIs,
    handle: async raw => {
      if (!running) throw new PlatformError('slack', 'Slack is not started', { permanent: false })
      await running.handle(raw)
    },
    catchingUp: () => running?.missed.behind() ?? false,
    connection: () => state,
  }

  async function keepTrying(connectOnce: () => Promise<void>): Promise<void> {
    for (let tries = 0; !closing.signal.aborted; tries++) {
      try {
        await connectOnce()
      } catch (error) {
        // A port that is taken, say.
        become('down', error instanceof Error ? error.message : 'Slack cannot be heard')
        log.error({ err: bare(error) }, 'Slack cannot be heard')
      }
      await sleep(Math.min(mostPauseMs, firstPauseMs * 2 ** tries))
    }
  }
}

const mine = { platform: 'slack', type: 'command', name: 'mine', words: '', room: null, message: null } as const

/** An error without what it quotes: Slack's own may hold what people wrote. */
function bare(error: unknown): { readonly type: string; readonly message: string } {
  return { type: error instanceof Error ? error.name : 'unknown', message: reasonOf(error) }
}
