/** Anything in JSON. */
export type Json = Record<string, unknown>

/** A component as Discord keeps it. */
export type Component = Json & {
  type: number
  id?: number
  custom_id?: string
  label?: string
  content?: string
  components?: Component[]
  component?: Component
  accessory?: Component
}

/** A message as Discord keeps it; `hidden` is whom alone it is shown to. */
export type Message = {
  id: string
  channel_id: string
  author: User
  type: number
  content: string
  timestamp: string
  edited_timestamp: string | null
  components: Component[]
  flags: number
  attachments: Attachment[]
  nonce?: string | number
  message_reference?: Json
  hidden?: string
}

/** A file on Discord. */
export type Attachment = {
  id: string
  filename: string
  size: number
  url: string
  proxy_url: string
  content_type: string
  description?: string
}

/** Somebody with an account. */
export type User = { id: string; username: string; discriminator: string; avatar: null; bot?: boolean }

/** A channel, thread or conversation. */
export type Channel = {
  id: string
  type: number
  name: string | null
  guild_id?: string
  parent_id?: string | null
  owner_id?: string
  last_message_id: string | null
  available_tags?: { id: string; name: string; moderated: boolean; emoji_id: null; emoji_name: null }[]
  applied_tags?: string[]
  flags: number
  thread_metadata?: { archived: boolean; locked: boolean; auto_archive_duration: number; archive_timestamp: string }
  recipients?: User[]
  permission_overwrites?: { id: string; type: number; allow: string; deny: string }[]
}

/** Kinds of channels, by Discord's numbers. */
export const kinds = { text: 0, direct: 1, thread: 11, forum: 15 } as const

/** What is forbidden, as Discord answers it. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const epoch = 1_420_070_400_000n
let counted = 0n

/** A fresh id; ids rise with time. `at`: as if it were made then. */
export function snowflake(at = Date.now()): string {
  counted = (counted + 1n) % 4_194_304n
  return String(((BigInt(at) - epoch) << 22n) | counted)
}

/** When the thing of that id was made, epoch ms. */
export function madeAt(id: string): number {
  return Number((BigInt(id) >> 22n) + epoch)
}

/** Everything that stands on the server of this world. */
export type World = {
  readonly guild: string
  readonly bot: User
  readonly application: string
  readonly channels: Map<string, Channel>
  readonly messages: Map<string, Message[]>
  readonly users: Map<string, User>
  readonly roles: Map<string, readonly string[]>
  readonly closed: Set<string>
  /** Messages that are over an hour old, whatever the clock says. */
  readonly aged: Set<string>
  readonly commands: Map<string, Json[]>
  permissions: bigint
  kicked: boolean
}

/** Makes a server with the bot in it, and these channels. */
export function createWorld(
  application: string,
  rooms: readonly {
    readonly id: string
    readonly name: string
    readonly forum?: boolean
    readonly tags?: readonly string[]
  }[],
  permissions: bigint,
): World {
  const guild = '900000000000000001'
  const bot = { id: application, username: 'Trust Hub', discriminator: '0000', avatar: null, bot: true } as const
  const channels = new Map(
    rooms.map(({ id, name, forum = false, tags = [] }): [string, Channel] => {
      const available_tags = tags.map(tag => ({
        ...{ id: snowflake(), name: tag, moderated: false, emoji_id: null, emoji_name: null },
      }))
      const channel: Channel = {
        ...{ id, type: forum ? kinds.forum : kinds.text, name, guild_id: guild, parent_id: null, flags: 0 },
        last_message_id: null,
        ...(forum ? { available_tags } : {}),
        permission_overwrites: [],
      }
      return [id, channel]
    }),
  )
  return {
    ...{ guild, bot, application, channels, permissions, kicked: false },
    messages: new Map(),
    users: new Map([[bot.id, bot]]),
    roles: new Map(),
    closed: new Set(),
    aged: new Set(),
    commands: new Map(),
  }
}

/** Somebody by their account; they are in the server from then on. */
export function userOf(world: World, account: string): User {
  const known = world.users.get(account)
  if (known) return known
  const user: User = { id: account, username: `user-${account.slice(-4)}`, discriminator: '0', avatar: null }
  world.users.set(account, user)
  return user
}

/** The conversation between the bot and somebody. */
export function conversation(world: World, account: string): Channel {
  const open = [...world.channels.values()].find(
    channel => channel.type === kinds.direct && channel.recipients?.[0]?.id === account,
  )
  if (open) return open
  const recipients = [userOf(world, account)]
  const made: Channel = { id: snowflake(), type: kinds.direct, name: null, flags: 0, last_message_id: null, recipients }
  world.channels.set(made.id, made)
  return made
}

/** The channel of that id. @throws Refusal as Discord does */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id)
  if (!channel) throw new Refusal(404, 10003, 'Unknown Channel')
  if (channel.guild_id && world.kicked) throw new Refusal(403, 50001, 'Missing Access')
  return channel
}

/** What stands in a channel, oldest first; without what is shown to one person only. */
export function messagesIn(world: World, channel: string): Message[] {
  return (world.messages.get(channel) ?? []).filter(message => message.hidden === undefined)
}

/** The message of that id. @throws Refusal as Discord does */
export function messageOf(world: World, channel: string, id: string): Message {
  const message = messagesIn(world, channel).find(one => one.id === id)
  if (!message) throw new Refusal(404, 10008, 'Unknown Message')
  return message
}

/** Puts a message where it belongs. */
export function addMessage(world: World, message: Message): void {
  const list = world.messages.get(message.channel_id) ?? []
  world.messages.set(message.channel_id, [...list, message])
  const channel = world.channels.get(message.channel_id)
  if (channel && message.hidden === undefined) channel.last_message_id = message.id
}

/** Every component in a message, outermost first. */
export function componentsIn(components: readonly Component[]): Component[] {
  return components.flatMap(one => [
    one,
    ...componentsIn(one.components ?? []),
    ...componentsIn(one.component ? [one.component] : []),
    ...componentsIn(one.accessory ? [one.accessory] : []),
  ])
}

/** Components as Discord gives them back: each has an id of its own. */
export function numbered(components: readonly Component[]): Component[] {
  const copy = structuredClone(components) as Component[]
  const used = new Set(componentsIn(copy).flatMap(one => one.id ?? []))
  let next = 1
  for (const one of componentsIn(copy)) {
    if (one.id) continue
    while (used.has(next)) next += 1
    one.id = next++
  }
  return copy
}
