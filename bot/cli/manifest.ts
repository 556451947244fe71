import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { print, run } from './terminal.ts'

/** `hub manifest slack | discord`. */
export function addManifest(program: Command): void {
  const manifest = program
    .command('manifest')
    .description('What a chat tool must allow the hub, and a link that asks for it')
  manifest
    .command('slack')
    .description('Print the app manifest for Slack, and a link that opens it filled in')
    .option('--http <url>', 'Slack reaches the hub at this address, instead of the hub keeping a socket open')
    .action(({ http }: { http?: string }) =>
      run(async () => {
        const [{ slackManifest }, { commands }] = await Promise.all([
          import('../slack/manifest.ts'),
          import('../../commands/index.ts'),
        ])
        const { json, link } = slackManifest({ commands, socket: http === undefined, publicUrl: http ?? null })
        print(json, '', 'Make the app from it, in a browser:', link)
        return true
      }),
    )
  manifest
    .command('discord')
    .description('Print intents and permissions for Discord, and the link that invites the bot')
    .action(() =>
      run(async () => {
        const { discordManifest } = await import('../discord/manifest.ts')
        print(...discordManifest(loadConfig().platforms.discord?.token))
        return true
      }),
    )
}
