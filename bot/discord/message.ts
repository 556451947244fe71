import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js'
import type { Image } from '../platform.ts'
import { markOf, nonceOf, type Part } from './custom.ts'
import { type Body, isPictured } from './render.ts'

/** Nobody is ever pinged by what a message of the hub shows. */
const silent = { parse: [] } as const

/** A new message's body: marked, so that it is found again, and with a nonce that makes it count once. */
export function newMessage(body: Body, key: string, part: Part, extra: object = {}) {
  return { ...marked(body, key, part), nonce: nonceOf(key, part), enforce_nonce: true, ...extra }
}

/** The same without the nonce, which only the creation of a message in a channel takes. */
export function marked(body: Body, key: string, part: Part) {
  return { ...shown({ ...body, id: markOf(key, part) }) }
}

/** What a message shows, for edits and answers. */
export function shown(body: Body) {
  return { components: [body], flags: MessageFlags.IsComponentsV2, allowed_mentions: silent }
}

/** The same, for whoever asked alone. */
export function privately(body: Body) {
  return { ...shown(body), flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral }
}

/** The picture that a message shows goes with it as a file; none where it shows none. */
export function filesOf(body: Body, image: Image | undefined): { readonly files?: RawFile[] } {
  if (!image || !isPictured(body)) return {}
  return { files: [{ name: image.name, data: Buffer.from(image.bytes), contentType: 'image/png' }] }
}

/** What a message says of that file: which of those that go with it, and what it shows in words. */
export function attached<Message extends object>(message: Message, body: Body, image: Image | undefined): Message {
  if (!image || !isPictured(body)) return message
  return { ...message, attachments: [{ id: '0', filename: image.name, description: image.alt }] }
}

/** True if that message of the bot is that part of what was sent under that key. */
export function isMarked(message: APIMessage, me: string, key: string, part: Part): boolean {
  if (message.author.id !== me) return false
  if (message.nonce !== undefined && String(message.nonce) === nonceOf(key, part)) return true
  return message.components?.[0]?.id === markOf(key, part)
}

/** The first words that a message of the hub shows, without mark-up; '' if there are none. */
export function firstWords(message: Pick<APIMessage, 'components'>): string {
  const [top] = (message.components ?? []) as readonly APIMessageTopLevelComponent[]
  if (top?.type !== ComponentType.Container) return ''
  const text = top.components.find(one => one.type === ComponentType.TextDisplay)
  const line = text?.type === ComponentType.TextDisplay ? (text.content.split('\n')[0] ?? '') : ''
  return line.replace(/^#+\s+/, '').replace(/\\(.)/g, '$1')
}

/** What the button of that custom id reads; '' if it is not there. */
export function labelOf({ components }: Pick<APIMessage, 'components'>, customId: string): string {
  const open = [...(components ?? [])] as unknown as Record<string, unknown>[]
  for (let one = open.shift(); one; one = open.shift()) {
    if (one.custom_id === customId && typeof one.label === 'string') return one.label
    const inside = [one.accessory, ...(Array.isArray(one.components) ? one.components : [])]
    open.push(...inside.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null))
  }
  return ''
}
