import { sql } from 'drizzle-orm'
import type { IncidentId, PersonId, ProtocolId, RegionCode } from '../workflows/ids.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import type { ProposalState, WhyNot } from '../workflows/trigger/proposal.ts'
import type { Columns } from './columns.ts'

/** What proposes protocols: what is still to be looked at, and what was proposed; ids and codes only, never words. */
export function proposalTables({ table, index, primaryKey, text, integer, boolean, timestamp, json }: Columns) {
  return {
    /** Open incidents that are to be looked at for triggers, and from when on; `round` tells a newer change. */
    looks: table(
      'looks',
      {
        incident: text().$type<IncidentId>().primaryKey(),
        dueAt: timestamp().notNull(),
        round: integer().notNull(),
      },
      row => [index('looks_due').on(row.dueAt)],
    ),
    /** How many proposals of a protocol there were; whoever counts one more keeps others waiting who would, too. */
    patterns: table('patterns', { protocol: text().$type<ProtocolId>().primaryKey(), count: integer().notNull() }),
    /** A protocol that was proposed to coordinators, by which trigger, and what they made of it. */
    proposals: table(
      'proposals',
      {
        id: text().primaryKey(),
        protocol: text().$type<ProtocolId>().notNull(),
        trigger: text().notNull(),
        region: text().$type<RegionCode>().notNull(),
        /** The one it is proposed for. */
        about: text().$type<IncidentId>().notNull(),
        severity: integer().$type<Severity>().notNull(),
        /** All that matched, in the order in which they came to it. */
        incidents: json<readonly IncidentId[]>().notNull(),
        state: text().$type<ProposalState>().notNull(),
        /** It starts by itself. */
        itself: boolean().notNull(),
        /** How many there were when it was last told. */
        told: integer().notNull(),
        /** How far it has climbed. */
        rung: integer().notNull(),
        at: timestamp().notNull(),
        /** When it climbs next; null: never again. */
        dueAt: timestamp(),
        answeredBy: text().$type<PersonId>(),
        answeredAt: timestamp(),
        why: text().$type<WhyNot>(),
      },
      row => [
        index('proposals_due').on(row.dueAt).where(sql`${row.dueAt} is not null`),
        index('proposals_open').on(row.region, row.at).where(sql`${row.state} = 'open'`),
        index('proposals_answered').on(row.answeredAt).where(sql`${row.answeredAt} is not null`),
      ],
    ),
    /** Which incidents a proposal takes in. */
    proposed: table('proposed', { incident: text().$type<IncidentId>().notNull(), proposal: text().notNull() }, row => [
      primaryKey({ columns: [row.incident, row.proposal] }),
      index('proposed_proposal').on(row.proposal),
    ]),
  }
}
