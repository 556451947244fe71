import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from '../peer.ts'
import { createFaults } from './faults.ts'
import { frameOf, infoOf } from './frames.ts'
import { type Phone, phoneOf, seenIn } from './phone.ts'
import { startApi } from './server.ts'
import { createWorld, directOf, type Person } from './world.ts'

/** How this Signal differs from the usual: the API as it runs today, in json-rpc mode. */
export type SignalPeerOptions = {
  readonly number?: string
  readonly mode?: 'json-rpc' | 'normal' | 'native'
  /** What `/v2/send` answers: an object up to 0.100, then a list. */
  readonly answers?: 'object' | 'list'
  readonly version?: string
  /** Epoch ms; by default the machine's. */
  readonly clock?: () => number
  /** All hours and pauses of the server times this. */
  readonly scale?: number
  readonly groups?: readonly { readonly address: string; readonly name: string }[]
  readonly people?: readonly { readonly account: string; readonly number?: string; readonly name?: string }[]
  /** How long (ms) people wait for the hub before they give up; not scaled. */
  readonly patience?: number
  /** How long (ms) signal-cli takes for a request; by default as good as nothing. */
  readonly answerMs?: number
  /** Another device of the hub's own account gets what it sends, too. */
  readonly echo?: boolean
}

/** Signal on loopback, behind a strict signal-cli-rest-api. */
export type SignalPeer = Awaited<ReturnType<typeof startSignalPeer>>

const pingMs = 54_000
const usualPatience = 15_000

/** Starts the API, the phones and the network between them. */
export async function startSignalPeer(options: SignalPeerOptions = {}) {
  const { mode = 'json-rpc', answers = 'list', version = '0.101', clock = Date.now, scale = 1 } = options
  const own = { number: options.number ?? '+15550000001', uuid: 'b0000000-0000-4000-8000-00000000000b' }
  const broken: string[] = []
  const world = createWorld(own, clock)
  const faults = createFaults()
  for (const { address, name } of options.groups ?? []) world.group(name, address)
  for (const { account, ...known } of options.people ?? []) world.person(account, known)
  let changes = 0
  const api = await startApi({
    world,
    faults,
    manner: { mode, answers, version },
    broken: rule => broken.push(rule),
    pingMs: pingMs * scale,
    delayMs: options.answerMs ?? 1,
    sent,
  })

  /** After what the hub sent come receipts, and on a linked set-up its own echo. */
  function sent(): void {
    changes += 1
    const message = world.messages.findLast(one => one.author === own.uuid)
    const reader = world.people.values().next().value
    if (!message || !reader) return
    const receiptMessage = {
      when: message.at,
      isDelivery: true,
      isRead: false,
      isViewed: false,
      timestamps: [message.at],
    }
    api.emit(frameOf(reader, own, world.now(), { receiptMessage }))
    if (options.echo) {
      const self: Person = { ...own, name: 'Hub', registered: true, trusted: true }
      const sentMessage = { destination: null, timestamp: message.at, message: message.text, expiresInSeconds: 0 }
      api.emit(frameOf(self, own, message.at, { syncMessage: { sentMessage } }))
    }
  }

  async function next(): Promise<void> {
    const before = changes
    const late = performance.now() + (options.patience ?? usualPatience)
    while (changes === before) {
      if (performance.now() > late) throw new Error('the hub did not answer')
      await sleep(5)
    }
  }

  const peer = {
    platform: 'signal',
    broken,
    someone: (account: string): Phone => phoneOf(world.person(account), { world, emit: api.emit, next }),
    room: async (address: string) => seenIn(address, world),
    thread: async (address: string, under: string) => {
      const roots = new Set([under])
      for (const { quote, at, author } of world.messages.filter(one => one.room === address)) {
        if (quote && roots.has(named(quote))) roots.add(named({ author, at }))
      }
      return seenIn(address, world).filter(one => one.id !== under && roots.has(one.id))
    },
    close: () => api.close(),
  } satisfies Peer

  function named({ author, at }: { author: string; at: number }): string {
    return `${author === own.uuid ? own.number : author}.${at}`
  }

  return {
    ...peer,
    url: api.url,
    settings: { apiUrl: api.url, number: own.number },
    world,
    faults,
    /** The server itself: its sockets, what was asked of it, and frames as they are written. */
    api,
    /** Writes frames all at once, as a backlog comes. */
    burst: (frames: readonly unknown[]): void => {
      for (const frame of frames) api.emit(frame)
    },
    /** Somebody joined, or the name of a group changed: no chat. */
    groupChanged(address: string, by: string): void {
      const group = world.groups.get(address)
      const at = world.now()
      if (!group) return
      const groupInfo = infoOf(group, 'UPDATE')
      const dataMessage = { timestamp: at, message: null, expiresInSeconds: 0, viewOnce: false, groupInfo }
      api.emit(frameOf(world.person(by), own, at, { dataMessage }))
    },
    /** The conversation of somebody with the hub. */
    direct: async (account: string) => seenIn(directOf(account), world),
  }
}
