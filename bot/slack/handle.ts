import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import type { Answer, Raw } from '../platform.ts'
import { createAnswers, failedView } from './answer.ts'
import { ask, type Desk } from './desk.ts'
import { type Heard, messageKey, momentOf, readEvent, selfOf } from './heard.ts'
import { incoming } from './opened.ts'
import { roomOf } from './press.ts'

/** What is kept of an event until it is handled. */
export type Kept = { readonly event: unknown; readonly event_id?: unknown }

/** The event as it is kept, under the key that makes it count once; null: it means nothing to the hub. */
export function rawOf({ event, event_id: id }: Kept, rooms: ReadonlySet<string>): Raw | null {
  const heard = readEvent(event)
  if (!heard || ('channel' in heard && !concerns(heard, rooms))) return null
  const key = 'ts' in heard ? messageKey(heard) : `slack:event:${String(id ?? '')}`
  const order = 'channel' in heard ? heard.channel : heard.type
  return { key, body: JSON.stringify({ event }), order }
}

/** The message of an app that an event tells was taken away, such as a card; null: it tells no such thing. */
export function ownGone(event: unknown): MessageRef | null {
  const {
    type,
    subtype,
    channel,
    deleted_ts: ts,
    previous_message: before,
  } = (event ?? {}) as Readonly<Record<string, unknown>>
  if (type !== 'message' || subtype !== 'message_deleted' || typeof channel !== 'string') return null
  const own = (before as { readonly bot_id?: unknown } | undefined)?.bot_id
  return own && typeof ts === 'string' ? { room: channel, id: ts } : null
}

/** Makes what understands a kept event and does what follows; `since` is when this process began (epoch ms). */
export function createHandler(desk: Desk, since: number) {
  const answers = createAnswers(desk)
  const tried = new Set<string>()

  return async ({ key, body }: Raw): Promise<void> => {
    const heard = readEvent((JSON.parse(body) as Kept).event)
    if (!heard) return
    switch (heard.type) {
      case 'home':
        // Nobody waits for it for hours: it is drawn when it is opened again.
        return desk.home.open(heard.account).catch(unvital)
      case 'groups':
        return desk.people.regroup()
      case 'lost':
        return tellLost(heard, desk)
      default: {
        const again = tried.has(key) || momentOf(heard.ts) < since
        if (tried.size > 1000) tried.clear()
        tried.add(key)
        await hear(heard, key, again)
        tried.delete(key)
      }
    }
  }

  function unvital(error: unknown): void {
    desk.log.warn({ reason: reasonOf(error) }, 'something that was asked in Slack could not be shown')
  }

  async function hear(heard: Extract<Heard, { ts: string }>, key: string, again: boolean): Promise<void> {
    const { account, channel, thread, direct, ts } = heard
    if (direct) desk.poster.met(account, channel)
    const message = thread === null ? null : { room: channel, id: thread }
    const at = heard.type === 'message' ? momentOf(ts) : desk.clock()
    const bare = { platform: 'slack', key, account, room: direct ? null : roomOf(channel), message, at } as const
    const self = selfOf(heard)
    const answer = await ask(
      heard.type === 'message'
        ? { ...bare, type: 'message', words: heard.words, files: heard.files.map(incoming), self }
        : heard.type === 'edited'
          ? { ...bare, type: 'edited', words: heard.words, self }
          : { ...bare, type: 'deleted', self },
      desk,
    )
    await show(answer, heard, key, again)
    desk.home.touch(account)
  }

  async function show(answer: Answer, heard: Extract<Heard, { ts: string }>, key: string, again: boolean) {
    const { reply, reader } = answer
    if (reply.type === 'nothing' || reply.type === 'form') return
    const { account, channel, thread, direct } = heard
    if (!direct) {
      return answers.show(answer, { account, channel, thread, responseUrl: null, own: false }, key)
    }
    // What was perhaps answered before a crash is looked up, so that it is not answered twice.
    if (again && (await desk.poster.findAt({ channel, thread }, `reply:${key}`))) return
    const words = reply.type === 'failed' ? reply.words : null
    const view = reply.type === 'view' ? reply.view : failedView(reply.phrase, words)
    const message = { view, reader, key: `reply:${key}`, urgent: true }
    await desk.poster.send({ channel, thread }, message).catch(error => {
      // What they wrote has arrived; what Slack refuses for good no further try would show.
      if (!(error instanceof PlatformError) || !error.permanent) throw error
      unvital(error)
    })
  }
}

const lostSaid = {
  left: 'slack.lost-left',
  archived: 'slack.lost-archived',
  deleted: 'slack.lost-deleted',
} as const

async function tellLost({ channel, how }: Extract<Heard, { type: 'lost' }>, { host, clock }: Desk): Promise<void> {
  const room = host.rooms().find(one => one.address === channel)
  if (!room) return
  const day = Math.floor(clock() / 86_400_000)
  await host.notice(`slack:${how}:${channel}:${day}`, phrase(lostSaid[how], { room: { words: room.name } }))
}

function concerns(heard: { readonly channel: string }, rooms: ReadonlySet<string>): boolean {
  return ('direct' in heard && heard.direct === true) || rooms.has(heard.channel)
}
