import type { NetworkDeed } from '../workflows/account.ts'
import type { CodeType } from '../workflows/code.ts'
import type { Grant } from '../workflows/grant.ts'
import type { AccountId, PersonId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** How accounts come to people: codes, who was taken for whom, and the log of what changed in the network itself. */
export function accountTables({ table, index, text, integer, serial, timestamp, json }: Columns) {
  return {
    /** Codes that join accounts or invite; of a code only a keyed digest is kept. */
    codes: table(
      'codes',
      {
        number: serial(),
        lookup: text().notNull().unique(),
        type: text().$type<CodeType>().notNull(),
        /** Whose accounts it joins; who made the invitation (null: whoever sits at the terminal). */
        person: text().$type<PersonId>(),
        account: text().$type<AccountId>(),
        roles: json<Grant['roles']>(),
        regions: json<Grant['regions']>(),
        uses: integer().notNull(),
        used: integer().notNull(),
        at: timestamp().notNull(),
        until: timestamp().notNull(),
      },
      row => [index('codes_person').on(row.person)],
    ),
    /** How many codes an account has tried since when; the account is known by a keyed digest. */
    tries: table('tries', {
      account: text().primaryKey(),
      since: timestamp().notNull(),
      count: integer().notNull(),
    }),
    /** Whoever turned out to be somebody else here: what timelines say of the former is theirs. */
    formers: table(
      'formers',
      {
        person: text().$type<PersonId>().primaryKey(),
        present: text().$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [index('formers_present').on(row.present)],
    ),
    /** Who let whom in, bound which room, and so on: what no incident's timeline tells. */
    deeds: table('deeds', {
      number: serial(),
      at: timestamp().notNull(),
      by: text('by_person').$type<PersonId>(),
      what: text().$type<NetworkDeed['what']>().notNull(),
      facts: json<NetworkDeed['facts']>().notNull(),
    }),
  }
}
