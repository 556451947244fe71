import { and, desc, eq, inArray } from 'drizzle-orm'
import type { EntryWords } from '../workflows/event.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { type Incident, kinOf, speaksFor } from '../workflows/incident.ts'
import type { IncidentReads } from '../workflows/ports.ts'
import type { Base } from './base.ts'
import { countingReads } from './counting.ts'
import { prepared, type Read } from './database.ts'
import { figures } from './figures.ts'
import type { Key } from './key.ts'
import { type DataKeys, sealedKey } from './keys.ts'
import { lists } from './lists.ts'
import { cells } from './measures.ts'
import type { Know } from './protocols.ts'
import { similarReads } from './similar.ts'
import { openWords } from './words.ts'
import { slot } from './write.ts'

/** The reads of incidents; `present` says who somebody turned out to be, `know` reads what their runs are pinned to. */
export function incidentReads(
  base: Base,
  keys: DataKeys,
  present: (person: PersonId) => PersonId = person => person,
  know: Know = async () => {},
): IncidentReads {
  const { database, tables, seal } = base
  const { incidents, timeline, words } = tables
  const { read } = database
  const list = lists(base)

  const state = prepared('incident_find', (handle: Read) =>
    handle
      .select({ state: incidents.state, key: sealedKey('incident', 'incidents.id') })
      .from(incidents)
      .where(eq(incidents.id, slot('id'))),
  )
  const current = prepared('words_current', (handle: Read) =>
    handle
      .select({ seq: words.seq, person: words.person, sealed: words.sealed, key: sealedKey('person', 'words.person') })
      .from(words)
      .where(and(eq(words.incident, slot('id')), inArray(words.seq, [slot('what'), slot('where')]))),
  )
  const last = prepared('timeline_last', (handle: Read) =>
    handle
      .select({
        seq: timeline.seq,
        at: timeline.at,
        by: timeline.by,
        event: timeline.event,
        person: words.person,
        sealed: words.sealed,
        key: sealedKey('person', 'words.person'),
      })
      .from(timeline)
      .leftJoin(words, and(eq(words.incident, timeline.incident), eq(words.seq, timeline.seq)))
      .where(eq(timeline.incident, slot('id')))
      .orderBy(desc(timeline.seq))
      .limit(slot('limit')),
  )

  function wordsOf(row: { person: string | null; sealed: Buffer | null; key: Buffer | null }, incident: Key | null) {
    if (!row.sealed || !incident || (row.person !== null && !row.key)) return null
    const person = row.key ? seal.dataKey(row.key) : null
    return openWords(seal, row.sealed, keys.words(incident, person))?.words ?? null
  }

  async function wordsNow(incident: Incident, key: Key | null): Promise<Map<number, EntryWords | null>> {
    const { id, whatSeq, whereSeq } = incident
    if (!key || whatSeq + whereSeq === 0) return new Map()
    const rows = await current(read, { id, what: whatSeq, where: whereSeq })
    return new Map(rows.map(row => [row.seq, wordsOf(row, key)]))
  }

  async function one(id: IncidentId) {
    const [row] = await state(read, { id })
    if (!row) return null
    await know(read, [row.state])
    const held = await wordsNow(row.state, row.key ? seal.dataKey(row.key) : null)
    const { whatSeq, whereSeq } = row.state
    const words = { what: held.get(whatSeq)?.what ?? null, where: held.get(whereSeq)?.where ?? null }
    return { incident: row.state, words }
  }

  async function kin(ids: readonly IncidentId[]): Promise<readonly Incident[]> {
    const rows = await read
      .select({ state: incidents.state })
      .from(incidents)
      .where(inArray(incidents.id, [...ids].slice(0, mostKin)))
    return rows.map(row => row.state)
  }

  return {
    async find(id: IncidentId) {
      const found = await one(id)
      if (!found) return null
      const named = kinOf(found.incident)
      const speaks = speaksFor(found.incident)
      const rest = speaks && (await one(speaks))
      return { ...found, ...(named.length > 0 ? { kin: await kin(named) } : {}), ...(rest ? { rest } : {}) }
    },
    async timeline(id, limit) {
      const rows = await last(read, { id, limit })
      const [now] = rows.some(one => one.sealed) ? await state(read, { id }) : []
      const key = now?.key ? seal.dataKey(now.key) : null
      // What was taken back under a legal hold stays sealed for everybody until the hold ends.
      const owed: readonly (PersonId | null)[] = now?.state.hold?.owed ?? []
      const unsaid = now?.state.hold?.unsaid ?? []
      return rows.reverse().map(row => {
        const { seq, at, event } = row
        const by = row.by && present(row.by)
        const hidden = owed.includes(row.person) || unsaid.includes(seq)
        return { seq, at, by, event, words: hidden ? null : wordsOf(row, key) }
      })
    },
    async list(filter) {
      const page = await list(filter)
      await know(read, page.items)
      return page
    },
    counting: countingReads(base),
    similar: similarReads(base, keys),
    figures: figures(base),
    cells: cells(base),
  }
}

// No list of them is longer; what is not looked up is not shown.
const mostKin = 500
