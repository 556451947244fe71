import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { goneView } from '../workflows/gone.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { sight, type Viewer } from '../workflows/sight.ts'
import { carriedLine, changedLine, digestView, standingLine, type Wording } from '../workflows/talk.ts'
import type { View } from '../workflows/view.ts'

/** A post that carries what people said: its key tells which entries. */
export type Carrying = Pick<Post, 'key' | 'incident'>

/** Whether what a post says is looked up only when it goes out. */
export function isDrawnLater({ view, incident }: Pick<Post, 'view' | 'incident'>): boolean {
  return incident !== null && view.title === null && view.lines.length === 0
}

/** What a post that carries talk says there, as it reads now; null if nothing of it may be said, or is left. */
export async function carriedNow({ key, incident: id }: Carrying, to: Viewer, store: Store): Promise<View | null> {
  const known = id && (await store.incidents.find(id))
  if (!known || !('purpose' in to)) return null
  const { incident } = known
  const directory = store.roster.directory()
  if (sight(incident, to, directory) !== 'whole') return null
  const { digest, entry, changed } = read(key)
  if (digest) {
    const seqs = await store.digests.lines(digest)
    const said = await store.utterances.wordings(incident.id, seqs)
    const lines = seqs.flatMap(seq => said.get(seq) ?? [])
    return digestView(lines, incident, to, directory)
  }
  const said = await wordingOf(incident.id, entry, store)
  if (!said) return null
  return changed ? changedLine(said, to, directory) : carriedLine(said, incident, to, directory)
}

/** The same for a message that stands already: where nothing is left, it says so. */
export async function carriedThen(post: Carrying, to: Viewer, store: Store): Promise<View> {
  const view = await carriedNow(post, to, store)
  if (view) return view
  const known = post.incident && (await store.incidents.find(post.incident))
  return goneView(known ? known.incident : null, to, { reason: 'withdrawn', card: false }, store.roster.directory())
}

/**
 * What is said in the thread instead, because a message with older words can be neither changed nor taken away: the
 * newer ones, or that they were taken back. Null where there is nothing to say.
 */
export async function insteadOf({ key, incident }: Carrying, to: Viewer, store: Store): Promise<Post | null> {
  if (!incident || !('purpose' in to)) return null
  const { digest, entry } = read(key)
  const said = digest ? null : await wordingOf(incident, entry, store)
  const gone = said?.gone === true
  const view = gone ? standingLine(said) : await carriedNow({ key: `${key}:changed`, incident }, to, store)
  if (!view || (!gone && !said && !digest)) return null
  const own = { key: `${key}:${gone ? 'stands' : 'changed'}`, to: { room: to.id }, incident, thread: true } as const
  return { ...own, lane: 'talk', view, author: said?.by ?? null }
}

async function wordingOf(incident: IncidentId, seq: number, store: Store): Promise<Wording | null> {
  return (await store.utterances.wordings(incident, [seq])).get(seq) ?? null
}

/** Which entries: those of a digest, by its key, or one, whose line may be that of its newer words. */
function read(key: string): { readonly digest: string | null; readonly entry: number; readonly changed: boolean } {
  const parts = key.split(':')
  if (parts[0] === 'digest') return { digest: parts.slice(0, 4).join(':'), entry: 0, changed: false }
  return { digest: null, entry: Number(parts[1]), changed: parts.includes('changed') }
}
