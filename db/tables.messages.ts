import type { BroadcastId, MessageId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { MessageApproval, MessageState } from '../workflows/library.ts'
import type { Columns } from './columns.ts'

/** Prepared messages in all their versions, and when they were sent in broadcasts. */
export function messageTables({
  table,
  index,
  uniqueIndex,
  primaryKey,
  text,
  integer,
  timestamp,
  json,
  bytes,
}: Columns) {
  return {
    /** `content` is the whole wording, sealed; a version never changes but for its review day. */
    messages: table(
      'messages',
      {
        id: text().$type<MessageId>().notNull(),
        version: integer().notNull(),
        rev: text().notNull(),
        state: text().$type<MessageState>().notNull(),
        /** Null: a file brought it. */
        by: text('by_person').$type<PersonId>(),
        at: timestamp().notNull(),
        approvals: json<readonly MessageApproval[]>().notNull(),
        settledBy: text().$type<PersonId>(),
        settledAt: timestamp(),
        /** Why it was sent back, sealed. */
        reason: bytes(),
        content: bytes().notNull(),
      },
      row => [primaryKey({ columns: [row.id, row.version] }), uniqueIndex('messages_rev').on(row.id, row.rev)],
    ),
    /** The broadcasts in which a message went out. */
    messageUses: table(
      'message_uses',
      {
        message: text().$type<MessageId>().notNull(),
        broadcast: text().$type<BroadcastId>().notNull(),
        version: integer().notNull(),
        region: text().$type<RegionCode>(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [primaryKey({ columns: [row.message, row.broadcast] }), index('message_uses_at').on(row.at)],
    ),
  }
}
