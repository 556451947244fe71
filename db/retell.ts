import { and, eq, isNotNull, like, ne } from 'drizzle-orm'
import { drawnLater } from '../workflows/change.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Retelling } from '../workflows/loss.ts'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import type { Digests } from './digests.ts'
import type { Key } from './key.ts'
import type { Recalls } from './recalls.ts'

/**
 * Has every message that carries what was said in an entry drawn anew: what was not sent yet says the newer words when
 * it goes out, or is not sent at all; what was sent is edited.
 */
export function retellings({ tables, seal }: Base, recalls: Recalls, digests: Digests) {
  const { posts } = tables

  return async (tx: Tx, incident: IncidentId, { of, gone }: Retelling, key: Key, now: number): Promise<void> => {
    const carrying = and(eq(posts.incident, incident), isNotNull(posts.author), like(posts.key, `${incident}:${of}:%`))
    if (gone)
      await tx
        .delete(posts)
        .where(and(carrying, eq(posts.state, 'waiting')))
        .returning({ id: posts.id })
    await tx
      .update(posts)
      .set({ view: seal.seal(JSON.stringify(drawnLater), key) })
      .where(and(carrying, ne(posts.state, 'sent')))
      .returning({ id: posts.id })
    await recalls.askPosts(tx, carrying, gone ?? 'reworded', now)
    await digests.retell(tx, incident, of, gone !== null, now)
  }
}
