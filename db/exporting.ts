import { and, asc, count, eq, gt, gte, inArray, like, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Entry, EntryWords } from '../workflows/event.ts'
import type { ExportFilter } from '../workflows/export/plan.ts'
import type { ExportCounts } from '../workflows/export/request.ts'
import type { Exported } from '../workflows/export/row.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { Key } from './key.ts'
import { type DataKeys, sealedKey } from './keys.ts'
import { openWords } from './words.ts'

/** What is read beside the incidents themselves: their current words, unsealed; and what happened in them. */
export type ExportWish = { readonly words: boolean; readonly timeline: boolean }

/** Reads of all that leaves, however much it is: a page at a time, oldest first. */
export interface ExportPages extends ExportCounts {
  /** The incidents themselves, in pages of a few hundred; each once, as it stands when its page is read. */
  pages(filter: ExportFilter, wish: ExportWish): AsyncGenerator<readonly Exported[]>
}

/** The reads on the database; `present` says who somebody turned out to be. */
export function exportPages(
  { database: { read }, tables, seal }: Base,
  keys: DataKeys,
  present: (person: PersonId) => PersonId,
): ExportPages {
  const { incidents: row, timeline, words } = tables

  function chosen({ from, to, regions, kinds, incident, drill, withoutRed }: ExportFilter): SQL | undefined {
    return and(
      incident === null ? undefined : eq(row.id, incident),
      gte(row.reportedAt, from),
      lt(row.reportedAt, to),
      drill === null ? eq(row.visibility, 'region') : and(eq(row.visibility, 'drill'), eq(row.drill, drill)),
      // What a stranger sent and nobody has passed on is for nobody yet.
      ne(row.status, 'waiting'),
      regions === 'all' ? undefined : inArray(row.region, [...regions]),
      kinds.length === 0 ? undefined : or(...kinds.map(kind => ofKind(kind))),
      withoutRed ? ne(row.mark, 'RED') : undefined,
    )
  }

  function ofKind(kind: string): SQL {
    return kind.includes('-') ? eq(row.kind, kind) : like(row.kind, `${kind}-%`)
  }

  async function* states(filter: ExportFilter, limit: number): AsyncGenerator<readonly Found[]> {
    // The last page is where the next begins: one range, so that the index is entered exactly there.
    const where = (after: readonly [number, string] | null) =>
      after
        ? and(
            chosen({ ...filter, from: after[0] }),
            or(gt(row.reportedAt, after[0]), gt(row.id, after[1] as IncidentId)),
          )
        : chosen(filter)
    for (let after: readonly [number, string] | null = null; ; ) {
      const found: Found[] = await read
        .select({ at: row.reportedAt, id: row.id, state: sql<string>`${row.state}` })
        .from(row)
        .where(where(after))
        .orderBy(asc(row.reportedAt), asc(row.id))
        .limit(limit)
      const last = found.at(-1)
      if (last) yield found
      if (!last || found.length < limit) return
      after = [last.at, last.id]
    }
  }

  /** All words of these incidents that may be read, by incident and entry. */
  async function wordsOf(some: readonly Incident[]): Promise<ReadonlyMap<string, EntryWords>> {
    const held = new Map(some.map(one => [one.id, one.hold ?? null]))
    const rows = await read
      .select({
        incident: words.incident,
        seq: words.seq,
        person: words.person,
        sealed: words.sealed,
        own: sealedKey('incident', 'words.incident'),
        key: sealedKey('person', 'words.person'),
      })
      .from(words)
      .where(inArray(words.incident, [...held.keys()]))
    const opened = new Map<string, EntryWords>()
    const known = new Map<IncidentId, Key>()
    for (const { incident, seq, person, sealed, own, key } of rows) {
      const hold = held.get(incident)
      // What was taken back under a legal hold stays sealed for everybody until the hold ends.
      const hidden = (person !== null && hold?.owed.includes(person)) || hold?.unsaid?.includes(seq)
      if (hidden || !own || (person !== null && !key)) continue
      const dataKey = known.get(incident) ?? seal.dataKey(own)
      known.set(incident, dataKey)
      const found = openWords(seal, sealed, keys.words(dataKey, key ? seal.dataKey(key) : null))
      if (found) opened.set(at(incident, seq), found.words)
    }
    return opened
  }

  async function entriesOf(some: readonly Incident[], said: ReadonlyMap<string, EntryWords>) {
    const rows = await read
      .select({ of: timeline.incident, seq: timeline.seq, at: timeline.at, by: timeline.by, event: timeline.event })
      .from(timeline)
      .where(
        inArray(
          timeline.incident,
          some.map(one => one.id),
        ),
      )
      .orderBy(asc(timeline.incident), asc(timeline.seq))
    const entries = rows.map(({ of, by, ...entry }): Entry & { of: IncidentId } => ({
      ...entry,
      of,
      by: by && present(by),
      words: said.get(at(of, entry.seq)) ?? null,
    }))
    return Map.groupBy(entries, entry => entry.of)
  }

  return {
    async count(filter) {
      const [found] = await read.select({ count: count() }).from(row).where(chosen(filter))
      return Number(found?.count ?? 0)
    },
    async *pages(filter, wish) {
      const light = !wish.words && !wish.timeline
      for await (const page of states(filter, pageRows)) {
        const some = page.map(one => JSON.parse(one.state) as Incident)
        if (light) {
          yield some.map(incident => ({ incident, words: null, timeline: null }))
          continue
        }
        const said = wish.words ? await wordsOf(some) : new Map<string, EntryWords>()
        const entries = wish.timeline ? await entriesOf(some, said) : null
        yield some.map(incident => ({
          incident,
          words: {
            what: said.get(at(incident.id, incident.whatSeq))?.what ?? null,
            where: said.get(at(incident.id, incident.whereSeq))?.where ?? null,
          },
          timeline: entries && (entries.get(incident.id) ?? []),
        }))
      }
    },
  }
}

/** The state as it lies there: it is parsed where it is used, so that little is held at once. */
type Found = { readonly at: number; readonly id: IncidentId; readonly state: string }

const at = (incident: IncidentId, seq: number) => `${incident} ${seq}`

// More are held longer than the garbage of a moment, and cost memory without being faster.
const pageRows = 250
