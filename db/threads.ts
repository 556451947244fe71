import { and, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm'
import type { MessageRef } from '../workflows/delivery.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { CardReads } from './drawn.ts'

/** Where people may still talk under cards, as `CardReads.standing` promises; history is not read. */
export function standingCards({ database: { read }, tables: { cards, incidents } }: Base): CardReads['standing'] {
  /** The incidents that stand or were resolved since then, the newest first; each index is asked in its own words. */
  async function standing(since: number): Promise<readonly IncidentId[]> {
    const { id, open, status, reportedAt, resolvedAt } = incidents
    const resolved = and(isNotNull(resolvedAt), gte(resolvedAt, since), eq(status, 'resolved'))
    const ways = [sql`${open} = true`, sql`${status} = 'waiting'`, resolved]
    const rows = await Promise.all(ways.map(way => read.select({ id, reportedAt }).from(incidents).where(way)))
    return rows
      .flat()
      .sort((one, other) => other.reportedAt - one.reportedAt || (one.id < other.id ? -1 : 1))
      .map(row => row.id)
  }

  return async (rooms, since, limit) => {
    const ids = rooms.length > 0 ? await standing(since) : []
    const found: MessageRef[] = []
    for (let at = 0; at < ids.length && found.length < limit; at += stretch) {
      const some = ids.slice(at, at + stretch)
      const rows = await read
        .select({ incident: cards.incident, message: cards.message })
        .from(cards)
        .where(and(inArray(cards.incident, some), inArray(cards.room, [...rooms]), isNotNull(cards.message)))
      const newest = rows.sort((one, other) => some.indexOf(one.incident) - some.indexOf(other.incident))
      found.push(...newest.flatMap(row => row.message ?? []))
    }
    return found.slice(0, limit)
  }
}

const stretch = 500
