import { eq } from 'drizzle-orm'
import type { AccountChange, Arrival, FreshAccount } from '../workflows/account.ts'
import { ConflictError, RuleError } from '../workflows/errors.ts'
import { both } from '../workflows/grant.ts'
import type { PersonId } from '../workflows/ids.ts'
import { adopt } from './adopt.ts'
import type { Base } from './base.ts'
import { bindRoom, unbindRoom } from './binding.ts'
import type { Codes } from './codes.ts'
import type { Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { type DataKeys, ofPerson } from './keys.ts'
import { accountLookup } from './seed.ts'
import type { Standings } from './standing.ts'

/** What changes of accounts and rooms are written through. */
export type MembershipParts = {
  readonly base: Base
  readonly keys: DataKeys
  readonly codes: Pick<Codes, 'spend' | 'drop' | 'end'>
  readonly standings: Standings
}

/**
 * Writes who comes in, whose an account is, and which rooms there are, with the log of it.
 * @throws RuleError if the code holds no longer or gives what the person cannot hold; ConflictError if somebody has
 * that account or call sign meanwhile
 */
export async function writeMembership(
  tx: Tx,
  parts: MembershipParts,
  change: AccountChange,
  now: number,
): Promise<void> {
  const { base } = parts
  const { tables } = base
  const { person, type: what } = change
  const log = (facts: Parameters<typeof addDeed>[2]['facts']) =>
    addDeed(tx, tables, { at: now, by: person, what, facts })
  switch (change.type) {
    case 'join': {
      const { code, fresh, former } = change
      const found = await parts.codes.spend(tx, code, now)
      if (found?.type !== 'link' || found.person !== person) throw new RuleError({ key: 'account.link-gone' })
      await standing(tx, base, person)
      const worked = former !== null && (await standing(tx, base, former)).vetted
      if (fresh) await addAccount(tx, parts, person, fresh)
      if (former) await adopt(tx, parts, { from: former, to: person, worked }, now)
      return log({ ...(fresh ? { platform: fresh.platform } : {}), ...(former ? { former } : {}) })
    }
    case 'unite': {
      const one = await standing(tx, base, person)
      const sum = both(one, await standing(tx, base, change.former))
      await adopt(tx, parts, { from: change.former, to: person, worked: true }, now)
      const { roles, regions } = sum ?? one
      const { people } = tables
      await tx
        .update(people)
        .set({ roles, regions, vetted: true })
        .where(eq(people.id, person))
        .returning({ id: people.id })
      return addDeed(tx, tables, { at: now, by: null, what, facts: { former: change.former, present: person } })
    }
    case 'unlink': {
      const [gone] = await tx
        .delete(tables.accounts)
        .where(eq(tables.accounts.id, change.account))
        .returning({ platform: tables.accounts.platform })
      await parts.codes.drop(tx, person)
      return gone ? log({ platform: gone.platform }) : undefined
    }
    case 'revoke':
      await parts.codes.end(tx, change.number, person, now)
      return
    case 'enter':
      return enter(tx, parts, change, now)
    case 'groups': {
      const { account, groups, arrival } = change
      if (arrival) {
        await addPerson(tx, parts, arrival, { roles: [], regions: [] }, groups)
        return log({ platform: arrival.platform })
      }
      await tx
        .update(tables.accounts)
        .set({ groups: groups.length > 0 ? groups : null })
        .where(eq(tables.accounts.id, account))
        .returning({ id: tables.accounts.id })
      return
    }
    case 'bind': {
      const { purpose, region, platform } = change.room
      await bindRoom(tx, tables, change.room)
      return log({ purpose, ...(region ? { region } : {}), platform })
    }
    case 'unbind': {
      const gone = await unbindRoom(tx, tables, change.room)
      return gone ? log({ purpose: gone.purpose, ...(gone.region ? { region: gone.region } : {}) }) : undefined
    }
  }
}

type Entering = Extract<AccountChange, { type: 'enter' }>

async function enter(tx: Tx, parts: MembershipParts, change: Entering, now: number): Promise<void> {
  const { tables } = parts.base
  const { people } = tables
  const { code, person, arrival, callsign } = change
  const found = await parts.codes.spend(tx, code, now)
  if (found?.type !== 'invite') throw new RuleError({ key: 'account.invite-gone' })
  const facts = { number: found.number, roles: found.roles, regions: found.regions }
  await addDeed(tx, tables, { at: now, by: person, what: 'enter', facts })
  if (arrival) return addPerson(tx, parts, arrival, found, null)
  const sum = both(await standing(tx, parts.base, person), found)
  if (!sum) throw new RuleError({ key: 'account.invite-clash' })
  await tx
    .update(people)
    .set({ ...sum, vetted: true, ...(callsign ? { callsign } : {}) })
    .where(eq(people.id, person))
    .returning({ id: people.id })
}

async function standing(tx: Tx, { tables: { people } }: Base, person: PersonId) {
  const [found] = await tx.select().from(people).where(eq(people.id, person))
  if (!found) throw new ConflictError('they were erased or joined meanwhile')
  return found
}

async function addPerson(
  tx: Tx,
  parts: MembershipParts,
  arrival: Arrival,
  { roles, regions }: Parameters<typeof both>[0],
  groups: readonly string[] | null,
): Promise<void> {
  const { people } = parts.base.tables
  const { person, callsign, language } = arrival
  const known = await tx
    .insert(people)
    .values({ id: person, callsign, name: null, roles, regions, languages: [language], vetted: true })
    .onConflictDoNothing()
    .returning({ id: people.id })
  if (known.length === 0) throw new ConflictError(`somebody is ${callsign} already`)
  await addAccount(tx, parts, person, arrival, groups)
}

async function addAccount(
  tx: Tx,
  { base: { tables, seal }, keys }: MembershipParts,
  person: PersonId,
  { account, platform, address }: FreshAccount,
  groups: readonly string[] | null = null,
): Promise<void> {
  const key = await keys.require(tx, ofPerson(person))
  const row = { id: account, person, platform, groups, address: seal.seal(address, key) }
  const added = await tx
    .insert(tables.accounts)
    .values({ ...row, lookup: seal.hmac(accountLookup(platform, address)) })
    .onConflictDoNothing()
    .returning({ id: tables.accounts.id })
  if (added.length === 0) throw new ConflictError('this account is known already')
}
