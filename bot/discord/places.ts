import { type APIChannel, ChannelType, Routes } from 'discord.js'
import type { MessageRef } from '../../workflows/delivery.ts'
import { codeOf } from './failure.ts'
import type { Rest } from './rest.ts'

/** What the hub knows of a channel: its kind, where it belongs, and what a forum offers. */
export type Place = {
  readonly id: string
  readonly kind: 'text' | 'forum' | 'thread' | 'direct' | 'other'
  readonly name: string
  readonly guild: string | null
  /** The channel that a thread belongs to. */
  readonly parent: string | null
  readonly tags: readonly { readonly id: string; readonly name: string }[]
}

/** What is known of channels, looked up once and kept as events tell of changes. */
export type Places = {
  /** @throws what discord.js throws where the channel cannot be seen */
  find(id: string): Promise<Place>
  /** The same, only as far as it is known already. */
  known(id: string): Place | null
  /** Takes in what an event or an answer says of a channel; `guild` where that leaves it out. */
  learn(channel: ChannelLike, guild?: string): Place
  forget(id: string): void
}

/** As much of a channel as events and answers tell. */
export type ChannelLike = { readonly id: string; readonly type: ChannelType } & Partial<{
  readonly name: string | null
  readonly guild_id: string
  readonly parent_id: string | null
  readonly available_tags: readonly { readonly id: string; readonly name: string }[]
}>

const mostKnown = 5000

/** Makes the memory of channels. */
export function createPlaces(rest: Rest): Places {
  const known = new Map<string, Place>()
  return {
    async find(id) {
      const place = known.get(id)
      return place ?? this.learn(await rest.get<APIChannel & ChannelLike>(Routes.channel(id)))
    },
    known: id => known.get(id) ?? null,
    learn(channel, guild) {
      const before = known.get(channel.id)
      const place: Place = {
        id: channel.id,
        kind: kindOf(channel.type),
        name: channel.name ?? before?.name ?? '',
        guild: channel.guild_id ?? guild ?? before?.guild ?? null,
        parent: channel.parent_id ?? before?.parent ?? null,
        tags: channel.available_tags ?? before?.tags ?? [],
      }
      known.delete(channel.id)
      known.set(channel.id, place)
      const oldest = known.size > mostKnown ? known.keys().next().value : undefined
      if (oldest !== undefined) known.delete(oldest)
      return place
    },
    forget: id => void known.delete(id),
  }
}

/**
 * The card that a thread belongs to. A thread has the id of the message it was made from, which stands in the channel;
 * the first message of a forum's post has it too, and stands in the post itself.
 */
export function rootOf(thread: Place, parent: Place | null): MessageRef {
  const inForum = parent?.kind === 'forum'
  return { room: inForum ? thread.id : (thread.parent ?? thread.id), id: thread.id }
}

/** True for what Discord says of a channel or message that is not there any more. */
export function isGone(error: unknown): boolean {
  const code = codeOf(error)
  return code === 10003 || code === 10008
}

function kindOf(type: ChannelType): Place['kind'] {
  switch (type) {
    case ChannelType.GuildText:
    case ChannelType.GuildAnnouncement:
      return 'text'
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return 'forum'
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'thread'
    case ChannelType.DM:
    case ChannelType.GroupDM:
      return 'direct'
    default:
      return 'other'
  }
}
