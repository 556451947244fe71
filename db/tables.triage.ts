import type { AccountId, IncidentId, PersonId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What triage needs beside the incidents: who looks through what, what was done to many at once, who is kept out. */
export function triageTables({ table, index, primaryKey, text, integer, serial, timestamp, bytes }: Columns) {
  return {
    /** Who looks through a report, and until when; the place in their batch stands until somebody else has it. */
    triageLeases: table(
      'triage_leases',
      {
        incident: text().$type<IncidentId>().primaryKey(),
        person: text().$type<PersonId>().notNull(),
        batch: text().notNull(),
        place: integer().notNull(),
        until: timestamp().notNull(),
      },
      row => [index('triage_leases_person').on(row.person, row.until)],
    ),
    /** Which reports one act on many took in, so that exactly those can be set back. */
    triageActs: table(
      'triage_acts',
      {
        act: text().notNull(),
        incident: text().$type<IncidentId>().notNull(),
        person: text().$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [primaryKey({ columns: [row.act, row.incident] }), index('triage_acts_at').on(row.at)],
    ),
    /** An HMAC of the words of a stranger's report, so that the same words sent again and again are found. */
    fingerprints: table(
      'fingerprints',
      { incident: text().$type<IncidentId>().primaryKey(), print: text().notNull() },
      row => [index('fingerprints_print').on(row.print)],
    ),
    /** Notices of S4 and less that wait to be told a person in one list, because too many came at once. */
    notices: table(
      'notices',
      {
        key: text().primaryKey(),
        account: text().$type<AccountId>().notNull(),
        incident: text().$type<IncidentId>().notNull(),
        dueAt: timestamp().notNull(),
      },
      row => [index('notices_due').on(row.dueAt, row.account)],
    ),
    /** Whoever may send nothing for now, by whom and why (sealed under their own key); lifted, it stays on record. */
    blocks: table(
      'blocks',
      {
        id: serial(),
        person: text().$type<PersonId>().notNull(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
        reason: bytes(),
        liftedBy: text().$type<PersonId>(),
        liftedAt: timestamp(),
      },
      row => [index('blocks_person').on(row.person)],
    ),
  }
}
