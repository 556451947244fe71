import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { IncidentChange } from '../workflows/change.ts'
import type { Holdings } from '../workflows/clearing.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import type { FileRef } from '../workflows/incident.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Digests } from './digests.ts'
import { noteErased } from './erased.ts'
import type { Key } from './key.ts'
import type { Origins } from './origins.ts'
import type { Posts } from './posts.ts'
import type { Recalls } from './recalls.ts'
import type { retellings } from './retell.ts'
import { shredFiles } from './shred.ts'
import type { Timeline } from './timeline.ts'
import type { Utterances } from './utterances.ts'

/** What a commit destroys. */
export type Losses = {
  /** Deletes what the change says must go; its words leave what waits, and are called back from what was sent. */
  lose(tx: Tx, change: IncidentChange, key: Key, now: number): Promise<void>
  /** What of an incident could go now. */
  holdings(tx: Tx, incident: IncidentId): Promise<Holdings>
  /** The files of an incident that somebody sent, also those that were shredded. */
  filesBy(tx: Tx, incident: IncidentId, person: PersonId): Promise<readonly Pick<FileRef, 'id' | 'kind'>[]>
  /** Shreds these people's files that stand with no incident under a hold, at most `limit`; gives how many. */
  files(tx: Tx, people: readonly PersonId[], now: number, limit: number): Promise<number>
}

type Parts = {
  readonly timeline: Timeline
  readonly posts: Posts
  readonly recalls: Recalls
  readonly origins: Origins
  readonly digests: Digests
  readonly utterances: Utterances
  readonly retell: ReturnType<typeof retellings>
}

/** The losses in the database; files lose their keys here, and their bytes when the folder is swept. */
export function losses(base: Base, { timeline, posts, recalls, origins, digests, utterances, retell }: Parts): Losses {
  const { files, incidents } = base.tables

  async function filesOf(tx: Tx, incident: IncidentId, people: readonly PersonId[] | 'all'): Promise<string[]> {
    const by = people === 'all' ? undefined : inArray(files.person, [...people])
    const own = await tx
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.incident, incident), isNull(files.shreddedAt), by))
    return own.map(file => file.id)
  }

  const gone = (tx: Tx, incident: IncidentId, seqs: readonly number[], now: number) =>
    noteErased(tx, base, [{ type: 'words', incident, seqs }], now)

  async function shred(tx: Tx, { shred, after: { id } }: IncidentChange, now: number): Promise<void> {
    if (!shred) return
    if (shred.type === 'by') {
      if (shred.owed) {
        await gone(tx, id, await timeline.strike(tx, id, shred.owed.seqs), now)
        await shredFiles(tx, base, shred.owed.files, now)
      }
      if (shred.people.length === 0) return
      await gone(tx, id, await timeline.shred(tx, id, shred.people), now)
      await origins.forget(tx, id, shred.people)
      await shredFiles(tx, base, await filesOf(tx, id, shred.people), now)
      return
    }
    if (shred.type === 'said') {
      await origins.forget(tx, id, [shred.whose])
      await gone(tx, id, await timeline.strike(tx, id, shred.owed.seqs), now)
      await shredFiles(tx, base, shred.owed.files, now)
      return
    }
    if (shred.step === 'contact') return gone(tx, id, await timeline.clear(tx, id, 'contacts'), now)
    if (shred.step !== 'evidence') {
      await gone(tx, id, await timeline.clear(tx, id, 'words'), now)
      await utterances.forget(tx, id)
      await origins.forget(tx, id, 'all')
    }
    if (shred.step !== 'narrative') await shredFiles(tx, base, await filesOf(tx, id, 'all'), now)
  }

  return {
    async lose(tx, change, key, now) {
      const { recall, after } = change
      await shred(tx, change, now)
      if (change.receipt) await recalls.askReceipt(tx, after.id, now)
      if (change.retell) await retell(tx, after.id, change.retell, key, now)
      if (!recall) return
      const { reason, authors } = recall
      // What waits is judged once more before it is said; only words that must reach nobody go here.
      if (reason !== 'sight') await posts.hush(tx, after.id, authors === 'all' ? [] : authors, key)
      await recalls.ask(tx, after.id, recall, now)
      await digests.recall(tx, after.id, recall, now)
    },
    async holdings(tx, incident) {
      return { ...(await timeline.count(tx, incident)), files: (await filesOf(tx, incident, 'all')).length }
    },
    filesBy: (tx, incident, person) =>
      tx
        .select({ id: files.id, kind: files.kind })
        .from(files)
        .where(and(eq(files.incident, incident), eq(files.person, person))),
    async files(tx, people, now, limit) {
      const held = sql`exists (
        select 1 from ${incidents} where ${incidents.id} = ${files.incident} and ${incidents.state} like '%"hold":{%'
      )`
      const rows = await tx
        .select({ id: files.id })
        .from(files)
        .where(
          and(inArray(files.person, [...people]), isNull(files.shreddedAt), isNotNull(files.person), sql`not ${held}`),
        )
        .limit(limit)
      const ids = rows.map(row => row.id)
      await shredFiles(tx, base, ids, now)
      return rows.length
    },
  }
}
