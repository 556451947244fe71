import { phrase } from '../../workflows/phrase.ts'
import type { Host } from '../platform.ts'
import { type Archived, archivedThreads } from './archive.ts'
import { codeOf } from './failure.ts'
import type { Hear } from './hear.ts'
import { createLook } from './look.ts'
import { type ChannelLike, isGone, type Places } from './places.ts'
import { createReading } from './reading.ts'
import type { Rest } from './rest.ts'
import { isLater, momentOf, type Seen } from './seen.ts'

/** What reading after an absence works with. */
export type CatchUpOptions = {
  readonly rest: Rest
  readonly places: Places
  readonly host: Host
  readonly seen: Seen
  readonly hear: Hear
  readonly me: () => Promise<string>
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly warn: (error: unknown) => void
  readonly stopping: AbortSignal
}

/** A channel or thread as the gateway tells of it, with the newest message in it. */
export type Told = ChannelLike & { readonly last_message_id?: string | null; readonly owner_id?: string }

/** Reads what was written while the hub was away. Never rejects. */
export type CatchUp = {
  /** The threads and bound channels of a server, as they were told of when it was joined anew. */
  server(guild: string, channels: readonly Told[], threads: readonly Told[] | undefined): Promise<void>
  /** The direct conversations that people had with the hub lately, and those that it began. */
  direct(began: ReadonlyMap<string, string>): Promise<void>
}

const mostConversations = 500
const pauses = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 30 * 60_000]
const tool = phrase('sight.tool-discord')

/**
 * Makes what reads after an absence: at most 2,000 messages a channel; a gap beyond is told. What cannot be read now is
 * tried again until the hub stops; until then nothing that is heard there counts as all.
 */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { places, host, seen, pause, warn, stopping } = options
  const reading = createReading(options)
  const look = createLook(options)

  return {
    async server(guild, channels, threads) {
      const rooms = new Set(host.rooms().map(room => room.address))
      const bound = channels.filter(channel => rooms.has(channel.id))
      const cards = await host.threads().catch(() => [])
      const discussed = new Set(cards.map(card => card.thread ?? card.id))
      const mine = await options.me().catch(() => '')
      for (const channel of bound) {
        if (places.known(channel.id)?.kind === 'forum') continue
        // Where nothing was heard yet, people may have answered the first card that stands there.
        const since =
          seen.last(channel.id) ?? earliest(cards.flatMap(({ room, id }) => (room === channel.id ? [id] : [])))
        // What was said before the hub first came is not for it.
        if (since) await read(channel, since, guild)
        else if (channel.last_message_id) seen.advance(channel.id, channel.last_message_id)
      }
      const archived: Archived[] = []
      for (const { id } of bound)
        archived.push(...(await archivedThreads(id, seen.newest(), options).catch(given(warn))))
      const known = [...(threads ?? []), ...archived]
      for (const thread of known) {
        if (!thread.parent_id || !rooms.has(thread.parent_id)) continue
        places.learn(thread, guild)
        const own = discussed.has(thread.id) || thread.owner_id === mine
        const since = seen.last(thread.id) ?? (own ? thread.id : null)
        if (since) await read(thread, since, guild)
      }
      // Threads that were put away meanwhile are not told of; most cards have none at all.
      const told = new Set(known.map(thread => thread.id))
      for (const id of discussed) {
        const since = seen.last(id) ?? (threads ? null : id)
        const elsewhere = places.known(id)?.guild ?? guild
        if (since && !told.has(id) && elsewhere === guild) await read({ id }, since, guild)
      }
      await look.server(guild, cards).catch(warn)
      await seen.flush()
    },

    async direct(began) {
      const since = new Map([
        ...began,
        ...seen.conversations().map((id): [string, string] => [id, seen.last(id) ?? id]),
      ])
      for (const [id, from] of [...since].slice(-mostConversations)) await read({ id }, from, null)
      await look.direct().catch(warn)
      await seen.flush()
    },
  }

  async function read(told: Pick<Told, 'id' | 'last_message_id'>, since: string, guild: string | null): Promise<void> {
    const missed = told.last_message_id !== null && (!told.last_message_id || isLater(told.last_message_id, since))
    // What comes there counts at once, however long other servers keep theirs to themselves.
    if (!missed) return seen.release(told.id)
    seen.hold(told.id)
    if (!(await attempt(told.id, since, guild, 0))) void insist(told.id, since, guild)
  }

  /** Whether there is nothing more to try. */
  async function attempt(channel: string, since: string, guild: string | null, tries: number): Promise<boolean> {
    try {
      const found = await reading.after(channel, since, guild)
      if (stopping.aborted) return true
      if (found === 'more') await tellGap(channel, since, 'partly')
      else if (tries > 1) await tellGap(channel, since, 'read')
      seen.release(channel)
      return true
    } catch (error) {
      // What was heard meanwhile must not make the gap pass for read.
      if (isGone(error)) seen.release(channel)
      else warn(error)
      const refused = refusals.has(codeOf(error) ?? 0)
      if (refused || tries === 1) await tellGap(channel, since, refused ? 'lost' : 'trying').catch(warn)
      return isGone(error) || refused
    }
  }

  async function insist(channel: string, since: string, guild: string | null): Promise<void> {
    for (let tries = 1; !stopping.aborted; tries++) {
      await pause(pauses[Math.min(tries, pauses.length) - 1] ?? 0)
      if (stopping.aborted || (await attempt(channel, since, guild, tries))) return
    }
  }

  async function tellGap(channel: string, since: string, how: 'partly' | 'lost' | 'trying' | 'read'): Promise<void> {
    const place = places.known(channel)
    const room = host.rooms().find(({ address }) => address === channel || address === place?.parent)
    // Whom the hub talks with alone is nobody else's business.
    if (!room && place?.kind === 'direct') return
    const name = place?.name || (place?.parent && places.known(place.parent)?.name) || room?.name || channel
    const from = momentOf(since)
    const span = { room: { words: `#${name}` }, from: { date: from }, until: { date: options.clock() } }
    if (how === 'partly' && room)
      await host.away({ from, until: options.clock(), rooms: [room.address], partly: true }).catch(warn)
    const said =
      how === 'trying' || how === 'read' ? phrase(`away.${how}`, { tool, ...span }) : phrase('discord.gap', span)
    const again = how === 'trying' || how === 'read' ? `:${how}` : ''
    await host.notice(`discord-gap:${channel}:${since}${again}`, said).catch(warn)
  }
}

// Missing access, missing permissions.
const refusals = new Set([50001, 50013])

function earliest(ids: readonly string[]): string | null {
  return ids.toSorted((one, other) => (isLater(one, other) ? 1 : -1))[0] ?? null
}

function given(warn: (error: unknown) => void): (error: unknown) => [] {
  return error => {
    warn(error)
    return []
  }
}
