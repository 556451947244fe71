import type { Group, Message, Own, Person } from './world.ts'

/** A frame as the server writes it to the socket, and gives it to whoever polls. */
export type Frame = { readonly envelope: Readonly<Record<string, unknown>>; readonly account: string }

/** What a frame carries, with every field that the real server writes, nulls included. */
export type Said = {
  readonly message?: string | null
  readonly quote?: object
  readonly reaction?: object
  readonly remoteDelete?: object
  readonly attachments?: readonly object[]
  readonly mentions?: readonly object[]
  readonly viewOnce?: boolean
  readonly [more: string]: unknown
}

/** An envelope around one kind of message. */
export function frameOf(from: Person, own: Own, at: number, kind: Readonly<Record<string, unknown>>): Frame {
  return {
    envelope: {
      source: from.number ?? from.uuid,
      sourceNumber: from.number,
      sourceUuid: from.uuid,
      sourceName: from.name,
      sourceDevice: 1,
      timestamp: at,
      serverReceivedTimestamp: at + 12,
      serverDeliveredTimestamp: at + 15,
      ...kind,
    },
    account: own.number,
  }
}

/** A dataMessage as it stands in an envelope or in an edit. */
export function dataOf(at: number, group: Group | null, timer: number, said: Said): Readonly<Record<string, unknown>> {
  return {
    timestamp: at,
    message: null,
    expiresInSeconds: timer,
    isExpirationUpdate: false,
    viewOnce: false,
    ...said,
    ...(group ? { groupInfo: infoOf(group) } : {}),
  }
}

/** What a reaction to a message carries. */
export function reactionOf(emoji: string, target: Message, own: Own, author: Person | null, isRemove: boolean) {
  return {
    emoji,
    ...targetOf(target, own, author),
    targetSentTimestamp: target.at,
    isRemove,
  }
}

/** What the quote of a message carries; the hub's number is not always there. */
export function quoteOf(target: Message, own: Own, author: Person | null) {
  const { targetAuthor, targetAuthorNumber, targetAuthorUuid } = targetOf(target, own, author)
  return {
    id: target.at,
    author: targetAuthor,
    authorNumber: targetAuthorNumber,
    authorUuid: targetAuthorUuid,
    text: target.text,
    attachments: [],
  }
}

/** A stored file as a message names it: the name is null for pictures taken in the app. */
export function attachmentOf(id: string, name: string | null, type: string, size: number) {
  return {
    contentType: type,
    filename: name,
    id,
    size,
    width: null,
    height: null,
    caption: null,
    uploadTimestamp: null,
  }
}

/** The group as a frame names it: by its internal id. */
export function infoOf(group: Group, type: 'DELIVER' | 'UPDATE' = 'DELIVER') {
  return { groupId: group.internal, groupName: group.name, revision: 3, type }
}

function targetOf(target: Message, own: Own, author: Person | null) {
  const number = target.author === own.uuid ? null : (author?.number ?? null)
  return { targetAuthor: number ?? target.author, targetAuthorNumber: number, targetAuthorUuid: target.author }
}
