import type { AnnounceContext } from '../announce.ts'
import type { Post } from '../change.ts'
import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'

/** What people are told because of an entry of a run: lines in the threads, and what is for single people. */
export function runPosts(_entry: Entry, _incident: Incident, _context: AnnounceContext): readonly Post[] {
  return []
}
