import { hash } from 'node:crypto'
import type { Raw } from '../platform.ts'
import { publicGroup } from './address.ts'
import { type DataMessage, type Frame, type Mention, parseFrame } from './envelope.ts'
import type { Heard, SignalFile } from './heard.ts'

/** By what the hub knows itself on Signal; its uuid may not be known yet. */
export type Own = { readonly number: string; readonly uuid: string | null }

type Said = Heard extends infer Each ? (Each extends Heard ? Omit<Each, keyof Who> : never) : never
type Who = Pick<Heard, 'key' | 'account' | 'number' | 'at' | 'taken' | 'group' | 'until'>

/**
 * The frame as it is kept: its key is made of its sender, time and kind, hashed because keys stay when all else of a
 * person is gone. What has no sender, could not be decrypted or is no frame at all is known by the hash of the whole,
 * so that it never takes the key of the message that is sent again. What one person sends is handled in the order it
 * came, wherever they wrote it.
 */
export function rawOf(body: string): Raw {
  const frame = parseFrame(body)
  const sender = frame && senderOf(frame)
  const at = frame && timeOf(frame)
  const known = frame && sender && at && !frame.exception
  const what = known ? `${sender}:${at}:${kindOf(frame)}` : body
  return { key: `signal:${hash('sha256', what, 'hex')}`, body, order: sender ?? 'nobody' }
}

/**
 * True of what only says who received, read or types something: nobody says anything by it, it comes by the dozen for
 * every message in a group, and who read what and when is better not kept at all.
 */
export function isStir(body: string): boolean {
  const frame = parseFrame(body)
  if (!frame || frame.exception) return false
  const kinds = Object.entries(frame.envelope).flatMap(([name, value]) =>
    /Message$/.test(name) && value ? [name] : [],
  )
  return kinds.length === 1 && /^(receipt|typing)Message$/.test(kinds[0] ?? '')
}

/** What was heard, or null where there is nobody who said it. */
export function readFrame(body: string, own: Own): Heard | null {
  const frame = parseFrame(body)
  const account = frame && senderOf(frame)
  const at = frame && timeOf(frame)
  if (!frame || !account || !at) return null
  const data = dataOf(frame)
  const internal = data?.groupInfo?.groupId
  const { sourceNumber, serverReceivedTimestamp } = frame.envelope
  const taken = serverReceivedTimestamp || at
  const lasts = (data?.expiresInSeconds ?? 0) * 1000
  return {
    key: rawOf(body).key,
    account,
    number: sourceNumber ?? (isNumber(account) ? account : null),
    at,
    taken,
    group: internal ? publicGroup(internal) : null,
    until: lasts > 0 ? taken + lasts : null,
    ...saidIn(frame, account, own),
  }
}

/** The ids of all files that the server stored with a frame, previews of links too. */
export function filesIn(body: string): readonly string[] {
  const frame = parseFrame(body)
  const data = frame && dataOf(frame)
  const pictures = (data?.previews ?? []).map(preview => preview.image)
  return [...(data?.attachments ?? []), ...pictures].flatMap(file => file?.id ?? [])
}

/** The hub's own uuid, where a frame gives it away beside its number. */
export function ownUuidIn(body: string, number: string): string | null {
  const frame = parseFrame(body)
  const data = frame && dataOf(frame)
  const { quote, reaction, mentions } = data ?? {}
  const pairs = [
    { number: quote?.authorNumber ?? quote?.author, uuid: quote?.authorUuid },
    { number: reaction?.targetAuthorNumber ?? reaction?.targetAuthor, uuid: reaction?.targetAuthorUuid },
    ...(mentions ?? []),
    { number: frame?.envelope.sourceNumber, uuid: frame?.envelope.sourceUuid },
  ]
  return pairs.find(pair => pair.number === number && pair.uuid)?.uuid ?? null
}

function saidIn(frame: Frame, account: string, own: Own): Said {
  const { editMessage, syncMessage, sourceNumber } = frame.envelope
  if (frame.exception) return { type: 'unreadable', untrusted: /untrusted/i.test(frame.exception.type ?? '') }
  if (syncMessage || [account, sourceNumber].includes(own.number) || account === own.uuid) return { type: 'nothing' }
  if (editMessage) {
    const { targetSentTimestamp: target, dataMessage: data } = editMessage
    return target && data ? { type: 'edit', target, words: wordsOf(data, own) } : { type: 'nothing' }
  }
  return talkIn(frame.envelope.dataMessage, account, own)
}

function talkIn(data: DataMessage | null | undefined, account: string, own: Own): Said {
  if (!data || data.storyContext || data.isExpirationUpdate) return { type: 'nothing' }
  if (data.groupInfo && data.groupInfo.type === 'UPDATE') return { type: 'nothing' }
  if (data.remoteDelete) {
    const target = data.remoteDelete.timestamp
    return target ? { type: 'deletion', target } : { type: 'nothing' }
  }
  if (data.reaction) {
    const { emoji, targetSentTimestamp: target, isRemove } = data.reaction
    if (!emoji || !target) return { type: 'nothing' }
    const author = authorOf(data.reaction.targetAuthorUuid, numberIn(data.reaction), account, data, own)
    return { type: 'reaction', emoji, author, target, removed: isRemove ?? false }
  }
  const words = wordsOf(data, own)
  const once = (data.viewOnce ?? false) && filesOf(data).length > 0
  const files = once ? [] : filesOf(data)
  if (words === '' && files.length === 0 && !once) return { type: 'nothing' }
  const { quote } = data
  return {
    type: 'text',
    words,
    quote: quote?.id ? { author: authorOf(quote.authorUuid, numberOf(quote), account, data, own), at: quote.id } : null,
    files,
    mentioned: (data.mentions ?? []).some(one => isOwn(one, own)),
    once,
  }
}

/**
 * Who wrote what is quoted. While the hub does not know its own uuid, an author without a number who is not the writer
 * is taken for the hub: names of messages that it never sent lead nowhere.
 */
function authorOf(
  uuid: string | null | undefined,
  number: string | null,
  account: string,
  { groupInfo }: DataMessage,
  own: Own,
): string {
  if (number === own.number || (uuid && uuid === own.uuid)) return own.number
  const author = uuid || number || own.number
  // In a direct conversation there are only two.
  if (author !== account && (!groupInfo || (own.uuid === null && number === null))) return own.number
  return author
}

function numberIn({ targetAuthor, targetAuthorNumber }: NonNullable<DataMessage['reaction']>): string | null {
  return targetAuthorNumber ?? (isNumber(targetAuthor) ? targetAuthor : null)
}

function numberOf({ author, authorNumber }: NonNullable<DataMessage['quote']>): string | null {
  return authorNumber ?? (isNumber(author) ? author : null)
}

/** The text with names in the places of mentions, which stand as U+FFFC; the hub's own name is left out. */
function wordsOf({ message, mentions }: DataMessage, own: Own): string {
  const text = message ?? ''
  const inPlace = (mentions ?? [])
    .filter(({ start, length }) => start >= 0 && length > 0 && start + length <= text.length)
    .toSorted((one, other) => other.start - one.start)
  let end = text.length
  let named = text
  for (const one of inPlace) {
    if (one.start + one.length > end) continue
    end = one.start
    named = named.slice(0, one.start) + nameOf(one, own) + named.slice(one.start + one.length)
  }
  return named.replace(/ {2,}(?=\S)/g, inPlace.length > 0 ? ' ' : '$&').trim()
}

function nameOf(one: Mention, own: Own): string {
  if (isOwn(one, own)) return ''
  // Without a profile name signal-cli gives the number or the uuid, which nobody may read here.
  const name = one.name && one.name !== one.number && one.name !== one.uuid ? one.name : null
  return name ? `@${name.replace(/^@/, '')}` : '@…'
}

function isOwn({ number, uuid }: Pick<Mention, 'number' | 'uuid'>, own: Own): boolean {
  return number === own.number || (uuid !== null && uuid !== undefined && uuid === own.uuid)
}

function filesOf({ attachments }: DataMessage): SignalFile[] {
  return (attachments ?? []).flatMap(({ id, filename, contentType, size }) => {
    if (!id) return []
    const type = contentType || 'application/octet-stream'
    const processed = !filename && /^(image|video)\//.test(type) ? { processed: true as const } : {}
    return [{ source: id, name: filename || id, type, size: Math.max(0, size ?? 0), ...processed }]
  })
}

function senderOf({ envelope }: Frame): string | null {
  return envelope.sourceUuid || envelope.sourceNumber || envelope.source || null
}

// The message's own time is its id; the envelope's is the same but for messages from other devices.
function timeOf({ envelope }: Frame): number | null {
  const { dataMessage, editMessage, timestamp } = envelope
  return editMessage?.dataMessage?.timestamp || dataMessage?.timestamp || timestamp || null
}

function dataOf({ envelope }: Frame): DataMessage | null {
  return envelope.editMessage?.dataMessage ?? envelope.dataMessage ?? null
}

function kindOf({ envelope }: Frame): string {
  const kind = Object.entries(envelope).find(([name, value]) => name.endsWith('Message') && value)?.[0]
  const data = envelope.dataMessage
  if (kind !== 'dataMessage' || !data) return kind?.replace('Message', '') ?? 'none'
  if (data.reaction) return data.reaction.isRemove ? 'unreaction' : 'reaction'
  return data.remoteDelete ? 'deletion' : 'data'
}

function isNumber(text: string | null | undefined): text is string {
  return /^\+\d{5,}$/.test(text ?? '')
}
