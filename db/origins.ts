import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { IncidentChange } from '../workflows/change.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { isOpen, type Source } from '../workflows/incident.ts'
import { linksIn } from '../workflows/link.ts'
import type { Originals } from '../workflows/sources.ts'
import type { Base } from './base.ts'
import { prepared, type Read, type Tx } from './database.ts'
import { batch, slot } from './write.ts'

/** What reports came with, and which incidents are named on whose cards. */
export type Origins = {
  /** Keeps the links that new entries give, and what cards name as alike. */
  write(tx: Tx, changes: readonly IncidentChange[]): Promise<void>
  /** The originals (links and files) of each source among these reports. */
  of(tx: Tx, sources: readonly Source[]): Promise<Originals>
  /** Whose cards name one of the incidents that no longer stand, or may be seen by others, after these changes. */
  namedBy(tx: Tx, changes: readonly IncidentChange[]): Promise<readonly IncidentId[]>
  /** Forgets what those people gave to that incident; all of it without people. */
  forget(tx: Tx, incident: IncidentId, people: readonly PersonId[] | 'all'): Promise<void>
}

/** The originals in the database. */
export function originsOf({ tables, seal }: Base): Origins {
  const { origins, likes, files, gists } = tables
  const keep = batch('origins_new', ['origin', 'incident', 'person'], (tx, values) =>
    tx.insert(origins).values(values).onConflictDoNothing(),
  )
  const name = batch('likes_new', ['other', 'incident'], (tx, values) =>
    tx.insert(likes).values(values).onConflictDoNothing(),
  )
  const naming = prepared('likes_of', (handle: Read) =>
    handle
      .select({ incident: likes.incident })
      .from(likes)
      .where(eq(likes.other, slot('other')))
      .limit(mostNamed),
  )

  return {
    async write(tx, changes) {
      const given = changes.flatMap(({ entries, after }) =>
        entries.flatMap(({ words, by }) =>
          linksOf(words).map(link => ({ origin: seal.hmac(`link:${link}`), incident: after.id, person: by ?? '' })),
        ),
      )
      const named = changes.flatMap(({ entries, after }) =>
        entries.flatMap(({ event }) =>
          event.type === 'likened' ? event.to.map(one => ({ other: one.id, incident: after.id })) : [],
        ),
      )
      if (given.length > 0) await keep(tx, given)
      if (named.length > 0) await name(tx, named)
    },
    async of(tx, sources) {
      const reports = sources.map(source => source.report)
      const people = [...new Set(sources.flatMap(source => source.by ?? []))]
      const found = new Map<PersonId, Set<string>>()
      if (people.length < 2) return found
      const linked = tx
        .select({ person: origins.person, origin: origins.origin })
        .from(origins)
        .where(and(inArray(origins.incident, reports), inArray(origins.person, people)))
      const filed = tx
        .select({ person: files.person, origin: files.match })
        .from(files)
        .where(and(inArray(files.incident, reports), inArray(files.person, people), isNotNull(files.match)))
      for (const { person, origin } of [...(await linked), ...(await filed)]) {
        if (!person || origin === null) continue
        const known = found.get(person) ?? new Set()
        found.set(person, known.add(origin))
      }
      return found
    },
    async namedBy(tx, changes) {
      const ended = changes.filter(({ before, after }) => before && isOpen(before) && !isOpen(after))
      // The card of the whole may say what a part of it says.
      const closer = changes.filter(
        ({ before, after }) => before?.mark !== after.mark || before.visibility !== after.visibility,
      )
      const found: IncidentId[] = closer.flatMap(({ before, after }) =>
        before && after.mergedInto ? [after.mergedInto] : [],
      )
      for (const { after } of ended) found.push(...(await naming(tx, { other: after.id })).map(row => row.incident))
      return [...new Set(found)]
    },
    async forget(tx, incident, people) {
      const by = people === 'all' ? undefined : inArray(origins.person, [...people])
      await tx
        .delete(origins)
        .where(and(eq(origins.incident, incident), by))
        .returning({ origin: origins.origin })
      // What is left to be said is taken up anew.
      await tx.delete(gists).where(eq(gists.incident, incident)).returning({ term: gists.term })
    },
  }
}

const mostNamed = 200

function linksOf(words: Readonly<Record<string, string>> | null): string[] {
  return words ? Object.values(words).flatMap(text => linksIn(text).map(link => link.original)) : []
}
