import { type APIMessage, Routes, SnowflakeUtil } from 'discord.js'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { Target } from '../platform.ts'
import type { Part } from './custom.ts'
import { isMarked } from './message.ts'
import { type ChannelLike, isGone, type Place, type Places } from './places.ts'
import type { Rest } from './rest.ts'

/** What looking works with; `conversation` gives the channel of a direct conversation. */
export type FindOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly me: () => Promise<string>
  readonly conversation: (account: string) => Promise<string>
}

const pageful = 100
const mostPages = 10
// The hub's clock and Discord's may be apart, and a try may have been put down late.
const astrayMs = 60 * 60_000
const mostPosts = 15

/**
 * Makes what looks for the message that was sent under a key since then (epoch ms), among the last thousand of its
 * channel: null if there is none. Rejects as discord.js does.
 */
export function createFind({ rest, places, me, conversation }: FindOptions) {
  return lookUp

  async function lookUp(to: Target, key: string, since: number): Promise<MessageRef | null> {
    switch (to.type) {
      case 'direct':
        return findIn(await conversation(to.account), key, since)
      case 'thread': {
        const { id, room, thread = id } = to.under
        for (const channel of new Set([thread, id, room])) {
          const found = await findIn(channel, key, since)
          if (found) return found
        }
        return null
      }
      case 'room': {
        const place = await places.find(to.room)
        const { replaces } = to
        const thread = replaces && (replaces.thread ?? replaces.id)
        const found =
          place.kind === 'forum'
            ? thread
              ? await findIn(thread, key, since)
              : await findPost(place, key)
            : await findIn(to.room, key, since)
        return found && thread ? { ...found, thread } : found
      }
    }
  }

  async function findIn(channel: string, key: string, since: number): Promise<MessageRef | null> {
    const mine = await me()
    let end: string | undefined
    let before: string | undefined
    try {
      for (let page = 0; page < mostPages; page++) {
        const query: Record<string, string | number> = { limit: pageful, ...(before ? { before } : {}) }
        const messages: APIMessage[] = await rest.get<APIMessage[]>(Routes.channelMessages(channel), { query })
        const part = (which: Part) => messages.find(message => isMarked(message, mine, key, which))?.id
        // The newest come first, and of a long message its end.
        end ??= part('end')
        const first = end && part(0)
        if (first) return { room: channel, id: first }
        before = messages.at(-1)?.id
        if (!before || messages.length < pageful || SnowflakeUtil.timestampFrom(before) < since - astrayMs) break
      }
      return end ? { room: channel, id: end } : null
    } catch (error) {
      // A thread that is not there holds nothing.
      if (isGone(error)) return null
      throw error
    }
  }

  /** A forum's posts are threads: the newest of the bot's own are looked into. */
  async function findPost(forum: Place, key: string): Promise<MessageRef | null> {
    if (!forum.guild) return null
    const mine = await me()
    const { threads } = await rest.get<{ threads: (ChannelLike & { owner_id?: string })[] }>(
      Routes.guildActiveThreads(forum.guild),
    )
    const own = threads.filter(thread => thread.parent_id === forum.id && thread.owner_id === mine)
    const newest = own.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1)).slice(0, mostPosts)
    for (const { id } of newest) {
      const starter = await rest.get<APIMessage>(Routes.channelMessage(id, id)).catch(error => {
        if (isGone(error)) return null
        throw error
      })
      const parts: readonly Part[] = ['end', 0]
      if (starter && parts.some(part => isMarked(starter, mine, key, part))) return { room: id, id }
    }
    return null
  }
}
