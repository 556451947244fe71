import type { Callbacks } from './callback.ts'
import type { Gateway } from './gateway.ts'
import { commandFaults, messageFaults } from './rules.ts'
import {
  type Attachment,
  addMessage,
  type Channel,
  type Component,
  channelOf,
  conversation,
  type Json,
  kinds,
  type Message,
  madeAt,
  messageOf,
  messagesIn,
  numbered,
  Refusal,
  snowflake,
  type World,
} from './world.ts'

/** A request that passed the door. */
export type Asked = {
  readonly method: string
  readonly route: string
  readonly steps: readonly string[]
  readonly body: Json
  readonly query: URLSearchParams
}

/** What answering works with. */
export type ApiOptions = {
  readonly world: World
  readonly gateway: () => Gateway
  readonly callbacks: Callbacks
  readonly url: () => string
  readonly allowed: () => number
  readonly scale: number
  readonly broke: (what: string) => void
  /** True where a test has taken permissions away on purpose. */
  readonly taken: () => boolean
  readonly mostThreads: () => number
}

const bits = {
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageChannels: 1n << 4n,
  ReadMessageHistory: 1n << 16n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
  AttachFiles: 1n << 15n,
} as const

/** Makes what answers requests as Discord does; refusals are thrown. */
export function createApi(options: ApiOptions): (asked: Asked) => unknown {
  const { world, broke, callbacks } = options
  const nonces = new Map<string, { message: Message; at: number }>()
  const oldEdits = new Map<string, number>()

  return ({ method, route, steps, body, query }) => {
    const [one = '', two = '', three = '', four = ''] = steps.filter((_, index) => index % 2 === 1)
    switch (`${method} ${route}`) {
      case 'GET /gateway/bot':
        return { url: options.url(), shards: 1, session_start_limit: limits }
      case 'GET /users/{user_id}':
      case 'GET /users/@me':
        return world.bot
      case 'GET /applications/@me':
        return { id: world.application, name: 'Trust Hub', flags: options.allowed() & (1 << 15) ? 1 << 19 : 0 }
      case 'GET /users/@me/guilds':
        return world.kicked ? [] : [{ id: world.guild, name: 'Example server', permissions: String(world.permissions) }]
      case 'GET /guilds/{guild_id}/channels':
        return [...world.channels.values()].filter(each => each.guild_id && each.type !== kinds.thread)
      case 'GET /guilds/{guild_id}/members/{user_id}':
        return { user: world.bot, roles: ['bot-role'] }
      case 'GET /guilds/{guild_id}/roles':
        return [
          { id: world.guild, name: '@everyone', permissions: '0' },
          { id: 'bot-role', name: 'Trust Hub', permissions: String(world.permissions) },
        ]
      case 'GET /guilds/{guild_id}/threads/active':
        return { threads: activeThreads(world), members: [] }
      case 'POST /users/@me/channels':
        return conversation(world, String(body.recipient_id))
      case 'GET /channels/{channel_id}':
        return seen(one)
      case 'PATCH /channels/{channel_id}':
        return changeChannel(seen(one), body)
      case 'GET /channels/{channel_id}/messages':
        return list(one, query)
      case 'POST /channels/{channel_id}/messages':
        return create(one, body)
      case 'GET /channels/{channel_id}/messages/{message_id}':
        need(seen(one), 'ReadMessageHistory')
        return messageOf(world, one, two)
      case 'PATCH /channels/{channel_id}/messages/{message_id}':
        return edit(one, two, body)
      case 'DELETE /channels/{channel_id}/messages/{message_id}':
        return take(one, two)
      case 'POST /channels/{channel_id}/messages/{message_id}/threads':
        return threadFrom(one, two, body)
      case 'POST /channels/{channel_id}/threads':
        return forumPost(one, body)
      case 'GET /channels/{channel_id}/threads/archived/public':
        return archived(one, query)
      case 'PUT /applications/{application_id}/commands':
        return enlist('global', body)
      case 'PUT /applications/{application_id}/guilds/{guild_id}/commands':
        return enlist(two, body)
      case 'POST /interactions/{interaction_id}/{interaction_token}/callback':
        return callbacks.answer(one, steps[2] ?? '', body)
      case 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original':
        return callbacks.change(steps[2] ?? '', body)
      case 'DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original':
        return callbacks.remove(steps[2] ?? '')
      case 'POST /webhooks/{webhook_id}/{webhook_token}':
        return callbacks.follow(steps[2] ?? '', body)
      default:
        broke(`${method} ${route} is not something this peer knows (${one}${two}${three}${four})`)
        throw new Refusal(404, 0, '404: Not Found')
    }
  }

  function archived(id: string, query: URLSearchParams): Json {
    const channel = seen(id)
    need(channel, 'ReadMessageHistory')
    const before = query.get('before')
    const at = (each: Channel) => Date.parse(each.thread_metadata?.archive_timestamp ?? '')
    const all = [...world.channels.values()]
      .filter(each => each.parent_id === id && each.thread_metadata?.archived)
      .filter(each => before === null || at(each) < Date.parse(before))
      .toSorted((one, other) => at(other) - at(one))
    const limit = Number(query.get('limit') ?? 50)
    return { threads: all.slice(0, limit), members: [], has_more: all.length > limit }
  }

  function seen(id: string): Channel {
    const channel = channelOf(world, id)
    if (channel.guild_id) need(channel, 'ViewChannel', 50001)
    return channel
  }

  function need(channel: Channel, permission: keyof typeof bits, code = 50013): void {
    if (!channel.guild_id || isAllowed(channel, permission)) return
    if (!options.taken() && permission !== 'ManageChannels') broke(`${permission} is used and not asked for`)
    throw new Refusal(403, code, code === 50001 ? 'Missing Access' : 'Missing Permissions')
  }

  function isAllowed(channel: Channel, permission: keyof typeof bits): boolean {
    const parent = channel.type === kinds.thread ? world.channels.get(channel.parent_id ?? '') : channel
    const own = (parent?.permission_overwrites ?? []).filter(each => each.id === world.bot.id || each.id === 'bot-role')
    const denied = own.reduce((sum, each) => sum | BigInt(each.deny), 0n)
    return (world.permissions & ~denied & bits[permission]) !== 0n
  }

  function list(id: string, query: URLSearchParams): Message[] {
    need(seen(id), 'ReadMessageHistory')
    const limit = Number(query.get('limit') ?? 50)
    if (limit > 100) broke('over 100 messages are asked for')
    const [after, before] = [query.get('after'), query.get('before')]
    const all = messagesIn(world, id).filter(each => !before || BigInt(each.id) < BigInt(before))
    const some = after ? all.filter(each => BigInt(each.id) > BigInt(after)).slice(0, limit) : all.slice(-limit)
    return some.toReversed().map(({ nonce: _, ...message }) => message)
  }

  function create(id: string, body: Json): Message {
    const channel = seen(id)
    if (channel.type === kinds.forum) throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel')
    mayWrite(channel, body)
    check(body)
    if (body.enforce_nonce !== true || body.nonce === undefined) broke('a message is created without an enforced nonce')
    if (String(body.nonce ?? '').length > 25) broke('a nonce of over 25 characters')
    const before = nonces.get(String(body.nonce))
    if (before && Date.now() - before.at < 300_000 / options.scale) return before.message
    const message = made(id, body)
    nonces.set(String(body.nonce), { message, at: Date.now() })
    return publish(message)
  }

  function mayWrite(channel: Channel, body: Json): void {
    if (channel.type === kinds.direct) {
      if (world.closed.has(channel.recipients?.[0]?.id ?? '')) {
        throw new Refusal(403, 50007, 'Cannot send messages to this user')
      }
      return
    }
    if (channel.type === kinds.thread) {
      need(channel, 'SendMessagesInThreads')
      if (channel.thread_metadata?.locked) throw new Refusal(400, 160005, 'Thread is locked')
      if (channel.thread_metadata?.archived) tellThread(channel, { archived: false })
    } else need(channel, 'SendMessages')
    if (body.message_reference) need(channel, 'ReadMessageHistory')
    if (body.attachments) need(channel, 'AttachFiles')
  }

  function made(channel_id: string, body: Json, id = snowflake()): Message {
    return {
      ...{
        id,
        channel_id,
        author: world.bot,
        type: body.message_reference ? 19 : 0,
        content: String(body.content ?? ''),
      },
      ...{
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        attachments: (body.attachments ?? []) as Attachment[],
      },
      components: numbered((body.components ?? []) as Component[]),
      flags: Number(body.flags ?? 0),
      ...(body.nonce === undefined ? {} : { nonce: body.nonce as string }),
      ...(body.message_reference ? { message_reference: body.message_reference as Json } : {}),
    }
  }

  function publish(message: Message): Message {
    addMessage(world, message)
    const guild = world.channels.get(message.channel_id)?.guild_id
    options.gateway().dispatch('MESSAGE_CREATE', { ...message, ...(guild ? { guild_id: guild } : {}) })
    return message
  }

  function edit(channel: string, id: string, body: Json): Message {
    const place = seen(channel)
    const message = messageOf(world, channel, id)
    if (message.author.id !== world.bot.id) throw new Refusal(403, 50005, 'Cannot edit a message by another user')
    if (place.thread_metadata?.archived) throw new Refusal(400, 50083, 'Thread is archived')
    check({ ...body, flags: Number(body.flags ?? 0) | message.flags })
    const old = world.aged.has(id) || Date.now() - madeAt(message.id) > 3_600_000 / options.scale
    if (old) {
      const times = (oldEdits.get(id) ?? 0) + 1
      oldEdits.set(id, times)
      if (times > 1) {
        throw new Refusal(400, 30046, 'Maximum number of edits to messages older than 1 hour reached. Try again later.')
      }
    }
    message.components = numbered((body.components ?? message.components) as Component[])
    if (body.attachments) message.attachments = body.attachments as Attachment[]
    message.edited_timestamp = new Date().toISOString()
    options
      .gateway()
      .dispatch('MESSAGE_UPDATE', { ...message, ...(place.guild_id ? { guild_id: place.guild_id } : {}) })
    return message
  }

  function take(channel: string, id: string): null {
    seen(channel)
    messageOf(world, channel, id)
    world.messages.set(
      channel,
      messagesIn(world, channel).filter(each => each.id !== id),
    )
    return null
  }

  function threadFrom(id: string, message: string, body: Json): Channel {
    const channel = seen(id)
    need(channel, 'CreatePublicThreads')
    messageOf(world, id, message)
    if (world.channels.has(message))
      throw new Refusal(400, 160004, 'A thread has already been created for this message')
    return openThread(channel, message, body)
  }

  function forumPost(id: string, body: Json): Json {
    const forum = seen(id)
    if (forum.type !== kinds.forum) throw new Refusal(400, 50024, 'Cannot execute action on this channel type')
    need(forum, 'SendMessages')
    const tags = (body.applied_tags ?? []) as string[]
    if ((forum.flags & (1 << 4)) !== 0 && tags.length === 0) {
      throw new Refusal(400, 40067, 'A tag is required to create a forum post in this channel')
    }
    checkTags(forum, tags)
    const first = body.message as Json
    check(first)
    const thread = openThread(forum, snowflake(), { ...body, applied_tags: tags })
    const message = publish(made(thread.id, first, thread.id))
    return { ...thread, message }
  }

  function openThread(parent: Channel, id: string, body: Json): Channel {
    if (activeThreads(world).length >= options.mostThreads()) {
      throw new Refusal(400, 160006, 'Maximum number of active threads reached')
    }
    if (![60, 1440, 4320, 10_080].includes(Number(body.auto_archive_duration ?? 1440))) broke('an unknown archive time')
    const thread: Channel = {
      ...{ id, type: kinds.thread, name: String(body.name), parent_id: parent.id, owner_id: world.bot.id, flags: 0 },
      ...(parent.guild_id ? { guild_id: parent.guild_id } : {}),
      applied_tags: (body.applied_tags ?? []) as string[],
      last_message_id: null,
      thread_metadata: {
        ...{ archived: false, locked: false, auto_archive_duration: 1440 },
        archive_timestamp: new Date().toISOString(),
      },
    }
    world.channels.set(id, thread)
    options.gateway().dispatch('THREAD_CREATE', { ...thread, newly_created: true })
    return thread
  }

  function changeChannel(channel: Channel, body: Json): Channel {
    if (channel.type === kinds.thread) return changeThread(channel, body)
    need(channel, 'ManageChannels')
    const tags = (body.available_tags ?? []) as { id?: string; name: string }[]
    if (tags.length > 20) broke(`${tags.length} tags in a forum, at most 20`)
    if (tags.some(tag => tag.name.length > 20)) broke('a tag of over 20 characters')
    channel.available_tags = tags.map(tag => ({
      ...{ id: tag.id ?? snowflake(), name: tag.name, moderated: false, emoji_id: null, emoji_name: null },
    }))
    options.gateway().dispatch('CHANNEL_UPDATE', channel as unknown as Json)
    return channel
  }

  function changeThread(thread: Channel, body: Json): Channel {
    const own = thread.owner_id === world.bot.id
    const locks = body.locked !== undefined || thread.thread_metadata?.locked
    if (locks || !own) need(thread, 'ManageThreads')
    if (thread.thread_metadata?.archived && body.archived !== false) throw new Refusal(400, 50083, 'Thread is archived')
    if (body.applied_tags) {
      checkTags(world.channels.get(thread.parent_id ?? '') as Channel, body.applied_tags as string[])
      thread.applied_tags = body.applied_tags as string[]
    }
    if (typeof body.name === 'string') thread.name = body.name
    tellThread(thread, body)
    return thread
  }

  function tellThread(thread: Channel, change: Json): void {
    const { archived, locked } = change
    thread.thread_metadata = {
      ...(thread.thread_metadata as NonNullable<Channel['thread_metadata']>),
      ...(typeof archived === 'boolean' ? { archived } : {}),
      ...(typeof locked === 'boolean' ? { locked } : {}),
    }
    options.gateway().dispatch('THREAD_UPDATE', thread as unknown as Json)
  }

  function checkTags(forum: Channel, tags: readonly string[]): void {
    if (tags.length > 5) broke(`${tags.length} tags on a post, at most 5`)
    if (tags.some(id => !forum.available_tags?.some(tag => tag.id === id))) throw new Refusal(400, 10087, 'Unknown Tag')
  }

  function enlist(where: string, body: Json): Json[] {
    const commands = body as unknown as Json[]
    for (const fault of commandFaults(commands)) broke(`commands: ${fault}`)
    if (where !== 'global' && commands.some(one => one.contexts !== undefined)) broke('contexts on a server command')
    world.commands.set(where, commands)
    return commands.map(command => ({ ...command, id: snowflake(), application_id: world.application }))
  }

  function check(body: Json): void {
    for (const fault of messageFaults(body)) {
      broke(`a message: ${fault}`)
      throw new Refusal(400, 50035, `Invalid Form Body: ${fault}`)
    }
  }
}

const limits = { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 }

/** The threads of the server that are not archived. */
export function activeThreads(world: World): Channel[] {
  return [...world.channels.values()].filter(each => each.type === kinds.thread && !each.thread_metadata?.archived)
}
