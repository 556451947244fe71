import {
  type APIApplication,
  type APIChannel,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  DiscordAPIError,
  type RESTAPIPartialCurrentUserGuild,
  Routes,
} from 'discord.js'
import { PlatformError } from '../../workflows/errors.ts'
import type { FoundRoom, Inspection, Probe } from '../platform.ts'
import { missingPermissions } from './allowed.ts'
import { failureOf } from './failure.ts'
import { missingTags } from './forum.ts'
import { inviteLink } from './manifest.ts'
import { createRest, type Rest, type Settings } from './rest.ts'

type Listed = { readonly id: string; readonly name?: string; readonly type: ChannelType }

const roomTypes: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
])
const forums: ReadonlySet<ChannelType> = new Set([ChannelType.GuildForum])
const content = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited

// Whoever looks sits at a terminal, and nothing else waits for it.
const patienceMs = 8000

/** Looks at how the bot stands with Discord, without connecting. */
export function inspectDiscord(settings: Settings): Inspection {
  const rest = createRest(settings, { warn: () => {} }, patienceMs)
  return {
    probes: rooms => [
      { name: 'Discord: token', run: () => checkToken(rest) },
      { name: 'Discord: message content', run: () => checkIntent(rest) },
      { name: 'Discord: servers', run: () => checkServers(rest, settings.token) },
      ...rooms.map((room): Probe => ({ name: `Discord: ${room.name}`, run: () => checkRoom(rest, room) })),
    ],
    rooms: async () => {
      const guilds = await said(listGuilds(rest))
      const found = await Promise.all(guilds.map(guild => said(roomsIn(rest, guild, guilds.length > 1))))
      return found.flat()
    },
  }
}

async function checkToken(rest: Rest): Promise<string> {
  const { username } = await said(rest.get<APIUser>(Routes.user()))
  return `The bot is ${username}.`
}

async function checkIntent(rest: Rest): Promise<string> {
  const { flags = 0 } = await said(rest.get<APIApplication>(Routes.currentApplication()))
  if (flags & content) return 'The hub may read what people write in threads.'
  throw refused(
    'What people write in threads would not reach the hub: in the Developer Portal, under Bot, switch on ' +
      '"Message Content Intent".',
  )
}

async function checkServers(rest: Rest, token: string): Promise<string> {
  const guilds = await said(listGuilds(rest))
  if (guilds.length > 0) return `The bot is in ${guilds.map(guild => guild.name).join(', ')}.`
  throw refused(`The bot is in no server yet. Open this link and choose yours: ${inviteLink(token)}`)
}

async function checkRoom(rest: Rest, room: FoundRoom): Promise<string> {
  const channel = await rest.get<APIChannel>(Routes.channel(room.address)).catch(error => {
    throw roomFailure(error, room)
  })
  if (!roomTypes.has(channel.type) || !('guild_id' in channel) || !channel.guild_id) {
    throw refused(`${room.name} is no text channel or forum: bind one of these instead.`)
  }
  const { id } = await said(rest.get<APIUser>(Routes.user()))
  const [member, roles] = await said(
    Promise.all([
      rest.get<APIGuildMember>(Routes.guildMember(channel.guild_id, id)),
      rest.get<APIRole[]>(Routes.guildRoles(channel.guild_id)),
    ]),
  )
  const overwrites = ('permission_overwrites' in channel && channel.permission_overwrites) || ([] as APIOverwrite[])
  const missing = missingPermissions({ guild: channel.guild_id, member, roles, overwrites })
  if (missing.length === 0) {
    if (!forums.has(channel.type)) return 'A text channel: each incident is a card.'
    return ['A forum: each incident is a post.', ...tagHint(channel as { available_tags?: { name: string }[] })].join(
      ' ',
    )
  }
  throw refused(
    `In ${room.name} the bot lacks ${missing.map(name => `"${name}"`).join(', ')}: open the channel’s settings, ` +
      'Permissions, add the bot and allow these.',
  )
}

function tagHint({ available_tags = [] }: { available_tags?: readonly { name: string }[] }): readonly string[] {
  const missing = missingTags(available_tags)
  if (missing.length === 0) return []
  const names = missing.join(', ')
  return [
    `Posts get tags if these are there: ${names}. Make them in its settings, or allow the bot "Manage Channels" there.`,
  ]
}

function listGuilds(rest: Rest): Promise<RESTAPIPartialCurrentUserGuild[]> {
  return rest.get<RESTAPIPartialCurrentUserGuild[]>(Routes.userGuilds())
}

async function roomsIn(
  rest: Rest,
  guild: RESTAPIPartialCurrentUserGuild,
  several: boolean,
): Promise<readonly FoundRoom[]> {
  const channels = await rest.get<Listed[]>(Routes.guildChannels(guild.id))
  return channels
    .filter(channel => roomTypes.has(channel.type))
    .map(({ id, name }) => ({ address: id, name: `#${name ?? id}${several ? ` (${guild.name})` : ''}` }))
}

function roomFailure(error: unknown, room: FoundRoom): PlatformError {
  const code = error instanceof DiscordAPIError ? Number(error.code) : 0
  if (code === 10003) return refused(`${room.name} is gone from Discord: bind another room in its place.`)
  if (code === 50001) {
    return refused(
      `The bot cannot see ${room.name}: open the channel’s settings, Permissions, add the bot, "View Channel".`,
    )
  }
  return failureOf(error, { where: room.name, needs: '"View Channel"' })
}

/** What was asked, or the failure in words that say what to do. */
async function said<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 401) {
      throw refused(
        'Discord refuses the token. In the Developer Portal, under Bot, press "Reset Token" and put the new one into ' +
          'DISCORD_TOKEN.',
      )
    }
    throw failureOf(error, { where: 'Discord', needs: 'what the invitation asks for' })
  }
}

function refused(message: string): PlatformError {
  return new PlatformError('discord', message, { permanent: true })
}
