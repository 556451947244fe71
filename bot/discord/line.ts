import type { APIInteraction, GatewayDispatchPayload } from 'discord.js'
import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import type { Answer, Host, Platform } from '../platform.ts'
import { answerView } from './answer.ts'
import type { Began } from './began.ts'
import { createCatchUp, type Told } from './catch-up.ts'
import { createEnlist } from './enlist.ts'
import { createHear, heardIn } from './hear.ts'
import { createInteractions } from './interactions.ts'
import type { ChannelLike, Places } from './places.ts'
import type { Rest } from './rest.ts'
import { createSeen } from './seen.ts'

/** What listening works with. */
export type LineOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly host: Host
  readonly commands: readonly Command[]
  readonly post: Platform['post']
  readonly me: () => Promise<string>
  readonly log: Logger
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly warn: (error: unknown) => void
  readonly signal: AbortSignal
  readonly began: Began
}

/** Everything that comes over the gateway. */
export type Line = {
  begin(): Promise<void>
  /** Takes an event; what follows from it goes on by itself. */
  take(packet: GatewayDispatchPayload): void
  flush(): Promise<void>
  /** Whether what was written in an absence is still being read. */
  behind(): boolean
  /** Resolves once all that was taken is done with. */
  settle(): Promise<void>
}

const longestWait = 10 * 60_000

/** Makes what takes the events of the gateway. */
export function createLine(options: LineOptions): Line {
  const { rest, places, host, warn, signal, log } = options
  // Nothing waits on once the hub stops.
  const pause = (ms: number) => Promise.race([options.pause(ms), ended(signal)])
  const seen = createSeen(() => host.memory)
  const hear = createHear({ ...options, pause, seen, stopping: signal })
  const catchUp = createCatchUp({ ...options, pause, seen, hear, stopping: signal })
  const enlist = createEnlist(rest, host.memory, options.commands)
  const interactions = createInteractions({ ...options, later })
  const inHand = new Set<Promise<unknown>>()
  let application = ''
  const reading = new Set<string>(['everything'])

  return {
    async begin() {
      await seen.load().catch(warn)
    },
    take(packet) {
      learn(packet)
      switch (packet.t) {
        case 'READY':
          application = packet.d.application?.id ?? packet.d.user.id
          // What comes now stands behind what was missed.
          seen.suspend()
          reading.add('everything')
          hold(insist(() => enlist.direct(application)))
          for (const guild of packet.d.guilds ?? []) {
            reading.add(guild.id)
            hold(insist(() => enlist.server(application, guild.id)))
          }
          return hold(
            options.began
              .all()
              .then(catchUp.direct)
              .finally(() => wasRead('everything')),
          )
        case 'GUILD_CREATE': {
          const { id, channels, threads, joined_at } = packet.d
          hold(insist(() => enlist.server(application, id, joined_at)))
          const read = catchUp.server(id, (channels ?? []) as Told[], threads as Told[] | undefined)
          return hold(read.finally(() => wasRead(id)))
        }
        case 'INTERACTION_CREATE':
          return hold(interactions(packet.d as APIInteraction))
        default:
          for (const heard of heardIn(packet)) hold(hear(heard))
      }
    },
    flush: () => seen.flush(),
    behind: () => reading.size > 0,
    async settle() {
      while (inHand.size > 0) await Promise.allSettled(inHand)
      await seen.flush()
    },
  }

  function wasRead(what: string): void {
    reading.delete(what)
    if (reading.size === 0) seen.resume()
  }

  function hold(work: Promise<unknown>): void {
    const held = work.catch(warn).finally(() => inHand.delete(held))
    inHand.add(held)
  }

  /** Tries until it is done, with growing pauses, or the hub stops. */
  async function insist(work: () => Promise<void>): Promise<void> {
    for (let wait = 2000; !signal.aborted; wait = Math.min(longestWait, wait * 4)) {
      try {
        return await work()
      } catch (error) {
        warn(error)
        await pause(wait)
      }
    }
  }

  /** What events tell of channels, so that no message has to wait for a look-up. */
  function learn({ t, d }: GatewayDispatchPayload): void {
    switch (t) {
      case 'GUILD_CREATE':
        for (const channel of [...(d.channels ?? []), ...(d.threads ?? [])]) places.learn(channel as ChannelLike, d.id)
        return
      case 'CHANNEL_CREATE':
      case 'CHANNEL_UPDATE':
      case 'THREAD_CREATE':
      case 'THREAD_UPDATE':
        places.learn(d as ChannelLike)
        return
      case 'THREAD_LIST_SYNC':
        for (const thread of d.threads) places.learn(thread as ChannelLike, d.guild_id)
        return
      case 'CHANNEL_DELETE':
      case 'THREAD_DELETE':
        places.forget(d.id)
        return
      case 'MESSAGE_CREATE':
        // Of direct conversations nothing else is told.
        if (!d.guild_id && !places.known(d.channel_id)) places.learn({ id: d.channel_id, type: 1 })
    }
  }

  async function later(account: string, { reply, reader, image }: Answer, key: string): Promise<void> {
    const view = answerView(reply)
    if (!view) return
    await options
      .post({ type: 'direct', account }, { view, reader, key, urgent: true, ...(image ? { image } : {}) })
      .catch(error => log.warn({ reason: (error as Error).name }, 'an answer came too late and was not delivered'))
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
