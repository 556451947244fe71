import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import type { Host } from '../platform.ts'
import { readRef } from './address.ts'
import { createBoard } from './board.ts'
import { type Desk, erasedDesk, keepDesk, openDesk, type Saying } from './desk.ts'
import type { Heard } from './heard.ts'
import { understand } from './hearing.ts'
import type { Send, Voice } from './send.ts'
import type { Written } from './text.ts'
import { receiveVisit } from './visit.ts'

/** What understanding people on Signal is made of; `number` is the hub's own, `clock` gives epoch ms. */
export type TalkOptions = {
  readonly host: Pick<Host, 'receive' | 'rooms' | 'threads' | 'memory'>
  readonly commands: readonly Command[]
  readonly number: string
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn'>
  readonly send: Send
  readonly picture: Voice['picture']
}

/** What understands people on Signal and answers them. */
export type Talk = {
  /**
   * Does what follows from something heard; heard again, it changes nothing. Of one person one thing comes after the
   * other. Rejects to be given it again later.
   */
  readonly hear: (heard: Heard) => Promise<void>
  /** Remembers what stands on a message now, by the name of each of its pieces; `under`: the card it belongs to. */
  readonly posted: (refs: readonly MessageRef[], written: Written, under?: MessageRef) => Promise<void>
  /** The first words of a message that the hub sent, or null. */
  readonly titleOf: (ref: MessageRef) => Promise<string | null>
  /** The messages in which one that the hub sent goes on. */
  readonly restOf: (ref: MessageRef) => Promise<readonly MessageRef[]>
}

/** Makes the talk: who writes is answered alone, whatever they asked in front of others. */
export function createTalk({ host, commands, number, clock, log, send, picture }: TalkOptions): Talk {
  const { memory } = host
  const board = createBoard(memory)
  const tools = { host, commands, number, clock, board, aside }
  const tails = new Map<string, Promise<void>>()

  function hear(heard: Heard): Promise<void> {
    const { account } = heard
    const turn = (tails.get(account) ?? Promise.resolve()).then(() => take(heard))
    const tail = turn
      .catch(() => {})
      .then(() => {
        if (tails.get(account) === tail) tails.delete(account)
      })
    tails.set(account, tail)
    return turn
  }

  async function take(heard: Heard): Promise<void> {
    if (heard.type === 'nothing' || heard.type === 'unreadable') return
    const { account, key } = heard
    const before = await openDesk(memory, account, clock())
    const again = before.done.find(one => one.key === key)
    if (again) {
      // A question that waited to be sent is none any more once they have gone on.
      const last = before.done.at(-1) === again
      await speak(last ? again.says : again.says.filter(({ asks }) => !asks), heard)
      return
    }
    const visit = receiveVisit(heard, before, tools)
    await understand(visit, tools)
    const erased = await erasedDesk(memory, account, before)
    // The question that waited is nobody's any more.
    const says = erased ? visit.says().filter(({ asks }) => !asks) : visit.says()
    if (says.length === 0 && visit.desk() === before) return
    // What is to be said is kept before it is said: after a crash neither the answer nor the step is lost.
    await keepDesk(memory, account, erased ?? visit.desk(), { key, says })
    await speak(says, heard)
  }

  async function aside({ to, written, key }: Saying): Promise<void> {
    try {
      for (const [piece, text] of written.pieces.entries()) await send(to, text, { key: `${key}.${piece}` })
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'that something is being saved could not be said on Signal')
    }
  }

  async function speak(says: readonly Saying[], { account, key }: Heard): Promise<void> {
    if (says.length === 0) return
    const times: Partial<Pick<Desk, 'askedAt' | 'saidAt'>>[] = []
    // Sending takes long; read anew, what another process has kept meanwhile stands.
    const keep = async (left: readonly Saying[]) => {
      const desk = await openDesk(memory, account, clock())
      await keepDesk(memory, account, asked(Object.assign({ ...desk }, ...times), times, clock()), { key, says: left })
    }
    for (const [index, { to, written, key: own, asks, image }] of says.entries()) {
      if (image) {
        await picture(to, image, { key: own, urgent: true })
        continue
      }
      try {
        const refs: MessageRef[] = []
        for (const [piece, text] of written.pieces.entries())
          refs.push(await send(to, text, { key: `${own}.${piece}` }))
        await board.posted(refs, written)
        const last = refs.at(-1)
        const saidAt = last && readRef(last)?.at
        if (saidAt) times.push(asks ? { saidAt, askedAt: saidAt } : { saidAt })
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error
        // What surely was not sent is sent later; what may have been is not repeated blindly.
        if (error.retryAfterMs !== undefined) {
          await keep(says.slice(index))
          throw error
        }
        log.warn({ reason: reasonOf(error) }, 'an answer on Signal may not have arrived')
      }
    }
    await keep([])
  }

  return {
    hear,
    posted: board.posted,
    titleOf: async ref => (await board.read(ref))?.title || null,
    restOf: board.restOf,
  }
}

/** The question that waits was said; the first time counts, by this clock if the other one is ahead. */
function asked(desk: Desk, times: readonly Partial<Pick<Desk, 'askedAt'>>[], now: number): Desk {
  const saidAt = times.findLast(one => one.askedAt !== undefined)?.askedAt
  const top = desk.forms.at(-1)
  if (saidAt === undefined || !top || top.askedAt !== undefined) return desk
  return { ...desk, forms: [...desk.forms.slice(0, -1), { ...top, askedAt: Math.min(saidAt, now) }] }
}
