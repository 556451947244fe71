import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  aliasedTable,
  and,
  count,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { tablesOf } from '../../db/base.ts'
import { openDatabase } from '../../db/database.ts'
import { unlockStore } from '../../db/unlock.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'

/** Looks into the database of a hub that runs, beside it. */
export type Witness = Awaited<ReturnType<typeof openWitness>>

/** An incident as it stands in the database, with its reporter's words. */
export type Known = { readonly incident: Incident; readonly what: string }

const page = 200
const underWay = ['waiting', 'sending', 'unknown', 'again'] as const

/** Opens the database and its keys. */
export async function openWitness(url: string, folder: string) {
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const { store } = await unlockStore({ url, filesFolder: join(folder, 'hub.db.files'), key }, Date.now())
  const database = await openDatabase({ url })
  const tables = tablesOf(database.engine)
  const { posts, cards, inbox, recalls, fetches, timers, timeline } = tables

  async function number(
    from: typeof posts | typeof cards | typeof inbox | typeof recalls | typeof fetches,
    where?: object,
  ) {
    const rows = await database.read
      .select({ n: count() })
      .from(from as typeof posts)
      .where(where as never)
    return Number(rows[0]?.n ?? 0)
  }

  // Signal takes few first contacts an hour: the rest of a broadcast waits for hours, as its live message says.
  const earlier = aliasedTable(posts, 'earlier')
  // What stands behind one of these, for the same person, waits as long.
  const behind = database.read
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.conversation, posts.conversation),
        lt(earlier.id, posts.id),
        isNotNull(earlier.dueAt),
        like(sql`coalesce(${earlier.error}, '')`, '%writes first to few%'),
      ),
    )
  const putOff = and(like(posts.key, 'cast:%'), like(sql`coalesce(${posts.error}, '')`, '%writes first to few%'))

  /** What is still to be done, by name; empty when all is quiet. */
  async function left(): Promise<readonly string[]> {
    const now = Date.now()
    const due = await database.read
      .select({ n: count() })
      .from(timers)
      .where(and(isNotNull(timers.dueAt), lte(timers.dueAt, now - 20_000)))
    // Of these a person decides first whether they arrived, and is asked.
    const doubtful = database.read.select({ id: posts.id }).from(posts).where(eq(posts.state, 'unsure'))
    const found: Record<string, number> = {
      posts: await number(
        posts,
        and(inArray(posts.state, underWay), lte(posts.dueAt, now + 60_000), not(putOff as SQL), not(exists(behind))),
      ),
      cards: await number(cards, isNotNull(cards.dueAt)),
      inbox: await number(inbox, isNotNull(inbox.dueAt)),
      recalls: await number(
        recalls,
        and(isNotNull(recalls.dueAt), or(isNull(recalls.post), notInArray(recalls.post, doubtful))),
      ),
      fetches: await number(fetches),
      clocks: Number(due[0]?.n ?? 0),
    }
    return Object.entries(found).flatMap(([name, n]) => (n > 0 ? [`${n} ${name}`] : []))
  }

  return {
    store,
    left,
    /** Waits until nothing is left to do for a while; gives what is left after that many ms. */
    async quiet(ms: number): Promise<readonly string[]> {
      let calm = 0
      for (const late = Date.now() + ms; ; ) {
        const rest = await left()
        calm = rest.length === 0 ? calm + 1 : 0
        if (calm === 4 || Date.now() > late) return rest
        await pause(5000)
      }
    },
    /** Every incident with its words. */
    async incidents(): Promise<readonly Known[]> {
      const found: Known[] = []
      for (let after: string | null = ''; after !== null; ) {
        const asked = { regions: 'all' as const, viewer: '' as never, limit: page, ...(after ? { after } : {}) }
        const { items, next } = await store.incidents.list(asked)
        for (const incident of items) {
          const known = await store.incidents.find(incident.id)
          found.push({ incident, what: known?.words.what ?? '' })
        }
        after = next
      }
      return found
    },
    /** What came to rest without having been sent, as the database has it. */
    stuck: async () => {
      const rows = await database.read
        .select({ key: posts.key, state: posts.state, error: posts.error, incident: posts.incident })
        .from(posts)
        .where(inArray(posts.state, ['failed', 'unsure', 'parked', 'kept']))
      const drawn = await database.read
        .select({ key: cards.room, state: cards.state, error: cards.error, incident: cards.incident })
        .from(cards)
        .where(inArray(cards.state, ['failed', 'unsure', 'parked', 'kept']))
      return [...rows, ...drawn.map(card => ({ ...card, key: `card:${card.incident}:${card.key}` }))]
    },
    /** How the messages stand that carry what was said in that entry, and what is still to be changed about the incident. */
    carried: async (incident: IncidentId, seq: number) => {
      const rows = await database.read
        .select({ key: posts.key, state: posts.state, error: posts.error, attempts: posts.attempts })
        .from(posts)
        .where(eq(posts.incident, incident))
      const recalled = await database.read.select().from(recalls).where(eq(recalls.incident, incident))
      const said = rows.filter(({ key }) => key.startsWith(`${incident}:${seq}:`))
      return [...said, ...recalled].map(row => JSON.stringify(row)).join(' ')
    },
    /** The events of every timeline in order. */
    timelines: async () => database.read.select().from(timeline).orderBy(timeline.incident, timeline.seq),
    async close(): Promise<void> {
      await store.close()
      await database.close()
    },
  }
}
