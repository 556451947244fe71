import { GatewayIntentBits, OAuth2Scopes, PermissionFlagsBits } from 'discord.js'

/** The events of Discord that the hub listens to, and why; `MessageContent` must be switched on in the portal. */
export const intents = {
  Guilds: 'which servers, channels and threads there are',
  GuildMessages: 'what people write in the threads of incidents',
  DirectMessages: 'what people write to the hub',
  MessageContent: 'the words of what is written in threads (switch it on in the portal, under Bot)',
} as const satisfies Partial<Record<keyof typeof GatewayIntentBits, string>>

/** What the bot must be allowed in a channel, and why. */
export const permissions = {
  ViewChannel: 'see the rooms it is bound to',
  SendMessages: 'post cards, and incidents in forums',
  AttachFiles: 'show the map and the chart of a summary',
  SendMessagesInThreads: 'write in the thread of an incident',
  CreatePublicThreads: 'open a thread under a card',
  ManageThreads: 'title, tag and archive the threads of incidents',
  ReadMessageHistory: 'read what was written while it was away, and find what it has sent',
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>

/** The name of a permission the bot needs. */
export type PermissionName = keyof typeof permissions

/** The same as the bits that Discord counts in. */
export const intentBits: number = keysOf(intents).reduce((bits, name) => bits | GatewayIntentBits[name], 0)
/** The same as the bits that Discord counts in. */
export const permissionBits: bigint = keysOf(permissions).reduce((bits, name) => bits | PermissionFlagsBits[name], 0n)

/** The scopes of the invitation: being in the server, and having commands there. */
export const scopes = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands] as const

/** The link by which somebody who manages a server lets the bot in, with just these permissions; null for no token. */
export function inviteLink(token: string): string {
  return linkFor(applicationOf(token) ?? 'APPLICATION_ID')
}

/** What Discord must allow the hub, line by line, and the link that asks for it. */
export function discordManifest(token = ''): readonly string[] {
  const application = applicationOf(token)
  return [
    'Intents (what the hub hears):',
    ...keysOf(intents).map(name => `  ${name.padEnd(24)}${intents[name]}`),
    '',
    `Permissions (what the bot may do), ${permissionBits} in all:`,
    ...keysOf(permissions).map(name => `  ${name.padEnd(24)}${permissions[name]}`),
    '',
    'Invite the bot to a server, in a browser:',
    `  ${linkFor(application ?? 'APPLICATION_ID')}`,
    ...(application ? [] : ['  APPLICATION_ID stands in the Developer Portal, under General Information.']),
  ]
}

function linkFor(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: scopes.join(' '),
    permissions: String(permissionBits),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

// A token begins with the application's id in base64.
function applicationOf(token: string): string | null {
  const id = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()
  return /^\d{15,21}$/.test(id) ? id : null
}

function keysOf<Key extends string>(record: Readonly<Record<Key, string>>): Key[] {
  return Object.keys(record) as Key[]
}
