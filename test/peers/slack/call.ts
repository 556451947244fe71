import { blockProblems, viewProblems } from './blocks.ts'
import type { Tier } from './rate.ts'
import { Refused } from './refused.ts'
import type { Json } from './shape.ts'
import { pictured, uploaded, uploadMethods } from './uploads.ts'
import { bot, type Channel, type Message, shown, type View, type World } from './world.ts'

/** A method as Slack documents it: its arguments, the scopes of which it needs one, and what it does. */
export type Method = {
  readonly needs: readonly string[]
  readonly may: readonly string[]
  readonly tier: Tier
  /** The scope that it needs of the bot's token, for that channel. */
  readonly scope: (channel: Channel | null) => string | null
  readonly run: (args: Json, world: World, tell: Tell) => Json | Promise<Json>
}

/** What a method reports: a broken rule, or something that people's clients see. */
export type Tell = { readonly broken: (rule: string) => void; readonly posted: (channel: Channel, event: Json) => void }

const content = ['text', 'blocks', 'metadata', 'parse', 'link_names', 'thread_ts', 'unfurl_links', 'unfurl_media']
const write = () => 'chat:write'
const none = () => null
const historyScope = (channel: Channel | null) => `${channel?.kind ?? 'channel'}s:history`.replace('ims:', 'im:')
const readScope = (channel: Channel | null) => (channel?.kind === 'group' ? 'groups:read' : 'channels:read')
const paging = ['cursor', 'limit', 'oldest', 'latest', 'inclusive', 'include_all_metadata']

/** Every method of the Web API that the peer speaks; any other is unknown to it. */
export const methods: Readonly<Record<string, Method>> = {
  'auth.test': {
    ...{ needs: [], may: [], tier: 'tier4', scope: none },
    run: () => ({
      url: 'https://example.slack.com/',
      team: 'Example',
      user: 'trust_hub',
      team_id: bot.team,
      user_id: bot.user,
      bot_id: bot.id,
    }),
  },
  'chat.postMessage': {
    ...{ needs: ['channel', 'text'], may: content, tier: 'post', scope: write },
    run(args, world, tell) {
      // Who is named in a channel's place is written to directly, in a conversation that is opened for it.
      const user = world.users.get(String(args.channel))
      if (user?.gone) throw new Refused('channel_not_found')
      const channel = user ? world.direct(user.id) : writable(args, world)
      checkContent(args, tell, world)
      const thread = typeof args.thread_ts === 'string' ? args.thread_ts : null
      if (thread && !channel.messages.some(one => one.ts === thread)) throw new Refused('thread_not_found')
      const message: Message = {
        ts: world.stamp(),
        user: bot.user,
        bot: true,
        text: String(args.text),
        blocks: (args.blocks as Json[] | undefined) ?? [],
        thread,
        metadata: (args.metadata as Json | undefined) ?? null,
        files: [],
        edited: null,
      }
      channel.messages.push(message)
      tell.posted(channel, { ...shown(message), channel: channel.id, event_ts: message.ts })
      return { channel: channel.id, ts: message.ts, message: shown(message) }
    },
  },
  'chat.update': {
    ...{
      needs: ['channel', 'ts', 'text'],
      may: content.filter(name => !/thread|unfurl/.test(name)),
      tier: 'tier3',
      scope: write,
    },
    run(args, world, tell) {
      const channel = writable(args, world)
      const message = channel.messages.find(one => one.ts === args.ts)
      if (!message) throw new Refused('message_not_found')
      if (!message.bot) throw new Refused('cant_update_message')
      checkContent(args, tell, world)
      message.text = String(args.text)
      message.blocks = (args.blocks as Json[] | undefined) ?? []
      if (args.metadata) message.metadata = args.metadata as Json
      message.edited = world.stamp()
      return { channel: channel.id, ts: message.ts, text: message.text, message: shown(message) }
    },
  },
  'chat.delete': {
    ...{ needs: ['channel', 'ts'], may: [], tier: 'tier3', scope: write },
    run(args, world) {
      const channel = known(args, world)
      const index = channel.messages.findIndex(one => one.ts === args.ts)
      if (index < 0) throw new Refused('message_not_found')
      if (!channel.messages[index]?.bot) throw new Refused('cant_delete_message')
      channel.messages.splice(index, 1)
      return { channel: channel.id, ts: args.ts }
    },
  },
  'chat.postEphemeral': {
    ...{ needs: ['channel', 'user', 'text'], may: ['blocks', 'thread_ts'], tier: 'tier4', scope: write },
    run(args, world, tell) {
      const channel = writable(args, world)
      if (!world.users.has(String(args.user))) throw new Refused('user_not_in_channel')
      checkContent(args, tell, world)
      return { message_ts: whisper(world, String(args.user), channel.id, args) }
    },
  },
  'chat.getPermalink': {
    ...{ needs: ['channel', 'message_ts'], may: [], tier: 'tier4', scope: none },
    run(args, world) {
      const channel = known(args, world)
      if (!channel.messages.some(one => one.ts === args.message_ts)) throw new Refused('message_not_found')
      const at = String(args.message_ts).replace('.', '')
      return { channel: channel.id, permalink: `https://example.slack.com/archives/${channel.id}/p${at}` }
    },
  },
  'conversations.open': {
    ...{ needs: ['users'], may: ['return_im', 'prevent_creation'], tier: 'tier3', scope: () => 'im:write' },
    run({ users: account }, world) {
      const user = world.users.get(String(account))
      if (!user) throw new Refused('user_not_found')
      if (user.gone) throw new Refused('user_disabled')
      return { channel: { id: world.direct(user.id).id } }
    },
  },
  'conversations.info': {
    ...{ needs: ['channel'], may: ['include_locale'], tier: 'tier3', scope: readScope },
    run: (args, world) => ({ channel: channelJson(known(args, world)) }),
  },
  'conversations.list': {
    ...{ needs: [], may: ['types', 'exclude_archived', 'limit', 'cursor'], tier: 'tier2', scope: readScope },
    run: (_, world) => ({
      channels: [...world.channels.values()].filter(one => one.kind !== 'im').map(channelJson),
      response_metadata: { next_cursor: '' },
    }),
  },
  'conversations.history': {
    ...{ needs: ['channel'], may: paging, tier: 'tier3', scope: historyScope },
    run(args, world) {
      const channel = readable(args, world)
      const all = channel.messages.filter(one => !one.thread).toReversed()
      return page(all, args, one => {
        const replies = channel.messages.filter(each => each.thread === one.ts)
        const latest = replies.at(-1)
        return { ...shown(one, replies.length), ...(latest ? { latest_reply: latest.ts } : {}) }
      })
    },
  },
  'conversations.replies': {
    ...{ needs: ['channel', 'ts'], may: paging, tier: 'tier3', scope: historyScope },
    run(args, world) {
      const channel = readable(args, world)
      const asked = channel.messages.find(one => one.ts === args.ts)
      if (!asked) throw new Refused('thread_not_found')
      const all = channel.messages.filter(one => one.thread === args.ts || one.ts === args.ts)
      return page(all, args, one => shown(one))
    },
  },
  'files.info': {
    ...{ needs: ['file'], may: [], tier: 'tier4', scope: () => 'files:read' },
    run({ file }, world) {
      const meta = world.files.get(String(file))?.meta ?? uploaded(String(file), world)
      if (!meta) throw new Refused('file_not_found')
      return { file: meta }
    },
  },
  ...uploadMethods,
  'usergroups.list': {
    ...{
      needs: [],
      may: ['include_users', 'include_disabled', 'include_count'],
      tier: 'tier2',
      scope: () => 'usergroups:read',
    },
    run: ({ include_users: users }, world) => ({
      usergroups: [...world.groups].map(([id, members]) => ({
        id,
        ...(users ? { users: [...members] } : {}),
        date_delete: 0,
      })),
    }),
  },
  'users.info': {
    ...{ needs: ['user'], may: ['include_locale'], tier: 'tier4', scope: () => 'users:read' },
    run({ user: account, include_locale: wanted }, world) {
      const user = world.users.get(String(account))
      if (!user) throw new Refused('user_not_found')
      return { user: { id: user.id, deleted: user.gone, ...(wanted ? { locale: user.locale } : {}) } }
    },
  },
  'views.open': {
    ...{ needs: ['trigger_id', 'view'], may: [], tier: 'tier4', scope: none },
    run: (args, world, tell) => ({ view: viewJson(laid(args, world, tell, true)) }),
  },
  'views.push': {
    ...{ needs: ['trigger_id', 'view'], may: [], tier: 'tier4', scope: none },
    run: (args, world, tell) => ({ view: viewJson(laid(args, world, tell, false)) }),
  },
  'views.update': {
    ...{ needs: ['view_id', 'view'], may: ['hash'], tier: 'tier4', scope: none },
    run(args, world, tell) {
      checkView(args.view, tell)
      const view = [...world.views.values()].flat().find(one => one.id === args.view_id)
      if (!view) throw new Refused('not_found')
      replaceView(view, args.view as Json, world)
      return { view: viewJson(view) }
    },
  },
  'views.publish': {
    ...{ needs: ['user_id', 'view'], may: ['hash'], tier: 'tier4', scope: none },
    run(args, world, tell) {
      checkView(args.view, tell)
      if (!world.users.has(String(args.user_id))) throw new Refused('user_not_found')
      world.homes.set(String(args.user_id), args.view as Json)
      return { view: { id: `V${args.user_id}HOME` } }
    },
  },
}

/** Shows something to one person; gives its timestamp. */
export function whisper(world: World, user: string, channel: string, body: Json): string {
  const ts = world.stamp()
  const thread = typeof body.thread_ts === 'string' ? body.thread_ts : null
  world.ephemerals.set(user, [...(world.ephemerals.get(user) ?? []), { ts, channel, thread, body }])
  return ts
}

/** Puts another body in the place of a view, which keeps its id. */
export function replaceView(view: View, body: Json, world: World): void {
  Object.assign(view, { body, hash: world.stamp(), errors: {}, state: initialState(body) })
}

/** A view as Slack sends it. */
export function viewJson({ id, hash, body, state }: View): Json {
  return { ...body, id, hash, team_id: bot.team, app_id: bot.app, bot_id: bot.id, state: { values: state } }
}

/** What stands in a view's inputs before anything is typed. */
export function initialState({ blocks }: Json): View['state'] {
  const inputs = (blocks as Json[]).filter(one => one.type === 'input')
  return Object.fromEntries(
    inputs.map(({ block_id: block, element }) => {
      const {
        type,
        action_id: action,
        initial_value: value,
        initial_option: one,
        initial_options: some,
      } = element as Json
      const given = {
        ...(type === 'plain_text_input' ? { value: value ?? null } : {}),
        ...(type === 'checkboxes' ? { selected_options: some ?? [] } : {}),
        ...(type === 'file_input' ? { files: [] } : {}),
        ...(/select|radio/.test(String(type)) ? { selected_option: one ?? null } : {}),
      }
      return [String(block), { [String(action)]: { type, ...given } }]
    }),
  )
}

/** What is wrong with a message's text, blocks and metadata. */
export function checkContent(args: Json, tell: Pick<Tell, 'broken'>, world: World): void {
  const { text, blocks, metadata } = args
  if (typeof text !== 'string' || text === '') tell.broken('a message without top-level text')
  if (String(text).length > 4000)
    tell.broken(`a top-level text of ${String(text).length} characters, 4,000 are advised`)
  if (/<[!@#](?!date)/.test(String(text))) tell.broken('a mention in the top-level text')
  if (metadata !== undefined) checkMetadata(metadata as Json, tell)
  const problems = blocks === undefined ? [] : blockProblems(blocks, 'message')
  if (problems.length > 0) {
    tell.broken(`blocks: ${problems.join('; ')}`)
    throw new Refused('invalid_blocks', problems)
  }
  if (blocks !== undefined) args.blocks = pictured(blocks as Json[], world)
}

function checkMetadata({ event_type: type, event_payload: payload, ...rest }: Json, tell: Pick<Tell, 'broken'>): void {
  const flat = Object.values((payload ?? {}) as Json).every(value =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  if (typeof type !== 'string' || !payload || !flat || Object.keys(rest).length > 0)
    tell.broken('metadata of another shape')
  if (Object.values(payload as Json).some(value => String(value).length > 64))
    tell.broken('metadata that says too much')
}

function checkView(view: unknown, tell: Tell): void {
  const problems = viewProblems(view)
  if (problems.length === 0) return
  tell.broken(`view: ${problems.join('; ')}`)
  throw new Refused('invalid_arguments', problems)
}

function laid(args: Json, world: World, tell: Tell, open: boolean): View {
  checkView(args.view, tell)
  const trigger = world.triggers.get(String(args.trigger_id))
  if (!trigger) throw new Refused('invalid_trigger_id')
  if (trigger.used) {
    tell.broken('a trigger used twice')
    throw new Refused('exchanged_trigger_id')
  }
  if (Date.now() - trigger.at > 3000 * world.patient) throw new Refused('expired_trigger_id')
  trigger.used = true
  const stack = open ? [] : (world.views.get(trigger.user) ?? [])
  if (!open && (!trigger.modal || stack.length === 0)) throw new Refused('not_found')
  if (stack.length === 3) throw new Refused('push_limit_reached')
  const body = args.view as Json
  const view: View = {
    id: `V${world.stamp().replace('.', '')}`,
    hash: world.stamp(),
    body,
    errors: {},
    state: initialState(body),
  }
  world.views.set(trigger.user, [...stack, view])
  return view
}

function known({ channel: id }: Json, world: World): Channel {
  const channel = world.channels.get(String(id))
  if (!channel) throw new Refused('channel_not_found')
  return channel
}

function readable(args: Json, world: World): Channel {
  const channel = known(args, world)
  if (!channel.member) throw new Refused(channel.kind === 'group' ? 'channel_not_found' : 'not_in_channel')
  return channel
}

function writable(args: Json, world: World): Channel {
  const channel = readable(args, world)
  if (channel.archived) throw new Refused('is_archived')
  return channel
}

function channelJson({ id, name, kind, member, archived }: Channel): Json {
  return { id, name, is_private: kind === 'group', is_member: member, is_archived: archived, is_im: kind === 'im' }
}

function page(all: readonly Message[], args: Json, draw: (message: Message) => Json): Json {
  const from = Number(args.oldest ?? 0)
  const until = Number(args.latest ?? Number.POSITIVE_INFINITY)
  const inside = (at: number) =>
    String(args.inclusive) === 'true' ? at >= from && at <= until : at > from && at < until
  // The root of a thread is given whatever is asked for.
  const matching = all.filter(one => inside(Number(one.ts)) || one.ts === args.ts)
  const start = Number(args.cursor ?? 0)
  const limit = Math.min(999, Number(args.limit ?? 100))
  const more = start + limit < matching.length
  const messages = matching.slice(start, start + limit).map(one => {
    const { metadata, ...rest } = draw(one)
    return args.include_all_metadata && metadata ? { ...rest, metadata } : rest
  })
  return { messages, has_more: more, response_metadata: { next_cursor: more ? String(start + limit) : '' } }
}
