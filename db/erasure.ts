import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { eraseFormers } from './adopt.ts'
import { asidesOf } from './asides.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Digests } from './digests.ts'
import { noteErased } from './erased.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import type { Losses } from './loss.ts'
import type { Origins } from './origins.ts'
import type { Posts } from './posts.ts'
import type { Recalls } from './recalls.ts'
import type { Search } from './search.ts'

/** Words of an erased person that still stand sealed somewhere: in which incident, and in which of its entries. */
export type LeftBehind = { readonly incident: IncidentId; readonly seqs: readonly number[] }

/**
 * What is to be cleared away after somebody was erased. Their key is gone by then, so nothing of it can be read; this
 * is about what stands in rooms, and about what would lie around for ever.
 */
export interface ErasureStore {
  /** Who was erased and is not yet cleared away. */
  due(): Promise<readonly PersonId[]>
  /** Some of the incidents that still have them as reporter, with all their words there. */
  reports(person: PersonId, limit: number): Promise<readonly LeftBehind[]>
  /** Calls back some messages with their words and shreds some of their files; true if there is more. */
  sweep(person: PersonId, now: number): Promise<boolean>
  /** Where else they wrote, in the next stretch of all words; null once everything was looked through. */
  look(person: PersonId): Promise<{ readonly found: readonly LeftBehind[]; readonly next: string } | null>
  /** Deletes what was found, and goes on from there; after the last stretch they are done with. */
  advance(person: PersonId, found: readonly LeftBehind[], next: string | null): Promise<void>
}

/** Takes a person off the roster: their key first of all. @returns a promise of the deletion, in this transaction */
export async function erase(base: Base, keys: DataKeys, tx: Tx, person: PersonId, now: number) {
  const { tables, seal } = base
  const { utterances } = tables
  const {
    accounts,
    people,
    duty,
    drafts,
    reveals,
    erasures,
    fetches,
    tickets,
    practiceMessages,
    triageLeases,
    memory,
    shields,
  } = tables
  const key = await keys.find(tx, ofPerson(person))
  const owned = await tx.select().from(accounts).where(eq(accounts.person, person))
  // The practice workspace is its own chat server; elsewhere what people wrote themselves is not the hub's to delete.
  const played = owned.flatMap(account => {
    if (account.platform !== 'workspace' || !key) return []
    return [seal.text(account.address, key)]
  })
  if (played.length > 0) {
    const own = inArray(practiceMessages.author, played)
    const rooms = played.map(address => `direct:${address}`)
    await tx
      .delete(practiceMessages)
      .where(or(own, inArray(practiceMessages.room, rooms)))
      .returning({ id: practiceMessages.id })
  }
  await tx
    .delete(tables.keys)
    .where(eq(tables.keys.scope, ofPerson(person)))
    .returning({ scope: tables.keys.scope })
  await tx
    .delete(memory)
    .where(
      inArray(memory.owner, tx.select({ owner: accounts.lookup }).from(accounts).where(eq(accounts.person, person))),
    )
    .returning({ key: memory.key })
  const formers = await eraseFormers(tx, base, person, now)
  await forgetAnswers(tx, base, [person, ...formers])
  await asidesOf(base).forget(tx, [person, ...formers])
  await noteErased(
    tx,
    base,
    [person, ...formers].map(id => ({ type: 'person', id })),
    now,
  )
  await letAccountsGo(base, tx, person)
  await tx.delete(people).where(eq(people.id, person)).returning({ id: people.id })
  await tx.delete(tables.messengers).where(eq(tables.messengers.person, person)).returning({ id: tables.messengers.id })
  await tx.delete(duty).where(eq(duty.person, person)).returning({ person: duty.person })
  await tx.delete(tables.feeds).where(eq(tables.feeds.person, person)).returning({ at: tables.feeds.at })
  await tx.delete(drafts).where(eq(drafts.person, person)).returning({ form: drafts.form })
  await tx.delete(utterances).where(eq(utterances.person, person)).returning({ at: utterances.at })
  await tx.delete(fetches).where(eq(fetches.person, person)).returning({ id: fetches.id })
  await tx.delete(tickets).where(eq(tickets.person, person)).returning({ until: tickets.until })
  await tx.delete(triageLeases).where(eq(triageLeases.person, person)).returning({ until: triageLeases.until })
  await tx
    .delete(shields)
    .where(inArray(shields.person, [person, ...formers]))
    .returning({ id: shields.id })
  await tx.delete(reveals).where(eq(reveals.person, person)).returning({ seq: reveals.seq })
  await tx
    .insert(erasures)
    .values({ person, cursor: '', at: now })
    .onConflictDoNothing()
    .returning({ person: erasures.person })
}

/** That somebody was sent something and answered stays; who, and what they wrote beside, goes. */
async function forgetAnswers(tx: Tx, { tables: { recipients } }: Base, people: readonly PersonId[]): Promise<void> {
  const theirs = inArray(recipients.person, [...people])
  const own = { key: recipients.key }
  await tx.update(recipients).set({ said: null, account: null }).where(theirs).returning(own)
  const waits = and(theirs, eq(recipients.state, 'waiting'))
  await tx.update(recipients).set({ state: 'dropped', error: 'they left' }).where(waits).returning(own)
}

// Whoever is kept out would be let in again by erasing themselves: the digest of their account alone stays, nobody's.
async function letAccountsGo({ tables: { accounts, blocks }, seal }: Base, tx: Tx, person: PersonId): Promise<void> {
  const [kept] = await tx
    .select({ id: blocks.id })
    .from(blocks)
    .where(and(eq(blocks.person, person), isNull(blocks.liftedAt)))
  const own = eq(accounts.person, person)
  if (kept)
    await tx
      .update(accounts)
      .set({ address: seal.seal('') })
      .where(own)
      .returning({ id: accounts.id })
  else await tx.delete(accounts).where(own).returning({ id: accounts.id })
}

type Parts = {
  readonly posts: Posts
  readonly recalls: Recalls
  readonly losses: Losses
  readonly search: Search
  readonly origins: Origins
  readonly digests: Digests
}

/** What is left to clear away, in the database. */
export function erasureStore(
  base: Base,
  { posts: unsent, recalls: called, losses, search, origins, digests }: Parts,
): ErasureStore {
  const { database, tables } = base
  const asides = asidesOf(base)
  const { erasures, incidents, words, inbox, posts, accounts, recalls } = tables
  const { read } = database

  async function cursorOf(person: PersonId): Promise<string> {
    const [row] = await read.select().from(erasures).where(eq(erasures.person, person))
    return row?.cursor ?? ''
  }

  async function lookWords(person: PersonId, cursor: string) {
    const [incident = '', seq = '0'] = cursor.split(' ')
    const rows = await read
      .select({ incident: words.incident, seq: words.seq, person: words.person })
      .from(words)
      .where(sql`(${words.incident}, ${words.seq}) > (${incident}, ${Number(seq)})`)
      .orderBy(asc(words.incident), asc(words.seq))
      .limit(stretch)
    const last = rows.at(-1)
    const found = grouped(rows.filter(row => row.person === person))
    return { found, next: last && rows.length === stretch ? `${last.incident} ${last.seq}` : inboxStart }
  }

  async function lookInbox(person: PersonId, cursor: string) {
    const after = cursor.slice(inboxStart.length)
    const rows = await read
      .select({ key: inbox.key, person: inbox.person })
      .from(inbox)
      .where(gt(inbox.key, after))
      .orderBy(asc(inbox.key))
      .limit(stretch)
    const own = rows.filter(row => row.person === person).map(row => row.key)
    if (own.length > 0)
      await database.transaction(tx =>
        tx
          .update(inbox)
          .set({ answer: null, raw: null, person: null })
          .where(inArray(inbox.key, own))
          .returning({ key: inbox.key }),
      )
    const last = rows.at(-1)
    return { found: [], next: last && rows.length === stretch ? inboxStart + last.key : `${postsStart}0` }
  }

  // Where a direct message stands is where its reader had their account.
  async function lookPosts(cursor: string) {
    const after = Number(cursor.slice(postsStart.length))
    const gone = sql`${posts.account} is not null and ${posts.account} not in (select ${accounts.id} from ${accounts})`
    const rows = await read
      .select({ id: posts.id, gone: sql<number>`case when ${gone} then 1 else 0 end` })
      .from(posts)
      .where(gt(posts.id, after))
      .orderBy(asc(posts.id))
      .limit(stretch)
    const ids = rows.filter(row => Number(row.gone) === 1).map(row => row.id)
    if (ids.length > 0)
      await database.transaction(async tx => {
        const set = { message: null, author: null, view: Buffer.alloc(0) }
        await tx
          .update(posts)
          .set(set)
          .where(and(inArray(posts.id, ids), isNull(posts.dueAt)))
          .returning({ id: posts.id })
        await tx.delete(recalls).where(inArray(recalls.post, ids)).returning({ key: recalls.key })
      })
    const last = rows.at(-1)
    return last && rows.length === stretch ? { found: [], next: postsStart + last.id } : null
  }

  return {
    async due() {
      return (await read.select({ person: erasures.person }).from(erasures).orderBy(asc(erasures.at))).map(
        row => row.person,
      )
    },
    async reports(person, limit) {
      const own = await read
        .select({ id: incidents.id })
        .from(incidents)
        .where(eq(incidents.reporter, person))
        .limit(limit)
      if (own.length === 0) return []
      const ids = own.map(row => row.id)
      const rows = await read
        .select({ incident: words.incident, seq: words.seq })
        .from(words)
        .where(and(inArray(words.incident, ids), eq(words.person, person)))
      const written = Map.groupBy(rows, row => row.incident)
      return ids.map(incident => ({ incident, seqs: (written.get(incident) ?? []).map(row => row.seq) }))
    },
    sweep: (person, now) =>
      database.transaction(async tx => {
        await unsent.hushAuthor(tx, person)
        const asked = await called.askAuthor(tx, person, now, some)
        const shredded = await losses.files(tx, [person], now, some)
        const told = await digests.forget(tx, person, now, some)
        return [asked, shredded, told].includes(some)
      }),
    async look(person) {
      const cursor = await cursorOf(person)
      if (cursor.startsWith(postsStart)) return lookPosts(cursor)
      return cursor.startsWith(inboxStart) ? lookInbox(person, cursor) : lookWords(person, cursor)
    },
    advance: (person, found, next) =>
      database.transaction(async tx => {
        for (const { incident, seqs } of found) {
          await origins.forget(tx, incident, [person])
          await tx
            .delete(words)
            .where(and(eq(words.incident, incident), inArray(words.seq, [...seqs]), eq(words.person, person)))
            .returning({ seq: words.seq })
        }
        await search.renew(
          tx,
          found.map(one => one.incident),
        )
        const own = eq(erasures.person, person)
        // A database that was restored has them from before.
        if (next === null) await asides.forget(tx, [person])
        if (next === null) await tx.delete(erasures).where(own).returning({ person: erasures.person })
        else await tx.update(erasures).set({ cursor: next }).where(own).returning({ person: erasures.person })
      }),
  }
}

const some = 100
const stretch = 2_000
// No incident's id has this sign in front, and no key of the inbox has it twice.
const inboxStart = '~'
const postsStart = '~~'

function grouped(rows: readonly { incident: IncidentId; seq: number }[]): LeftBehind[] {
  const byIncident = Map.groupBy(rows, row => row.incident)
  return [...byIncident].map(([incident, own]) => ({ incident, seqs: own.map(row => row.seq) }))
}
