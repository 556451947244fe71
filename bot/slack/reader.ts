import type { MessageRef } from '../../workflows/delivery.ts'
import type { Said } from '../platform.ts'
import { laterOf } from './cursor.ts'
import type { Desk } from './desk.ts'
import { rawOf } from './handle.ts'
import { momentOf } from './heard.ts'
import { type Listed, type Range, readRange } from './history.ts'
import { codeOf } from './problem.ts'

/** A conversation that is to be read from a Slack timestamp on; `name`: of a room, null of a direct conversation. */
export type Spot = { readonly channel: string; readonly from: string; readonly name: string | null }

/** What is to be looked at beside what is new: where people may still talk, and what they said in open incidents. */
type Looking = { readonly cards: readonly MessageRef[]; readonly said: readonly Said[] }

/** `whole`: there was no more than is read; `newest`: the last that stands there. */
type Found = { readonly whole: boolean; readonly newest: string }

/** Reads conversations and keeps what it finds like what Slack sends. */
export type Reader = {
  readonly prepare: () => Promise<Looking>
  /** @throws PlatformError, StoreError */
  readonly spot: (spot: Spot, looking: Looking, signal: AbortSignal) => Promise<Found>
}

const mostPages = 50
const pagesBack = 5
const mostThreads = 500
const week = 7 * 24 * 60 * 60_000
// What was written right before the last that was heard may have come after it: Slack tries for some six minutes.
const overlapMs = 10 * 60_000
const goneCodes = new Set(['thread_not_found', 'message_not_found'])

/** Makes it. */
export function createReader(desk: Desk): Reader {
  const { host } = desk

  async function spot({ channel, from, name }: Spot, looking: Looking, signal: AbortSignal): Promise<Found> {
    const since = moved(from, -overlapMs)
    const said = looking.said.filter(({ message }) => message.room === channel)
    const loose = said.filter(({ message }) => message.thread === undefined)
    const fresh = await readAgain({ channel }, since, loose, signal)
    const threads = new Set<string>(fresh.roots)
    for (const root of await earlierRoots(channel, since, signal)) threads.add(root)
    const cards = name === null ? [] : looking.cards.filter(({ room }) => room === channel)
    for (const { id, thread = id } of cards) threads.add(thread)
    for (const { message } of said) if (message.thread !== undefined) threads.add(message.thread)
    let whole = fresh.whole && threads.size <= mostThreads
    let newest = laterOf(fresh.newest, from)
    for (const root of [...threads].slice(0, mostThreads)) {
      if (signal.aborted) break
      const own = said.filter(({ message }) => message.thread === root)
      const read = await readAgain({ channel, root }, since, own, signal)
      whole &&= read.whole
      newest = laterOf(read.newest, newest)
      // A thread that its card had left behind stands on.
      const card = cards.find(({ id }) => id === root)
      if (card && read.gone) await host.gone(card)
    }
    return { whole, newest }
  }

  /** Reads what is new since then, and looks at what was said before; of that only what was changed or taken back. */
  async function readAgain(
    where: Pick<Range, 'channel' | 'root'>,
    since: string,
    said: readonly Said[],
    signal: AbortSignal,
  ) {
    const first = said
      .map(({ message }) => moved(message.id, -1))
      .toSorted((one, other) => Number(one) - Number(other))[0]
    const oldest = first !== undefined && Number(first) < Number(since) ? first : since
    const { messages, whole } = await readRange({ ...where, oldest }, mostPages, desk, signal).catch(error => {
      if (where.root !== undefined && goneCodes.has(codeOf(error) ?? '')) return { messages: null, whole: true }
      throw error
    })
    if (messages === null) return { whole, gone: true, roots: [], newest: since }
    const known = new Map(said.map(one => [one.message.id, one]))
    for (const message of messages) {
      if (signal.aborted) break
      const fresh = Number(message.ts) > Number(since)
      if (fresh || known.has(message.ts)) await take(message, where.channel, fresh)
      if (message.subtype !== 'tombstone') known.delete(message.ts)
    }
    const root = where.root === undefined ? null : (messages.find(({ ts }) => ts === where.root) ?? null)
    // What cannot be seen is not gone: only where all that stands there was read.
    const sure = whole && !signal.aborted && (where.root === undefined || root !== null)
    if (sure) for (const one of known.values()) if (await isGone(one, signal)) await takeBack(one)
    const newest = messages.at(-1)?.ts ?? since
    return { whole, gone: root?.subtype === 'tombstone', roots: rootsIn(messages, since), newest }
  }

  /** Threads under older messages in which somebody wrote since then, as far as a week ago. */
  async function earlierRoots(channel: string, since: string, signal: AbortSignal): Promise<readonly string[]> {
    const before = { channel, oldest: moved(since, -week), latest: since }
    return rootsIn((await readRange(before, pagesBack, desk, signal)).messages, since)
  }

  async function take(message: Listed, channel: string, fresh: boolean): Promise<void> {
    const rooms = new Set([channel])
    const kind = { channel, channel_type: channel.startsWith('D') ? 'im' : 'channel' }
    const first = fresh ? rawOf({ event: { ...message, type: 'message', ...kind, edited: undefined } }, rooms) : null
    if (first) await host.keep(first)
    if (!message.edited) return
    // What was changed meanwhile stands as it is now; what stood before is not known here.
    const previous = { ...message, text: '', files: [] }
    const event = { type: 'message', subtype: 'message_changed', ...kind, message, previous_message: previous }
    const raw = rawOf({ event }, rooms)
    if (raw) await host.keep(raw)
  }

  /** Asked for by itself it is not there either, while its place can be read. */
  async function isGone({ message: { room: channel, id, thread } }: Said, signal: AbortSignal): Promise<boolean> {
    const only = { channel, oldest: id, latest: id, inclusive: true } as const
    const { messages } = await readRange(thread === undefined ? only : { ...only, root: thread }, 1, desk, signal)
    return !messages.some(({ ts, subtype }) => ts === id && subtype !== 'tombstone')
  }

  async function takeBack({ message: { room: channel, id, thread }, account }: Said): Promise<void> {
    const was = { user: account, ts: id, ...(thread === undefined ? {} : { thread_ts: thread }) }
    const event = { type: 'message', subtype: 'message_deleted', channel, deleted_ts: id, previous_message: was }
    const raw = rawOf({ event }, new Set([channel]))
    if (raw) await host.keep(raw)
  }

  return {
    prepare: async () => ({ cards: await host.threads(), said: await host.spoken() }),
    spot,
  }
}

function rootsIn(messages: readonly Listed[], since: string): string[] {
  return messages.flatMap(({ ts, thread_ts: thread, latest_reply: latest }) =>
    thread === ts && (typeof latest !== 'string' || Number(latest) > Number(since)) ? [ts] : [],
  )
}

function moved(ts: string, ms: number): string {
  return ((momentOf(ts) + ms) / 1000).toFixed(6)
}
