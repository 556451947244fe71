import { and, asc, gt, inArray, isNotNull, not, type SQLWrapper, sql } from 'drizzle-orm'
import type { IncidentId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { chained, chainStart } from './chain.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofIncident, ofPerson, scopeIs } from './keys.ts'
import type { AuditStore } from './store.ts'
import { openWords } from './words.ts'

type Finding = { readonly incident: IncidentId; readonly seq: number; readonly problem: string }
type Tables = Base['tables']
type Row = Tables['timeline']['$inferSelect']
type Words = Tables['words']['$inferSelect']
type Head = Pick<Tables['incidents']['$inferSelect'], 'id' | 'hash' | 'state'>

/** Checks the timelines of all incidents, some at a time, so that memory does not grow with their number. */
export function auditStore({ database, tables, seal }: Base, keys: DataKeys): AuditStore {
  const { incidents, timeline, words } = tables
  const { read } = database

  async function* verify(): AsyncGenerator<Finding> {
    let after = '' as IncidentId
    for (;;) {
      const heads = await read
        .select({ id: incidents.id, hash: incidents.hash, state: incidents.state })
        .from(incidents)
        .where(gt(incidents.id, after))
        .orderBy(asc(incidents.id))
        .limit(some)
      if (heads.length === 0) return
      const ids = heads.map(head => head.id)
      const entries = await read
        .select()
        .from(timeline)
        .where(inArray(timeline.incident, ids))
        .orderBy(asc(timeline.incident), asc(timeline.seq))
      const spoken = await read.select().from(words).where(inArray(words.incident, ids))
      const stored = await read
        .select()
        .from(tables.keys)
        .where(inArray(tables.keys.scope, [...new Set(spoken.flatMap(scopesOf))]))
      const known = new Map(stored.map(row => [row.scope, seal.dataKey(row.sealed)]))
      for (const head of heads) {
        const own = entries.filter(entry => entry.incident === head.id)
        yield* chainFindings(head, own)
        yield* wordFindings(
          own,
          spoken.filter(row => row.incident === head.id),
          known,
        )
      }
      after = ids.at(-1) as IncidentId
    }
  }

  function* wordFindings(entries: readonly Row[], spoken: readonly Words[], known: ReadonlyMap<string, Key>) {
    const digests = new Map(entries.map(entry => [entry.seq, entry.digest]))
    for (const row of spoken) {
      const { incident, seq } = row
      const digest = digests.get(seq)
      if (!digest) yield { incident, seq, problem: 'words stand where the timeline has none' }
      const own = known.get(ofIncident(incident))
      const person = row.person ? known.get(ofPerson(row.person)) : null
      // Shredded, by the key of either.
      if (!own || person === undefined) continue
      if (!digest) continue
      const opened = openWords(seal, row.sealed, keys.words(own, person))
      if (opened?.digest !== digest) yield { incident, seq, problem: 'the words were changed' }
    }
  }

  async function counts() {
    const hasKey = (kind: 'incident' | 'person', id: SQLWrapper) =>
      sql`exists (select 1 from ${tables.keys} where ${scopeIs(tables.keys.scope, kind, id)})`
    const stands = sql`exists (
      select 1 from ${words} where ${words.incident} = ${timeline.incident} and ${words.seq} = ${timeline.seq}
      and ${hasKey('incident', words.incident)} and (${words.person} is null or ${hasKey('person', words.person)})
    )`
    return {
      incidents: await read.$count(incidents),
      entries: await read.$count(timeline),
      shredded: await read.$count(timeline, and(isNotNull(timeline.digest), not(stands))),
    }
  }

  return { verify, counts }
}

const some = 200

function scopesOf({ incident, person }: Words): string[] {
  return person ? [ofIncident(incident), ofPerson(person)] : [ofIncident(incident)]
}

function* chainFindings({ id, hash, state }: Head, entries: readonly Row[]): Generator<Finding> {
  let previous = chainStart
  let expected = 1
  for (const entry of entries) {
    const { seq } = entry
    if (seq !== expected) yield { incident: id, seq: expected, problem: 'an entry is missing' }
    if (chained(previous, entry) !== entry.hash) yield { incident: id, seq, problem: 'the entry was changed' }
    previous = entry.hash
    expected = seq + 1
  }
  if (state.seq !== expected - 1) yield { incident: id, seq: state.seq, problem: 'the last entries are missing' }
  else if (hash !== previous)
    yield { incident: id, seq: state.seq, problem: 'the last entry is not the one that was kept' }
}
