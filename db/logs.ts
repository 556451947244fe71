import type { Hash } from 'node:crypto'
import { and, asc, eq, gt, inArray, lt, max } from 'drizzle-orm'
import type { BroadcastId } from '../workflows/ids.ts'
import type { Base } from './base.ts'
import { linked, type SealedBroadcast } from './broadcasts.ts'
import { brokenLinks, type ChainFinding, digestEnds } from './chain.ts'
import { type DataKeys, ofBroadcast } from './keys.ts'

/** What is wrong with the log of a broadcast, and at which of its entries. */
export type LogFinding = ChainFinding<BroadcastId>

/** The proof that the logs of broadcasts were not altered. */
export type Logs = {
  /** Checks every hash, and what stands sealed as the present state; yields what is wrong. */
  verify(): AsyncGenerator<LogFinding>
  /** Takes the last hash of each before that moment (epoch ms) into a digest; gives how many logs and entries. */
  head(before: number, digest: Hash): Promise<{ readonly logs: number; readonly entries: number }>
  count(): Promise<{ readonly logs: number; readonly entries: number }>
}

type Head = { readonly id: BroadcastId; readonly seq: number; readonly content: Buffer }

/** Checks the logs of all broadcasts, some at a time. */
export function logs({ database, tables, seal }: Base, keys: DataKeys): Logs {
  const { broadcasts, broadcastEntries } = tables
  const { read } = database
  const columns = { id: broadcasts.id, seq: broadcasts.seq, content: broadcasts.content }

  async function* verify(): AsyncGenerator<LogFinding> {
    for (let after = '' as BroadcastId; ; ) {
      let heads: Head[] = await read
        .select(columns)
        .from(broadcasts)
        .where(gt(broadcasts.id, after))
        .orderBy(asc(broadcasts.id))
        .limit(some)
      if (heads.length === 0) return
      after = heads.at(-1)?.id as BroadcastId
      // What was changed while it was looked at is looked at again.
      while (heads.length > 0) {
        const findings = await look(heads)
        const ids = heads.map(head => head.id)
        const now: Head[] = await read.select(columns).from(broadcasts).where(inArray(broadcasts.id, ids))
        const moved = now.filter(head => !heads.some(one => one.id === head.id && one.seq === head.seq))
        yield* findings.filter(finding => !moved.some(head => head.id === finding.of))
        heads = moved
      }
    }
  }

  async function look(heads: readonly Head[]): Promise<LogFinding[]> {
    const found: LogFinding[] = []
    for (const { id, seq, content } of heads) {
      const entries = await read
        .select()
        .from(broadcastEntries)
        .where(eq(broadcastEntries.broadcast, id))
        .orderBy(asc(broadcastEntries.seq))
      const broken = [...brokenLinks({ of: id, last: seq }, entries, linked)]
      found.push(...broken)
      // Where the chain is broken anyway, a second line about the same would say nothing new.
      if (broken.length > 0 || (await stands({ id, seq, content }, entries.at(-1)?.hash))) continue
      found.push({ of: id, seq, problem: 'what stands of it is not what was kept' })
    }
    return found
  }

  /** Without its key nothing of it can be read, and nothing made up. */
  async function stands({ id, seq, content }: Head, last: string | undefined): Promise<boolean> {
    const key = await keys.find(read, ofBroadcast(id))
    if (!key) return true
    try {
      const { state, hash } = JSON.parse(seal.text(content, key)) as SealedBroadcast
      return state.id === id && state.seq === seq && hash === last
    } catch {
      return false
    }
  }

  return {
    verify,
    async head(before, digest) {
      const { chains, entries } = await digestEnds<BroadcastId>(digest, some, after => {
        const last = read
          .select({ broadcast: broadcastEntries.broadcast, seq: max(broadcastEntries.seq).as('last') })
          .from(broadcastEntries)
          .where(and(gt(broadcastEntries.broadcast, after), lt(broadcastEntries.at, before)))
          .groupBy(broadcastEntries.broadcast)
          .orderBy(asc(broadcastEntries.broadcast))
          .limit(some)
          .as('lasts')
        return read
          .select({ id: broadcastEntries.broadcast, seq: broadcastEntries.seq, hash: broadcastEntries.hash })
          .from(broadcastEntries)
          .innerJoin(last, and(eq(broadcastEntries.broadcast, last.broadcast), eq(broadcastEntries.seq, last.seq)))
          .orderBy(asc(broadcastEntries.broadcast))
      })
      return { logs: chains, entries }
    },
    count: async () => ({ logs: await read.$count(broadcasts), entries: await read.$count(broadcastEntries) }),
  }
}

const some = 200
