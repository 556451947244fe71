import { and, eq } from 'drizzle-orm'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Entry } from '../workflows/incident.ts'
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
  /** Deletes what that person wrote so far; the timeline stands. */
  shred(tx: Tx, incident: IncidentId, person: PersonId): Promise<void>
}

/** The timelines in the database. */
export function timelines({ tables, seal }: Base, keys: DataKeys): Timeline {
  const insertEntries = batch('timeline_new', timelineColumns, (tx, values) =>
    tx.insert(tables.timeline).values(values),
  )
  const insertWords = batch('words_new', wordsColumns, (tx, values) => tx.insert(tables.words).values(values))

  return {
    async link(tx, incident, entries, previous, key) {
      const timeline: Links['timeline'][number][] = []
      const words: Links['words'][number][] = []
      let hash = previous
      for (const { seq, at, by, event, words: typed } of entries) {
        const person = typed && by ? await keys.person(tx, by) : null
        const kept = typed ? sealWords(seal, typed, keys.words(key, person)) : null
        const digest = kept?.digest ?? null
        hash = chained(hash, { incident, seq, at, by, event, digest })
        timeline.push({ incident, seq, at, by, event, digest, hash })
        if (kept) words.push({ incident, seq, person: by, sealed: kept.sealed })
      }
      return { timeline, words, hash }
    },
    async write(tx, links) {
      const [entries, words] = [links.flatMap(link => link.timeline), links.flatMap(link => link.words)]
      await Promise.all([insertEntries(tx, entries), insertWords(tx, words)])
    },
    async shred(tx, incident, person) {
      const { words } = tables
      await tx
        .delete(words)
        .where(and(eq(words.incident, incident), eq(words.person, person)))
        .returning({ seq: words.seq })
    },
  }
}
