import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm'
import type { MessageRef } from '../workflows/delivery.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { Entry } from '../workflows/event.ts'
import type { IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Said } from '../workflows/reword.ts'
import type { Wording } from '../workflows/talk.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import type { Fetches } from './fetches.ts'
import { type DataKeys, ofIncident, ofPerson } from './keys.ts'
import { openWords } from './words.ts'

/** What somebody said in a message: where it stands in the timelines, and when it was last changed (0: never). */
export type Spoken = Said & { readonly incident: IncidentId; readonly at: number; readonly gone: boolean }

/** A message that became an entry; `seen` is when it was changed before it came (null: it was not). */
export type NewSpoken = {
  readonly message: string
  readonly seen: number | null
  /** When its chat lets it disappear (epoch ms), or null. */
  readonly until: number | null
  /** Where it stands and who wrote it there; absent: it is never looked at again. */
  readonly place?: Place
}

/** A message of a chat tool, and the account that wrote it. */
export type Place = { readonly tool: PlatformName; readonly message: MessageRef; readonly account: string }

/** A message was changed (words) or taken away (null) at that time; `early`: to be kept if it has not come yet. */
export type Changed = {
  readonly message: string
  readonly at: number
  readonly words: string | null
  readonly early: boolean
}

/** The messages that people wrote. */
export interface UtteranceStore {
  /** By what a message is known here: an HMAC of where it stands. */
  keyOf(platform: PlatformName, message: MessageRef): string
  /** How a message was changed (null: taken away) before it came, and when; null if it was not. */
  early(message: string): Promise<{ readonly at: number; readonly words: string | null } | null>
  /** What these entries said, as it reads now. */
  wordings(incident: IncidentId, seqs: readonly number[]): Promise<ReadonlyMap<number, Wording>>
  /** Whether that person has written about the incident in a chat whose messages disappear. */
  timed(incident: IncidentId, person: PersonId): Promise<boolean>
  /**
   * The messages of a chat tool, said since then (epoch ms), that stand in incidents which are open; newest first. What
   * was taken back is none.
   */
  standing(tool: PlatformName, since: number, limit: number): Promise<readonly Omit<Place, 'tool'>[]>
  /** Messages whose time is over, longest first. */
  due(now: number, limit: number): Promise<readonly string[]>
  /** Forgets what came before its message and is older than that (epoch ms). */
  prune(before: number): Promise<void>
}

/** The messages, and what a transaction does to them. */
export type Utterances = UtteranceStore & {
  said(tx: Tx, message: string): Promise<Spoken | null>
  /** A message has become an entry. @throws ConflictError if it was changed meanwhile */
  keep(tx: Tx, spoken: NewSpoken, incident: IncidentId, entries: readonly Entry[]): Promise<void>
  /** A message was changed or taken away, which made these entries. */
  follow(tx: Tx, changed: Changed, person: PersonId | null, entries: readonly Entry[]): Promise<void>
  /** Forgets an incident's messages. */
  forget(tx: Tx, incident: IncidentId): Promise<void>
}

/** The messages in the database. */
export function utteranceStore(
  { database, tables, seal }: Base,
  keys: DataKeys,
  fetches: Pick<Fetches, 'coming'>,
): Utterances {
  const { utterances, timeline, words, incidents } = tables
  const { read } = database
  const fresh = { gone: false, early: null, timed: false, dueAt: null }
  const nowhere = { incident: null, seq: null, wording: null, tool: null, place: null }

  async function rowOf(handle: Read, message: string) {
    const [row] = await handle.select().from(utterances).where(eq(utterances.message, message))
    return row ?? null
  }

  /** The words of entries; '' where there never were any, null where they are gone or hidden. */
  async function textsOf(handle: Read, incident: IncidentId, seqs: readonly number[]) {
    const [standing] = await handle.select({ state: incidents.state }).from(incidents).where(eq(incidents.id, incident))
    const { owed = [], unsaid = [] } = standing?.state.hold ?? {}
    const rows = await handle
      .select({ seq: timeline.seq, digest: timeline.digest, person: words.person, sealed: words.sealed })
      .from(timeline)
      .leftJoin(words, and(eq(words.incident, timeline.incident), eq(words.seq, timeline.seq)))
      .where(and(eq(timeline.incident, incident), inArray(timeline.seq, [...seqs])))
    const own = await keys.find(handle, ofIncident(incident))
    const texts = new Map<number, string | null>()
    for (const { seq, digest, person, sealed } of rows) {
      if (digest === null) texts.set(seq, '')
      if (digest === null || !sealed || !own || unsaid.includes(seq) || (person && owed.includes(person))) continue
      const key = person ? await keys.find(handle, ofPerson(person)) : null
      if (person && !key) continue
      texts.set(seq, openWords(seal, sealed, keys.words(own, key))?.words.text ?? null)
    }
    return texts
  }

  async function wordings(handle: Read, incident: IncidentId, seqs: readonly number[]): Promise<Map<number, Wording>> {
    if (seqs.length === 0) return new Map()
    const entries = await handle
      .select({ seq: timeline.seq, at: timeline.at, by: timeline.by, event: timeline.event })
      .from(timeline)
      .where(and(eq(timeline.incident, incident), inArray(timeline.seq, [...seqs])))
    const changed = await handle
      .select({ seq: utterances.seq, wording: utterances.wording, gone: utterances.gone })
      .from(utterances)
      .where(and(eq(utterances.incident, incident), inArray(utterances.seq, [...seqs])))
    const latest = new Map(changed.map(row => [row.seq, row.wording ?? row.seq ?? 0]))
    const gone = new Set(changed.filter(row => row.gone).map(row => row.seq))
    const froms = entries.map(entry => latest.get(entry.seq) ?? entry.seq)
    const texts = await textsOf(handle, incident, froms)
    return new Map(
      entries.map(entry => {
        const from = latest.get(entry.seq) ?? entry.seq
        const text = gone.has(entry.seq) ? null : (texts.get(from) ?? null)
        return [entry.seq, { ...entry, from, text, ...(gone.has(entry.seq) ? { gone: true as const } : {}) }]
      }),
    )
  }

  /** Read beside whoever changes them: words that went between two of its queries stand under a newer entry. */
  async function standingWordings(incident: IncidentId, seqs: readonly number[]): Promise<Map<number, Wording>> {
    for (let found = await wordings(read, incident, seqs); ; ) {
      const without = [...found.values()].filter(one => one.text === null && !one.gone)
      if (without.length === 0) return found
      const again = await wordings(read, incident, seqs)
      if (without.every(one => again.get(one.seq)?.from === one.from)) return again
      found = again
    }
  }

  /** The files that came with an entry, at once or fetched later. */
  async function filesOf(tx: Tx, incident: IncidentId, wording: Wording | undefined) {
    if (wording?.event.type !== 'added') return []
    const rows = await tx
      .select({ event: timeline.event })
      .from(timeline)
      .where(and(eq(timeline.incident, incident), sql`${timeline.event} like ${'%"collected"%'}`))
    const later = rows.flatMap(({ event }) =>
      event.type === 'collected' && event.of === wording.seq ? (event.files ?? []) : [],
    )
    return [...(wording.event.files ?? []), ...later].map(({ id, kind }) => ({ id, kind }))
  }

  function sealed({ message, account }: Place): Buffer {
    return seal.seal(JSON.stringify({ message, account }))
  }

  return {
    keyOf: (platform, { room, id }) => seal.hmac(`said:${platform}/${room}/${id}`),
    async early(message) {
      const row = await rowOf(read, message)
      if (!row || row.incident) return null
      const key = row.person && (await keys.find(read, ofPerson(row.person)))
      return { at: row.at, words: row.gone || !row.early || !key ? null : seal.text(row.early, key) }
    },
    wordings: standingWordings,
    async timed(incident, person) {
      const own = and(eq(utterances.incident, incident), eq(utterances.person, person), eq(utterances.timed, true))
      return (await read.$count(utterances, own)) > 0
    },
    async standing(tool, since, limit) {
      const rows = await read
        .select({ place: utterances.place })
        .from(utterances)
        .innerJoin(incidents, eq(incidents.id, utterances.incident))
        .innerJoin(timeline, and(eq(timeline.incident, utterances.incident), eq(timeline.seq, utterances.seq)))
        .where(
          and(
            ...[eq(incidents.open, true), eq(utterances.gone, false), eq(utterances.tool, tool)],
            ...[isNotNull(utterances.place), gte(timeline.at, since)],
          ),
        )
        .orderBy(desc(timeline.at))
        .limit(limit)
      return rows.flatMap(({ place }) => (place ? [JSON.parse(seal.text(place)) as Omit<Place, 'tool'>] : []))
    },
    async due(now, limit) {
      const rows = await read
        .select({ message: utterances.message })
        .from(utterances)
        .where(and(isNotNull(utterances.dueAt), lte(utterances.dueAt, now)))
        .orderBy(asc(utterances.dueAt))
        .limit(limit)
      return rows.map(row => row.message)
    },
    async prune(before) {
      const old = and(isNull(utterances.incident), lt(utterances.at, before))
      if ((await read.$count(utterances, old)) === 0) return
      await database.transaction(tx => tx.delete(utterances).where(old).returning({ at: utterances.at }))
    },
    async said(tx, message) {
      const row = await rowOf(tx, message)
      if (!row?.incident || row.seq === null || !row.person) return null
      const { incident, seq, person: by, at, gone } = row
      const wording = (await wordings(tx, incident, [seq])).get(seq)
      const from = { from: wording?.from ?? seq, text: wording?.text ?? null }
      const own = await keys.find(tx, ofIncident(incident))
      const coming = own && wording?.event.type === 'added' ? await fetches.coming(tx, incident, seq, own) : []
      return {
        ...{ incident, seq, by, at, gone, ...from, files: gone ? [] : await filesOf(tx, incident, wording) },
        ...(coming.length > 0 ? { coming: coming.map(({ kind }) => ({ kind })) } : {}),
      }
    },
    async keep(tx, { message, seen, until, place }, incident, entries) {
      const entry = entries.find(({ event }) => event.type === 'said' || event.type === 'added')
      if (!entry) return
      const { seq, by: person } = entry
      const dueAt = entry.event.type === 'said' ? until : null
      const stands = place ? { tool: place.tool, place: sealed(place) } : { tool: null, place: null }
      const set = { ...fresh, incident, seq, wording: seq, person, at: seen ?? unchanged, dueAt, ...stands }
      const row = { ...set, message, timed: until !== null }
      const { incident: taken, gone, at: seenAt } = utterances
      const same = sql`${taken} is null and ${gone} = false and ${seenAt} = ${seen ?? -1}`
      const rows = await tx
        .insert(utterances)
        .values(row)
        .onConflictDoUpdate({ target: utterances.message, set: row, setWhere: same })
        .returning({ message: utterances.message })
      if (rows.length === 0) throw new ConflictError('what somebody said was changed meanwhile')
    },
    async follow(tx, { message, at, words: text, early }, person, entries) {
      const row = await rowOf(tx, message)
      const own = eq(utterances.message, message)
      if (row?.incident) {
        const fresher = entries.find(({ event }) => event.type === 'reworded')
        const gone = row.gone || text === null
        const set = {
          ...(fresher ? { wording: fresher.seq } : {}),
          ...(gone ? { gone, dueAt: null } : {}),
          ...(row.person === person || gone ? { at: Math.max(row.at, at) } : {}),
        }
        if (Object.keys(set).length > 0)
          await tx.update(utterances).set(set).where(own).returning({ at: utterances.at })
        return
      }
      // A deletion is the last that is done to a message, whatever the clocks say.
      if (!early || row?.gone || (row && text !== null && row.at > at)) return
      const kept = text === null || !person ? null : seal.seal(text, await keys.person(tx, person))
      const set = { ...fresh, ...nowhere, message, person, at, gone: text === null, early: kept }
      if (row) {
        const still = and(own, isNull(utterances.incident), eq(utterances.at, row.at))
        const rows = await tx.update(utterances).set(set).where(still).returning({ at: utterances.at })
        if (rows.length === 0) throw new ConflictError('the message has come meanwhile')
      } else await tx.insert(utterances).values(set).returning({ at: utterances.at })
    },
    async forget(tx, incident) {
      const own = and(eq(utterances.incident, incident), gte(utterances.at, 0))
      await tx.delete(utterances).where(own).returning({ at: utterances.at })
    },
  }
}

// Any change comes after its message, whatever their clocks say.
const unchanged = 0
