import { type APIMessage, Routes } from 'discord.js'
import { phrase } from '../../workflows/phrase.ts'
import type { Host } from '../platform.ts'
import type { Hear, MessageLike } from './hear.ts'
import { type ChannelLike, isGone, type Places } from './places.ts'
import type { Rest } from './rest.ts'
import { isLater, type Seen } from './seen.ts'

/** What reading after an absence works with. */
export type CatchUpOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly host: Host
  readonly seen: Seen
  readonly hear: Hear
  readonly me: () => Promise<string>
  readonly pause: (ms: number) => Promise<void>
  readonly warn: (error: unknown) => void
  readonly stopping: AbortSignal
}

/** A channel or thread as the gateway tells of it, with the newest message in it. */
export type Told = ChannelLike & { readonly last_message_id?: string | null; readonly owner_id?: string }

/** Reads what was written while the hub was away. Never rejects. */
export type CatchUp = {
  /** The threads and bound channels of a server, as they were told of when it was joined anew. */
  server(guild: string, channels: readonly Told[], threads: readonly Told[] | undefined): Promise<void>
  /** The direct conversations that people had with the hub lately. */
  direct(): Promise<void>
}

const page = 100
const mostPages = 20
const mostConversations = 50
const tries = 5
const pageMs = 15_000

/** Makes what reads after an absence: at most 2,000 messages a channel; a gap beyond is told to coordinators. */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { rest, places, host, seen, hear, pause, warn, stopping } = options

  return {
    async server(guild, channels, threads) {
      const bound = new Set(host.rooms().map(room => room.address))
      const cards = new Set((await host.threads().catch(() => [])).map(card => card.thread ?? card.id))
      const mine = await options.me().catch(() => '')
      for (const channel of channels) {
        if (!bound.has(channel.id) || places.known(channel.id)?.kind === 'forum') continue
        const since = seen.last(channel.id)
        // What was said before the hub first came is not for it.
        if (since) await read(channel, since, guild)
        else if (channel.last_message_id) seen.advance(channel.id, channel.last_message_id)
      }
      for (const thread of threads ?? []) {
        if (!thread.parent_id || !bound.has(thread.parent_id)) continue
        const own = cards.has(thread.id) || thread.owner_id === mine
        const since = seen.last(thread.id) ?? (own ? thread.id : null)
        if (since) await read(thread, since, guild)
      }
      // Threads that were put away meanwhile are not told of; most cards have none at all.
      const told = new Set((threads ?? []).map(thread => thread.id))
      for (const id of cards) {
        const since = seen.last(id) ?? (threads ? null : id)
        const elsewhere = places.known(id)?.guild ?? guild
        if (since && !told.has(id) && elsewhere === guild) await read({ id }, since, guild)
      }
      await seen.flush()
    },

    async direct() {
      for (const id of seen.conversations().slice(0, mostConversations)) await read({ id }, seen.last(id) ?? id, null)
      await seen.flush()
    },
  }

  async function read(told: Pick<Told, 'id' | 'last_message_id'>, since: string, guild: string | null): Promise<void> {
    if (told.last_message_id === null || (told.last_message_id && !isLater(told.last_message_id, since))) return
    seen.hold(told.id)
    try {
      if ((await readAfter(told.id, since, guild)) === 'more') await tellGap(told.id, since)
      seen.release(told.id)
    } catch (error) {
      // What was heard meanwhile must not make the gap pass for read.
      if (isGone(error)) seen.release(told.id)
      else warn(error)
    }
  }

  async function readAfter(channel: string, since: string, guild: string | null): Promise<'all' | 'more'> {
    let after = since
    for (let pages = 0; pages < mostPages && !stopping.aborted; pages++) {
      const messages = (await pageAfter(channel, after)).toSorted((one, other) => (isLater(one.id, other.id) ? 1 : -1))
      for (const message of messages) {
        await hear({ t: 'MESSAGE_CREATE', d: { ...(message as MessageLike), ...(guild ? { guild_id: guild } : {}) } })
      }
      after = messages.at(-1)?.id ?? after
      if (messages.length < page) return 'all'
    }
    return 'more'
  }

  async function pageAfter(channel: string, after: string): Promise<APIMessage[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const query = { after, limit: page }
        return await rest.within(
          pageMs,
          () => rest.get<APIMessage[]>(Routes.channelMessages(channel), { query }),
          'calm',
        )
      } catch (error) {
        if (isGone(error) || attempt === tries || stopping.aborted) throw error
        await pause(1000 * attempt)
      }
    }
  }

  async function tellGap(channel: string, since: string): Promise<void> {
    const place = places.known(channel)
    const name = place?.name || (place?.parent && places.known(place.parent)?.name) || channel
    await host
      .notice(`discord-gap:${channel}:${since}`, phrase('discord.gap', { room: { words: `#${name}` } }))
      .catch(warn)
  }
}
