import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Post } from '../workflows/change.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { IncidentId, PersonId, ProtocolId } from '../workflows/ids.ts'
import type { Verdict } from '../workflows/trigger/again.ts'
import type { Answer, Proposal, ProposalReads, Wanted } from '../workflows/trigger/proposal.ts'
import { type Base, held } from './base.ts'
import type { Read, Tx } from './database.ts'
import type { Posts } from './posts.ts'

/** An answer to a proposal, by whom (null: by the hub itself). */
export type Answered = { readonly id: string; readonly answer: Answer; readonly by: PersonId | null }

/** How a proposal stands after its pattern was found, and whether people are to be told of it now. */
export type Proposed = { readonly proposal: Proposal; readonly tell: boolean }

/** What is to be proposed; `also` are merged into its incidents; `since`: when those began that count as of late. */
export type Asked = Wanted & { readonly also?: readonly IncidentId[]; readonly since?: number }

/** What is proposed to coordinators. */
export interface ProposalStore extends ProposalReads {
  /** Those of a protocol, whatever became of them, that hold one of these incidents; newest first, at most 50. */
  about(protocol: ProtocolId, incidents: readonly IncidentId[]): Promise<readonly Proposal[]>
  /**
   * Makes a proposal, or lets one grow, as `judge` says of those that were made before; nobody else makes one of that
   * protocol meanwhile. What `tell` makes of it is posted in the same moment. Null: nothing is to be done.
   */
  propose(
    wanted: Asked,
    judge: (before: readonly Proposal[]) => Verdict,
    tell: (proposal: Proposal, how: 'new' | 'grown' | 'graver') => readonly Post[],
  ): Promise<Proposed | null>
  /** Those whose silence moves on by now, the longest due first. */
  due(now: number, limit: number): Promise<readonly Proposal[]>
  /** Moves one on from the rung that it stands at, with what is said there; false: it does not stand there any more. */
  climb(
    before: Proposal,
    to: Partial<Pick<Proposal, 'rung' | 'dueAt' | 'itself' | 'about'>>,
    posts: readonly Post[],
    now: number,
  ): Promise<boolean>
  /** Nobody needs to answer these any more. */
  settle(ids: readonly string[], now: number): Promise<void>
  /** Forgets what was answered, or over, before that moment (epoch ms). */
  prune(before: number): Promise<void>
}

/** The proposals, and what a transaction does to them. */
export type Proposals = ProposalStore & {
  /** The proposal as it stands now; on PostgreSQL held until the transaction ends. */
  stands(tx: Tx, id: string): Promise<Proposal | null>
  /** A protocol may be begun after "not now" too; "not now" counts while it is not begun, and may be said anew. */
  answer(tx: Tx, answered: Answered, now: number): Promise<void>
}

const most = 50

/** The proposals in the database. */
export function proposalStore({ database, tables }: Base, posts: Posts): Proposals {
  const { proposals, proposed, patterns } = tables
  const { read } = database
  const isOpen = sql`${proposals.state} = 'open'`

  const holding = (handle: Read, incidents: readonly IncidentId[]) =>
    handle
      .select({ id: proposed.proposal })
      .from(proposed)
      .where(inArray(proposed.incident, [...incidents]))

  async function before(tx: Tx, { protocol, trigger, region, incidents, at, also = [], since = at }: Asked) {
    const same = eq(proposals.protocol, protocol)
    const own = await tx
      .select()
      .from(proposals)
      .where(and(same, inArray(proposals.id, holding(tx, [...incidents, ...also]))))
    const here = and(same, eq(proposals.trigger, trigger), eq(proposals.region, region))
    const near = await tx.select().from(proposals).where(and(here, isOpen)).orderBy(desc(proposals.at)).limit(most)
    const began = await tx
      .select()
      .from(proposals)
      .where(and(here, gte(proposals.answeredAt, since), eq(proposals.itself, true)))
      .limit(most)
    return [...new Map([...own, ...near, ...began].map(row => [row.id, row])).values()]
  }

  async function next(tx: Tx, protocol: ProtocolId): Promise<number> {
    const [row] = await tx
      .insert(patterns)
      .values({ protocol, count: 1 })
      .onConflictDoUpdate({ target: patterns.protocol, set: { count: sql`${patterns.count} + 1` } })
      .returning({ count: patterns.count })
    return row?.count ?? 1
  }

  async function holds(tx: Tx, proposal: string, incidents: readonly IncidentId[]): Promise<void> {
    const rows = incidents.map(incident => ({ incident, proposal }))
    await tx.insert(proposed).values(rows).onConflictDoNothing().returning({ incident: proposed.incident })
  }

  async function make(tx: Tx, { also: _, since: __, ...wanted }: Asked, count: number, itself: boolean) {
    const row: Proposal = {
      ...wanted,
      ...{ id: `${wanted.protocol}-${count}`, itself, state: 'open', told: wanted.incidents.length, rung: 0 },
      ...{ answeredBy: null, answeredAt: null, why: null },
    }
    await tx.insert(proposals).values(row).returning({ id: proposals.id })
    await holds(tx, row.id, row.incidents)
    return { proposal: row, tell: true }
  }

  async function grow(tx: Tx, { proposal, incidents, lead, tell }: Extract<Verdict, { type: 'grow' }>) {
    const set = { incidents, ...lead, ...(tell ? { told: incidents.length } : {}) }
    await tx.update(proposals).set(set).where(eq(proposals.id, proposal.id)).returning({ id: proposals.id })
    await holds(tx, proposal.id, incidents)
    return { proposal: { ...proposal, ...set }, tell }
  }

  return {
    async find(id) {
      const [row] = await read.select().from(proposals).where(eq(proposals.id, id))
      return row ?? null
    },
    async open(regions) {
      const where = regions === 'all' ? undefined : inArray(proposals.region, [...regions])
      return read.select().from(proposals).where(and(isOpen, where)).orderBy(desc(proposals.at)).limit(most)
    },
    async about(protocol, incidents) {
      if (incidents.length === 0) return []
      return read
        .select()
        .from(proposals)
        .where(and(eq(proposals.protocol, protocol), inArray(proposals.id, holding(read, incidents))))
        .orderBy(desc(proposals.at))
        .limit(most)
    },
    propose(wanted, judge, tell) {
      return database.transaction(async tx => {
        const count = await next(tx, wanted.protocol)
        const verdict = judge(await before(tx, wanted))
        if (verdict.type === 'nothing') return null
        const made =
          verdict.type === 'propose' ? await make(tx, wanted, count, verdict.itself) : await grow(tx, verdict)
        const how = verdict.type === 'propose' ? 'new' : verdict.lead ? 'graver' : 'grown'
        const said = made.tell ? tell(made.proposal, how) : []
        if (said.length > 0) await posts.add(tx, said, wanted.at)
        return made
      })
    },
    due(now, limit) {
      return read
        .select()
        .from(proposals)
        .where(and(isNotNull(proposals.dueAt), lte(proposals.dueAt, now)))
        .orderBy(asc(proposals.dueAt))
        .limit(limit)
    },
    climb({ id, rung, dueAt }, to, list, now) {
      return database.transaction(async tx => {
        const was = dueAt === null ? undefined : eq(proposals.dueAt, dueAt)
        const rows = await tx
          .update(proposals)
          .set(to)
          .where(and(eq(proposals.id, id), eq(proposals.rung, rung), eq(proposals.state, 'open'), was))
          .returning({ id: proposals.id })
        if (rows.length > 0 && list.length > 0) await posts.add(tx, list, now)
        return rows.length > 0
      })
    },
    async settle(ids, now) {
      if (ids.length === 0) return
      const over = { state: 'over', dueAt: null, answeredAt: now } as const
      await database.transaction(tx =>
        tx
          .update(proposals)
          .set(over)
          .where(and(inArray(proposals.id, [...ids]), eq(proposals.state, 'open')))
          .returning({ id: proposals.id }),
      )
    },
    async prune(moment) {
      const old = and(isNotNull(proposals.answeredAt), lt(proposals.answeredAt, moment))
      const [first] = await read.select({ id: proposals.id }).from(proposals).where(old).limit(1)
      if (!first) return
      await database.transaction(async tx => {
        const gone = await tx.delete(proposals).where(old).returning({ id: proposals.id })
        const ids = gone.map(row => row.id)
        await tx.delete(proposed).where(inArray(proposed.proposal, ids)).returning({ proposal: proposed.proposal })
      })
    },
    async stands(tx, id) {
      const [row] = await held(tx.select().from(proposals).where(eq(proposals.id, id)), proposals)
      return row ?? null
    },
    async answer(tx, { id, answer, by }, now) {
      const started = answer.type === 'started'
      const may = or(isOpen, eq(proposals.state, 'declined'), started ? eq(proposals.state, 'over') : undefined)
      const why = answer.type === 'declined' ? answer.why : null
      const set = { state: answer.type, dueAt: null, answeredBy: by, answeredAt: now, why }
      const rows = await tx
        .update(proposals)
        .set(set)
        .where(and(eq(proposals.id, id), may))
        .returning({ id: proposals.id })
      if (rows.length === 0 && !started) throw new ConflictError(`${id} was answered meanwhile`)
    },
  }
}
