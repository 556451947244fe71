import type { Peer } from '../peer.ts'
import { createDelivery } from './deliver.ts'
import { createFaults } from './fault.ts'
import { seenOf } from './read.ts'
import { startServer } from './server.ts'
import type { Json } from './shape.ts'
import { createSomeone, type SlackSomeone, type Stage } from './someone.ts'
import { type Channel, createWorld } from './world.ts'

/** How this workspace is; what the app may do stands in its manifest. */
export type SlackPeerOptions = {
  readonly manifest: object
  readonly channels: readonly {
    readonly id: string
    readonly name: string
    readonly private?: boolean
    readonly member?: boolean
  }[]
  readonly people: readonly { readonly account: string; readonly locale?: string }[]
  /** User groups and who is in them. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** Where the hub is called and with what secret, if it opens no socket. */
  readonly http?: { readonly url: string; readonly secret: string }
  /** How many times faster than in the world limits refill and deliveries are tried again. */
  readonly faster?: number
  /** How many times longer than three seconds Slack waits: a machine runs no faster when the clocks of a test do. */
  readonly patient?: number
}

/** Slack on loopback, with what tests may do to it. */
export type SlackPeer = Awaited<ReturnType<typeof startSlackPeer>>

/** The tokens that this workspace takes. */
export const tokens = { bot: 'xoxb-example-token', app: 'xapp-example-token' } as const

/** Starts Slack: its Web API, its sockets or calls, and the people's side. */
export async function startSlackPeer(options: SlackPeerOptions) {
  const { manifest, channels, people, groups = {}, http, faster = 1, patient = 1 } = options
  const broken: string[] = []
  const tellBroken = (rule: string) => void broken.push(rule)
  const world = createWorld(patient)
  const faults = createFaults()
  const app = manifest as Json
  for (const { id, name, private: hidden, member = true } of channels) {
    const kind = hidden ? 'group' : 'channel'
    world.channels.set(id, { id, name, kind, user: null, member, archived: false, messages: [] })
  }
  for (const { account, locale = 'en-US' } of people) world.users.set(account, { id: account, locale, gone: false })
  for (const [id, members] of Object.entries(groups)) world.groups.set(id, new Set(members))
  const settings = app.settings as Json
  const events = new Set((settings.event_subscriptions as Json).bot_events as string[])
  const delivery = createDelivery(
    http ? { type: 'http', ...http } : { type: 'socket' },
    { faster, patient },
    tellBroken,
  )
  const server = await startServer({
    world,
    faults,
    tell: { broken: tellBroken, posted: said },
    botToken: tokens.bot,
    appToken: tokens.app,
    scopes: ((app.oauth_config as Json).scopes as Json).bot as string[],
    faster,
    socket: delivery.socket,
  })
  delivery.attach(server)
  const stage: Stage = { world, delivery, server, manifest: app, broken: tellBroken, said }
  const someones = new Map<string, SlackSomeone>()

  /** Slack tells of what is said where the app is, if the manifest asks for it; also of what the app says itself. */
  function said(channel: Channel, event: Json): void {
    const name = { channel: 'message.channels', group: 'message.groups', im: 'message.im' }[channel.kind]
    if (!channel.member || !events.has(name)) return
    delivery.event({ ...event, channel: channel.id, channel_type: channel.kind })
  }

  function someone(account: string): SlackSomeone {
    const known = someones.get(account) ?? createSomeone(account, stage)
    someones.set(account, known)
    return known
  }

  function messagesOf(address: string) {
    const channel = world.channels.get(address)
    if (!channel) throw new Error(`no channel ${address}`)
    return channel.messages
  }

  return {
    platform: 'slack',
    broken,
    world,
    faults,
    apiUrl: server.apiUrl,
    calls: server.calls,
    someone,
    room: async (address: string) =>
      messagesOf(address)
        .filter(one => !one.thread)
        .map(seenOf),
    thread: async (address: string, under: string) =>
      messagesOf(address)
        .filter(one => one.thread === under)
        .map(seenOf),
    /** Something happens that the app may hear of, such as a link that unfolds. */
    event: (event: Json, id?: string) => delivery.event(event, id),
    /** The same delivery again. */
    again: delivery.again,
    interaction: delivery.interaction,
    settled: delivery.settled,
    connected: delivery.connected,
    cut: delivery.cut,
    /** The sockets that stand now look open, but nothing comes through them any more. */
    freeze: delivery.freeze,
    /** From now on events travel like that; null: as they happen, once. */
    shake: delivery.shake,
    /** Slack is away: nobody gets through to it, and its sockets are cut; or it is back. */
    down(yes: boolean): void {
      faults.down(yes)
      if (!yes) return
      delivery.cut()
      server.server.closeAllConnections()
    },
    refresh: delivery.refresh,
    async close() {
      await delivery.close()
      await server.close()
    },
  } satisfies Peer & Record<string, unknown>
}
