import { randomBytes } from 'node:crypto'
import { and, asc, desc, eq, gte, isNotNull, type SQL } from 'drizzle-orm'
import type { LocalText } from '../workflows/broadcast.ts'
import { RuleError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { LibraryChange, LibraryDeed } from '../workflows/library/deed.ts'
import {
  type Handout,
  type HandoutFilter,
  type HandoutId,
  type Messenger,
  type MessengerId,
  type MessengerReads,
  type MessengerSecret,
  makeLibraryId,
} from '../workflows/messenger.ts'
import type { Phrase, PhraseKey } from '../workflows/phrase.ts'
import { type Base, held } from './base.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'
import { noteErased } from './erased.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** Trusted messengers. */
export interface MessengerStore extends MessengerReads {
  /** What lies sealed of one, for whoever opened it with a reason; null once erased. */
  secret(id: MessengerId): Promise<MessengerSecret | null>
}

/** The messengers, and what a transaction does to them. */
export type Messengers = MessengerStore & {
  /** Writes what somebody does with one. @throws RuleError where they are gone, or that name is somebody else's */
  write(tx: Tx, change: LibraryChange, deed: MessengerDeed): Promise<void>
}

/** What is done with messengers. */
export type MessengerDeed = Extract<LibraryDeed, { type: 'add' | 'change' | 'open' | 'remove' | 'hand' | 'receive' }>

type Words = { readonly words: LocalText; readonly avoid: LocalText; readonly rumour: boolean }

/** Makes what is kept of one person as a messenger another's, because they are the same; also whom they know. */
export async function adoptMessengers(
  tx: Tx,
  { base: { tables, seal }, keys }: { readonly base: Base; readonly keys: DataKeys },
  from: PersonId,
  to: PersonId,
): Promise<void> {
  const { messengers, handouts } = tables
  const known = eq(messengers.through, from)
  await tx.update(messengers).set({ through: to }).where(known).returning({ id: messengers.id })
  const own = await tx.select().from(messengers).where(eq(messengers.person, from))
  const was = own.length > 0 ? await keys.find(tx, ofPerson(from)) : null
  if (!was) return
  const is = await keys.require(tx, ofPerson(to))
  for (const { id, content } of own) {
    const set = { person: to, content: seal.seal(seal.text(content, was), is) }
    await tx.update(messengers).set(set).where(eq(messengers.id, id)).returning({ id: messengers.id })
    const noted = and(eq(handouts.messenger, id), isNotNull(handouts.note))
    for (const { id: handout, note } of await tx.select().from(handouts).where(noted)) {
      const anew = { note: note && seal.seal(seal.text(note, was), is) }
      await tx.update(handouts).set(anew).where(eq(handouts.id, handout)).returning({ id: handouts.id })
    }
  }
}

/** The messengers in the database; what is theirs lies under their own key, so that erasing it shreds it. */
export function messengerStore(base: Base, keys: DataKeys): Messengers {
  const { database, tables, seal } = base
  const { messengers, handouts } = tables
  const { read } = database
  type Row = typeof messengers.$inferSelect

  async function secretOf(handle: Read, { person, content }: Pick<Row, 'person' | 'content'>) {
    const key = await keys.find(handle, ofPerson(person))
    return key ? (JSON.parse(seal.text(content, key)) as MessengerSecret) : null
  }

  async function opened(where?: SQL): Promise<readonly Messenger[]> {
    const rows = await read.select().from(messengers).where(where).orderBy(asc(messengers.alias))
    const all = await Promise.all(
      rows.map(async ({ content, ...row }) => {
        const secret = await secretOf(read, { person: row.person, content })
        return secret ? [{ ...row, community: secret.community }] : []
      }),
    )
    return all.flat()
  }

  async function handed(where: SQL | undefined, limit: number): Promise<readonly Handout[]> {
    const rows = await read
      .select({ handout: handouts, person: messengers.person })
      .from(handouts)
      .leftJoin(messengers, eq(messengers.id, handouts.messenger))
      .where(where)
      .orderBy(desc(handouts.at), desc(handouts.id))
      .limit(limit)
    return Promise.all(
      rows.map(async ({ handout: { words, note, ...row }, person }) => {
        const key = note && person && (await keys.find(read, ofPerson(person)))
        return { ...row, ...(JSON.parse(seal.text(words)) as Words), note: note && key ? seal.text(note, key) : null }
      }),
    )
  }

  async function standing(tx: Tx, id: MessengerId): Promise<Row> {
    const [row] = await held(tx.select().from(messengers).where(eq(messengers.id, id)), messengers)
    if (!row) throw refusal('messenger.gone', { id })
    return row
  }

  async function unlike(tx: Tx, alias: string, but: MessengerId | null): Promise<void> {
    const [other] = await tx.select({ id: messengers.id }).from(messengers).where(eq(messengers.alias, alias))
    if (other && other.id !== but) throw refusal('messenger.alias-taken', { alias: { words: alias }, id: other.id })
  }

  async function add(tx: Tx, deed: Extract<MessengerDeed, { type: 'add' }>, id: MessengerId, change: LibraryChange) {
    const { facts, secret } = deed
    const person = deed.person ?? (randomBytes(12).toString('base64url') as PersonId)
    await unlike(tx, facts.alias, null)
    if (deed.person) {
      const [known] = await tx.select({ id: messengers.id }).from(messengers).where(eq(messengers.person, person))
      if (known) throw refusal('messenger.known', { id: known.id })
    }
    const content = seal.seal(JSON.stringify(secret), await keys.person(tx, person))
    await tx
      .insert(messengers)
      .values({ id, person, ...facts, addedBy: change.by, addedAt: change.at, content })
      .returning({ id: messengers.id })
  }

  async function alter(tx: Tx, { id, facts, secret }: Extract<MessengerDeed, { type: 'change' }>): Promise<void> {
    const row = await standing(tx, id)
    const before = await secretOf(tx, row)
    if (!before) throw refusal('messenger.gone', { id })
    if (facts.alias !== undefined) await unlike(tx, facts.alias, id)
    const content = seal.seal(JSON.stringify({ ...before, ...secret }), await keys.person(tx, row.person))
    await tx
      .update(messengers)
      .set({ ...facts, content })
      .where(eq(messengers.id, id))
      .returning({ id: messengers.id })
  }

  /** Their key goes where it is theirs alone; the words that they gave back lie under it and are gone with it. */
  async function remove(tx: Tx, id: MessengerId, at: number): Promise<void> {
    const { person } = await standing(tx, id)
    const [rostered] = await tx.select({ id: tables.people.id }).from(tables.people).where(eq(tables.people.id, person))
    await tx.delete(messengers).where(eq(messengers.id, id)).returning({ id: messengers.id })
    await tx.update(handouts).set({ note: null }).where(eq(handouts.messenger, id)).returning({ id: handouts.id })
    if (rostered) return
    await tx
      .delete(tables.keys)
      .where(eq(tables.keys.scope, ofPerson(person)))
      .returning({ scope: tables.keys.scope })
    await noteErased(tx, base, [{ type: 'person', id: person }], at)
  }

  async function hand(
    tx: Tx,
    { handout }: Extract<MessengerDeed, { type: 'hand' }>,
    id: HandoutId,
    change: LibraryChange,
  ) {
    const { words, avoid, rumour, ...row } = handout
    await standing(tx, row.messenger)
    const sealed = seal.seal(JSON.stringify({ words, avoid, rumour } satisfies Words))
    await tx
      .insert(handouts)
      .values({ ...row, id, by: change.by, at: change.at, words: sealed })
      .returning({ id: handouts.id })
  }

  async function receive(
    tx: Tx,
    { id, received, reach, note }: Extract<MessengerDeed, { type: 'receive' }>,
    at: number,
  ) {
    const [row] = await held(tx.select().from(handouts).where(eq(handouts.id, id)), handouts)
    if (!row) throw refusal('messenger.no-kit', { id })
    const [owner] = await tx
      .select({ person: messengers.person })
      .from(messengers)
      .where(eq(messengers.id, row.messenger))
    const kept = note !== null && owner ? seal.seal(note, await keys.person(tx, owner.person)) : null
    const values = { received, toldAt: at, ...(reach === null ? {} : { reach }), ...(kept ? { note: kept } : {}) }
    await tx.update(handouts).set(values).where(eq(handouts.id, id)).returning({ id: handouts.id })
  }

  return {
    list: () => opened(),
    async find(id) {
      return (await opened(eq(messengers.id, id)))[0] ?? null
    },
    of: person => opened(eq(messengers.person, person)),
    handouts: ({ limit, ...filter }) => handed(asked(filter), limit),
    async handout(id) {
      return (await handed(eq(handouts.id, id), 1))[0] ?? null
    },
    async secret(id) {
      const [row] = await read.select().from(messengers).where(eq(messengers.id, id))
      return row ? secretOf(read, row) : null
    },
    async write(tx, change, deed) {
      const { by, at, number } = change
      const made = number ?? 0
      switch (deed.type) {
        case 'add':
          await add(tx, deed, makeLibraryId('M', made), change)
          break
        case 'change':
          await alter(tx, deed)
          break
        case 'open':
          await standing(tx, deed.id)
          break
        case 'remove':
          await remove(tx, deed.id, at)
          break
        case 'hand':
          await hand(tx, deed, makeLibraryId('K', made), change)
          break
        case 'receive':
          return receive(tx, deed, at)
      }
      const about = 'id' in deed ? deed.id : deed.type === 'add' ? makeLibraryId('M', made) : deed.handout.messenger
      await addDeed(tx, tables, { at, by, what: 'messenger', facts: { did: deed.type, messenger: about } })
    },
  }

  function asked({ message, broadcast, messenger, since }: Omit<HandoutFilter, 'limit'>): SQL | undefined {
    return and(
      message === undefined ? undefined : eq(handouts.message, message),
      broadcast === undefined ? undefined : eq(handouts.broadcast, broadcast),
      messenger === undefined ? undefined : eq(handouts.messenger, messenger),
      since === undefined ? undefined : gte(handouts.at, since),
    )
  }

  function refusal(key: PhraseKey, params: NonNullable<Phrase['params']>): RuleError {
    return new RuleError({ key, params })
  }
}
