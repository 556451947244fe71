import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import type { BoardName } from '../workflows/board/scope.ts'
import type { ExportId } from '../workflows/export/request.ts'
import type { BroadcastId, IncidentId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { random } from './key.ts'

/**
 * What a link lets one person look at until then (epoch ms), of an incident (item null: the record of all evidence) or
 * of a broadcast, an export that may be taken, or a board.
 */
export type Ticket = {
  readonly incident: IncidentId | BroadcastId | ExportId | BoardName
  readonly item: string | null
  readonly person: PersonId
  /** The tool through which it was asked for. */
  readonly platform: PlatformName
  readonly until: number
}

/** A link that still holds, and whether it belongs to the browser that asks, to another one, or to none yet. */
export type FoundTicket = { readonly ticket: Ticket; readonly browser: 'own' | 'other' | 'none' }

/** One-time links: each is known by a secret that is nowhere kept, and belongs to the first browser that opens it. */
export interface TicketStore {
  /** Makes a link's secret, of 32 random bytes; those that have run out by then are forgotten. */
  issue(ticket: Ticket, now: number): Promise<string>
  /** The link with that secret as the browser that carries that other secret sees it; null once it has run out. */
  find(secret: string, browser: string | null, now: number): Promise<FoundTicket | null>
  /** Makes it belong to a browser, which from then on carries the secret given back; null if one has it already. */
  bind(secret: string, now: number): Promise<string | null>
}

/** The links in the database: of their secrets only keyed digests stand there. */
export function ticketStore({ database, tables: { tickets }, seal }: Base): TicketStore {
  const lookup = (secret: string) => seal.hmac(`ticket:${secret}`)
  const browserOf = (secret: string) => seal.hmac(`browser:${secret}`)

  return {
    async issue(ticket, now) {
      const secret = random(secretBytes).toString('base64url')
      await database.transaction(async tx => {
        await tx.delete(tickets).where(lte(tickets.until, now)).returning({ until: tickets.until })
        await tx
          .insert(tickets)
          .values({ ...ticket, lookup: lookup(secret) })
          .returning({ until: tickets.until })
      })
      return secret
    },
    async find(secret, browser, now) {
      const [row] = await database.read
        .select()
        .from(tickets)
        .where(and(eq(tickets.lookup, lookup(secret)), gt(tickets.until, now)))
      if (!row) return null
      const { incident, item, person, platform, until } = row
      const own = browser !== null && row.browser === browserOf(browser)
      return {
        ticket: { incident, item, person, platform, until },
        browser: row.browser === null ? 'none' : own ? 'own' : 'other',
      }
    },
    async bind(secret, now) {
      const browser = random(secretBytes).toString('base64url')
      const rows = await database.transaction(tx =>
        tx
          .update(tickets)
          .set({ browser: browserOf(browser) })
          .where(and(eq(tickets.lookup, lookup(secret)), gt(tickets.until, now), isNull(tickets.browser)))
          .returning({ until: tickets.until }),
      )
      return rows.length > 0 ? browser : null
    },
  }
}

const secretBytes = 32
