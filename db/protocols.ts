import { and, desc, eq, ne, or } from 'drizzle-orm'
import type { ProtocolId } from '../workflows/ids.ts'
import type { Protocol, Protocols } from '../workflows/protocol.ts'
import type { Run } from '../workflows/run.ts'
import type { Base } from './base.ts'
import type { Read } from './database.ts'

/** A protocol that reads otherwise than `before`, under the same version number. */
export type Reworded = { readonly now: Protocol; readonly before: Protocol }

/** The wordings of protocols that were ever in force, so that a run keeps the one it was started with. */
export interface ProtocolStore {
  /**
   * Keeps the wordings that are in force from now (epoch ms) on, those it has not yet. Gives the new ones whose number
   * stood for other words until now, with those.
   */
  keep(current: readonly Protocol[], now: number): Promise<readonly Reworded[]>
  /** Those protocols, which then find whatever wording was ever kept and is known to this process, too. */
  beside(protocols: Protocols): Protocols
}

/** Reads the wordings that runs of these incidents are pinned to and that this process does not know yet. */
export type Know = (handle: Read, incidents: readonly { readonly runs?: readonly Run[] }[]) => Promise<void>
/** The wordings, and what reading an incident needs of them. */
export type Wordings = ProtocolStore & { readonly know: Know }

/** The wordings in the database. They never change, so what was read once is kept in memory. */
export function wordings({ database, tables: { protocols } }: Base): Wordings {
  const known = new Map<string, Protocol>()
  let own: Protocols['find'] = () => null
  const find: Protocols['find'] = (id, rev) => own(id, rev) ?? known.get(name(id, rev)) ?? null

  return {
    async keep(current, now) {
      const reworded = await database.transaction(async tx => {
        const changed: Reworded[] = []
        for (const body of current) {
          const { id, rev, version } = body
          const [added] = await tx
            .insert(protocols)
            .values({ id, rev, version, body, since: now })
            .onConflictDoNothing()
            .returning({ id: protocols.id })
          if (!added) continue
          const [last] = await tx
            .select({ body: protocols.body })
            .from(protocols)
            .where(and(eq(protocols.id, id), eq(protocols.version, version), ne(protocols.rev, rev)))
            .orderBy(desc(protocols.since))
            .limit(1)
          if (last) changed.push({ now: body, before: last.body })
        }
        return changed
      })
      for (const one of current) known.set(name(one.id, one.rev), one)
      return reworded
    },
    beside(protocols) {
      own = (id, rev) => protocols.find(id, rev)
      return {
        get current() {
          return protocols.current
        },
        find,
      }
    },
    async know(handle, incidents) {
      const missing = incidents.flatMap(({ runs = [] }) => runs.filter(run => !find(run.protocol, run.rev)))
      if (missing.length === 0) return
      const pins = missing.map(run => and(eq(protocols.id, run.protocol), eq(protocols.rev, run.rev)))
      const rows = await handle
        .select({ body: protocols.body })
        .from(protocols)
        .where(or(...pins))
      for (const { body } of rows) known.set(name(body.id, body.rev), body)
    },
  }
}

function name(id: ProtocolId, rev: string): string {
  return `${id} ${rev}`
}
