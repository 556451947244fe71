import { expect } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Away, Host, Outgoing, Platform, Raw } from '../../../bot/platform.ts'
import type { Heard } from '../../../bot/signal/heard.ts'
import type { Voice } from '../../../bot/signal/send.ts'
import { createTransport, type Mind, type Timing, type Written } from '../../../bot/signal/transport.ts'
import type { Room } from '../../../workflows/directory.ts'
import { PlatformError, StoreError } from '../../../workflows/errors.ts'
import type { RoomId } from '../../../workflows/ids.ts'
import type { Phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import { say } from '../../../workflows/text/say.ts'
import { plainView, type View } from '../../../workflows/view.ts'
import { type SignalPeer, type SignalPeerOptions, startSignalPeer } from '../../peers/signal/index.ts'

/** A group of the tests: its public id. */
export const group = `group.${Buffer.from(Buffer.alloc(32, 251).toString('base64')).toString('base64')}`

/** Two people of the tests; nobody sees Heron's number. */
export const heron = '11111111-0000-4000-8000-000000000001'
export const finch = '22222222-0000-4000-8000-000000000002'
export const finchNumber = '+15550000022'

/** A reader of the tests. */
const reader: Reader = { language: 'en', zone: 'America/New_York', now: 0, person: () => null }

/** Signal before a hub that keeps in memory and only listens. */
export type Rig = {
  readonly peer: SignalPeer
  readonly platform: Platform
  readonly host: Host & { readonly kept: Map<string, Raw>; full: boolean }
  readonly heard: Heard[]
  readonly notices: Map<string, string>
  /** Times in which nothing was heard, as rooms are told of them. */
  readonly gaps: readonly Away[]
  readonly memory: Map<string, string>
  readonly voice: () => Pick<Voice, 'send' | 'react'>
  readonly logged: () => string
  /** Starts it anew, as after a crash: what was remembered is still there. */
  readonly again: () => Promise<Platform>
  readonly close: () => Promise<void>
}

/** Quick pauses, so that hours fit into a test. */
export const quick: Timing = {
  handshake: 1000,
  ping: 20,
  silence: 200,
  firstPause: 10,
  longestPause: 40,
  poll: 1,
  gap: 30,
  beat: 5,
  sweep: 60_000,
  count: 20,
  waits: { look: 1000, send: 300, file: 1000 },
  patience: { first: 5, longest: 20, most: 10_000 },
}

/** Opens Signal with a transport that is listening. */
export async function openRig(options: SignalPeerOptions = {}, timing: Timing = {}): Promise<Rig> {
  const peer = await startSignalPeer({
    groups: [{ address: group, name: 'Arizona' }],
    people: [
      { account: heron, name: 'Heron' },
      { account: finch, number: finchNumber, name: 'Finch' },
    ],
    scale: 0.0005,
    ...options,
  })
  const memory = new Map<string, string>()
  const kept = new Map<string, Raw>()
  const heard: Heard[] = []
  const notices = new Map<string, string>()
  const lines: string[] = []
  const gaps: Away[] = []
  const spoken: { voice: Pick<Voice, 'send' | 'react'> | null } = { voice: null }
  const clock = options.clock ?? Date.now
  let platform = made()

  const host: Rig['host'] = {
    kept,
    full: false,
    receive: () => Promise.reject(new Error('nobody asks in these tests')),
    async keep(raw) {
      if (host.full) throw new StoreError('full', 'none', 'the disk is full')
      if (kept.has(raw.key)) return
      kept.set(raw.key, raw)
      await platform.handle?.(raw)
    },
    rooms: () => [room],
    threads: async () => [],
    memory: {
      get: async key => memory.get(key) ?? null,
      async set(key, value) {
        if (value === null) memory.delete(key)
        else memory.set(key, value)
      },
    },
    receipts: { posted: async () => {}, count: async () => [], arrived: async () => false },
    suggest: async () => [],
    async notice(key: string, what: Phrase) {
      if (!notices.has(key)) notices.set(key, say(what, reader))
    },
    away: async gap => void gaps.push(gap),
    spoken: async () => [],
    gone: async () => {},
    alone: async (_name, task, until) => task(until),
    single: work => work(),
    lead: async (_name, task, until) => task(until),
  }

  function made(): Platform {
    return createTransport({
      ...peer.settings,
      clock,
      log: createLog('debug', line => void lines.push(line)),
      write,
      mind: (_host, voice): Mind<Written> => {
        spoken.voice = voice
        const hear = async (one: Heard) => void heard.push(one)
        return { hear, posted: async () => {}, titleOf: async () => 'S4 HIGH', restOf: async () => [] }
      },
      timing: { ...quick, ...timing },
    })
  }

  await platform.start(host)
  // What comes before somebody listens is lost.
  await expect.poll(() => platform.connection?.().state).toBe('up')
  return {
    peer,
    get platform() {
      return platform
    },
    host,
    heard,
    notices,
    gaps,
    memory,
    voice: () => spoken.voice ?? missing(),
    logged: () => lines.join(''),
    async again() {
      platform = made()
      await platform.start(host)
      return platform
    },
    async close() {
      await platform.stop()
      await peer.close()
    },
  }
}

/** A message to send, as delivery has it. */
export function saying(words: string, key = words): Outgoing {
  return { view: plainView([{ words }]), reader, key }
}

/** What a call failed with. */
export async function failure(work: Promise<unknown>): Promise<PlatformError> {
  try {
    await work
  } catch (error) {
    if (error instanceof PlatformError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const room: Room = {
  id: 'room' as RoomId,
  purpose: 'region',
  region: null,
  platform: 'signal',
  address: group,
  name: 'Arizona responders',
  language: null,
  red: true,
}

/** One piece for each line. */
function write(view: View): Written {
  const pieces = view.lines.map(line => ('text' in line ? say(line.text, reader) : ''))
  return { pieces, title: pieces[0] ?? '' }
}

function missing(): never {
  throw new Error('not started')
}
