import { randomUUID } from 'node:crypto'
import { assemble } from '../../../bot/assemble.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createLog } from '../../../bot/log.ts'
import { createMedia } from '../../../bot/media/media.ts'
import type { Answer, Host, Image, Interaction, Platform, Raw, Target } from '../../../bot/platform.ts'
import { directRoom, messageRef, readRef } from '../../../bot/signal/address.ts'
import type { Heard, SignalFile } from '../../../bot/signal/heard.ts'
import { createTalk, type Talk } from '../../../bot/signal/talk.ts'
import { writeText } from '../../../bot/signal/text.ts'
import { commands } from '../../../commands/index.ts'
import { unlockStore } from '../../../db/unlock.ts'
import type { MessageRef } from '../../../workflows/delivery.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { type Ground, unhurried } from '../../house.ts'
import { shownOf } from '../../peers/signal/styled.ts'

/** Somebody with a phone. */
export type Who = 'heron' | 'finch' | 'wren' | 'magpie' | 'nobody'
/** A message of the hub as it stands on phones, in a group or with one person. */
export type Bubble = { readonly room: string; readonly at: number; text: string }

/** The group of the region. */
const group = 'group.QVo='
const number = '+12025550100'
const noon = Date.UTC(2026, 9, 19, 19)

const accounts = {
  heron: 'e1c0de00-0000-4000-8000-000000000001',
  finch: 'e1c0de00-0000-4000-8000-000000000002',
  wren: 'e1c0de00-0000-4000-8000-000000000003',
  magpie: 'e1c0de00-0000-4000-8000-000000000004',
  nobody: 'e1c0de00-0000-4000-8000-000000000009',
} as const

const people = {
  heron: { callsign: 'Heron', roles: ['mediator'], languages: ['en'] },
  finch: { callsign: 'Finch', roles: ['responder'], languages: ['en'] },
  wren: { callsign: 'Wren', roles: ['responder'], languages: ['es'] },
  magpie: { callsign: 'Magpie', roles: ['coordinator'], languages: ['en'] },
}

const file = {
  network: { name: 'Phones', zone: 'America/Phoenix', languages: ['en', 'es'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      places: [{ state: 'AZ' }, { county: '04013', name: 'Maricopa County' }],
      rooms: [{ signal: group, red: true }],
    },
    { code: 'US', name: 'Everywhere else', places: [{ anywhere: true }], rooms: [{ workspace: 'idle' }] },
  ],
  coordination: { rooms: [{ workspace: 'idle-too' }] },
  leadership: { rooms: [{ workspace: 'idle-three' }] },
  people: Object.entries(people).map(([who, one]) => ({
    ...{ name: `Sample ${one.callsign}`, regions: ['AZ'], sample: true, accounts: { signal: accounts[who as Who] } },
    ...one,
  })),
}

/** A picture that somebody attaches, which is never fetched here. */
export const picture: SignalFile = { source: 'p.jpg', name: 'p.jpg', type: 'image/jpeg', size: 1000 }

/** What may happen to a message on its way out. */
export type Way = (message: { readonly to: Target; readonly text: string }) => void

/**
 * Phones of a region over the whole hub, its real database and its real memory: only the wire between is left out. The
 * clock moves a second with everything that anybody writes.
 */
export async function openPhones(at: Ground, bubbles: Bubble[] = [], start = noon) {
  let now = start
  let way: Way = () => {}
  let keeps = () => {}
  let answers: (interaction: Interaction) => Answer | null = () => null
  const clock = () => now
  const key = { value: undefined, file: `${at.folder}/hub.key` }
  const media = createMedia()
  const log = createLog('debug', () => {})
  const { store, begunAt } = await unlockStore(
    { url: at.url, filesFolder: `${at.folder}/files`, key, draw: media.draw },
    now,
  )
  const network = parseNetwork(file)
  await store.roster.seed(network)
  const holder = randomUUID()
  for (const name of ['clocks', 'sending:signal']) await store.leases.seize(name, holder, 600_000)
  let talk: Talk | null = null
  let refs = 0

  function put(room: string, text: string): MessageRef {
    // No two messages of one author are of the same moment.
    const sentAt = Math.max(now, (bubbles.at(-1)?.at ?? 0) + 1)
    const { text: shown, problem } = shownOf(text)
    if (problem || Buffer.byteLength(text) > 2000) throw new Error(`a bad message: ${problem ?? 'too long'}\n${text}`)
    bubbles.push({ room, at: sentAt, text: shown })
    return messageRef(room, number, sentAt)
  }

  function roomOf(to: Target): string {
    return to.type === 'direct' ? directRoom(to.account) : to.type === 'room' ? to.room : to.under.room
  }

  async function send(to: Target, text: string | readonly string[]): Promise<MessageRef> {
    const made = [text].flat().map(each => {
      way({ to, text: each })
      return put(roomOf(to), each)
    })
    return made[0] as MessageRef
  }

  async function picture(to: Target, { alt }: Image): Promise<void> {
    await send(to, `[picture] ${alt}`)
  }

  const signal: Platform = {
    name: 'signal',
    capabilities: { edits: { most: 8, within: 72_000_000 }, lookup: false, threads: false },
    async start(host: Host) {
      const memory: Host['memory'] = {
        get: host.memory.get,
        async set(...kept) {
          keeps()
          await host.memory.set(...kept)
        },
      }
      const receive: Host['receive'] = async interaction => answers(interaction) ?? host.receive(interaction)
      talk = createTalk({ host: { ...host, memory, receive }, commands, number, clock, log, send, picture })
    },
    stop: async () => {},
    async post(to, { view, reader }) {
      const written = writeText(view, reader)
      const made = written.pieces.map(piece => put(roomOf(to), piece))
      await talk?.posted(made, written, to.type === 'thread' ? to.under : undefined)
      return made[0] as MessageRef
    },
    async edit(message, { view, reader }) {
      const written = writeText(view, reader)
      const bubble = bubbles.find(one => one.room === message.room && one.at === readRef(message)?.at)
      if (!bubble || written.pieces.length !== 1) throw new PlatformError('signal', 'no edit', { permanent: true })
      bubble.text = shownOf(written.pieces[0] ?? '').text
      await talk?.posted([message], written)
    },
    handle: async (_: Raw) => {},
    find: async () => null,
  }
  const parts = {
    store,
    since: begunAt,
    network,
    taxonomy: loadTaxonomy(),
    host: '127.0.0.1',
    clock,
    holder,
    log,
    media,
  }
  const { hub, hostOf, delivery, schedule } = assemble({
    ...parts,
    platforms: [signal],
    wake: () => {},
    ...unhurried(clock),
    // A card changed twice would rest for seconds of the machine's own clock.
    restMs: 0,
  })
  await signal.start(hostOf('signal'))

  async function settle(): Promise<void> {
    while (await schedule.runIndex()) {}
    while (await delivery.run()) {}
  }

  /** What somebody did, as the wire would bring it; the same twice is a redelivery. */
  function frame(who: Who, what: Partial<Heard> & { readonly type: Heard['type'] }): Heard {
    now += 1000
    refs += 1
    return {
      key: `signal:${who}:${now}:${refs}`,
      account: accounts[who],
      number: null,
      at: now,
      taken: now,
      group: null,
      until: null,
      ...what,
    } as Heard
  }

  async function hear(heard: Heard): Promise<Heard> {
    await (talk as Talk).hear(heard)
    await settle()
    return heard
  }

  const text = { type: 'text', quote: null, files: [], mentioned: false, once: false } as const

  return {
    store,
    hub,
    bubbles,
    clock,
    frame,
    hear,
    settle,
    group,
    /** What stands between messages and the phones from now on. */
    send: (next: Way) => {
      way = next
    },
    /** What answers in place of the hub, where that gives something. */
    answer: (next: (interaction: Interaction) => Answer | null) => {
      answers = next
    },
    /** What stands between the talk and its memory from now on. */
    keep: (next: () => void) => {
      keeps = next
    },
    /** Writes to the hub alone. */
    async write(who: Who, words: string, more: Partial<Extract<Heard, { type: 'text' }>> = {}) {
      return hear(frame(who, { ...text, words, ...more }))
    },
    /** Writes in the group. */
    async say(who: Who, words: string, more: Partial<Extract<Heard, { type: 'text' }>> = {}) {
      return hear(frame(who, { ...text, words, group, ...more }))
    },
    /** Quotes a message of the hub. */
    quote: (bubble: Bubble) => ({ author: number, at: bubble.at }),
    /** Puts a sign on a message of the hub, or takes it away. */
    async react(who: Who, emoji: string, bubble: Bubble, removed = false) {
      const where = bubble.room === group ? group : null
      return hear(frame(who, { type: 'reaction', emoji, author: number, target: bubble.at, removed, group: where }))
    },
    /** What the hub wrote to somebody alone, oldest first. */
    with: (who: Who) => bubbles.filter(one => one.room === directRoom(accounts[who])),
    /** The last thing it wrote to them. */
    last: (who: Who) => bubbles.findLast(one => one.room === directRoom(accounts[who]))?.text ?? '',
    /** What the hub wrote into the group, oldest first. */
    inGroup: () => bubbles.filter(one => one.room === group),
    /** Moves the clock. */
    skip: (minutes: number) => {
      now += minutes * 60_000
    },
    async pass(minutes: number) {
      for (let passed = 0; passed < minutes; passed++) {
        now += 60_000
        while (await schedule.runClocks()) {}
        await settle()
      }
    },
    async incident(id = 'AZ-0001') {
      return (await store.incidents.find(id as never))?.incident ?? null
    },
    async close() {
      media.stop()
      await store.close()
    },
  }
}

/** Phones under test. */
export type Phones = Awaited<ReturnType<typeof openPhones>>
