import type { Attached, Seen, SeenForm, Someone } from '../peer.ts'
import type { Callbacks, Told } from './callback.ts'
import type { Gateway } from './gateway.ts'
import { readMessage } from './reading.ts'
import {
  type Attachment,
  addMessage,
  type Channel,
  type Component,
  channelOf,
  componentsIn,
  conversation,
  type Json,
  kinds,
  type Message,
  messagesIn,
  Refusal,
  snowflake,
  userOf,
  type World,
} from './world.ts'

/** What people work with. */
export type PeopleOptions = {
  readonly world: World
  readonly gateway: () => Gateway
  readonly callbacks: Callbacks
  readonly attach: (file: Attached, channel: string) => Attachment
  readonly waitMs: number
}

/** Somebody on Discord: what all people can do, and what only Discord has. */
export type Person = Someone & {
  /** Chooses an entry of a message's menu. */
  menu(entry: string, message: string, room: string | null): Promise<void>
  /** What is offered while an incident's number is being typed. */
  choices(command: string, typed: string, room: string | null): Promise<readonly { name: string; value: string }[]>
  /** The language their Discord is in. */
  speaks(locale: string): void
  /** The roles they have in the server. */
  has(...roles: string[]): void
  /** Sends the open form once more, as a slow line makes people do. */
  again(): Promise<void>
}

/** Makes somebody with that account. */
export function createPerson(account: string, options: PeopleOptions): Person {
  const { world, gateway, callbacks } = options
  const user = userOf(world, account)
  let locale = 'en-US'
  let modal: { data: Json; room: string; message: Message | null } | null = null
  let last: { data: Json; room: string; message: Message | null; components: Json[]; resolved: Json } | null = null

  const place = (room: string | null): Channel =>
    room === null ? conversation(world, account) : channelOf(world, room)

  async function interact(
    kind: 'command' | 'press' | 'modal' | 'choices',
    type: number,
    channel: Channel,
    data: Json,
    message?: Message,
  ) {
    const answers: Told[] = []
    let wake = () => {}
    const pending = callbacks.open({
      ...{ kind, account, channel: channel.id },
      told: what => {
        answers.push(what)
        wake()
      },
    })
    const member = { user, roles: world.roles.get(account) ?? [], permissions: '0', joined_at: '2026-01-01T00:00:00Z' }
    gateway().dispatch('INTERACTION_CREATE', {
      ...{ id: pending.id, application_id: world.application, type, token: pending.token, version: 1, data, locale },
      ...{
        channel,
        channel_id: channel.id,
        entitlements: [],
        authorizing_integration_owners: {},
        attachment_size_limit: 1,
      },
      ...(channel.guild_id ? { guild_id: channel.guild_id, member } : { user }),
      ...(message ? { message: forBot(message) } : {}),
      app_permissions: String(world.permissions),
    })
    const end = Date.now() + options.waitMs
    for (;;) {
      const answer = answers.find(one => one.type !== 'deferred')
      if (answer) return answer
      if (Date.now() > end) throw new Error(`Discord: "The application did not respond" (${kind})`)
      await new Promise<void>(resolve => {
        wake = resolve
        setTimeout(resolve, 20)
      })
    }
  }

  function opened(told: Told, room: string, message: Message | null): void {
    if (told.type === 'modal') modal = { data: told.data, room, message }
  }

  async function send(words: string, channel: Channel, files: readonly Attached[], more: Json = {}): Promise<string> {
    const message: Message = {
      ...{ id: snowflake(), channel_id: channel.id, author: user, type: 0, content: words, components: [], flags: 0 },
      ...{ timestamp: new Date().toISOString(), edited_timestamp: null },
      attachments: files.map(file => options.attach(file, channel.id)),
      ...more,
    }
    addMessage(world, message)
    tell('MESSAGE_CREATE', message, channel)
    return message.id
  }

  // What the bot may not read is empty, except in direct conversations.
  function tell(t: string, message: Message, channel: Channel): void {
    const mayRead = !channel.guild_id || (gateway().intents() & (1 << 15)) !== 0
    const shown = mayRead ? message : { ...message, content: '', attachments: [], components: [] }
    const member = { roles: world.roles.get(account) ?? [], joined_at: '2026-01-01T00:00:00Z' }
    const guild = channel.guild_id ? { guild_id: channel.guild_id, member } : {}
    gateway().dispatch(t, { ...shown, ...guild, mentions: [] })
  }

  function threadUnder(room: string, under: string): Channel {
    const thread = world.channels.get(under)
    if (thread) {
      if (thread.thread_metadata?.locked) throw new Error('the thread is locked')
      if (thread.thread_metadata?.archived) {
        thread.thread_metadata.archived = false
        gateway().dispatch('THREAD_UPDATE', thread as unknown as Json)
      }
      return thread
    }
    const parent = channelOf(world, room)
    const metadata = { archived: false, locked: false, auto_archive_duration: 1440, archive_timestamp: '' }
    const made: Channel = {
      ...{ id: under, type: kinds.thread, name: 'talk', parent_id: room, owner_id: account, flags: 0 },
      ...{ last_message_id: null, thread_metadata: metadata },
      ...(parent.guild_id ? { guild_id: parent.guild_id } : {}),
    }
    world.channels.set(under, made)
    gateway().dispatch('THREAD_CREATE', { ...made, newly_created: true })
    return made
  }

  function visible(id: string, room: string | null): Message {
    const found = [...world.messages.values()]
      .flat()
      .find(message => message.id === id && (message.hidden === undefined || message.hidden === account))
    if (!found) throw new Error(`there is no message ${id} in ${room ?? 'the direct conversation'}`)
    return found
  }

  function definition(name: string, channel: Channel): Json {
    const commands = world.commands.get(channel.guild_id ?? 'global') ?? []
    const found = commands.find(command => command.name === name && (command.type ?? 1) === 1)
    if (!found) throw new Error(`Discord knows no /${name} here`)
    return found
  }

  async function pressOn(message: Message, label: string): Promise<Told> {
    const button = componentsIn(message.components).find(one => one.type === 2 && one.label === label)
    if (!button) throw new Error(`no [${label}] on ${readMessage(message).text}`)
    const data = { custom_id: button.custom_id, component_type: 2, id: button.id }
    const told = await interact('press', 3, channelOf(world, message.channel_id), data, message)
    opened(told, message.channel_id, message)
    return told
  }

  async function sendIn(): Promise<void> {
    if (!last) throw new Error('no form was sent in')
    const { data, room, message, components, resolved } = last
    const sent = { custom_id: data.custom_id, components, resolved }
    opened(await interact('modal', 5, channelOf(world, room), sent, message ?? undefined), room, message)
  }

  return {
    account,
    speaks: wished => {
      locale = wished
    },
    has: (...roles) => void world.roles.set(account, roles),

    async type(line, room) {
      const channel = place(room)
      const [, name = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? []
      const options = typedOptions(definition(name, channel), rest)
      const data = { id: snowflake(), name, type: 1, options }
      opened(await interact('command', 2, channel, data), channel.id, null)
    },

    async choices(command, typed, room) {
      const channel = place(room)
      definition(command, channel)
      const options = [{ name: 'id', type: 3, value: typed, focused: true }]
      const told = await interact('choices', 4, channel, { id: snowflake(), name: command, type: 1, options })
      return told.type === 'choices' ? told.choices : []
    },

    async menu(entry, id, room) {
      const message = visible(id, room)
      const commands = world.commands.get(world.guild) ?? []
      if (!commands.some(command => command.type === 3 && command.name === entry)) throw new Error(`no entry ${entry}`)
      const resolved = { messages: { [id]: forBot(message) } }
      const data = { id: snowflake(), name: entry, type: 3, target_id: id, resolved }
      opened(await interact('command', 2, channelOf(world, message.channel_id), data), message.channel_id, null)
    },

    write: (words, room, under, files = []) =>
      send(words, room !== null && under ? threadUnder(room, under) : place(room), files),

    async rewrite(id, words, room) {
      const message = visible(id, room)
      message.content = words
      message.edited_timestamp = new Date().toISOString()
      tell('MESSAGE_UPDATE', message, channelOf(world, message.channel_id))
    },

    async unwrite(id, room) {
      const { channel_id } = visible(id, room)
      const channel = channelOf(world, channel_id)
      world.messages.set(
        channel_id,
        messagesIn(world, channel_id).filter(message => message.id !== id),
      )
      const guild = channel.guild_id ? { guild_id: channel.guild_id } : {}
      gateway().dispatch('MESSAGE_DELETE', { id, channel_id, ...guild })
    },

    /** A question whether they are sure is answered yes, as people do. */
    async press(label, id, room) {
      const told = await pressOn(visible(id, room), label)
      if (told.type !== 'message') return
      const buttons = componentsIn(told.message.components).filter(one => one.type === 2)
      const yes = buttons.find(one => /^(Yes|Sí): /.test(one.label ?? '') && one.label?.endsWith(label))
      if (yes?.label && buttons.length === 1) await pressOn(told.message, yes.label)
    },

    form: () => (modal ? seenForm(modal.data) : null),

    async submit(values, files = []) {
      if (!modal) throw new Error('no form is open')
      const { data, room, message } = modal
      const uploads = files.map(file => options.attach(file, 'ephemeral'))
      const labels = (data.components as Component[]).filter(one => one.type === 18)
      const unknown = Object.keys(values).find(name => !labels.some(one => one.label?.startsWith(name)))
      if (unknown) throw new Error(`the form has no field "${unknown}": ${labels.map(one => one.label).join(' | ')}`)
      const components = labels.map((label): Json => {
        const key = Object.keys(values).find(name => label.label?.startsWith(name))
        const component = filled(label.component as Component, key === undefined ? null : (values[key] ?? ''), uploads)
        return { type: 18, id: label.id ?? 0, component }
      })
      const resolved = uploads.length > 0 ? { attachments: Object.fromEntries(uploads.map(one => [one.id, one])) } : {}
      last = { data, room, message, components, resolved }
      modal = null
      await sendIn()
    },
    again: sendIn,

    async direct() {
      const direct = conversation(world, account).id
      return [...world.messages.values()]
        .flat()
        .filter(one => one.hidden === account || (one.channel_id === direct && one.hidden === undefined))
        .toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
        .map(readMessage) as readonly Seen[]
    },
  }
}

function forBot({ hidden: _, nonce: __, ...message }: Message): Json {
  return message
}

/** What was typed after a command, as its options. */
function typedOptions(command: Json, rest: string): Json[] {
  const options = (command.options ?? []) as Json[]
  if (rest.trim() === '') return []
  const has = (name: string) => options.some(option => option.name === name)
  const verbFirst = options[0]?.name === 'words' && has('id')
  const pattern = verbFirst ? /^(\S+)\s+([A-Za-z]{2,5}-\d+)\s*([\s\S]*)$/ : /^()([A-Za-z]{2,5}-\d+)\s*([\s\S]*)$/
  const [, verb = '', id = '', words = ''] = (has('id') && pattern.exec(rest)) || [null, '', '', rest]
  const said = [verb, words].filter(Boolean).join(' ')
  const given = [
    ...(id ? [{ name: 'id', type: 3, value: id }] : []),
    ...(said ? [{ name: 'words', type: 3, value: said }] : []),
  ]
  const lacking = given.find(one => !has(one.name))
  if (lacking) throw new Error(`/${command.name} has no place for "${lacking.value}"`)
  return given
}

/** A field as it is sent in; null leaves what stands in it. */
function filled(component: Component, value: string | null, uploads: readonly Attachment[]): Json {
  const options = (component.options ?? []) as { value: string; label: string; default?: boolean }[]
  const picked = (wished: string) => {
    const found = options.find(option => option.value === wished || option.label.startsWith(wished))
    if (!found) throw new Error(`"${wished}" is none of ${options.map(option => option.label).join(' | ')}`)
    return found.value
  }
  const set = options.filter(option => option.default).map(option => option.value)
  const base = { type: component.type, id: component.id ?? 0, custom_id: component.custom_id }
  const lacks = (empty: boolean) => {
    if (empty && component.required !== false) throw new Error(`"${component.custom_id}" must be filled in`)
  }
  switch (component.type) {
    case 4: {
      const text = value ?? String(component.value ?? '')
      lacks(text === '')
      if (text.length > Number(component.max_length ?? 4000)) throw new Error(`"${component.custom_id}" is too long`)
      return { ...base, value: text }
    }
    case 21: {
      const one = value === null ? (set[0] ?? null) : value === '' ? null : picked(value)
      lacks(one === null)
      return { ...base, value: one }
    }
    case 3: {
      const values = value === null ? set : value === '' ? [] : [picked(value)]
      lacks(values.length === 0)
      return { ...base, values }
    }
    case 22:
      return {
        ...base,
        values:
          value === null
            ? set
            : value
                .split(',')
                .filter(Boolean)
                .map(one => picked(one.trim())),
      }
    case 19:
      if (uploads.length > Number(component.max_values ?? 1)) throw new Refusal(400, 50035, 'too many files')
      return { ...base, values: uploads.map(file => file.id) }
    default:
      return base
  }
}

function seenForm(data: Json): SeenForm {
  const fields = (data.components as Component[])
    .filter(one => one.type === 18)
    .map(label => {
      const component = label.component as Component
      const options = (component.options ?? []) as { label: string; default?: boolean }[]
      const set = options.filter(option => option.default).map(option => option.label)
      return {
        label: label.label ?? '',
        value: component.type === 4 ? String(component.value ?? '') : set.join(', '),
        // Where a reason stands, the hint has moved into the field itself.
        problem: component.placeholder === undefined ? '' : String(label.description ?? ''),
      }
    })
  return { title: String(data.title), fields }
}
