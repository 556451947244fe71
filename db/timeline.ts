import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm'
import type { Entry } from '../workflows/event.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { chained } from './chain.ts'
import type { Tx } from './database.ts'
import type { Key } from './key.ts'
import type { DataKeys } from './keys.ts'
import { sealWords } from './words.ts'
import { batch } from './write.ts'

const timelineColumns = ['incident', 'seq', 'at', 'by', 'event', 'digest', 'hash'] as const
const wordsColumns = ['incident', 'seq', 'person', 'sealed'] as const

/** Entries made ready to be written, with the hash of the last one. */
export type Links = {
  readonly timeline: readonly Record<(typeof timelineColumns)[number], unknown>[]
  readonly words: readonly Record<(typeof wordsColumns)[number], unknown>[]
  readonly hash: string
}

/** The timelines as commits write them. */
export type Timeline = {
  /** Seals the words of new entries and chains them to the hash before. */
  link(tx: Tx, incident: IncidentId, entries: readonly Entry[], previous: string, key: Key): Promise<Links>
  write(tx: Tx, links: readonly Links[]): Promise<void>
  /** Deletes what those people wrote so far; the timeline stands. Gives, as the next two, what entries lost words. */
  shred(tx: Tx, incident: IncidentId, people: readonly PersonId[]): Promise<readonly number[]>
  /** Deletes the words of some entries. */
  strike(tx: Tx, incident: IncidentId, seqs: readonly number[]): Promise<readonly number[]>
  /** Deletes all that was written so far, or (`contacts`) only how the reporter can be reached. */
  clear(tx: Tx, incident: IncidentId, what: 'words' | 'contacts'): Promise<readonly number[]>
  /** How many texts, and how many contacts among them, stand. */
  count(tx: Tx, incident: IncidentId): Promise<{ readonly words: number; readonly contacts: number }>
}

/** The timelines in the database. */
export function timelines({ tables, seal }: Base, keys: DataKeys): Timeline {
  const insertEntries = batch('timeline_new', timelineColumns, (tx, values) =>
    tx.insert(tables.timeline).values(values),
  )
  const insertWords = batch('words_new', wordsColumns, (tx, values) => tx.insert(tables.words).values(values))

  const { words } = tables

  // The optional screens hold codes; the only words with them are the safe contact.
  async function contactSeqs(tx: Tx, incident: IncidentId): Promise<number[]> {
    const entries = await tx
      .select({ seq: tables.timeline.seq, event: tables.timeline.event })
      .from(tables.timeline)
      .where(and(eq(tables.timeline.incident, incident), isNotNull(tables.timeline.digest)))
    return entries.filter(({ event }) => event.type === 'detailed').map(({ seq }) => seq)
  }

  async function drop(tx: Tx, which: SQL | undefined): Promise<number[]> {
    return (await tx.delete(words).where(which).returning({ seq: words.seq })).map(({ seq }) => seq)
  }

  return {
    async link(tx, incident, entries, previous, key) {
      const timeline: Links['timeline'][number][] = []
      const spoken: Links['words'][number][] = []
      let hash = previous
      for (const { seq, at, by, event, words: typed } of entries) {
        const person = typed && by ? await keys.person(tx, by) : null
        const kept = typed ? sealWords(seal, typed, keys.words(key, person)) : null
        const digest = kept?.digest ?? null
        hash = chained(hash, { incident, seq, at, by, event, digest })
        timeline.push({ incident, seq, at, by, event, digest, hash })
        if (kept) spoken.push({ incident, seq, person: by, sealed: kept.sealed })
      }
      return { timeline, words: spoken, hash }
    },
    async write(tx, links) {
      const [entries, spoken] = [links.flatMap(link => link.timeline), links.flatMap(link => link.words)]
      await Promise.all([insertEntries(tx, entries), insertWords(tx, spoken)])
    },
    async shred(tx, incident, people) {
      return drop(tx, and(eq(words.incident, incident), inArray(words.person, [...people])))
    },
    async strike(tx, incident, seqs) {
      return drop(tx, and(eq(words.incident, incident), inArray(words.seq, [...seqs])))
    },
    async clear(tx, incident, what) {
      const seqs = what === 'words' ? undefined : inArray(words.seq, await contactSeqs(tx, incident))
      return drop(tx, and(eq(words.incident, incident), seqs))
    },
    async count(tx, incident) {
      const rows = await tx.select({ seq: words.seq }).from(words).where(eq(words.incident, incident))
      const contacts = new Set(await contactSeqs(tx, incident))
      return { words: rows.length, contacts: rows.filter(row => contacts.has(row.seq)).length }
    },
  }
}
