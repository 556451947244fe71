import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Desk } from './desk.ts'
import { rawOf } from './handle.ts'
import { momentOf } from './heard.ts'
import { patiently } from './web.ts'

/** How far each conversation was heard, and what came while nobody listened. */
export type Missed = {
  /** Something was heard in a channel, written at that Slack timestamp. */
  readonly seen: (channel: string, ts: string) => void
  /** Reads what was missed in bound rooms and open threads, as far as Slack gives it, and states what it does not. */
  readonly catchUp: (signal: AbortSignal) => Promise<void>
  /** Keeps how far was heard. */
  readonly save: () => Promise<void>
}

const pageful = 200
const mostPages = 10
const mostThreads = 300
const mostDirects = 200
const directsKey = 'directs'
// What was written right before the last that was heard may have come after it.
const overlapMs = 120_000

/** Makes it; what it reads is kept and handled like what Slack sends, so that nothing counts twice. */
export function createMissed(desk: Desk): Missed {
  const heard = new Map<string, string>()
  const saved = new Map<string, string>()
  let reading = false
  let last: Promise<void> = Promise.resolve()

  async function save(): Promise<void> {
    // Until all of it is read, how far was heard is where the reading began: a crash must not skip the rest.
    if (!reading) await write()
  }

  async function write(): Promise<void> {
    const fresh = [...heard.keys()].filter(channel => channel.startsWith('D') && !saved.has(channel))
    if (fresh.length > 0) {
      const directs = [...new Set([...fresh, ...(await knownDirects())])].slice(0, mostDirects)
      await desk.host.memory.set(directsKey, JSON.stringify(directs))
    }
    for (const [channel, ts] of heard) {
      if (saved.get(channel) === ts) continue
      await desk.host.memory.set(`seen:${channel}`, ts)
      saved.set(channel, ts)
    }
  }

  /** The direct conversations that somebody wrote in lately: Slack lists all that there are, and not when. */
  async function knownDirects(): Promise<readonly string[]> {
    const list: unknown = JSON.parse((await desk.host.memory.get(directsKey)) ?? '[]')
    return Array.isArray(list) ? list.filter(one => typeof one === 'string') : []
  }

  async function lastOf(channel: string): Promise<string | null> {
    return saved.get(channel) ?? (await desk.host.memory.get(`seen:${channel}`))
  }

  /** One after the other; one that was not ended leaves it where it began, for the next process to begin there. */
  function catchUp(signal: AbortSignal): Promise<void> {
    const turn = last.then(async () => {
      reading = true
      await readAll(signal)
      if (signal.aborted) return
      reading = false
      await write()
    })
    last = turn.catch(() => {})
    return turn
  }

  async function readAll(signal: AbortSignal): Promise<void> {
    const bound = desk.host.rooms()
    const froms = new Map<string, string>()
    for (const { address } of bound) {
      const ts = await lastOf(address)
      if (ts !== null) froms.set(address, ts)
      // From the first time on that it is listened to, it is known up to when.
      else heard.set(address, `${Math.floor(desk.clock() / 1000)}.000000`)
    }
    const rooms = new Set(froms.keys())
    const threads = (await desk.host.threads()).filter(({ room }) => rooms.has(room)).slice(0, mostThreads)
    for (const { address, name } of bound) {
      const from = froms.get(address)
      if (from === undefined || signal.aborted) continue
      const own = threads.filter(({ room }) => room === address)
      try {
        await readRoom(address, from, own, signal)
        heard.set(address, laterOf(heard.get(address), from))
      } catch (error) {
        if (signal.aborted) return
        desk.log.warn({ reason: reasonOf(error) }, 'what was missed in a room could not be read')
        await tellGap(address, name, from, error)
      }
    }
    await readDirects(signal)
  }

  async function readDirects(signal: AbortSignal): Promise<void> {
    for (const channel of await knownDirects()) {
      const from = await lastOf(channel)
      if (from === null || signal.aborted) continue
      try {
        await readPages('conversations.history', { channel, oldest: before(from) }, channel, signal)
      } catch (error) {
        // Whoever wrote sees that they had no answer; whom the hub talks with is nobody else's business.
        desk.log.warn({ reason: reasonOf(error) }, 'what was missed in a direct conversation could not be read')
      }
    }
  }

  async function readRoom(channel: string, from: string, threads: readonly MessageRef[], signal: AbortSignal) {
    const oldest = before(from)
    await readPages('conversations.history', { channel, oldest }, channel, signal)
    for (const { id } of threads) {
      if (signal.aborted) return
      await readPages('conversations.replies', { channel, ts: id, oldest }, channel, signal).catch(error => {
        // A card that was deleted since has no thread any more.
        if (!/thread_not_found|message_not_found|cannot be changed/.test(reasonOf(error))) throw error
      })
    }
  }

  async function readPages(
    method: 'conversations.history' | 'conversations.replies',
    args: Readonly<Record<string, string>>,
    channel: string,
    signal: AbortSignal,
  ): Promise<void> {
    const found: Json[] = []
    let cursor = ''
    for (let page = 0; !signal.aborted; page++) {
      if (page === mostPages) throw new Error('more was written than is read')
      const given = await patiently(
        () => desk.web.call(method, { ...args, limit: pageful, ...(cursor === '' ? {} : { cursor }) }),
        desk.pause,
      )
      found.push(...(Array.isArray(given.messages) ? (given.messages as Json[]) : []))
      const { next_cursor: next } = (given.response_metadata ?? {}) as { next_cursor?: unknown }
      if (given.has_more !== true || typeof next !== 'string' || next === '') break
      cursor = next
    }
    // What was said first is handled first.
    for (const each of found.toSorted((one, other) => Number(one.ts) - Number(other.ts))) await take(each, channel)
  }

  async function take(message: Json, channel: string): Promise<void> {
    const rooms = new Set([channel])
    const event = { ...message, type: 'message', channel, channel_type: channel.startsWith('D') ? 'im' : 'channel' }
    const { edited, ts } = message
    const first = rawOf({ event: { ...event, edited: undefined } }, rooms)
    if (first) await desk.host.keep(first)
    // What was changed meanwhile stands as it is now; what stood before is not known here.
    if (first && edited) {
      const change = {
        type: 'message',
        subtype: 'message_changed',
        channel,
        message,
        previous_message: { ...message, text: '', files: [] },
      }
      const raw = rawOf({ event: change }, rooms)
      if (raw) await desk.host.keep(raw)
    }
    if (typeof ts === 'string') heard.set(channel, laterOf(heard.get(channel), ts))
  }

  async function tellGap(channel: string, name: string, from: string, error: unknown): Promise<void> {
    const until = Math.floor(desk.clock() / 60_000) * 60_000
    const params = { room: { words: name }, from: { date: momentOf(from) }, until: { date: until } }
    // A room that cannot be read at all is told once a day.
    const lasting = error instanceof PlatformError && error.permanent
    const which = lasting ? Math.floor(desk.clock() / 86_400_000) : from
    await desk.host.notice(`slack:gap:${channel}:${which}`, phrase('slack.gap', params))
    heard.set(channel, `${Math.floor(desk.clock() / 1000)}.000000`)
  }

  return {
    seen: (channel, ts) => void heard.set(channel, laterOf(heard.get(channel), ts)),
    catchUp,
    save,
  }
}

type Json = Readonly<Record<string, unknown>>

function before(ts: string): string {
  return ((momentOf(ts) - overlapMs) / 1000).toFixed(6)
}

function laterOf(one: string | undefined, other: string): string {
  return one !== undefined && Number(one) >= Number(other) ? one : other
}
