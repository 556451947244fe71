import type { Post } from '../workflows/change.ts'
import { drillOf, isDrillId, isInside } from '../workflows/drill.ts'
import { namedIn } from '../workflows/hush.ts'
import type { IncidentId, RoomId } from '../workflows/ids.ts'
import type { Desk } from './outcome.ts'

/**
 * Why a post must not go out, although it is due: it is about something made up, and its exercise is over or has no
 * such room or person. Null for all that is real, without a look at the database.
 */
export async function beyondDrill(
  post: Pick<Post, 'key' | 'incident' | 'to' | 'view'>,
  desk: Desk,
): Promise<string | null> {
  const id = madeUpIn(post)
  if (!id) return null
  const drill = await drillAbout(id, desk)
  const directory = desk.store.roster.directory()
  if (drill && drill.endedAt === null && isInside(post.to, drill, directory)) return null
  const reason = !drill || drill.endedAt !== null ? 'its exercise is over' : 'it is for nobody in its exercise'
  desk.log.info({ drill: drill?.id, to: 'room' in post.to ? 'room' : 'person', reason }, 'kept within an exercise')
  return reason
}

/**
 * The same for a card. One that stands already still comes to show how its exercise ended; none is begun after that.
 */
export async function beyondDrillCard(
  { incident, room, message }: { readonly incident: IncidentId; readonly room: RoomId; readonly message: unknown },
  desk: Desk,
): Promise<string | null> {
  if (!isDrillId(incident)) return null
  const drill = await drillAbout(incident, desk)
  if (drill?.rooms.includes(room) && (drill.endedAt === null || message)) return null
  desk.log.info({ drill: drill?.id, to: 'card' }, 'kept within an exercise')
  return 'its exercise has no such room, or is over'
}

async function drillAbout(id: IncidentId, { store }: Desk) {
  const known = await store.incidents.find(id)
  return known && drillOf(known.incident, store.roster.directory())
}

/** What is made up that a post is about; null where it is about something real too, or about the exercise itself. */
function madeUpIn({ key, incident, view }: Pick<Post, 'key' | 'incident' | 'view'>): IncidentId | null {
  if (incident) return isDrillId(incident) ? incident : null
  if (key.startsWith('drill:')) return null
  const named = namedIn(view)
  const [first] = named
  return first && named.every(isDrillId) ? first : null
}
