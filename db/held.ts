import { and, count, desc, eq, isNotNull, isNull, max, min } from 'drizzle-orm'
import type { Held, Identity } from '../workflows/held.ts'
import type { PersonId } from '../workflows/ids.ts'
import { asidesOf } from './asides.ts'
import type { Base } from './base.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** What is kept on people. */
export interface HeldStore {
  /** What the hub holds on somebody, in numbers and names of things. */
  held(person: PersonId): Promise<Held>
  /** The sealed name, contact and accounts of somebody; null once erased. For whoever opens it with a reason. */
  identity(person: PersonId): Promise<Identity | null>
}

/** What is kept on people, in the database. */
export function heldStore(base: Base, keys: DataKeys): HeldStore {
  const { database, tables, seal } = base
  const asides = asidesOf(base)
  const { people, accounts, incidents, drafts, files, reveals, recipients } = tables
  const { read } = database

  return {
    async held(person) {
      const [self] = await read
        .select({ name: people.name, contact: people.contact })
        .from(people)
        .where(eq(people.id, person))
      const own = await read.select({ platform: accounts.platform }).from(accounts).where(eq(accounts.person, person))
      const [sent] = await read
        .select({ count: count(), first: min(incidents.reportedAt), last: max(incidents.reportedAt) })
        .from(incidents)
        .where(eq(incidents.reporter, person))
      const opened = await read
        .select()
        .from(reveals)
        .where(eq(reveals.person, person))
        .orderBy(desc(reveals.at))
        .limit(mostShown)
      const [cast] = await read
        .select({
          count: count(),
          last: max(recipients.givenAt),
          answers: count(recipients.answer),
          said: count(recipients.said),
        })
        .from(recipients)
        .where(and(eq(recipients.person, person), isNotNull(recipients.givenAt)))
      return {
        name: Boolean(self?.name),
        contact: Boolean(self?.contact),
        platforms: own.map(account => account.platform),
        reports: { count: sent?.count ?? 0, first: sent?.first ?? null, last: sent?.last ?? null },
        broadcasts: { ...noBroadcasts, ...cast },
        asides: await asides.count(person),
        drafts: await read.$count(drafts, eq(drafts.person, person)),
        files: await read.$count(files, and(eq(files.person, person), isNull(files.shreddedAt))),
        opened: opened.map(({ incident, by, at }) => ({ incident, by, at })),
      }
    },
    async identity(person) {
      const key = await keys.find(read, ofPerson(person))
      const [self] = await read.select().from(people).where(eq(people.id, person))
      if (!key || !self) return null
      const own = await read.select().from(accounts).where(eq(accounts.person, person))
      return {
        person,
        name: self.name && seal.text(self.name, key),
        contact: self.contact && seal.text(self.contact, key),
        accounts: own.map(({ platform, address }) => ({ platform, address: seal.text(address, key) })),
      }
    },
  }
}

const mostShown = 10
const noBroadcasts = { count: 0, last: null, answers: 0, said: 0 }
