import { type APIInteraction, type APIMessage, InteractionType, MessageFlags } from 'discord.js'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { Language } from '../../workflows/directory.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { Origin } from '../platform.ts'
import { type ChannelLike, type Places, rootOf } from './places.ts'

/** The room that something was done in, and the card whose thread it was. */
export type Spot = Pick<Origin, 'room' | 'message'>

/** Where and by whom an interaction was done. A press counts once for its message, button and account. */
export async function originOf(interaction: APIInteraction, places: Places, now: number): Promise<Origin> {
  const account = (interaction.member?.user ?? interaction.user)?.id ?? ''
  const { room, message } = await spotOf(interaction, places)
  const language = languageOf('locale' in interaction ? interaction.locale : undefined)
  return {
    platform: 'discord',
    key: keyOf(interaction, account),
    account,
    room,
    message,
    at: now,
    ...(interaction.member?.roles ? { groups: interaction.member.roles } : {}),
    ...(language ? { language } : {}),
  }
}

/** The language of a Discord locale, as far as the hub speaks it. */
export function languageOf(locale: string | undefined): Language | undefined {
  const spoken = locale?.split('-')[0]
  return spoken === 'en' || spoken === 'es' ? spoken : undefined
}

/** How the platform's own sentences read to somebody whose words the hub has not answered. */
export function plainReader(language: Language | undefined, now: number): Reader {
  return { language: language ?? 'en', zone: 'UTC', now, person: () => null }
}

/** The room of a channel and the card that its thread stands under; the channel must be known or be seen. */
export async function spotIn(channel: string, places: Places): Promise<Spot> {
  const place = await places.find(channel)
  if (place.kind === 'direct') return { room: null, message: null }
  if (place.kind !== 'thread' || !place.parent) return { room: channel, message: null }
  const parent = await places.find(place.parent)
  return { room: place.parent, message: rootOf(place, parent) }
}

async function spotOf(interaction: APIInteraction, places: Places): Promise<Spot> {
  const { channel, guild_id } = interaction
  const id = channel?.id ?? ('channel_id' in interaction ? interaction.channel_id : undefined)
  const carrier = 'message' in interaction ? (interaction.message as APIMessage | undefined) : undefined
  if (!id || !guild_id) return { room: null, message: refOf(carrier) }
  if (channel && 'type' in channel) places.learn(channel as ChannelLike, guild_id)
  // The person waits: where the channel cannot be looked up, what they did still counts.
  const spot = await spotIn(id, places).catch((): Spot => ({ room: id, message: null }))
  return { room: spot.room, message: spot.message ?? refOf(carrier) }
}

// What only its reader sees is no message of the room, and cannot be edited as one.
function refOf(message: APIMessage | undefined): MessageRef | null {
  const hidden = ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  return message && !hidden ? { room: message.channel_id, id: message.id } : null
}

function keyOf(interaction: APIInteraction, account: string): string {
  return interaction.type === InteractionType.MessageComponent
    ? `discord:${interaction.message.id}:${interaction.data.custom_id}:${account}`
    : `discord:${interaction.id}`
}
