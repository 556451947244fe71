import { createHash } from 'node:crypto'
import { and, asc, eq, gt, inArray, isNotNull, lt, max, not, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { BroadcastId, IncidentId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { brokenLinks, type ChainFinding, chained, digestEnds, headProof } from './chain.ts'
import type { Key } from './key.ts'
import { type DataKeys, ofIncident, ofPerson, scopeIs } from './keys.ts'
import { logs } from './logs.ts'
import { openWords } from './words.ts'

/** What a digest over timelines covers: 32 hex digits over so many, logs of broadcasts included, with their entries. */
export type ChainHead = { readonly timelines: number; readonly entries: number; readonly digest: string }

/** The proof that timelines, and the logs of broadcasts, were not altered. */
export interface AuditStore {
  /** Checks every hash, and every digest whose words still stand; yields what is wrong. */
  verify(): AsyncIterable<{ of: IncidentId | BroadcastId; seq: number; problem: string }>
  /**
   * One digest over all timelines as they stood before that moment (epoch ms): whoever keeps it can tell later, when it
   * is made anew for the same moment, whether any of those entries was changed or taken away.
   */
  head(before: number): Promise<ChainHead>
  /** How much there is to check, and how many entries had words that are shredded. */
  counts(): Promise<{ incidents: number; broadcasts: number; entries: number; shredded: number }>
}

type Finding = ChainFinding<IncidentId>
type Tables = Base['tables']
type Row = Tables['timeline']['$inferSelect']
type Words = Tables['words']['$inferSelect']
type Head = Pick<Tables['incidents']['$inferSelect'], 'id' | 'hash' | 'proof' | 'state'>

/** Checks the timelines of all incidents, some at a time, so that memory does not grow with their number. */
export function auditStore({ database, tables, seal }: Base, keys: DataKeys): AuditStore {
  const { incidents, timeline, words } = tables
  const { read } = database
  const told = logs({ database, tables, seal }, keys)

  async function* verify(): AsyncGenerator<Finding> {
    let after = '' as IncidentId
    for (;;) {
      let heads = await headsOf(gt(incidents.id, after))
      if (heads.length === 0) return
      after = heads.at(-1)?.id as IncidentId
      // What was changed while it was looked at is looked at again, so that a hub may work meanwhile.
      while (heads.length > 0) {
        const findings = await look(heads)
        const now = await headsOf(ids(heads))
        const moved = new Set(now.filter(head => !heads.some(one => one.hash === head.hash)).map(head => head.id))
        yield* findings.filter(finding => !moved.has(finding.of))
        heads = now.filter(head => moved.has(head.id))
      }
    }
  }

  const ids = (heads: readonly Head[]) =>
    inArray(
      incidents.id,
      heads.map(head => head.id),
    )

  const headsOf = (where: SQL): Promise<Head[]> =>
    read
      .select({ id: incidents.id, hash: incidents.hash, proof: incidents.proof, state: incidents.state })
      .from(incidents)
      .where(where)
      .orderBy(asc(incidents.id))
      .limit(some)

  async function look(heads: readonly Head[]): Promise<Finding[]> {
    const chosen = heads.map(head => head.id)
    const entries = await read
      .select()
      .from(timeline)
      .where(inArray(timeline.incident, chosen))
      .orderBy(asc(timeline.incident), asc(timeline.seq))
    const spoken = await read.select().from(words).where(inArray(words.incident, chosen))
    const stored = await read
      .select()
      .from(tables.keys)
      .where(inArray(tables.keys.scope, [...new Set(spoken.flatMap(scopesOf))]))
    const known = new Map(stored.map(row => [row.scope, seal.dataKey(row.sealed)]))
    const [entriesOf, wordsOf] = [Map.groupBy(entries, row => row.incident), Map.groupBy(spoken, row => row.incident)]
    return heads.flatMap(head => {
      const own = entriesOf.get(head.id) ?? []
      const chain = [...chainFindings(head, own)]
      return [...chain, ...proofFindings(head, chain), ...wordFindings(own, wordsOf.get(head.id) ?? [], known)]
    })
  }

  // Where the chain is broken anyway, a second line about the same would say nothing new.
  function proofFindings(head: Head, chain: readonly Finding[]): Finding[] {
    if (chain.length > 0 || headProof(seal, head.state, head.hash) === head.proof) return []
    return [{ of: head.id, seq: head.state.seq, problem: 'the timeline was written anew by somebody else' }]
  }

  function* wordFindings(entries: readonly Row[], spoken: readonly Words[], known: ReadonlyMap<string, Key>) {
    const digests = new Map(entries.map(entry => [entry.seq, entry.digest]))
    for (const row of spoken) {
      const { incident, seq } = row
      const digest = digests.get(seq)
      if (!digest) yield { of: incident, seq, problem: 'words stand where the timeline has none' }
      const own = known.get(ofIncident(incident))
      const person = row.person ? known.get(ofPerson(row.person)) : null
      // Shredded, by the key of either.
      if (!own || person === undefined) continue
      if (!digest) continue
      const opened = openWords(seal, row.sealed, keys.words(own, person))
      if (opened?.digest !== digest) yield { of: incident, seq, problem: 'the words were changed' }
    }
  }

  async function counts() {
    const hasKey = (kind: 'incident' | 'person', id: SQLWrapper) =>
      sql`exists (select 1 from ${tables.keys} where ${scopeIs(tables.keys.scope, kind, id)})`
    const stands = sql`exists (
      select 1 from ${words} where ${words.incident} = ${timeline.incident} and ${words.seq} = ${timeline.seq}
      and ${hasKey('incident', words.incident)} and (${words.person} is null or ${hasKey('person', words.person)})
    )`
    const { logs: broadcasts, entries } = await told.count()
    return {
      incidents: await read.$count(incidents),
      broadcasts,
      entries: entries + (await read.$count(timeline)),
      shredded: await read.$count(timeline, and(isNotNull(timeline.digest), not(stands))),
    }
  }

  async function head(before: number): Promise<ChainHead> {
    const digest = createHash('sha256')
    const { chains, entries } = await digestEnds<IncidentId>(digest, some, after => {
      const last = read
        .select({ incident: timeline.incident, seq: max(timeline.seq).as('last') })
        .from(timeline)
        .where(and(gt(timeline.incident, after), lt(timeline.at, before)))
        .groupBy(timeline.incident)
        .orderBy(asc(timeline.incident))
        .limit(some)
        .as('lasts')
      return read
        .select({ id: timeline.incident, seq: timeline.seq, hash: timeline.hash })
        .from(timeline)
        .innerJoin(last, and(eq(timeline.incident, last.incident), eq(timeline.seq, last.seq)))
        .orderBy(asc(timeline.incident))
    })
    // Where there is none, the digest is what it was before there could be any.
    const own = await told.head(before, digest)
    return {
      ...{ timelines: chains + own.logs, entries: entries + own.entries },
      digest: digest.digest('hex').slice(0, 32),
    }
  }

  return {
    async *verify() {
      yield* verify()
      yield* told.verify()
    },
    counts,
    head,
  }
}

const some = 200

function scopesOf({ incident, person }: Words): string[] {
  return person ? [ofIncident(incident), ofPerson(person)] : [ofIncident(incident)]
}

function* chainFindings({ id, hash, state }: Head, entries: readonly Row[]): Generator<Finding> {
  const end = yield* brokenLinks({ of: id, last: state.seq }, entries, chained)
  if (end !== null && end !== hash)
    yield { of: id, seq: state.seq, problem: 'the last entry is not the one that was kept' }
}
