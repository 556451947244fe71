import { webApi } from '@slack/bolt'
import { PlatformError } from '../../workflows/errors.ts'
import type { FoundRoom, Inspection, Probe } from '../platform.ts'
import type { SlackSettings } from './index.ts'
import { botScopes } from './method.ts'
import { codeOf, problemOf } from './problem.ts'
import { quietLogger } from './web.ts'

const mostPages = 20

/** What whoever sets the hub up can ask of Slack, without starting anything; each probe says what to do. */
export function inspectSlack({ botToken, appToken, signingSecret, apiUrl }: SlackSettings): Inspection {
  const options = {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 1 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    // What went wrong is said once, in the hub's words.
    logger: quietLogger({ warn: () => {}, error: () => {} }),
  }
  const client = new webApi.WebClient(botToken, options)

  async function call(method: string, args: Record<string, unknown> = {}) {
    try {
      return { ...(await client.apiCall(method, args)) } as Readonly<Record<string, unknown>>
    } catch (error) {
      throw problemOf(error, method)
    }
  }

  async function token(): Promise<string> {
    if (!botToken.startsWith('xoxb-'))
      throw wrong('SLACK_BOT_TOKEN must start with xoxb-: copy the bot token of the app')
    const { team, user } = await call('auth.test')
    return `The hub is ${String(user)} in the workspace ${String(team)}.`
  }

  async function scopes(): Promise<string> {
    const { response_metadata: metadata } = await call('auth.test')
    const { scopes: given } = (metadata ?? {}) as { scopes?: unknown }
    const have = new Set(Array.isArray(given) ? given.map(String) : [])
    const missing = botScopes().filter(scope => !have.has(scope))
    if (missing.length === 0) return 'Every permission is there.'
    const named = missing.join(', ')
    throw wrong(
      `The Slack app lacks: ${named}. Paste the manifest again (hub manifest slack), then install the app anew.`,
    )
  }

  async function socket(): Promise<string> {
    if (appToken === null) {
      if (signingSecret) return 'Slack calls the hub at SLACK_PORT, and signs what it says.'
      throw wrong('Set SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET if Slack is to call the hub.')
    }
    if (!appToken.startsWith('xapp-'))
      throw wrong('SLACK_APP_TOKEN must start with xapp-: make one under App-Level Tokens')
    const app = new webApi.WebClient(appToken, options)
    try {
      await app.apiCall('apps.connections.open')
      return 'A socket can be opened.'
    } catch (error) {
      const code = codeOf(error)
      if (code === null) throw problemOf(error, 'apps.connections.open')
      throw wrong(
        code === 'missing_scope'
          ? 'SLACK_APP_TOKEN lacks connections:write: make a new app-level token with it.'
          : `Slack does not accept SLACK_APP_TOKEN (${code}): make a new one, and switch Socket Mode on.`,
      )
    }
  }

  async function room({ address, name }: FoundRoom): Promise<string> {
    const { channel } = await call('conversations.info', { channel: address })
    const { name: called, is_member: member, is_archived: archived } = (channel ?? {}) as Channel
    if (archived === true)
      throw wrong(`#${String(called)} (${name}) is archived: unarchive it, or bind another channel.`)
    if (member !== true) throw wrong(`The hub is not in #${String(called)} (${name}): write /invite @Trust Hub there.`)
    return `The hub is in #${String(called)}.`
  }

  return {
    probes: rooms => [
      { name: 'Slack: token', run: token },
      { name: 'Slack: permissions', run: scopes },
      { name: 'Slack: connection', run: socket },
      ...rooms.map((one): Probe => ({ name: `Slack: ${one.name}`, run: () => room(one) })),
    ],
    async rooms() {
      const found: FoundRoom[] = []
      let cursor = ''
      for (let page = 0; page < mostPages; page++) {
        const { channels, response_metadata: metadata } = await call('conversations.list', {
          types: 'public_channel,private_channel',
          exclude_archived: true,
          limit: 200,
          ...(cursor === '' ? {} : { cursor }),
        })
        for (const each of Array.isArray(channels) ? (channels as Channel[]) : []) {
          if (typeof each.id === 'string' && each.is_member === true) {
            found.push({ address: each.id, name: `#${String(each.name)}` })
          }
        }
        const { next_cursor: next } = (metadata ?? {}) as { next_cursor?: unknown }
        if (typeof next !== 'string' || next === '') break
        cursor = next
      }
      return found
    },
  }
}

type Channel = {
  readonly id?: unknown
  readonly name?: unknown
  readonly is_member?: unknown
  readonly is_archived?: unknown
}

function wrong(message: string): PlatformError {
  return new PlatformError('slack', message, { permanent: true })
}
