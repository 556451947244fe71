import { MessageReferenceType } from 'discord.js'
import type { Logger } from 'pino'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import type { Answer, Host, IncomingFile, Interaction, Outgoing, Platform, Raw, Target } from '../platform.ts'
import { answerView } from './answer.ts'
import { type AttachmentLike, incomingFile } from './file.ts'
import { type Heard, isOfPerson, type MessageLike } from './hear.ts'
import { type Spot, spotIn } from './origin.ts'
import { isGone, type Places } from './places.ts'

/** What handling works with. */
export type HandleOptions = {
  readonly host: () => Host | null
  readonly places: Places
  readonly post: Platform['post']
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}

const postTries = 4

/** Makes what understands kept messages, hands them to the hub and posts what it answers. Rejects to be asked again. */
export function createHandle({ host, places, post, pause, log }: HandleOptions): (raw: Raw) => Promise<void> {
  return async raw => {
    const hub = host()
    if (!hub) throw new PlatformError('discord', 'the hub is not there', { permanent: false })
    const heard = JSON.parse(raw.body) as Heard
    // It may have been a card.
    if (heard.t === 'MESSAGE_DELETE') await hub.gone({ room: heard.d.channel_id, id: heard.d.id })
    const spot = await where(heard)
    if (!spot || (spot.room !== null && !hub.rooms().some(room => room.address === spot.room))) return
    const interaction = understand(heard, raw.key, spot)
    if (!interaction) return
    await answer(await hub.receive(interaction), interaction)
  }

  async function where({ d }: Heard): Promise<Spot | null> {
    // Only in direct conversations no server is named.
    if (!d.guild_id) return { room: null, message: null }
    try {
      return await spotIn(d.channel_id, places)
    } catch (error) {
      if (isGone(error)) return null
      throw error
    }
  }

  /** In a room nobody else is shown what is for one person: it goes to them. */
  async function answer({ reply, reader, image }: Answer, { key, account, message, room }: Interaction): Promise<void> {
    const view = answerView(reply)
    if (!view || account === '') return
    const open = reply.type === 'view' && !reply.private && room !== null && message !== null
    const to: Target = open ? { type: 'thread', under: message } : { type: 'direct', account }
    await send(to, { view, reader, key: `reply:${key}`, ...(image ? { image } : {}) })
  }

  // The hub gives its answer once; the nonce makes a second try harmless.
  async function send(to: Target, message: Outgoing): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return void (await post(to, { ...message, urgent: true }))
      } catch (error) {
        const { permanent = true, retryAfterMs = 1000 * attempt } = error as Partial<PlatformError>
        if (permanent || attempt === postTries)
          return log.warn({ reason: reasonOf(error) }, 'an answer to a message was not delivered')
        await pause(Math.min(retryAfterMs, 10_000))
      }
    }
  }
}

function understand(heard: Heard, key: string, spot: Spot): Interaction | null {
  const { d } = heard
  const self = { room: d.channel_id, id: d.id }
  const account = 'author' in d ? (d.author?.id ?? '') : ''
  const origin = { platform: 'discord', key, account, ...spot } as const
  switch (heard.t) {
    case 'MESSAGE_DELETE':
      return { ...origin, type: 'deleted', self, at: Date.now() }
    case 'MESSAGE_UPDATE': {
      if (!isOfPerson(heard.d)) return null
      const at = Date.parse(heard.d.edited_timestamp ?? heard.d.timestamp)
      return { ...origin, type: 'edited', self, words: wordsOf(heard.d), at, ...groupsOf(heard.d) }
    }
    case 'MESSAGE_CREATE': {
      if (!isOfPerson(heard.d)) return null
      const message = spot.message ?? quoted(heard.d)
      const words = wordsOf(heard.d)
      const files = filesOf(heard.d)
      // Without the intent for content there is nothing to read.
      if (words === '' && files.length === 0) return null
      const at = Date.parse(heard.d.timestamp)
      return { ...origin, message, type: 'message', words, files, self, at, ...groupsOf(heard.d) }
    }
  }
}

/** An answer to a message in the room itself is about that message's incident. */
function quoted({ message_reference: quote, channel_id }: MessageLike): Spot['message'] {
  if (!quote?.message_id || quote.type === MessageReferenceType.Forward || quote.channel_id !== channel_id) return null
  return { room: channel_id, id: quote.message_id }
}

/** What was written; of a forwarded message, what it says. */
function wordsOf({ content, message_snapshots }: MessageLike): string {
  if (content) return content
  return (message_snapshots ?? []).map(({ message }) => message.content).join('\n')
}

function filesOf({ id, channel_id, attachments, message_snapshots }: MessageLike): readonly IncomingFile[] {
  const forwarded = (message_snapshots ?? []).flatMap(({ message }) => message.attachments ?? [])
  const from = { channel: channel_id, message: id }
  return [...(attachments ?? []), ...forwarded].map(one => incomingFile(one as AttachmentLike, from))
}

function groupsOf({ member }: MessageLike): { readonly groups?: readonly string[] } {
  return member?.roles ? { groups: member.roles } : {}
}
