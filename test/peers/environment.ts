import type { startDiscordPeer } from './discord/index.ts'
import type { startSignalPeer } from './signal/index.ts'
import { type startSlackPeer, tokens } from './slack/index.ts'

/** The three chat tools on loopback. */
type Tools = {
  readonly slack: Awaited<ReturnType<typeof startSlackPeer>>
  readonly discord: Awaited<ReturnType<typeof startDiscordPeer>>
  readonly signal: Awaited<ReturnType<typeof startSignalPeer>>
}

/** How a hub is told to reach them, as its environment. */
export function toolEnvironment({ slack, discord, signal }: Tools) {
  return {
    SLACK_BOT_TOKEN: tokens.bot,
    SLACK_APP_TOKEN: tokens.app,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SIGNAL_API_URL: signal.settings.apiUrl,
    SIGNAL_NUMBER: signal.settings.number,
  }
}
