import type { IncidentId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** What people say to each other: which message became which entry, and what rooms hear of it in one message. */
export function talkTables({ table, index, primaryKey, text, integer, boolean, timestamp, bytes }: Columns) {
  return {
    /**
     * Messages that became an entry, each under an HMAC of where it stands; and what was changed or taken away before
     * it came itself: no incident yet, and `early` holds the newest words, sealed under the person's key.
     */
    utterances: table(
      'utterances',
      {
        message: text().primaryKey(),
        incident: text().$type<IncidentId>(),
        /** The entry that it became, and the one that holds its words now. */
        seq: integer(),
        wording: integer(),
        person: text().$type<PersonId>(),
        /** When it was last changed; 0 if it never was. */
        at: timestamp().notNull(),
        gone: boolean().notNull(),
        early: bytes(),
        /** Whether it came from a chat whose messages disappear; `dueAt`: when its words must go. */
        timed: boolean().notNull(),
        dueAt: timestamp(),
        /** The chat tool, and (sealed) the message and its writer's account there: where it can be looked at again. */
        tool: text().$type<PlatformName>(),
        place: bytes(),
      },
      row => [
        index('utterances_entry').on(row.incident, row.seq),
        index('utterances_person').on(row.person),
        index('utterances_due').on(row.dueAt),
      ],
    ),
    /** What a room hears in one message with other lines; `post` is the key of that message once it was made. */
    digests: table(
      'digests',
      {
        room: text().$type<RoomId>().notNull(),
        incident: text().$type<IncidentId>().notNull(),
        seq: integer().notNull(),
        person: text().$type<PersonId>(),
        at: timestamp().notNull(),
        post: text(),
      },
      row => [
        primaryKey({ columns: [row.room, row.incident, row.seq] }),
        index('digests_entry').on(row.incident, row.seq),
        index('digests_post').on(row.post),
        index('digests_person').on(row.person),
      ],
    ),
  }
}
