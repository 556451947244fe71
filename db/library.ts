import { and, asc, desc, eq, gte, inArray, isNull, max } from 'drizzle-orm'
import type { BroadcastChange } from '../workflows/broadcast.ts'
import { RuleError } from '../workflows/errors.ts'
import type { MessageId } from '../workflows/ids.ts'
import type { LibraryChange, LibraryDeed } from '../workflows/library/deed.ts'
import type { MessageFile } from '../workflows/library/define.ts'
import { isCleared, type KeptMessage, type LibraryReads, type Prepared, type Shelved } from '../workflows/library.ts'
import type { PhraseKey } from '../workflows/phrase.ts'
import { type Base, held } from './base.ts'
import type { Read, Tx } from './database.ts'
import { addDeed } from './deeds.ts'

/** Prepared messages. */
export interface LibraryStore extends LibraryReads {
  /** Takes in what files bring, each wording once; what nobody has approved yet waits for that. */
  keep(files: readonly MessageFile[], now: number): Promise<void>
}

/** The prepared messages, and what a transaction does to them. */
export type Library = LibraryStore & {
  /** Writes what somebody does with a message. @throws RuleError where it stands otherwise by now */
  write(tx: Tx, change: LibraryChange, deed: MessageDeed): Promise<void>
  /** Remembers that a broadcast with a prepared message has begun to go out. */
  used(tx: Tx, change: BroadcastChange): Promise<void>
}

/** What is done with messages. */
export type MessageDeed = Extract<LibraryDeed, { type: 'write' | 'approve' | 'reject' | 'retire' | 'review' }>

/** True for what is done with messages; the rest is done with messengers. */
export function isAboutMessage(deed: LibraryDeed): deed is MessageDeed {
  return (['write', 'approve', 'reject', 'retire', 'review'] as const).some(type => type === deed.type)
}

/** The prepared messages in the database. */
export function libraryStore({ database, tables, seal }: Base): Library {
  const { messages, messageUses, handouts } = tables
  const { read } = database
  type Row = typeof messages.$inferSelect

  function opened({ content, settledBy: _, settledAt: __, reason: ___, ...row }: Row): KeptMessage {
    return { ...(JSON.parse(seal.text(content)) as Prepared), ...row }
  }

  const sealed = (message: Prepared) => seal.seal(JSON.stringify(message))

  async function shelves(handle: Read, id?: MessageId): Promise<readonly Shelved[]> {
    const where = id === undefined ? undefined : eq(messages.id, id)
    const rows = await handle.select().from(messages).where(where).orderBy(asc(messages.id), desc(messages.version))
    return [...Map.groupBy(rows, row => row.id)].flatMap(([name, versions]) => {
      const approved = versions.find(row => row.state === 'approved')
      const newest = versions.find(row => row.state !== 'rejected') ?? versions[0]
      return newest
        ? [
            {
              id: name,
              approved: approved ? opened(approved) : null,
              newest: opened(newest),
              last: versions[0]?.version ?? 0,
            },
          ]
        : []
    })
  }

  async function version(handle: Read, id: MessageId, number: number): Promise<Row | null> {
    const own = and(eq(messages.id, id), eq(messages.version, number))
    const [row] = await held(handle.select().from(messages).where(own), messages)
    return row ?? null
  }

  async function newest(handle: Read, id: MessageId): Promise<number> {
    const [row] = await handle
      .select({ version: max(messages.version) })
      .from(messages)
      .where(eq(messages.id, id))
    return row?.version ?? 0
  }

  async function set(
    tx: Tx,
    { id, version: number }: Pick<Row, 'id' | 'version'>,
    values: Partial<Row>,
  ): Promise<void> {
    const own = and(eq(messages.id, id), eq(messages.version, number))
    await tx.update(messages).set(values).where(own).returning({ id: messages.id })
  }

  /** From the moment in which a version is approved the earlier one is used no more. */
  async function clear(tx: Tx, { id, version: number }: Pick<Row, 'id' | 'version'>, at: number): Promise<void> {
    await tx
      .update(messages)
      .set({ state: 'retired', settledAt: at })
      .where(and(eq(messages.id, id), eq(messages.state, 'approved')))
      .returning({ id: messages.id })
    await set(tx, { id, version: number }, { state: 'approved', settledAt: at })
  }

  async function add(tx: Tx, deed: Extract<MessageDeed, { type: 'write' }>, { by, at }: LibraryChange): Promise<void> {
    const { id, version: number, message, rev, leads } = deed
    const last = await newest(tx, id)
    if (number !== last + 1) refuse(number === 1 ? 'library.taken' : 'library.changed', id)
    // One that waited for approval is replaced by the next.
    const waiting = and(eq(messages.id, id), eq(messages.state, 'waiting'))
    const gone = { state: 'rejected', settledBy: by, settledAt: at } as const
    await tx.update(messages).set(gone).where(waiting).returning({ id: messages.id })
    const approvals = [{ by, at, leads }]
    const fresh = { id, version: number, rev: `${rev}.${number}`, content: sealed(message) }
    await tx
      .insert(messages)
      .values({ ...fresh, state: 'waiting', by, at, approvals })
      .returning({ id: messages.id })
  }

  async function approve(tx: Tx, deed: Extract<MessageDeed, { type: 'approve' }>, { by, at }: LibraryChange) {
    const row = await version(tx, deed.id, deed.version)
    if (!row) return refuse('library.gone', deed.id)
    if (row.state === 'approved') return
    if (row.state !== 'waiting') return refuse('library.changed', deed.id)
    if (row.approvals.some(one => one.by === by)) return
    const approvals = [...row.approvals, { by, at, leads: deed.leads }]
    await set(tx, row, { approvals })
    if (isCleared(approvals)) await clear(tx, row, at)
  }

  async function retire(tx: Tx, id: MessageId, { by, at }: LibraryChange): Promise<void> {
    const going = and(eq(messages.id, id), inArray(messages.state, ['waiting', 'approved']))
    const values = { state: 'retired', settledBy: by, settledAt: at } as const
    const gone = await tx.update(messages).set(values).where(going).returning({ id: messages.id })
    if (gone.length === 0) refuse('library.gone', id)
  }

  return {
    async list() {
      return (await shelves(read)).filter(one => one.approved !== null || one.newest.state === 'waiting')
    },
    async find(id) {
      return (await shelves(read, id))[0] ?? null
    },
    async version(id, number) {
      const own = and(eq(messages.id, id), eq(messages.version, number))
      const [row] = await read.select().from(messages).where(own)
      return row ? opened(row) : null
    },
    async uses({ message, messenger, since, limit }) {
      const sent =
        messenger === undefined
          ? await read
              .select()
              .from(messageUses)
              .where(
                and(
                  message === undefined ? undefined : eq(messageUses.message, message),
                  since === undefined ? undefined : gte(messageUses.at, since),
                ),
              )
              .orderBy(desc(messageUses.at))
              .limit(limit)
          : []
      const given = await read
        .select()
        .from(handouts)
        .where(
          and(
            message === undefined ? undefined : eq(handouts.message, message),
            messenger === undefined ? undefined : eq(handouts.messenger, messenger),
            since === undefined ? undefined : gte(handouts.at, since),
          ),
        )
        .orderBy(desc(handouts.at))
        .limit(limit)
      return [
        ...sent.map(row => ({ ...row, handout: null, messenger: null })),
        ...given.flatMap(({ id, message: name, version: number, at, by, broadcast, messenger: to, region }) =>
          name === null
            ? []
            : [{ message: name, version: number ?? 1, at, by, broadcast, handout: id, messenger: to, region }],
        ),
      ]
        .toSorted((one, other) => other.at - one.at)
        .slice(0, limit)
    },
    async keep(files, now) {
      await database.transaction(async tx => {
        for (const { id, version: number, rev, message } of files) {
          const own = and(eq(messages.id, id), eq(messages.rev, rev))
          const [known] = await tx.select().from(messages).where(own)
          if (known) {
            const held = opened(known)
            // A file may say a later review day of the same words.
            if (held.review !== message.review && known.by === null && known.state === 'waiting')
              await set(tx, known, { content: sealed(message) })
            continue
          }
          const last = await newest(tx, id)
          const waiting = and(eq(messages.id, id), eq(messages.state, 'waiting'), isNull(messages.by))
          const gone = { state: 'rejected', settledAt: now } as const
          await tx.update(messages).set(gone).where(waiting).returning({ id: messages.id })
          const fresh = { id, version: Math.max(number, last + 1), rev, content: sealed(message) }
          await tx
            .insert(messages)
            .values({ ...fresh, state: 'waiting', by: null, at: now, approvals: [] })
            .onConflictDoNothing()
            .returning({ id: messages.id })
        }
      })
    },
    async write(tx, change, deed) {
      const { by, at } = change
      switch (deed.type) {
        case 'write':
          await add(tx, deed, change)
          break
        case 'approve':
          await approve(tx, deed, change)
          break
        case 'reject': {
          const row = await version(tx, deed.id, deed.version)
          if (row?.state !== 'waiting') return refuse('library.changed', deed.id)
          const values = { state: 'rejected', settledBy: by, settledAt: at, reason: seal.seal(deed.reason) } as const
          await set(tx, row, values)
          break
        }
        case 'retire':
          await retire(tx, deed.id, change)
          break
        case 'review': {
          const row = await version(tx, deed.id, deed.version)
          if (!row) return refuse('library.gone', deed.id)
          const { id: _, version: __, rev: ___, by: ____, at: _____, state, approvals, ...message } = opened(row)
          await set(tx, row, { content: sealed({ ...message, review: deed.until }), state, approvals })
          break
        }
      }
      const number = 'version' in deed ? { version: deed.version } : {}
      await addDeed(tx, tables, { at, by, what: 'message', facts: { did: deed.type, message: deed.id, ...number } })
    },
    async used(tx, { after, entries }) {
      const { from, audience } = after.plan
      const begun = entries.find(({ event }) => event.type === 'begun')
      // What is said in an exercise wears no words out.
      if (!from || !begun || after.drill !== undefined) return
      const region = audience?.type === 'region' || audience?.type === 'rooms' ? audience.region : null
      const row = { message: from.message, version: from.version, broadcast: after.id, by: after.by, at: begun.at }
      await tx
        .insert(messageUses)
        .values({ ...row, region: region === 'all' ? null : region })
        .onConflictDoNothing()
        .returning({ at: messageUses.at })
    },
  }

  function refuse(key: PhraseKey, id: MessageId): never {
    throw new RuleError({ key, params: { id } })
  }
}
