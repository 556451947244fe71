import { and, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { type Destination, lanes, type Post, wordless } from '../workflows/change.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { View } from '../workflows/view.ts'
import { aside, type Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import type { Key } from './key.ts'
import { ofIncident } from './keys.ts'
import { batch } from './write.ts'

const columns = [
  ...(['key', 'room', 'account', 'incident', 'thread', 'conversation', 'lane', 'view', 'author'] as const),
  ...(['anytime', 'createdAt'] as const),
]

/** Posts as they are written and read: each lies sealed under its incident's key, or the hub's if it is about none. */
export type Posts = {
  /** Writes posts; a key that exists is left alone. `keys` are those of their incidents. */
  write(tx: Tx, posts: readonly Post[], keys: ReadonlyMap<IncidentId, Key>, now: number): Promise<void>
  /** As `write`, and says how many were new. */
  add(tx: Tx, posts: readonly Post[], now: number): Promise<number>
  /**
   * Takes all that people typed, and those whose words go , out of what was not sent
   * about an incident.
   */
  hush(tx: Tx, incident: IncidentId, people: readonly PersonId[], key: Key): Promise<void>
  /** The same for everything that was not sent and carries that person's words. */
  hushAuthor(tx: Tx, author: PersonId): Promise<void>
  /** The keys of those of these incidents that still have one. */
  keysOf(handle: Read, incidents: readonly (IncidentId | null)[]): Promise<Map<IncidentId, Key>>
  /** What a post says; null if it was shredded. */
  open(view: Buffer, key: Key | undefined): View | null
}

/** The posts in the database. */
export function postRows({ tables, seal }: Base): Posts {
  const { posts } = tables
  const fixed = { state: sql`'waiting'`, attempts: sql`0` }
  const insert = batch('posts_new', columns, (tx, values) =>
    tx
      .insert(posts)
      .values(values.map(value => ({ ...value, ...fixed, dueAt: value.createdAt })))
      .onConflictDoNothing({ target: posts.key }),
  )

  function rowOf(post: Post, keys: ReadonlyMap<IncidentId, Key>, now: number) {
    const { key, to, incident, thread, lane, view, author = null, anytime = false } = post
    return {
      key,
      room: 'room' in to ? to.room : null,
      account: 'account' in to ? to.account : null,
      incident,
      thread,
      conversation: conversationOf(to, thread ? incident : null),
      lane: lanes.indexOf(lane),
      view: seal.seal(JSON.stringify(view), incident ? keys.get(incident) : undefined),
      author,
      anytime: anytime || lane === 'S5' || lane === 'S4',
      createdAt: now,
    }
  }

  async function keysOf(handle: Read, incidents: readonly (IncidentId | null)[]): Promise<Map<IncidentId, Key>> {
    const { keys } = tables
    const scopes = new Map([...new Set(incidents)].flatMap(id => (id ? [[ofIncident(id) as string, id]] : [])))
    if (scopes.size === 0) return new Map()
    const rows = await handle
      .select()
      .from(keys)
      .where(inArray(keys.scope, [...scopes.keys()]))
    return new Map(rows.map(row => [scopes.get(row.scope) as IncidentId, seal.dataKey(row.sealed)]))
  }

  function open(view: Buffer, key: Key | undefined): View | null {
    try {
      return JSON.parse(seal.text(view, key))
    } catch {
      return null
    }
  }

  async function bare(tx: Tx, id: number, view: Buffer, people: readonly PersonId[], key: Key | undefined) {
    const said = open(view, key)
    if (!said) return
    const left = people.reduce((rest, person) => wordless(rest, person), wordless(said))
    await tx
      .update(posts)
      .set({ view: seal.seal(JSON.stringify(left), key) })
      .where(eq(posts.id, id))
      .returning({ id: posts.id })
  }

  return {
    async write(tx, list, keys, now) {
      if (list.length === 0) return
      await insert(
        tx,
        list.map(post => rowOf(post, keys, now)),
      )
    },
    async add(tx, list, now) {
      const keys = await keysOf(
        tx,
        list.map(post => post.incident),
      )
      let added = 0
      for (let start = 0; start < list.length; start += mostRows) {
        const values = list
          .slice(start, start + mostRows)
          .map(post => ({ ...rowOf(post, keys, now), state: 'waiting' as const, attempts: 0, dueAt: now }))
        const rows = await tx
          .insert(posts)
          .values(values)
          .onConflictDoNothing({ target: posts.key })
          .returning({ id: posts.id })
        added += rows.length
      }
      return added
    },
    keysOf,
    async hush(tx, incident, people, key) {
      const waiting = await tx
        .select({ id: posts.id, view: posts.view })
        .from(posts)
        .where(and(eq(aside(posts.incident), incident), isNotNull(posts.dueAt)))
      // What was given up or put aside may never be sent, but it still lies there.
      const given = await tx
        .select({ id: posts.id, view: posts.view })
        .from(posts)
        .where(and(eq(posts.incident, incident), isNotNull(posts.author), isNull(posts.dueAt), ne(posts.state, 'sent')))
      for (const { id, view } of [...waiting, ...given]) await bare(tx, id, view, people, key)
    },
    async hushAuthor(tx, author) {
      const waiting = await tx
        .select({ id: posts.id, view: posts.view, incident: posts.incident })
        .from(posts)
        .where(and(eq(posts.author, author), isNotNull(posts.author), ne(posts.state, 'sent')))
      const keys = await keysOf(
        tx,
        waiting.map(post => post.incident),
      )
      for (const { id, view, incident } of waiting)
        await bare(tx, id, view, [author], incident ? keys.get(incident) : undefined)
    },
    open,
  }
}

/** What keeps its order: a thread, a room beside its threads, or a person's direct conversation. */
export function conversationOf(to: Destination, thread: IncidentId | null): string {
  if ('account' in to) return to.account
  return thread ? `${to.room}/${thread}` : to.room
}

const mostRows = 100
