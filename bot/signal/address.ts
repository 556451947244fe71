import type { MessageRef } from '../../workflows/delivery.ts'

/** One message on Signal: in a group (its public id) or with one person, by whom, and when (ms, its id). */
export type Place = {
  readonly group: string | null
  /** Whose direct conversation it is; null in a group. */
  readonly account: string | null
  readonly author: string
  readonly at: number
}

const direct = 'direct:'

/** The room of somebody's direct conversation with the hub. */
export function directRoom(account: string): string {
  return direct + account
}

/** The room in which something was heard: the group's public id, or the direct conversation. */
export function roomOf({ group, account }: { readonly group: string | null; readonly account: string }): string {
  return group ?? directRoom(account)
}

/**
 * Names a message; its time alone is unique only with its author. The hub's own have its number as their author.
 */
export function messageRef(room: string, author: string, at: number): MessageRef {
  return { room, id: `${author}.${at}` }
}

/** The message that something heard is itself. */
export function selfRef(heard: {
  readonly group: string | null
  readonly account: string
  readonly at: number
}): MessageRef {
  return messageRef(roomOf(heard), heard.account, heard.at)
}

/** Reads a name that `messageRef` gave, or null where it is none. */
export function readRef({ room, id }: MessageRef): Place | null {
  const [, author, at] = /^(.+)\.(\d+)$/.exec(id) ?? []
  if (author === undefined || at === undefined) return null
  const account = room.startsWith(direct) ? room.slice(direct.length) : null
  return { group: account === null ? room : null, account, author, at: Number(at) }
}

/**
 * The id by which the API knows a group, from the one that frames carry: base64 of that text once more. It holds no
 * `+` or `/`, so that it may stand in a path.
 */
export function publicGroup(internal: string): string {
  return `group.${Buffer.from(internal, 'utf8').toString('base64')}`
}
