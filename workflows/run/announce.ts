import type { AnnounceContext } from '../announce.ts'
import type { Post } from '../change.ts'
import type { Entry } from '../event.ts'
import type { Incident } from '../incident.ts'
import { runDirect } from './direct.ts'
import { runNews } from './news.ts'

/** What people are told because of an entry of a run: lines in the threads, and what is for single people. */
export function runPosts(
  before: Incident | null,
  entry: Entry,
  incident: Incident,
  context: AnnounceContext,
): readonly Post[] {
  if (entry.event.type !== 'run') return []
  return [...runNews(entry, incident, context), ...runDirect(before, entry, incident, context)]
}
