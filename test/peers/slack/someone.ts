import { randomUUID } from 'node:crypto'
import type { Attached, Someone } from '../peer.ts'
import { viewProblems } from './blocks.ts'
import { initialState, replaceView, viewJson } from './call.ts'
import type { Delivery } from './deliver.ts'
import { fillIn, pageText, seenForm, unfilled } from './modal.ts'
import { buttonsOf, labelOf, seenOf } from './read.ts'
import type { SlackServer } from './server.ts'
import type { Json } from './shape.ts'
import { bot, type Channel, type Message, shown, type View, type World } from './world.ts'

/** What people's side of the peer works with. */
export type Stage = {
  readonly world: World
  readonly delivery: Delivery
  readonly server: SlackServer
  readonly manifest: Json
  readonly broken: (rule: string) => void
  /** Tells the hub of something in a channel, where the manifest subscribes to it. */
  readonly said: (channel: Channel, event: Json) => void
}

/** Somebody of the workspace, with what only Slack's clients have. */
export type SlackSomeone = Someone & {
  /** Chooses a shortcut beside a message, by what it reads. */
  readonly shortcut: (name: string, message: string, room: string | null) => Promise<void>
  /** Opens the app's home page; gives what it reads, as soon as it is there. */
  readonly home: () => Promise<void>
  readonly homePage: () => { readonly text: string; readonly buttons: readonly string[] } | null
  /** The modal in front as plain words, or null. */
  readonly page: () => string | null
  /** Closes the modal in front. */
  readonly dismiss: () => Promise<void>
  /** Fills in fields without sending anything in. */
  readonly fill: (values: Readonly<Record<string, string>>) => Promise<void>
}

/** Somebody who uses Slack. */
export function createSomeone(account: string, stage: Stage): SlackSomeone {
  const { world, delivery, server, manifest } = stage
  const user = { id: account, username: account.toLowerCase(), team_id: bot.team }

  function channelOf(room: string | null): Channel {
    const channel = room === null ? world.direct(account) : world.channels.get(room)
    if (!channel) throw new Error(`no channel ${room}`)
    return channel
  }

  function front(): View | null {
    return world.views.get(account)?.at(-1) ?? null
  }

  function pop(all = false): void {
    world.views.set(account, all ? [] : (world.views.get(account) ?? []).slice(0, -1))
  }

  async function type(line: string, room: string | null): Promise<void> {
    const [, typed = '', words = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? []
    const names = ((manifest.features as Json).slash_commands as Json[]).map(one => String(one.command))
    const command = names.find(one => one === `/${typed}` || one === `/hub-${typed}`)
    if (!command) throw new Error(`/${typed} is not a command here`)
    const channel = channelOf(room)
    await delivery.interaction('slash_commands', {
      token: 'verification',
      team_id: bot.team,
      team_domain: 'example',
      channel_id: channel.id,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
      user_id: account,
      user_name: user.username,
      command,
      text: encode(words),
      api_app_id: bot.app,
      is_enterprise_install: 'false',
      response_url: server.answerUrl(account, channel.id),
      trigger_id: world.trigger(account),
    })
  }

  async function write(words: string, room: string | null, under?: string, files: readonly Attached[] = []) {
    const channel = channelOf(room)
    const message: Message = {
      ts: world.stamp(),
      user: account,
      bot: false,
      ...(files.length > 0 ? { subtype: 'file_share' } : {}),
      text: encode(words),
      blocks: [],
      thread: under ?? null,
      metadata: null,
      files: files.map(upload),
      edited: null,
    }
    channel.messages.push(message)
    stage.said(channel, { ...shown(message), event_ts: message.ts })
    return message.ts
  }

  async function rewrite(id: string, words: string, room: string | null): Promise<void> {
    const channel = channelOf(room)
    const message = own(channel, id)
    const before = shown(message)
    message.text = encode(words)
    message.edited = world.stamp()
    stage.said(channel, changed(message, before, message.edited))
  }

  async function unwrite(id: string, room: string | null): Promise<void> {
    const channel = channelOf(room)
    const message = own(channel, id)
    const before = shown(message)
    const ts = world.stamp()
    // A root whose thread goes on leaves a stone behind.
    if (channel.messages.some(one => one.thread === id)) {
      Object.assign(message, { subtype: 'tombstone', text: 'This message was deleted.', files: [] })
      return stage.said(channel, changed(message, before, ts))
    }
    channel.messages.splice(channel.messages.indexOf(message), 1)
    stage.said(channel, {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: id,
      ts,
      event_ts: ts,
      previous_message: before,
    })
  }

  function own(channel: Channel, id: string): Message {
    const message = channel.messages.find(one => one.ts === id)
    if (!message || message.user !== account) throw new Error(`${id} is no message of ${account}`)
    return message
  }

  async function press(label: string, message: string, room: string | null): Promise<void> {
    const view = front()
    if (message === 'home') return pressOn((world.homes.get(account)?.blocks ?? []) as Json[], label, homeContext())
    if (message === 'modal' && view) return pressOn(view.body.blocks as Json[], label, viewContext(view))
    const channel = channelOf(room)
    const posted = channel.messages.find(one => one.ts === message)
    if (posted) return pressOn(posted.blocks, label, messageContext(channel, posted))
    const mine = (world.ephemerals.get(account) ?? []).find(one => one.ts === message)
    if (!mine) throw new Error(`no message ${message}`)
    const container = { type: 'message', message_ts: mine.ts, channel_id: mine.channel, is_ephemeral: true }
    await pressOn((mine.body.blocks ?? []) as Json[], label, {
      container: { ...container, ...(mine.thread ? { thread_ts: mine.thread } : {}) },
      channel: { id: mine.channel, name: '' },
      response_url: server.answerUrl(account, mine.channel),
    })
  }

  function messageContext(channel: Channel, message: Message): Json {
    const replies = channel.messages.filter(one => one.thread === message.ts).length
    return {
      container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: false },
      channel: { id: channel.id, name: channel.name },
      message: shown(message, replies),
      response_url: server.answerUrl(account, channel.id),
    }
  }

  function viewContext(view: View): Json {
    return { container: { type: 'view', view_id: view.id }, view: viewJson(view), modal: true }
  }

  function homeContext(): Json {
    const body = world.homes.get(account) as Json
    const id = `V${account}HOME`
    return {
      container: { type: 'view', view_id: id },
      view: { ...body, id, hash: JSON.stringify(body).length.toString() },
    }
  }

  async function pressOn(blocks: readonly Json[], label: string, { modal, ...context }: Json): Promise<void> {
    const button = buttonsOf(blocks).find(one => labelOf(one) === label || String(one.value) === label)
    if (!button) throw new Error(`no button "${label}" among ${buttonsOf(blocks).map(labelOf).join(', ')}`)
    await delivery.interaction('interactive', {
      type: 'block_actions',
      user,
      api_app_id: bot.app,
      team: { id: bot.team },
      ...context,
      trigger_id: world.trigger(account, modal === true),
      actions: [
        {
          type: 'button',
          action_id: button.action_id,
          block_id: 'b',
          value: button.value,
          text: button.text,
          action_ts: world.stamp(),
        },
      ],
    })
  }

  async function shortcut(name: string, id: string, room: string | null): Promise<void> {
    const found = ((manifest.features as Json).shortcuts as Json[]).find(one => one.name === name)
    const channel = channelOf(room)
    const message = channel.messages.find(one => one.ts === id)
    if (!found || !message) throw new Error(`no shortcut "${name}" on ${id}`)
    await delivery.interaction('interactive', {
      type: 'message_action',
      callback_id: found.callback_id,
      token: 'verification',
      user: { ...user, name: user.username },
      team: { id: bot.team },
      channel: { id: channel.id, name: channel.name },
      message_ts: message.ts,
      message: shown(message),
      response_url: server.answerUrl(account, channel.id),
      trigger_id: world.trigger(account),
    })
  }

  function upload({ name, type: mimetype, bytes }: Attached): Json {
    const id = `F${randomUUID().slice(0, 8).toUpperCase()}`
    const url = server.fileUrl(id, name)
    const meta = {
      id,
      name,
      title: name,
      mimetype,
      size: bytes.length,
      mode: 'hosted',
      url_private: url,
      url_private_download: url,
    }
    world.files.set(id, { meta, bytes })
    return meta
  }

  async function fill(values: Readonly<Record<string, string>>, files: readonly Attached[] = []): Promise<void> {
    const view = front()
    if (!view) throw new Error('no form is open')
    await fillIn(view, values, files, {
      upload,
      async choices({ element, block_id: block }, typed) {
        const { action_id: action } = element as Json
        const asked = {
          type: 'block_suggestion',
          user,
          block_id: block,
          action_id: action,
          value: typed,
          view: viewJson(view),
        }
        const given = await delivery.interaction('interactive', asked)
        return (given.options ?? []) as Json[]
      },
      async chosen({ block_id: block, element }) {
        const { action_id: action, type: kind } = element as Json
        await delivery.interaction('interactive', {
          type: 'block_actions',
          user,
          ...viewContext(view),
          trigger_id: world.trigger(account, true),
          actions: [{ type: kind, action_id: action, block_id: block, action_ts: world.stamp() }],
        })
      },
    })
  }

  async function submit(values: Readonly<Record<string, string>>, files: readonly Attached[] = []): Promise<void> {
    await fill(values, files)
    const view = front() as View
    const missing = unfilled(view)
    if (missing.length > 0) throw new Error(`not filled in: ${missing.join(', ')}`)
    view.errors = {}
    const answer = await delivery.interaction('interactive', {
      type: 'view_submission',
      user,
      team: { id: bot.team },
      view: viewJson(view),
      trigger_id: world.trigger(account, true),
      response_urls: [],
    })
    switch (answer.response_action) {
      case undefined:
        return pop()
      case 'clear':
        return pop(true)
      case 'errors': {
        const blocks = (view.body.blocks as Json[]).filter(one => one.type === 'input').map(one => one.block_id)
        const stray = Object.keys(answer.errors as Json).filter(id => !blocks.includes(id))
        if (stray.length > 0) stage.broken(`errors at what is no input: ${stray.join(', ')}`)
        view.errors = answer.errors as Record<string, string>
        return
      }
      default: {
        const problems = viewProblems(answer.view)
        if (problems.length > 0) stage.broken(`view: ${problems.join('; ')}`)
        if (answer.response_action === 'update') return replaceView(view, answer.view as Json, world)
        const body = answer.view as Json
        const next = { id: `V${world.stamp()}`, hash: world.stamp(), body, errors: {}, state: initialState(body) }
        world.views.set(account, [...(world.views.get(account) ?? []), next])
      }
    }
  }

  return {
    account,
    type,
    write,
    rewrite,
    unwrite,
    press,
    shortcut,
    submit,
    fill,
    form: () => (front() ? seenForm(front() as View) : null),
    page: () => (front() ? pageText(front() as View) : null),
    async dismiss() {
      const view = front()
      pop()
      if (view?.body.notify_on_close !== true) return
      // What was typed does not come along.
      await delivery.interaction('interactive', {
        type: 'view_closed',
        user,
        view: { ...viewJson(view), state: { values: {} } },
        is_cleared: false,
      })
    },
    async home() {
      delivery.event({
        type: 'app_home_opened',
        user: account,
        channel: world.direct(account).id,
        tab: 'home',
        event_ts: world.stamp(),
      })
    },
    homePage() {
      const blocks = world.homes.get(account)?.blocks as Json[] | undefined
      if (!blocks) return null
      const { text, buttons } = seenOf({ ts: '', user: '', text: '', blocks, edited: null, files: [] })
      return { text, buttons }
    },
    async direct() {
      const written = world.direct(account).messages.map(seenOf)
      const whispered = (world.ephemerals.get(account) ?? []).map(({ ts, body }) =>
        seenOf({
          ts,
          user: bot.user,
          text: String(body.text),
          blocks: (body.blocks ?? []) as Json[],
          edited: null,
          files: [],
        }),
      )
      return [...written, ...whispered].toSorted((one, other) => Number(one.id) - Number(other.id))
    },
  }
}

/** What people type reaches apps with Slack's own marks escaped. */
function encode(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function changed(message: Message, before: Json, ts: string): Json {
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    ts,
    event_ts: ts,
    message: shown(message),
    previous_message: before,
  }
}
