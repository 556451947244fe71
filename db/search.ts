import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { EntryWords } from '../workflows/event.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Indexable } from '../workflows/search/terms.ts'
import { type Base, unheld } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { type DataKeys, sealedKey } from './keys.ts'
import type { Looks } from './looks.ts'
import { facetsOf, tokens } from './tokens.ts'
import { openWords } from './words.ts'
import { type Built, slot, slots, written } from './write.ts'

/** The index of words, which follows what was committed. */
export interface SearchStore {
  /** Takes up at most `limit` incidents that changed, with what `terms` says they are found by; gives how many. */
  catchUp(limit: number, terms: (found: Indexable) => readonly string[]): Promise<number>
}

/** The index and what a transaction does to it. */
export type Search = SearchStore & {
  /** Takes an incident out of the index in this transaction; what may still be found of it comes back by itself. */
  forget(tx: Tx, incident: IncidentId): Promise<void>
  /** The same for incidents that do not change otherwise. */
  renew(tx: Tx, ids: readonly IncidentId[]): Promise<void>
}

/**
 * The search index: for each incident the keyed hashes of its words, never the words. What was committed is taken up
 * afterwards, so that no commit waits for it; a crash leaves it to be taken up again.
 */
export function searchIndex(base: Base, keys: DataKeys, looks: Pick<Looks, 'add'>): Search {
  const { database, tables, seal } = base
  const { incidents, words, searched } = tables
  const token = tokens(seal)
  const own = database.engine === 'sqlite' ? onSqlite : onPostgres

  const behind = prepared('search_behind', (handle: Read) =>
    handle.select({ id: incidents.id }).from(incidents).where(sql`${incidents.unindexed} = true`).limit(1),
  )
  const numberOf = prepared('search_number', (handle: Read) =>
    handle
      .select({ n: searched.n })
      .from(searched)
      .where(eq(searched.incident, slot('incident'))),
  )
  const give = written('search_give', tx =>
    tx
      .insert(searched)
      .values(slots(['incident', 'reportedAt']))
      .onConflictDoNothing(),
  )
  const put = written<'n' | 'tokens'>('search_put', () => own.put)
  const remove = written<'n'>('search_remove', () => own.remove)
  const done = written('search_done', tx =>
    tx
      .update(incidents)
      .set({ unindexed: false })
      .where(and(eq(incidents.id, slot('id')), eq(incidents.version, slot('version')))),
  )

  async function wordsOf(tx: Tx, { id, hold }: Incident, sealed: Buffer | null): Promise<readonly EntryWords[]> {
    if (!sealed) return []
    const key = seal.dataKey(sealed)
    const rows = await tx
      .select({ seq: words.seq, person: words.person, sealed: words.sealed, key: sealedKey('person', 'words.person') })
      .from(words)
      .where(eq(words.incident, id))
      .orderBy(asc(words.seq))
      .limit(mostEntries)
    return rows.flatMap(row => {
      // What was taken back under a legal hold is found by nobody.
      if (hold?.unsaid?.includes(row.seq)) return []
      if (row.person !== null && (!row.key || hold?.owed.includes(row.person))) return []
      const opened = openWords(seal, row.sealed, keys.words(key, row.key ? seal.dataKey(row.key) : null))
      return opened ? [opened.words] : []
    })
  }

  async function take(tx: Tx, incident: Incident, terms: readonly string[]): Promise<void> {
    const { id, reportedAt } = incident
    await give(tx, { incident: id, reportedAt })
    const [row] = await numberOf(tx, { incident: id })
    if (!row) throw new Error(`${id} has no number in the search index`)
    await remove(tx, { n: row.n })
    const all = [...terms.map(token.word), ...facetsOf(incident).map(token.facet)]
    await put(tx, { n: row.n, tokens: own.list([...new Set(all)]) })
  }

  async function forget(tx: Tx, incident: IncidentId): Promise<void> {
    const [row] = await numberOf(tx, { incident })
    if (row) await remove(tx, { n: row.n })
  }

  return {
    async catchUp(limit, termsOf) {
      // A look first: where all is taken up, no transaction is begun.
      if ((await behind(database.read)).length === 0) return 0
      return database.transaction(async tx => {
        const due = unheld(
          tx
            .select({
              incident: incidents.state,
              version: incidents.version,
              key: sealedKey('incident', 'incidents.id'),
            })
            .from(incidents)
            .where(sql`${incidents.unindexed} = true`)
            .orderBy(asc(incidents.reportedAt))
            .limit(limit),
          incidents,
        )
        const rows = await due
        for (const { incident, version, key } of rows) {
          await take(tx, incident, termsOf({ incident, words: await wordsOf(tx, incident, key) }))
          await done(tx, { id: incident.id, version })
          // Whatever changed is looked at for what it may propose, too: so no commit of a report waits for that.
          await looks.add(tx, incident)
        }
        return rows.length
      })
    },
    forget,
    async renew(tx, ids) {
      for (const id of ids) await forget(tx, id)
      if (ids.length === 0) return
      await tx
        .update(incidents)
        .set({ unindexed: true })
        .where(inArray(incidents.id, [...ids]))
        .returning({ id: incidents.id })
    },
  }
}

// Words of more entries than these only repeat what it is about.
const mostEntries = 200

type Engine = { readonly put: Built; readonly remove: Built; readonly list: (tokens: readonly number[]) => string }

const onSqlite: Engine = {
  put: statement('insert into search(rowid, tokens) values (?, ?)', ['n', 'tokens']),
  remove: statement('delete from search where rowid = ?', ['n']),
  list: all => all.map(spelt).join(' '),
}

const onPostgres: Engine = {
  put: statement('insert into search (n, tokens) values ($1, $2::bigint[])', ['n', 'tokens']),
  remove: statement('delete from search where n = $1', ['n']),
  list: all => `{${all.join()}}`,
}

function statement(text: string, names: readonly string[]): Built {
  return { toSQL: () => ({ sql: text, params: names.map(slot) }) }
}

/**
 * In a query: the numbers of the incidents that hold all these words, and of each group of facets at least one; all of
 * them or (`newest`) that many at most; with `between`, only numbers from the first to the last.
 */
export function matching(
  { database, seal }: Base,
  asked: { readonly words: readonly string[]; readonly facets: readonly (readonly string[])[] },
  newest: number | null,
  between: readonly [number, number] | null,
): SQL {
  const token = tokens(seal)
  const words = [...new Set(asked.words)].map(word => [token.word(word)])
  const groups = [...words, ...asked.facets.map(group => group.map(token.facet))]
  const number = sql.raw(database.engine === 'sqlite' ? 'search.rowid' : 'search.n')
  const held = database.engine === 'sqlite' ? heldLite(groups) : heldPostgres(groups)
  const range = between ? sql` and ${number} between ${between[0]} and ${between[1]}` : sql``
  const most = newest === null ? sql`` : sql` order by ${number} desc limit ${newest}`
  return sql`(select ${number} from search where ${held}${range}${most})`
}

function heldLite(groups: readonly (readonly number[])[]): SQL {
  // An empty group is held by nothing.
  if (groups.some(group => group.length === 0)) return sql`1 = 0`
  const each = groups.map(group => `(${group.map(one => `"${spelt(one)}"`).join(' OR ')})`)
  return sql`search match ${each.join(' AND ')}`
}

function heldPostgres(groups: readonly (readonly number[])[]): SQL {
  const all = groups.flatMap(group => (group.length === 1 ? group : []))
  const any = groups.filter(group => group.length !== 1)
  const alternatives = any.map(group => sql` and search.tokens && ${`{${group.join()}}`}::bigint[]`)
  return sql`search.tokens @> ${`{${all.join()}}`}::bigint[]${sql.join(alternatives, sql``)}`
}

/** A token as it stands in SQLite's index. */
function spelt(token: number): string {
  return token.toString(32).padStart(8, '0')
}
