import { type SQLWrapper, sql } from 'drizzle-orm'
import type { MessageRef, RecallReason } from '../workflows/delivery.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RoomId } from '../workflows/ids.ts'
import type { Clock } from '../workflows/timer.ts'
import type { Columns } from './columns.ts'

/**
 * Where a card or a post stands on its way to the platform. `unknown`: the answer was lost, it must be looked up;
 * `again`: it is sent a second time, because it cannot be looked up and must not be lost. Not on their way any more are
 * those `sent`, those given up (`failed`), those of which nobody can tell whether they arrived (`unsure`), those whose
 * room is closed (`parked`) or whose person cannot be written to (`kept`), and those that somebody `left`.
 */
export type SendState =
  | ('waiting' | 'sending' | 'unknown' | 'again')
  | ('sent' | 'failed' | 'unsure' | 'parked' | 'kept' | 'left')

/** True of rows that came to rest without having been sent, and are to be seen by people. */
export const stuck = (state: SQLWrapper) => sql`${state} in ('failed', 'unsure', 'parked', 'kept')`

// What is done stays for ever; indexes of what is to be done hold only that.
const pending = (column: SQLWrapper) => sql`${column} is not null`

/** Everything that is still to be done or was once done: cards, posts, timers, the inbox, leases. */
export function workTables({
  table,
  index,
  primaryKey,
  text,
  integer,
  serial,
  boolean,
  timestamp,
  json,
  bytes,
}: Columns) {
  return {
    /** One card an incident and room: shown is brought up to wanted. `dueAt` is null when nothing is to be done. */
    cards: table(
      'cards',
      {
        incident: text().$type<IncidentId>().notNull(),
        room: text().$type<RoomId>().notNull(),
        lane: integer().notNull(),
        wanted: integer().notNull(),
        shown: integer().notNull(),
        state: text().$type<SendState>().notNull(),
        generation: integer().notNull(),
        message: json<MessageRef>(),
        sentAt: timestamp(),
        edits: integer().notNull(),
        attempts: integer().notNull(),
        dueAt: timestamp(),
        /** Since when it does not show what is wanted. */
        since: timestamp(),
        error: text(),
      },
      row => [
        primaryKey({ columns: [row.incident, row.room] }),
        index('cards_queue').on(row.lane, row.dueAt).where(pending(row.dueAt)),
        index('cards_stuck').on(row.room).where(stuck(row.state)),
      ],
    ),
    /**
     * Every generation of every card by platform, room and id of the message, so that a press on an old one still
     * finds its incident.
     */
    cardMessages: table(
      'card_messages',
      {
        message: text().primaryKey(),
        incident: text().$type<IncidentId>().notNull(),
        room: text().$type<RoomId>().notNull(),
        /** Set once a newer one stands in its place, until it shows nothing any more that would have to go. */
        old: boolean(),
      },
      row => [index('card_messages_old').on(row.incident).where(sql`${row.old} = true`)],
    ),
    /** Things said once. The key is unique for ever; `view` is sealed, and empty once it was sent. */
    posts: table(
      'posts',
      {
        id: serial(),
        key: text().notNull().unique(),
        room: text().$type<RoomId>(),
        account: text().$type<AccountId>(),
        /** The account it was for, if it had to go to another one of the same person. */
        first: text().$type<AccountId>(),
        incident: text().$type<IncidentId>(),
        thread: boolean().notNull(),
        /** Posts with the same conversation go out in order of creation. */
        conversation: text().notNull(),
        lane: integer().notNull(),
        view: bytes().notNull(),
        /** Whose words or name it carries, as long as these may have to be taken back; null if nobody's. */
        author: text().$type<PersonId>(),
        /** Whether it goes out in the quiet hours of whoever it is for. */
        anytime: boolean().notNull(),
        state: text().$type<SendState>().notNull(),
        attempts: integer().notNull(),
        createdAt: timestamp().notNull(),
        dueAt: timestamp(),
        sentAt: timestamp(),
        /** Where it stands on the platform, sealed: a direct conversation's address is an account's. */
        message: bytes(),
        error: text(),
      },
      row => [
        index('posts_queue').on(row.lane, row.id).where(pending(row.dueAt)),
        index('posts_conversation').on(row.conversation, row.id).where(pending(row.dueAt)),
        index('posts_stuck').on(row.id).where(stuck(row.state)),
        // Only what is done with: nothing is added to the commit that makes a post.
        index('posts_settled')
          .on(row.incident, row.id)
          .where(sql`${row.dueAt} is null and ${row.incident} is not null`),
        index('posts_worded').on(row.incident, row.author).where(pending(row.author)),
        index('posts_author').on(row.author, row.id).where(pending(row.author)),
      ],
    ),
    /** Rooms that the hub cannot write to; one post or card at a time tries whether it can again, from `nextAt` on. */
    closedRooms: table('closed_rooms', {
      room: text().$type<RoomId>().primaryKey(),
      reason: text().notNull(),
      since: timestamp().notNull(),
      tries: integer().notNull(),
      nextAt: timestamp().notNull(),
    }),
    /** Messages whose words must go: gone from here once they went. Given up: `dueAt` is null. */
    recalls: table(
      'recalls',
      {
        /** `post:` and the id of a post, or `card:` and the key of a card's message. */
        key: text().primaryKey(),
        post: integer(),
        incident: text().$type<IncidentId>(),
        room: text().$type<RoomId>(),
        account: text().$type<AccountId>(),
        /** Of a card's message: where it stands. */
        message: json<MessageRef>(),
        reason: text().$type<RecallReason>().notNull(),
        attempts: integer().notNull(),
        dueAt: timestamp(),
        error: text(),
      },
      row => [index('recalls_due').on(row.dueAt).where(pending(row.dueAt)), index('recalls_post').on(row.post)],
    ),
    /** One clock of one incident; `dueAt` is null when it is settled or has fired. */
    timers: table(
      'timers',
      {
        incident: text().$type<IncidentId>().notNull(),
        clock: text().$type<Clock>().notNull(),
        arming: integer().notNull(),
        dueAt: timestamp(),
      },
      row => [
        primaryKey({ columns: [row.incident, row.clock] }),
        index('timers_due').on(row.dueAt).where(pending(row.dueAt)),
      ],
    ),
    /**
     * The key (as an HMAC) of everything that took effect, with the sealed answer that was given; `scope` names the
     * data key that it lies under. Raw messages are sealed, and gone once they are handled.
     */
    inbox: table(
      'inbox',
      {
        key: text().primaryKey(),
        person: text().$type<PersonId>(),
        receivedAt: timestamp().notNull(),
        handledAt: timestamp(),
        attempts: integer().notNull(),
        dueAt: timestamp(),
        raw: bytes(),
        scope: text(),
        answer: bytes(),
        error: text(),
      },
      row => [
        index('inbox_due').on(row.dueAt).where(pending(row.dueAt)),
        index('inbox_parked').on(row.receivedAt).where(sql`${row.raw} is not null and ${row.dueAt} is null`),
      ],
    ),
    /** A few things that platforms must know again after a restart; `value` is sealed. */
    memory: table(
      'memory',
      {
        /** HMAC of platform and key. */
        key: text().primaryKey(),
        platform: text().$type<PlatformName>().notNull(),
        value: bytes().notNull(),
        /** HMAC of platform and address of the account whose it is, as `accounts` has it; null if nobody's. */
        owner: text(),
        savedAt: timestamp().notNull(),
      },
      row => [
        index('memory_owner').on(row.owner).where(pending(row.owner)),
        index('memory_saved').on(row.savedAt).where(pending(row.owner)),
      ],
    ),
    /**
     * Who may do what only one process may do, until when, in database time; the token fences out a late predecessor.
     */
    leases: table('leases', {
      name: text().primaryKey(),
      holder: text().notNull(),
      token: integer().notNull(),
      until: timestamp().notNull(),
    }),
    /** The messages of the practice workspace: it is its own chat server. */
    practiceMessages: table(
      'practice_messages',
      {
        id: serial(),
        key: text().unique(),
        room: text().notNull(),
        thread: integer(),
        author: text().notNull(),
        body: json<unknown>().notNull(),
        at: timestamp().notNull(),
        editedAt: timestamp(),
        /** When it was last added or edited. */
        changedAt: timestamp().notNull(),
      },
      row => [
        index('practice_messages_room').on(row.room, row.id),
        index('practice_messages_changed').on(row.changedAt, row.id),
        index('practice_messages_thread').on(row.thread, row.id),
      ],
    ),
  }
}
