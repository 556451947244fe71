import { and, inArray, isNull } from 'drizzle-orm'
import type { Base } from './base.ts'
import type { Tx } from './database.ts'
import { noteErased } from './erased.ts'
import { ofFile } from './keys.ts'

/**
 * Deletes the keys of these files, and all that is known of them but that they were there; gives how many still stood.
 * Their bytes, which nobody can read from then on, go when the folder is swept.
 */
export async function shredFiles(tx: Tx, base: Base, ids: readonly string[], now: number): Promise<number> {
  const { files, keys } = base.tables
  if (ids.length === 0) return 0
  await tx
    .delete(keys)
    .where(inArray(keys.scope, ids.map(ofFile)))
    .returning({ scope: keys.scope })
  const rows = await tx
    .update(files)
    .set({ shreddedAt: now, record: null, match: null })
    .where(and(inArray(files.id, [...ids]), isNull(files.shreddedAt)))
    .returning({ id: files.id })
  await noteErased(
    tx,
    base,
    rows.map(({ id }) => ({ type: 'file', id })),
    now,
  )
  return rows.length
}
