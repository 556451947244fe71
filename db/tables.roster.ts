import type { PartnerKind } from '../workflows/audience.ts'
import type { Language, Quiet, Role, Room, Training, Wishes } from '../workflows/directory.ts'
import type { AccountId, IncidentId, PersonId, PlatformName, RegionCode, RoomId } from '../workflows/ids.ts'
import type { PlaceRule } from '../workflows/network.ts'
import type { Columns } from './columns.ts'

/** The network: who is in it, where they sit, who can be called, and the keys that seal what is theirs. */
export function rosterTables({ table, index, primaryKey, text, integer, boolean, timestamp, json, bytes }: Columns) {
  return {
    /** Facts about the network and this database, one a key. */
    settings: table('settings', { key: text().primaryKey(), value: text().notNull() }),
    regions: table('regions', {
      code: text().$type<RegionCode>().primaryKey(),
      name: text().notNull(),
      zone: text().notNull(),
      places: json<readonly PlaceRule[]>().notNull(),
    }),
    rooms: table('rooms', {
      id: text().$type<RoomId>().primaryKey(),
      purpose: text().$type<Room['purpose']>().notNull(),
      region: text().$type<RegionCode>(),
      platform: text().$type<PlatformName>().notNull(),
      address: text().notNull(),
      name: text().notNull(),
      language: text().$type<Language>(),
      red: boolean().notNull(),
      talk: text().$type<'all' | 'digest'>(),
    }),
    people: table('people', {
      id: text().$type<PersonId>().primaryKey(),
      callsign: text().notNull().unique(),
      name: bytes(),
      roles: json<readonly Role[]>().notNull(),
      regions: json<'all' | readonly RegionCode[]>().notNull(),
      languages: json<readonly Language[]>().notNull(),
      vetted: boolean().notNull(),
      quiet: json<Quiet>(),
      /** How they wish to be written to; null: as it comes. */
      wishes: json<Wishes>(),
      /** What they were trained in; null: nothing. */
      skills: json<readonly Training[]>(),
      /** The community in which their word counts; null: none. */
      partner: text().$type<PartnerKind>(),
      /** How they can be reached in safety, in their words, sealed under their key. */
      contact: bytes(),
    }),
    accounts: table(
      'accounts',
      {
        id: text().$type<AccountId>().primaryKey(),
        person: text().$type<PersonId>().notNull(),
        platform: text().$type<PlatformName>().notNull(),
        /** HMAC of platform and address: found without being read. */
        lookup: text().notNull().unique(),
        address: bytes().notNull(),
        /** The platform's groups that give roles, in which it was when it last asked; null: none. */
        groups: json<readonly string[]>(),
      },
      row => [index('accounts_person').on(row.person)],
    ),
    /** Whose name was opened by whom: what the timelines of incidents say of it, found by person. */
    reveals: table(
      'reveals',
      {
        incident: text().$type<IncidentId>().notNull(),
        seq: integer().notNull(),
        person: text().$type<PersonId>().notNull(),
        by: text('by_person').$type<PersonId>().notNull(),
        at: timestamp().notNull(),
      },
      row => [primaryKey({ columns: [row.incident, row.seq] }), index('reveals_person').on(row.person, row.at)],
    ),
    /** People who were erased, as long as what they left behind is still being cleared away. */
    erasures: table('erasures', {
      person: text().$type<PersonId>().primaryKey(),
      /** How far the words of all incidents were looked through. */
      cursor: text().notNull(),
      at: timestamp().notNull(),
    }),
    duty: table('duty', { person: text().$type<PersonId>().primaryKey(), until: timestamp().notNull() }),
    /** Sealed data keys by scope (`incident:AZ-0412`, `person:…`); deleting one shreds all that it sealed. */
    keys: table('keys', { scope: text().primaryKey(), sealed: bytes().notNull() }),
    drafts: table(
      'drafts',
      {
        form: text().primaryKey(),
        person: text().$type<PersonId>().notNull(),
        name: text().notNull(),
        about: text().notNull(),
        sealed: bytes().notNull(),
        savedAt: timestamp().notNull(),
      },
      row => [index('drafts_person').on(row.person, row.name)],
    ),
  }
}
