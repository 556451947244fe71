import type { Desk } from './desk.ts'
import { patiently } from './web.ts'

/** A message as Slack lists it. */
export type Listed = Readonly<Record<string, unknown>> & { readonly ts: string }

/** What is to be read: a conversation, or the thread under `root`; between two Slack timestamps. */
export type Range = {
  readonly channel: string
  readonly root?: string
  readonly oldest?: string
  readonly latest?: string
  readonly inclusive?: true
}

/** What stands there, oldest first; `whole`: nothing was left out. */
export type Reading = { readonly messages: readonly Listed[]; readonly whole: boolean }

const pageful = 200

/**
 * Reads at most so many pages of 200, at Slack's pace. Of a conversation the newest come first, of a thread the oldest.
 * @throws PlatformError
 */
export async function readRange(
  { channel, root, ...between }: Range,
  mostPages: number,
  { web, pause }: Pick<Desk, 'web' | 'pause'>,
  signal: AbortSignal,
): Promise<Reading> {
  const messages: Listed[] = []
  const method = root === undefined ? 'conversations.history' : 'conversations.replies'
  const args = { channel, ...(root === undefined ? {} : { ts: root }), ...between, limit: pageful }
  let cursor = ''
  for (let page = 1; ; page++) {
    const given = await patiently(() => web.read(method, { ...args, ...(cursor === '' ? {} : { cursor }) }), pause)
    messages.push(...(Array.isArray(given.messages) ? given.messages : []).filter(isListed))
    const { next_cursor: next } = (given.response_metadata ?? {}) as { next_cursor?: unknown }
    const more = given.has_more === true && typeof next === 'string' && next !== ''
    if (!more || page === mostPages || signal.aborted) {
      return { messages: messages.toSorted((one, other) => Number(one.ts) - Number(other.ts)), whole: !more }
    }
    cursor = next
  }
}

function isListed(message: unknown): message is Listed {
  return typeof (message as Listed | null)?.ts === 'string'
}
