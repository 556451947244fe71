import { type APIGuildForumTag, type APIThreadChannel, type RESTPostAPIChannelThreadsResult, Routes } from 'discord.js'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { CardFacts } from '../platform.ts'
import { codeOf } from './failure.ts'
import type { ChannelLike, Place, Places } from './places.ts'
import type { Ask, Rest } from './rest.ts'

/** What is done with forums; in each, an incident is a post of its own. */
export type Forums = {
  /** Makes a post and its first message in one call, and gives its id. */
  create(
    forum: Place,
    name: string,
    message: object,
    card: CardFacts | null,
    reader: Reader,
    files?: Pick<Ask, 'files'>,
  ): Promise<string>
  /** Opens a post that is archived, and sets its name and tags; before what it shows is changed. */
  open(thread: string, card: CardFacts, name: string, reader: Reader): Promise<void>
  /** Gives a thread another name, where Discord lets it: that is soon limited, and an old name harms little. */
  rename(thread: string, name: string): Promise<void>
  /** Archives and locks the post of an incident that has ended; after everything else. */
  close(thread: string): Promise<void>
  /** Opens an archived thread for one more message; gives what it was, to be put back. */
  unlock(thread: string): Promise<{ readonly archived: boolean; readonly locked: boolean }>
}

const most = { tags: 20, applied: 5, name: 100 }
// In minutes: a week, the longest there is.
const autoArchive = 10_080

/** True once an incident has ended for good; a resolved one may still be taken up again for a day. */
export function hasEnded({ status }: CardFacts): boolean {
  return status !== 'reported' && status !== 'claimed' && status !== 'resolved'
}

/** Makes what is done with forums. Tags that cannot be made are done without. */
export function createForums(rest: Rest, places: Places, warn: (error: unknown, what: string) => void): Forums {
  // Asked once a process; whoever gives the permission later starts the hub again, or makes the tags by hand.
  const denied = new Set<string>()

  return {
    async create(forum, name, message, card, reader, files = {}) {
      const applied_tags = card ? await tagsFor(forum, card, reader) : []
      const body = { name: name.slice(0, most.name), auto_archive_duration: autoArchive, message }
      const make = (tags: readonly string[]) =>
        rest.post<RESTPostAPIChannelThreadsResult>(Routes.threads(forum.id), {
          body: { ...body, ...(tags.length > 0 ? { applied_tags: tags } : {}) },
          once: true,
          ...files,
        })
      const thread = await make(applied_tags).catch(error => {
        const any = forum.tags[0]?.id
        // The forum wants a tag, and none of ours could be made.
        if (codeOf(error) === 40067 && applied_tags.length === 0 && any) return make([any])
        throw error
      })
      places.learn(thread as ChannelLike, forum.guild ?? undefined)
      return thread.id
    },

    async open(id, card, name, reader) {
      const thread = await rest.get<APIThreadChannel>(Routes.channel(id))
      const parent = thread.parent_id ? await places.find(thread.parent_id) : null
      const { archived, locked } = thread.thread_metadata ?? {}
      // Locks are for those who manage threads; its own posts the bot may open as it is.
      if (archived || locked) await change(id, { archived: false, ...(locked ? { locked: false } : {}) })
      const named = thread.name === name.slice(0, most.name) ? {} : { name: name.slice(0, most.name) }
      if (parent?.kind !== 'forum') return
      const wanted = merged(thread.applied_tags ?? [], await tagsFor(parent, card, reader), parent)
      const tagged = sameSet(wanted, thread.applied_tags ?? []) ? {} : { applied_tags: wanted }
      if ('name' in named || 'applied_tags' in tagged) {
        await change(id, { ...named, ...tagged }).catch(error => warn(error, 'a post could not be named and tagged'))
      }
    },

    async rename(id, name) {
      await change(id, { name: name.slice(0, most.name) })
        .then(thread => places.learn(thread as ChannelLike))
        .catch(error => warn(error, 'a thread could not be renamed'))
    },

    async close(id) {
      await change(id, { archived: true, locked: true }).catch(async error => {
        // Its own posts the bot may archive, but lock only with "Manage Threads".
        if (codeOf(error) !== 50013) throw error
        warn(error, 'a post could not be locked')
        await change(id, { archived: true })
      })
    },

    async unlock(id) {
      const { thread_metadata: was } = await rest.get<APIThreadChannel>(Routes.channel(id))
      await change(id, { archived: false, ...(was?.locked ? { locked: false } : {}) })
      return { archived: was?.archived ?? false, locked: was?.locked ?? false }
    },
  }

  function change(id: string, body: object): Promise<unknown> {
    return rest.patch(Routes.channel(id), { body })
  }

  /** The ids of the tags that an incident has, in that forum; missing ones are made. */
  async function tagsFor(forum: Place, card: CardFacts, reader: Reader): Promise<readonly string[]> {
    const names = tagNames(card, reader)
    const missing = allNames(reader).filter(name => !forum.tags.some(tag => same(tag.name, name)))
    const wanted = missing.some(name => names.includes(name))
    const tags = wanted && !denied.has(forum.id) ? await made(forum, missing) : forum.tags
    return names.flatMap(name => tags.find(tag => same(tag.name, name))?.id ?? [])
  }

  async function made(forum: Place, missing: readonly string[]): Promise<Place['tags']> {
    const room = Math.max(0, most.tags - forum.tags.length)
    const fresh = missing.slice(0, room).map(name => ({ name }))
    if (fresh.length === 0) return forum.tags
    try {
      const current = await rest.get<{ available_tags?: APIGuildForumTag[] } & ChannelLike>(Routes.channel(forum.id))
      const body = { available_tags: [...(current.available_tags ?? []), ...fresh] }
      return places.learn(await rest.patch<ChannelLike>(Routes.channel(forum.id), { body })).tags
    } catch (error) {
      if (codeOf(error) !== 50013 && codeOf(error) !== 50001) throw error
      denied.add(forum.id)
      warn(error, 'the tags of a forum could not be made')
      return forum.tags
    }
  }
}

/** The tags that a forum lacks, in the language in which it has most of them. */
export function missingTags(tags: readonly { readonly name: string }[]): readonly string[] {
  const lacks = (names: readonly string[]) => names.filter(name => !tags.some(tag => same(tag.name, name)))
  const [english, spanish] = [lacks(namesIn('en')), lacks(namesIn('es'))]
  return spanish.length < english.length ? spanish : english
}

/** The severity and the state, as tags are named: at most 20 characters. */
function tagNames({ severity, status }: CardFacts, reader: Reader): readonly string[] {
  const state = status === 'reported' ? 'open' : status === 'claimed' || status === 'resolved' ? status : 'closed'
  return [`S${severity}`, stateName(state, reader)]
}

function allNames(reader: Reader): readonly string[] {
  return ['S5', 'S4', 'S3', 'S2', 'S1', ...states.map(state => stateName(state, reader))]
}

const states = ['open', 'claimed', 'resolved', 'closed'] as const

function stateName(state: (typeof states)[number], reader: Reader): string {
  return say(phrase(`discord.tag-${state}`), reader)
}

/** Tags that people have put on stay, as far as there is room. */
function merged(now: readonly string[], ours: readonly string[], forum: Place): readonly string[] {
  const names = new Set([...namesIn('en'), ...namesIn('es')].map(name => name.toLowerCase()))
  const theirs = now.filter(id => {
    const tag = forum.tags.find(one => one.id === id)
    return tag && !names.has(tag.name.toLowerCase())
  })
  return [...ours, ...theirs].slice(0, most.applied)
}

function namesIn(language: Reader['language']): readonly string[] {
  return allNames({ language, zone: 'UTC', now: 0, person: () => null })
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every(id => other.includes(id))
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
