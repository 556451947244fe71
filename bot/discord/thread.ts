import { type APIMessage, Routes } from 'discord.js'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { Reader } from '../../workflows/text/say.ts'
import type { CardFacts } from '../platform.ts'
import { codeOf } from './failure.ts'
import type { Forums } from './forum.ts'
import { firstWords } from './message.ts'
import type { ChannelLike, Places } from './places.ts'
import type { Rest } from './rest.ts'

/** What is done with the threads of cards. */
export type Threads = {
  /** Remembers what the thread of that card is to be called, if one is opened. */
  title(card: MessageRef, name: string): void
  /**
   * Does something in the thread of a card, which is opened if there is none yet; where the server can have no more
   * threads, `otherwise`.
   */
  within<T>(card: MessageRef, act: (thread: string) => Promise<T>, otherwise?: () => Promise<T>): Promise<T>
  /** Before a card shows something else: its thread gets its name; its forum post is opened, and gets its tags. */
  before(card: MessageRef, facts: CardFacts, name: string, reader: Reader): Promise<void>
  /** Once the incident has ended for good: its thread, if there is one, is put away. */
  close(card: MessageRef): Promise<void>
}

const most = { name: 100, titles: 500 }
const autoArchive = 10_080

/** Makes what is done with threads. A message has one thread at most, and the thread has the id of the message. */
export function createThreads({ rest, places, forums }: { rest: Rest; places: Places; forums: Forums }): Threads {
  const titles = new Map<string, string>()
  const inForum = (card: MessageRef) => card.room === threadOf(card)

  return {
    title({ id }, name) {
      titles.set(id, name)
      const oldest = titles.size > most.titles ? titles.keys().next().value : undefined
      if (oldest !== undefined) titles.delete(oldest)
    },

    async within(card, act, otherwise) {
      let thread = threadOf(card)
      try {
        if (!inForum(card)) thread = await ready(card)
        return await opened(thread, () => act(thread))
      } catch (error) {
        const code = codeOf(error)
        if (code === 160006 && otherwise) return otherwise()
        // Somebody has deleted the thread; a new one can be opened.
        if (code !== 10003 || inForum(card) || !places.known(thread)) throw error
        places.forget(thread)
        return act(await ready(card))
      }
    },

    async before(card, facts, name, reader) {
      const thread = threadOf(card)
      if (inForum(card)) return forums.open(thread, facts, name, reader)
      titles.set(card.id, name)
      const known = places.known(thread)
      if (known && known.name !== name.slice(0, most.name)) await forums.rename(thread, name)
    },

    async close(card) {
      const thread = threadOf(card)
      if (inForum(card)) return forums.close(thread)
      if (!places.known(thread)) return
      // The number of open threads is limited. Not locked: whoever writes there opens it again.
      await rest.patch(Routes.channel(thread), { body: { archived: true } }).catch(error => {
        if (codeOf(error) !== 10003 && codeOf(error) !== 50083) throw error
      })
    },
  }

  /** What is written into an archived thread opens it, unless it is locked; it is put away again afterwards. */
  async function opened<T>(thread: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (codeOf(error) !== 160005 && codeOf(error) !== 50083) throw error
      const was = await forums.unlock(thread)
      const done = await act()
      if (was.locked) await forums.close(thread)
      return done
    }
  }

  /** The thread of a card in a channel, opened if there is none; a card that was sent anew may need one of its own. */
  async function ready(card: MessageRef): Promise<string> {
    const thread = threadOf(card)
    if (await stands(card.room, thread)) return thread
    await open(card.room, card.id)
    return card.id
  }

  async function stands(channel: string, thread: string): Promise<boolean> {
    if (places.known(thread)) return true
    try {
      await open(channel, thread)
      return true
    } catch (error) {
      // The message it began with is gone; the thread may stand all the same.
      if (codeOf(error) !== 10008) throw error
      return places.find(thread).then(
        () => true,
        () => false,
      )
    }
  }

  async function open(channel: string, message: string): Promise<void> {
    if (places.known(message)) return
    const name = (titles.get(message) ?? (await titleOf(channel, message))).slice(0, most.name)
    try {
      const body = { name, auto_archive_duration: autoArchive }
      places.learn(await rest.post<ChannelLike>(Routes.threads(channel, message), { body }))
    } catch (error) {
      // There is one already: it has the id of the message.
      if (codeOf(error) !== 160004) throw error
      places.learn(await rest.get<ChannelLike>(Routes.channel(message)))
    }
  }

  async function titleOf(channel: string, message: string): Promise<string> {
    const words = firstWords(await rest.get<APIMessage>(Routes.channelMessage(channel, message)))
    return (/[A-Z]{2,5}-\d{4,}.*/.exec(words)?.[0] ?? words) || 'Trust Hub'
  }
}

/** The thread of a card: its own, or the one that it goes on with. */
function threadOf({ id, thread }: MessageRef): string {
  return thread ?? id
}
