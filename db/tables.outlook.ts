import type { BroadcastId, IncidentId, PersonId, RegionCode } from '../workflows/ids.ts'
import type { HappeningKind } from '../workflows/outlook.ts'
import type { RumourState } from '../workflows/rumour.ts'
import type { Score } from '../workflows/warning.ts'
import type { Columns } from './columns.ts'

/** What people say, how regions were rated, and what is to come: ids, codes and times; words are sealed. */
export function outlookTables({ table, index, primaryKey, text, integer, boolean, timestamp, json, bytes }: Columns) {
  return {
    /** Reports that say the same, as one rumor. */
    rumours: table(
      'rumours',
      {
        id: text().primaryKey(),
        state: text().$type<RumourState>().notNull(),
        /** What it says, in the words of whoever described it. */
        about: bytes(),
        answeredWith: text().$type<BroadcastId>(),
        /** The rumor that it was joined to: from then on only that one stands. */
        joined: text(),
        at: timestamp().notNull(),
        lastAt: timestamp().notNull(),
        changedAt: timestamp().notNull(),
        changedBy: text().$type<PersonId>(),
      },
      row => [index('rumours_last').on(row.lastAt)],
    ),
    /** Which report repeats which rumor; `byHand`: a person put it there, and no comparing takes it away. */
    heard: table(
      'heard',
      {
        incident: text().$type<IncidentId>().primaryKey(),
        rumour: text().notNull(),
        at: timestamp().notNull(),
        byHand: boolean().notNull(),
      },
      row => [index('heard_rumour').on(row.rumour, row.at)],
    ),
    /** Keyed hashes of what such a report says, by which others that say the same are found; never the words. */
    gists: table('gists', { term: integer().notNull(), incident: text().$type<IncidentId>().notNull() }, row => [
      primaryKey({ columns: [row.term, row.incident] }),
      index('gists_incident').on(row.incident),
    ]),
    /** How somebody rated a region in the week that began on that Monday; the words beside it are sealed. */
    briefs: table(
      'briefs',
      {
        region: text().$type<RegionCode>().notNull(),
        week: text().notNull(),
        scores: json<readonly Score[]>().notNull(),
        words: bytes().notNull(),
        /** When it was finished; until then it is a draft that those of the region share. */
        doneAt: timestamp(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [primaryKey({ columns: [row.region, row.week] })],
    ),
    /** What somebody said is to come; its name is sealed, and null where a report says what it is. */
    happenings: table(
      'happenings',
      {
        id: text().primaryKey(),
        kind: text().$type<HappeningKind>().notNull(),
        name: bytes(),
        region: text().$type<RegionCode>(),
        begins: timestamp().notNull(),
        ends: timestamp().notNull(),
        allDay: boolean().notNull(),
        incident: text().$type<IncidentId>().unique(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [index('happenings_ends').on(row.ends, row.begins)],
    ),
    /** Each person's one link to the calendar of what is to come: of its secret only a keyed digest is kept. */
    feeds: table('feeds', {
      person: text().$type<PersonId>().primaryKey(),
      lookup: text().notNull().unique(),
      at: timestamp().notNull(),
      until: timestamp().notNull(),
    }),
  }
}
