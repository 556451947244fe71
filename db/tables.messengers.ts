import type { PartnerKind } from '../workflows/audience.ts'
import type { Language } from '../workflows/directory.ts'
import type { BroadcastId, MessageId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { HandoutId, MessengerId, Reception } from '../workflows/messenger.ts'
import type { Columns } from './columns.ts'

/** People whom communities trust, and the words that they were given. */
export function messengerTables({ table, index, text, integer, timestamp, json, bytes }: Columns) {
  return {
    /** `content` is their name, contact and community, and how they agreed: sealed under the key of `person`. */
    messengers: table(
      'messengers',
      {
        id: text().$type<MessengerId>().primaryKey(),
        person: text().$type<PersonId>().notNull(),
        alias: text().notNull().unique(),
        kinds: json<readonly PartnerKind[]>().notNull(),
        regions: json<'all' | readonly RegionCode[]>().notNull(),
        languages: json<readonly Language[]>().notNull(),
        through: text().$type<PersonId>().notNull(),
        addedBy: text().$type<PersonId>().notNull(),
        addedAt: timestamp().notNull(),
        consentAt: timestamp().notNull(),
        consentUntil: timestamp(),
        content: bytes().notNull(),
      },
      row => [index('messengers_person').on(row.person)],
    ),
    /** What was handed to whom; `words` lie under the hub's key, what came of it under the messenger's own. */
    handouts: table(
      'handouts',
      {
        id: text().$type<HandoutId>().primaryKey(),
        messenger: text().$type<MessengerId>().notNull(),
        message: text().$type<MessageId>(),
        version: integer(),
        broadcast: text().$type<BroadcastId>(),
        region: text().$type<RegionCode>(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
        words: bytes().notNull(),
        received: text().$type<Reception>(),
        reach: integer(),
        note: bytes(),
        toldAt: timestamp(),
      },
      row => [
        index('handouts_at').on(row.at),
        index('handouts_messenger').on(row.messenger, row.at),
        index('handouts_message').on(row.message, row.at),
      ],
    ),
  }
}
