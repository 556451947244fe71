import { type APIMessage, DiscordAPIError, RateLimitError, Routes } from 'discord.js'
import type { CatchUpOptions } from './catch-up.ts'
import type { Heard, MessageLike } from './hear.ts'
import { isGone } from './places.ts'
import { isLater } from './seen.ts'

const page = 100
const mostPages = 20
const tries = 5
const mostWaits = 100

type Options = Pick<CatchUpOptions, 'rest' | 'hear' | 'pause' | 'stopping'>

/** Reads channels, oldest first, within the limits that Discord tells. Rejects as discord.js does. */
export function createReading({ rest, hear, pause, stopping }: Options) {
  return {
    /** Has everything heard that stands there after that message; 'more' if there was more than 2,000. */
    async after(channel: string, since: string, guild: string | null): Promise<'all' | 'more'> {
      let after = since
      for (let pages = 0; pages < mostPages && !stopping.aborted; pages++) {
        const messages = await pageAfter(channel, after)
        for (const message of messages) for (const heard of heardOf(message, guild)) await hear(heard)
        after = messages.at(-1)?.id ?? after
        if (messages.length < page) return 'all'
      }
      return 'more'
    },

    /** What stands there after a message, up to another one; null if there is more than is read. */
    async between(channel: string, after: string, until: string): Promise<readonly APIMessage[] | null> {
      const found: APIMessage[] = []
      for (let pages = 0; pages < mostPages; pages++) {
        const messages = await pageAfter(channel, found.at(-1)?.id ?? after)
        found.push(...messages)
        const last = messages.at(-1)
        if (!last || messages.length < page || !isLater(until, last.id)) return found
      }
      return null
    },
  }

  async function pageAfter(channel: string, after: string): Promise<APIMessage[]> {
    for (let attempt = 1, waits = 0; ; ) {
      try {
        const query = { after, limit: page }
        const messages = await rest.get<APIMessage[]>(Routes.channelMessages(channel), { query })
        return messages.toSorted((one, other) => (isLater(one.id, other.id) ? 1 : -1))
      } catch (error) {
        const limited = error instanceof RateLimitError && ++waits < mostWaits
        if (isRefused(error) || stopping.aborted || (!limited && attempt++ === tries)) throw error
        await pause(limited ? Math.max(error.retryAfter, error.timeToReset) : 1000 * attempt)
      }
    }
  }
}

// Refusals are counted against the bot, and asking again does not change them.
function isRefused(error: unknown): boolean {
  return isGone(error) || (error instanceof DiscordAPIError && error.status >= 400 && error.status < 408)
}

/** A message that was read is one that was written, and perhaps one that was changed. */
function heardOf(message: APIMessage, guild: string | null): readonly Heard[] {
  const d = { ...(message as MessageLike), ...(guild ? { guild_id: guild } : {}) }
  return message.edited_timestamp
    ? [
        { t: 'MESSAGE_CREATE', d },
        { t: 'MESSAGE_UPDATE', d },
      ]
    : [{ t: 'MESSAGE_CREATE', d }]
}
