import { type APIMessage, Routes } from 'discord.js'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { Said } from '../platform.ts'
import type { CatchUpOptions } from './catch-up.ts'
import { codeOf } from './failure.ts'
import type { MessageLike } from './hear.ts'
import { isGone } from './places.ts'
import { createReading } from './reading.ts'
import { isLater } from './seen.ts'

const unknownMessage = 10008

/** Makes what looks again at what stands already: people's words in open incidents, and the hub's own cards. */
export function createLook(options: CatchUpOptions) {
  const { rest, places, host, hear, warn, stopping } = options
  const reading = createReading(options)

  return {
    /** The channels and threads of a server. */
    async server(guild: string, cards: readonly MessageRef[]): Promise<void> {
      const said = await host.spoken()
      for (const channel of new Set([...said.map(({ message }) => message.room), ...cards.map(({ room }) => room)])) {
        if (stopping.aborted) return
        try {
          const place = await places.find(channel)
          if (place.guild !== guild) continue
          const here = said.filter(({ message }) => message.room === channel)
          const own = cards.filter(({ room }) => room === channel)
          await lookIn(channel, guild, here, own)
        } catch (error) {
          // A post of a forum that is gone took its card with it; what people wrote there is not taken back by that.
          if (isGone(error))
            for (const card of cards) if (card.room === channel && card.id === channel) await host.gone(card)
          if (!isGone(error)) warn(error)
        }
      }
    },

    /** The direct conversations. */
    async direct(): Promise<void> {
      const said = (await host.spoken()).filter(({ message }) => places.known(message.room)?.guild == null)
      for (const [channel, here] of Map.groupBy(said, ({ message }) => message.room)) {
        if (stopping.aborted) return
        try {
          if ((await places.find(channel)).kind === 'direct') await lookIn(channel, null, here, [])
        } catch (error) {
          if (!isGone(error)) warn(error)
        }
      }
    },
  }

  async function lookIn(channel: string, guild: string | null, said: readonly Said[], cards: readonly MessageRef[]) {
    const ids = [...said.map(({ message }) => message.id), ...cards.map(({ id }) => id)]
    const sorted = ids.toSorted((one, other) => (isLater(one, other) ? 1 : -1))
    const [first, last] = [sorted[0], sorted.at(-1)]
    if (first === undefined || last === undefined) return
    const found = await reading.between(channel, String(BigInt(first) - 1n), last)
    const standing = new Map((found ?? []).map(message => [message.id, message]))
    const place = { channel_id: channel, ...(guild ? { guild_id: guild } : {}) }
    for (const { message } of said) {
      const now = standing.get(message.id) ?? (await one(channel, message.id))
      if (now === 'gone') await hear({ t: 'MESSAGE_DELETE', d: { id: message.id, ...place } })
      else if (now?.edited_timestamp) await hear({ t: 'MESSAGE_UPDATE', d: { ...(now as MessageLike), ...place } })
    }
    for (const card of cards)
      if (!standing.has(card.id) && (await one(channel, card.id)) === 'gone') await host.gone(card)
  }

  /** What cannot be seen is not gone: only what Discord does not know in a channel that it knows. */
  async function one(channel: string, id: string): Promise<APIMessage | 'gone' | null> {
    try {
      return await rest.get<APIMessage>(Routes.channelMessage(channel, id))
    } catch (error) {
      if (codeOf(error) === unknownMessage) return 'gone'
      warn(error)
      return null
    }
  }
}
