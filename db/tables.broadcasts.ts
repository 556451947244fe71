import { sql } from 'drizzle-orm'
import type { Answered, BroadcastState, RecipientKey, RecipientState, Urgency } from '../workflows/broadcast.ts'
import type { Language } from '../workflows/directory.ts'
import type {
  AccountId,
  BroadcastId,
  IncidentId,
  PersonId,
  PlatformName,
  RegionCode,
  RoomId,
} from '../workflows/ids.ts'
import type { Columns } from './columns.ts'

/** Messages to many: what was planned and approved, and each one who is to get it. */
export function broadcastTables({ table, index, primaryKey, text, integer, boolean, timestamp, json, bytes }: Columns) {
  return {
    /** `content` is the whole state, sealed; beside it stands what is asked for in queries. */
    broadcasts: table(
      'broadcasts',
      {
        id: text().$type<BroadcastId>().primaryKey(),
        seq: integer().notNull(),
        state: text().$type<BroadcastState>().notNull(),
        urgency: text().$type<Urgency>().notNull(),
        by: text().$type<PersonId>().notNull(),
        createdAt: timestamp().notNull(),
        /** When the hub has something to do with it: its hour, its end; null: nothing. */
        dueAt: timestamp(),
        /** The check-in or reminder that made it, with its window. */
        recurring: text().unique(),
        content: bytes().notNull(),
      },
      row => [
        index('broadcasts_due').on(row.dueAt).where(sql`${row.dueAt} is not null`),
        index('broadcasts_state').on(row.state, row.createdAt),
      ],
    ),
    /** What happened to each, in order; chained as timelines are. */
    broadcastEntries: table(
      'broadcast_entries',
      {
        broadcast: text().$type<BroadcastId>().notNull(),
        seq: integer().notNull(),
        by: text().$type<PersonId>(),
        at: timestamp().notNull(),
        content: bytes().notNull(),
        hash: text().notNull(),
      },
      row => [primaryKey({ columns: [row.broadcast, row.seq] })],
    ),
    /** One row for each who is to get it, however many accounts they have. */
    recipients: table(
      'recipients',
      {
        broadcast: text().$type<BroadcastId>().notNull(),
        key: text().$type<RecipientKey>().notNull(),
        person: text().$type<PersonId>(),
        room: text().$type<RoomId>(),
        region: text().$type<RegionCode>(),
        language: text().$type<Language>().notNull(),
        /** Where it goes now; null: nowhere. */
        platform: text().$type<PlatformName>(),
        account: text().$type<AccountId>(),
        first: boolean().notNull(),
        /** In which order they are served: rooms, then those whom somebody has written to before, then the rest. */
        rank: integer().notNull(),
        state: text().$type<RecipientState>().notNull(),
        /** How many accounts were tried, and the last post that carries it. */
        turn: integer().notNull(),
        post: text(),
        givenAt: timestamp(),
        /** The highest wave of corrections that was given to them. */
        wave: integer().notNull(),
        nudges: integer().notNull(),
        nudgedAt: timestamp(),
        /** When they were handed to their region. */
        handedAt: timestamp(),
        answer: text().$type<Answered>(),
        answeredAt: timestamp(),
        /** What they wrote beside, sealed under their own key. */
        said: bytes(),
        /** The incident that their call for help opened. */
        incident: text().$type<IncidentId>(),
        /** Why it did not go out to them. */
        error: text(),
      },
      row => [
        primaryKey({ columns: [row.broadcast, row.key] }),
        index('recipients_queue').on(row.broadcast, row.platform, row.rank).where(sql`${row.state} = 'waiting'`),
        index('recipients_person').on(row.person, row.givenAt).where(sql`${row.person} is not null`),
        index('recipients_post').on(row.post).where(sql`${row.post} is not null`),
      ],
    ),
    /** How its live message stands, which tells how it comes on; one row from when it has begun. */
    progress: table('progress', {
      broadcast: text().$type<BroadcastId>().primaryKey(),
      /** The keys of the posts that carry it. */
      posts: json<readonly string[]>().notNull(),
      /** How often it was drawn, and how often where a message can be changed only a few times. */
      round: integer().notNull(),
      few: integer().notNull(),
      /** What it shows, in short; `step`: the same where it can be changed only a few times. */
      shown: text().notNull(),
      step: text().notNull(),
      drawnAt: timestamp().notNull(),
      /** When nothing more was to be expected; null: it is still looked after. */
      closedAt: timestamp(),
    }),
  }
}
