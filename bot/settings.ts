import { ConfigError } from '../workflows/errors.ts'

/** How to reach Slack: by Socket Mode where there is an app token, else over HTTP with checked signatures. */
export type SlackSettings = {
  readonly botToken: string
  readonly appToken: string | null
  readonly signingSecret: string | null
  /** Where Slack's requests are served in HTTP mode. */
  readonly port: number
  readonly apiUrl: string | null
}

/** How to reach Discord. */
export type DiscordSettings = { readonly token: string; readonly apiUrl: string | null }

/** Where signal-cli-rest-api answers, and for which number it speaks. */
export type SignalSettings = { readonly apiUrl: string; readonly number: string }

/** The chat tools that the hub is to connect to; null where one is off. */
export type PlatformSettings = {
  readonly slack: SlackSettings | null
  readonly discord: DiscordSettings | null
  readonly signal: SignalSettings | null
}

/** What is set, by name; an empty value is none. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads what is set for the chat tools. @throws ConfigError with every problem on a line of its own: what is missing or
 * wrong, and where it is found.
 */
export function platformSettings(environment: Environment): PlatformSettings {
  const problems: string[] = []
  const read: Reading = {
    get: name => environment[name]?.trim() || null,
    wrong: (...lines) => {
      problems.push(...lines)
      return null
    },
  }
  const settings = { slack: slackSettings(read), discord: discordSettings(read), signal: signalSettings(read) }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return settings
}

/** Where Slack and Discord are to be asked instead of at their usual addresses, for testing and proxies; else null. */
export function apiAddresses(environment: Environment): {
  readonly slack: string | null
  readonly discord: string | null
} {
  return { slack: environment.SLACK_API_URL?.trim() || null, discord: environment.DISCORD_API_URL?.trim() || null }
}

/** The names of the chat tools that are on, as people call them. */
export function platformNames({ slack, discord, signal }: PlatformSettings): readonly string[] {
  return [slack && 'Slack', discord && 'Discord', signal && 'Signal'].filter(name => name !== null)
}

type Reading = {
  readonly get: (name: string) => string | null
  /** Notes problems; gives null. */
  readonly wrong: (...problems: readonly string[]) => null
}

const botTokenPlace = 'It begins with xoxb- and stands in your Slack app under "OAuth & Permissions".'
const appTokenPlace =
  'It begins with xapp- and is made in your Slack app under "Basic Information", "App-Level Tokens", with the scope ' +
  'connections:write.'
const secretPlace = 'It stands in your Slack app under "Basic Information", "App Credentials".'

function slackSettings({ get, wrong }: Reading): SlackSettings | null {
  const [botToken, appToken, signingSecret] = [
    get('SLACK_BOT_TOKEN'),
    get('SLACK_APP_TOKEN'),
    get('SLACK_SIGNING_SECRET'),
  ]
  if (!botToken && !appToken && !signingSecret) return null
  const apiUrl = get('SLACK_API_URL')
  const port = Number(get('SLACK_PORT') ?? 3000)
  const problems = [
    ...(botToken ? [] : [`SLACK_BOT_TOKEN is missing: Slack is only half set up. ${botTokenPlace}`]),
    ...(botToken && !/^(xoxe\.)?xoxb-/.test(botToken) ? [`SLACK_BOT_TOKEN is not a bot token. ${botTokenPlace}`] : []),
    ...(appToken && !appToken.startsWith('xapp-') ? [`SLACK_APP_TOKEN is not an app token. ${appTokenPlace}`] : []),
    ...(appToken || signingSecret
      ? []
      : [
          `SLACK_APP_TOKEN is missing: Slack is only half set up. ${appTokenPlace}`,
          `  Only if Slack is to reach the hub over the internet, set SLACK_SIGNING_SECRET instead. ${secretPlace}`,
        ]),
    ...(Number.isInteger(port) && port >= 0 && port <= 65_535 ? [] : ['SLACK_PORT: must be a number up to 65535.']),
    ...(apiUrl && !isAddress(apiUrl) ? ['SLACK_API_URL: must be an address that begins with https://.'] : []),
  ]
  if (problems.length > 0 || !botToken) return wrong(...problems)
  return { botToken, appToken, signingSecret, port, apiUrl }
}

function discordSettings({ get, wrong }: Reading): DiscordSettings | null {
  const [token, apiUrl] = [get('DISCORD_TOKEN'), get('DISCORD_API_URL')]
  if (!token) return null
  if (/\s/.test(token)) {
    return wrong(
      'DISCORD_TOKEN has a space in it. Set the token alone, without "Bot" before it: it stands in the Discord ' +
        'Developer Portal, in your application under "Bot".',
    )
  }
  if (apiUrl && !isAddress(apiUrl)) return wrong('DISCORD_API_URL: must be an address that begins with https://.')
  return { token, apiUrl }
}

const apiUrlPlace = 'It is where signal-cli-rest-api answers, like http://127.0.0.1:8080.'
const numberPlace = 'It is the number the bot speaks with, like +12025550123.'

function signalSettings({ get, wrong }: Reading): SignalSettings | null {
  const [apiUrl, number] = [get('SIGNAL_API_URL'), get('SIGNAL_NUMBER')]
  if (!apiUrl && !number) return null
  if (!apiUrl) return wrong(`SIGNAL_API_URL is missing: Signal is only half set up. ${apiUrlPlace}`)
  if (!number) return wrong(`SIGNAL_NUMBER is missing: Signal is only half set up. ${numberPlace}`)
  const plain = number.replace(/[\s().-]/g, '')
  const problems = [
    ...(isAddress(apiUrl) ? [] : [`SIGNAL_API_URL: must be an address. ${apiUrlPlace}`]),
    ...(/^\+[1-9]\d{6,14}$/.test(plain) ? [] : [`SIGNAL_NUMBER: must begin with + and the country. ${numberPlace}`]),
  ]
  return problems.length > 0 ? wrong(...problems) : { apiUrl: apiUrl.replace(/\/+$/, ''), number: plain }
}

// Signal's API and proxies usually stand beside the hub, on a network of its own, and speak plain HTTP there.
function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
