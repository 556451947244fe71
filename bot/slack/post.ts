import { createHash } from 'node:crypto'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { inWords } from '../../workflows/text/depicted.ts'
import { say } from '../../workflows/text/say.ts'
import type { Outgoing, Target } from '../platform.ts'
import { type Block, limits } from './block.ts'
import { type Drawn, drawMessages, drawPlainly } from './message.ts'
import { codeOf } from './problem.ts'
import { type Call, patiently, type Web } from './web.ts'

/** Where a message goes in Slack's terms. */
export type Spot = { readonly channel: string; readonly thread: string | null }

/** Writes, changes, removes and finds messages. Every call may fail with a PlatformError. */
export type Poster = {
  readonly post: (to: Target, message: Outgoing) => Promise<MessageRef>
  /** The same, to a place that is known already. */
  readonly send: (spot: Spot, message: Outgoing) => Promise<MessageRef>
  /** The same, until it is through: for answers, which nobody else would send again. */
  readonly answer: (spot: Spot, message: Outgoing) => Promise<MessageRef>
  readonly edit: (message: MessageRef, to: Outgoing) => Promise<void>
  readonly remove: (message: MessageRef) => Promise<void>
  readonly find: (to: Target, key: string) => Promise<MessageRef | null>
  readonly findAt: (spot: Spot, key: string) => Promise<MessageRef | null>
  /** The channel of somebody's direct conversation with the hub, at once: they wait for an answer there. */
  readonly direct: (account: string) => Promise<string>
  /** Somebody wrote in their direct conversation: that is its channel. */
  readonly met: (account: string, channel: string) => void
}

const kind = 'trust_hub_post'
const mostPages = 5
const mostTries = 5
const pageful = 200
const mostDirects = 5000
// Where a card was before is not worth more.
const linkMs = 1000
// That, and the longest wait for a turn.
const beginMs = 3500

/** Makes the poster; `pause` is how it waits between the parts of a long message, `clock` gives epoch ms. */
export function createPoster(web: Web, pause: (ms: number) => Promise<void>, clock: () => number): Poster {
  const directs = new Map<string, string>()

  const callFor = ({ urgent }: Outgoing): Call => (urgent ? web.urgent : web.call)

  /**
   * What does not begin soon does not begin at all: in a process that was stopped while it waited for its turn, another
   * process may have sent it meanwhile. Measured by both clocks, as delivery's leases are.
   */
  function soonFor(message: Outgoing): Call {
    const [at, since] = [clock(), performance.now()]
    const may = () => Math.max(clock() - at, performance.now() - since) <= beginMs
    return (method, args) => callFor(message)(method, args, may)
  }

  function met(account: string, channel: string): void {
    const oldest = directs.size >= mostDirects ? directs.keys().next().value : undefined
    if (oldest !== undefined) directs.delete(oldest)
    directs.set(account, channel)
  }

  async function direct(account: string, call: Call): Promise<string> {
    const known = directs.get(account)
    if (known) return known
    const { channel } = await call('conversations.open', { users: account })
    const { id } = (channel ?? {}) as { id?: unknown }
    if (typeof id !== 'string') throw odd('conversations.open')
    met(account, id)
    return id
  }

  async function spotOf(to: Target, call: Call = web.call): Promise<Spot> {
    switch (to.type) {
      case 'room':
        return { channel: to.room, thread: null }
      case 'thread':
        return { channel: to.under.room, thread: to.under.thread ?? to.under.id }
      case 'direct':
        return { channel: await direct(to.account, call), thread: null }
    }
  }

  async function send(spot: Spot, message: Outgoing, call: Call, before: readonly Block[] = []): Promise<MessageRef> {
    const { image, ...words } = message
    const { view, reader } = words
    try {
      return await sendParts(spot, withFirst(drawMessages(view, reader, image), before), message, call)
    } catch (error) {
      if (!plainer.has(codeOf(error) ?? '')) throw error
      if (image?.held) return send(spot, { ...words, view: inWords(view) }, call, before)
      if (!view.lines.some(line => line.type === 'table')) throw error
      return sendParts(spot, drawPlainly(view, reader), message, call)
    }
  }

  /**
   * The first message to somebody. Slack opens the conversation where their id stands for the channel, which spares a
   * call of a far narrower limit; why they cannot be written to it says only to whoever opens it.
   */
  async function sendFirst(account: string, message: Outgoing, call: Call): Promise<MessageRef> {
    try {
      const ref = await send({ channel: account, thread: null }, message, call)
      if (ref.room !== account) met(account, ref.room)
      return ref
    } catch (error) {
      if (!unopened.has(codeOf(error) ?? '')) throw error
      return send({ channel: await direct(account, call), thread: null }, message, call)
    }
  }

  async function answer(spot: Spot, message: Outgoing): Promise<MessageRef> {
    let doubtful = false
    for (let tries = 1; ; tries++) {
      try {
        // A look-up that fails has settled nothing.
        const found = doubtful ? await findAt(spot, message.key) : null
        return found ?? (await send(spot, message, web.urgent))
      } catch (error) {
        const { permanent, retryAfterMs } = error as PlatformError
        if (!(error instanceof PlatformError) || permanent || tries === mostTries) throw error
        doubtful ||= retryAfterMs === undefined
        await pause(retryAfterMs ?? 1000 * tries)
      }
    }
  }

  async function sendParts(spot: Spot, drawn: readonly [Drawn, ...Drawn[]], message: Outgoing, call: Call) {
    const [first, ...rest] = drawn
    const ref = await sendOne(spot, first, message, call)
    const under = { channel: ref.room, thread: spot.thread ?? ref.id }
    for (const [index, part] of rest.entries()) {
      // The first part stands: that the whole is sent again because of the second would be worse.
      await patiently(
        () =>
          callFor(message)('chat.postMessage', {
            ...argsOf(under, part, message, `${message.key}#${index + 2}`),
            ...folded,
          }),
        pause,
      )
    }
    return ref
  }

  async function sendOne(spot: Spot, part: Drawn, message: Outgoing, call: Call): Promise<MessageRef> {
    const { ts, channel } = await call('chat.postMessage', { ...argsOf(spot, part, message, message.key), ...folded })
    if (typeof ts !== 'string') throw odd('chat.postMessage')
    const room = typeof channel === 'string' ? channel : spot.channel
    return spot.thread === null ? { room, id: ts } : { room, id: ts, thread: spot.thread }
  }

  async function findAt({ channel, thread }: Spot, key: string): Promise<MessageRef | null> {
    const wanted = hashOf(key)
    let cursor = ''
    for (let page = 0; page < mostPages; page++) {
      const given = await web.call(thread === null ? 'conversations.history' : 'conversations.replies', {
        channel,
        ...(thread === null ? {} : { ts: thread }),
        ...(cursor === '' ? {} : { cursor }),
        limit: pageful,
        include_all_metadata: true,
      })
      for (const each of Array.isArray(given.messages) ? given.messages : []) {
        const { ts, metadata } = each as { ts?: unknown; metadata?: { event_type?: unknown; event_payload?: Payload } }
        if (metadata?.event_type !== kind || metadata.event_payload?.key !== wanted || typeof ts !== 'string') continue
        return thread === null ? { room: channel, id: ts } : { room: channel, id: ts, thread }
      }
      const { next_cursor: next } = (given.response_metadata ?? {}) as { next_cursor?: unknown }
      if (typeof next !== 'string' || next === '') return null
      cursor = next
    }
    return null
  }

  /** A new card links to the thread that was under the former one. */
  async function earlier({ room, id }: MessageRef, { reader }: Outgoing): Promise<Block[]> {
    try {
      const { permalink } = await web.call('chat.getPermalink', { channel: room, message_ts: id })
      if (typeof permalink !== 'string') return []
      const link = { type: 'link' as const, url: permalink, text: say(phrase('slack.earlier'), reader) }
      return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [link] }] }]
    } catch {
      return []
    }
  }

  return {
    direct: account => direct(account, web.now),
    met,
    send: (spot, message) => send(spot, message, callFor(message)),
    answer,
    findAt,
    async post(to, message) {
      const call = soonFor(message)
      if (to.type === 'direct' && !directs.has(to.account)) return sendFirst(to.account, message, call)
      const spot = await spotOf(to, call)
      const replaces = to.type === 'room' && to.replaces
      const former = replaces ? await Promise.race([earlier(replaces, message), pause(linkMs).then(() => [])]) : []
      return send(spot, message, call, former)
    },
    async edit({ room, id, thread }, message) {
      const [first, ...rest] = drawMessages(message.view, message.reader, message.image)
      const args = argsOf({ channel: room, thread: null }, first, message, message.key)
      await soonFor(message)('chat.update', { ...args, ts: id })
      const under = { channel: room, thread: thread ?? id }
      for (const part of rest) {
        await patiently(
          () => callFor(message)('chat.postMessage', { ...argsOf(under, part, message, message.key), ...folded }),
          pause,
        )
      }
    },
    async remove({ room, id }) {
      await web.call('chat.delete', { channel: room, ts: id })
    },
    find: async (to, key) => findAt(await spotOf(to), key),
  }
}

type Payload = { readonly key?: unknown }

const unopened = new Set(['channel_not_found', 'not_in_channel', 'user_not_found', 'is_archived'])
const plainer = new Set(['invalid_blocks', 'invalid_blocks_format', 'only_one_table_allowed'])

function argsOf({ channel, thread }: Spot, { text, blocks }: Drawn, { card }: Outgoing, key: string) {
  return {
    channel,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(thread === null ? {} : { thread_ts: thread }),
    // Everybody in the workspace can read it: it says no more than what the card shows.
    metadata: { event_type: kind, event_payload: { key: hashOf(key), ...(card ? { incident: card.incident } : {}) } },
    parse: 'none',
    link_names: false,
  }
}

// What is posted shows itself only, not the pages that it links to.
const folded = { unfurl_links: false, unfurl_media: false }

function withFirst([first, ...rest]: readonly [Drawn, ...Drawn[]], before: readonly Block[]): [Drawn, ...Drawn[]] {
  const room = first.blocks.length + before.length <= limits.blocks
  return room ? [{ ...first, blocks: [...first.blocks, ...before] }, ...rest] : [first, ...rest]
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32)
}

function odd(method: string): PlatformError {
  return new PlatformError('slack', `Slack's answer is not understood (${method})`, { permanent: false })
}
