import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import type { CodeWanted, FoundCode, InviteCode } from '../workflows/account.ts'
import { type CodeType, codeLength, codeLetters } from '../workflows/code.ts'
import type { AccountId, PersonId, PlatformName } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { random } from './key.ts'
import { accountLookup } from './seed.ts'

/** Codes that join accounts or invite: each is told once, to whoever asked for it, and kept nowhere. */
export interface CodeStore {
  /** Makes a code and gives it; an earlier one that joins accounts of the same person holds no longer. */
  issue(wanted: CodeWanted, now: number): Promise<string>
  /** What a code holds for at that time (epoch ms); null once it was used up, revoked or has run out. */
  find(code: string, now: number): Promise<FoundCode | null>
  /** The invitations that hold, oldest first. */
  invites(now: number): Promise<readonly InviteCode[]>
  /** Ends an invitation by its number; false if there is none that holds. */
  revoke(number: number, by: PersonId | null, now: number): Promise<boolean>
  /** Ends a code that others saw. True for whoever does it first. */
  burn(code: string, by: PersonId | null, now: number): Promise<boolean>
  /** Counts that an account tries a code; false if it has tried too many in a short time (see `tryLimit`). */
  attempt(platform: PlatformName, address: string, now: number): Promise<boolean>
  /** Forgets the tries of an account whose code was good. */
  forgive(platform: PlatformName, address: string): Promise<void>
}

/** The codes, and how a transaction uses one. */
export type Codes = CodeStore & {
  /** Uses a code once, if it still holds for that; null if it does not. */
  spend(tx: Tx, code: string, now: number): Promise<FoundCode | null>
  /** As `revoke`, with whatever else the transaction does. */
  end(tx: Tx, number: number, by: PersonId | null, now: number): Promise<boolean>
  /** Ends all codes that join accounts of that person. */
  drop(tx: Tx, person: PersonId): Promise<void>
}

/** How many wrong codes an account may try, and in how long (ms). */
export const tryLimit = { most: 5, within: 10 * 60_000 }

/** How long a code that joins accounts holds, in ms. */
const linkLife = 10 * 60_000

/** The codes in the database, of which only keyed digests stand there. */
export function codeStore({ database, tables, seal }: Base): Codes {
  const { codes, tries } = tables
  const lookup = (code: string) => seal.hmac(`code:${code}`)
  const account = (platform: PlatformName, address: string) => seal.hmac(`tries:${accountLookup(platform, address)}`)
  const holds = (now: number) => and(gt(codes.until, now), lt(codes.used, codes.uses))

  const found = async (handle: Read, code: string, now: number) => {
    const rows = await handle
      .select()
      .from(codes)
      .where(and(eq(codes.lookup, lookup(code)), holds(now)))
    return rows[0] ? codeOf(rows[0]) : null
  }

  return {
    async issue(wanted, now) {
      const code = draw(wanted.type)
      const { person, account: from, until, uses, roles, regions } = rowOf(wanted, now)
      await database.transaction(async tx => {
        // What joined accounts and has run out is of no more use; what invited stays on record.
        await tx
          .delete(codes)
          .where(and(eq(codes.type, 'link'), lte(codes.until, now)))
          .returning({ number: codes.number })
        if (wanted.type === 'link') await drop(tx, wanted.person)
        const row = { type: wanted.type, person, account: from, roles, regions, uses, used: 0, at: now, until }
        const [made] = await tx
          .insert(codes)
          .values({ ...row, lookup: lookup(code) })
          .returning({ number: codes.number })
        if (wanted.type === 'invite') {
          const facts = { number: made?.number ?? 0, roles: wanted.roles, regions: wanted.regions, uses, until }
          await addDeed(tx, tables, { at: now, by: wanted.by, what: 'invite', facts })
        }
      })
      return code
    },
    find: (code, now) => found(database.read, code, now),
    async invites(now) {
      const rows = await database.read
        .select()
        .from(codes)
        .where(and(eq(codes.type, 'invite'), holds(now)))
        .orderBy(asc(codes.number))
      return rows.map(row => codeOf(row) as InviteCode)
    },
    revoke: (number, by, now) => database.transaction(tx => end(tx, number, by, now)),
    end,
    burn: (code, by, now) =>
      database.transaction(async tx => {
        const [row] = await tx
          .update(codes)
          .set({ until: now })
          .where(and(eq(codes.lookup, lookup(code)), holds(now)))
          .returning({ number: codes.number })
        if (row) await addDeed(tx, tables, { at: now, by, what: 'burn', facts: { number: row.number } })
        return row !== undefined
      }),
    attempt: (platform, address, now) =>
      database.transaction(async tx => {
        const since = now - tryLimit.within
        await tx.delete(tries).where(lte(tries.since, since)).returning({ account: tries.account })
        const [row] = await tx
          .insert(tries)
          .values({ account: account(platform, address), since: now, count: 1 })
          .onConflictDoUpdate({ target: tries.account, set: { count: sql`${tries.count} + 1` } })
          .returning({ count: tries.count })
        return (row?.count ?? 1) <= tryLimit.most
      }),
    async forgive(platform, address) {
      const own = eq(tries.account, account(platform, address))
      await database.transaction(tx => tx.delete(tries).where(own).returning({ account: tries.account }))
    },
    async spend(tx, code, now) {
      const [row] = await tx
        .update(codes)
        .set({ used: sql`${codes.used} + 1` })
        .where(and(eq(codes.lookup, lookup(code)), holds(now)))
        .returning()
      return row ? codeOf(row) : null
    },
    drop,
  }

  async function end(tx: Tx, number: number, by: PersonId | null, now: number): Promise<boolean> {
    const [row] = await tx
      .update(codes)
      .set({ until: now })
      .where(and(eq(codes.number, number), eq(codes.type, 'invite'), holds(now)))
      .returning({ number: codes.number })
    if (row) await addDeed(tx, tables, { at: now, by, what: 'revoke', facts: { number } })
    return row !== undefined
  }

  async function drop(tx: Tx, person: PersonId): Promise<void> {
    await tx
      .delete(codes)
      .where(and(eq(codes.person, person), eq(codes.type, 'link')))
      .returning({ number: codes.number })
  }
}

type Row = Base['tables']['codes']['$inferSelect']

function rowOf(wanted: CodeWanted, now: number) {
  if (wanted.type === 'invite') {
    const { by, roles, regions, uses, until } = wanted
    return { person: by, account: null, roles, regions, uses, until }
  }
  const { person, account } = wanted
  return { person, account, roles: null, regions: null, uses: 1, until: now + linkLife }
}

function codeOf(row: Row): FoundCode {
  const { type, person, account, number, roles, regions, uses, used, until } = row
  if (type === 'link') return { type, person: person as PersonId, account: account as AccountId }
  return { type, number, roles: roles ?? [], regions: regions ?? [], uses, used, until, by: person }
}

/** Letters drawn evenly: bytes that would favour some are passed over. */
function draw(type: CodeType): string {
  const even = 256 - (256 % codeLetters.length)
  let code = ''
  while (code.length < codeLength[type]) {
    for (const byte of random(32))
      if (byte < even && code.length < codeLength[type]) code += codeLetters[byte % codeLetters.length]
  }
  return code
}
