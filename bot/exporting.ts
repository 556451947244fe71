import type { Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import { exportPosts } from '../workflows/export/posts.ts'
import { type ExportChange, exportFor, makeExportId } from '../workflows/export/request.ts'
import type { Unit } from './transact.ts'

/** What comes of a deed about something that is to leave: what is kept, and who hears of it. */
export type Exporting = { readonly change: ExportChange; readonly posts: readonly Post[] }

/** What a unit of work makes of an export, `number` being that of a new one; null for all else. */
export function exporting(
  { action, actor, now }: Pick<Unit, 'action' | 'actor' | 'now'>,
  number: number | null,
  directory: Directory,
): Exporting | null {
  if (action.type !== 'export' || !actor) return null
  const made = action.do.type === 'ask' && number !== null ? makeExportId(number) : null
  const change: ExportChange = { do: action.do, by: actor.id, at: now, until: now + exportFor, made }
  return { change, posts: exportPosts(change, directory) }
}
