import type { Command } from '../../commands/command.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { shorten } from './block.ts'
import { botScopes, events } from './method.ts'
import { slashName, typedCommands } from './names.ts'

/** What the manifest is made for; `publicUrl` is where Slack reaches the hub, if it does not use the socket. */
export type ManifestOptions = {
  readonly commands: readonly Command[]
  readonly socket: boolean
  readonly publicUrl: string | null
}

/** The message shortcuts: their ids are what Slack sends. */
export const shortcuts = { report: 'report_message', add: 'add_message' } as const

const path = '/slack/events'
// Slack's page of the app has one language.
const english: Reader = { language: 'en', zone: 'UTC', now: 0, person: () => null }

/**
 * The app as Slack is told of it: the scopes, commands, events and shortcuts that the hub uses and no more; and a link
 * that opens Slack's page for a new app with all of it filled in.
 */
export function slackManifest({ commands, socket, publicUrl }: ManifestOptions) {
  const url = socket ? null : `${publicUrl ?? 'https://YOUR-ADDRESS'}${path}`
  const manifest = {
    display_information: {
      name: 'Trust Hub',
      description: say(phrase('slack.app-description'), english),
      background_color: '#1f3a44',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Trust Hub', always_online: true },
      shortcuts: [
        shortcut('slack.shortcut-report', 'slack.shortcut-report-hint', shortcuts.report),
        shortcut('slack.shortcut-add', 'slack.shortcut-add-hint', shortcuts.add),
      ],
      slash_commands: typedCommands(commands).map(command => slashCommand(command, url)),
    },
    oauth_config: { scopes: { bot: [...botScopes()] } },
    settings: {
      event_subscriptions: { ...(url ? { request_url: url } : {}), bot_events: Object.keys(events).sort() },
      interactivity: {
        is_enabled: true,
        ...(url ? { request_url: url, message_menu_options_url: url } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: socket,
      token_rotation_enabled: false,
    },
  }
  const link = `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`
  return { manifest, json: JSON.stringify(manifest, null, 2), link }
}

function shortcut(
  name: 'slack.shortcut-report' | 'slack.shortcut-add',
  description: 'slack.shortcut-report-hint' | 'slack.shortcut-add-hint',
  callback_id: string,
) {
  return {
    name: say(phrase(name), english),
    type: 'message',
    callback_id,
    description: say(phrase(description), english),
  }
}

function slashCommand({ name, summary, usage }: Command, url: string | null) {
  const hint = usage ? say(phrase(usage), english) : ''
  return {
    command: `/${slashName(name)}`,
    description: shorten(say(phrase(summary), english), 140),
    ...(hint.trim() === '' ? {} : { usage_hint: shorten(hint, 140) }),
    should_escape: false,
    ...(url ? { url } : {}),
  }
}
