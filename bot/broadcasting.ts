import type { Store, StoreTx } from '../db/store.ts'
import type { IncidentAction } from '../workflows/action.ts'
import { broadcastPosts } from '../workflows/broadcast/announce.ts'
import { decideBroadcast } from '../workflows/broadcast/decide.ts'
import { enterBroadcast } from '../workflows/broadcast/record.ts'
import { twinOf } from '../workflows/broadcast/twin.ts'
import type { Broadcast, BroadcastChange, BroadcastDeed } from '../workflows/broadcast.ts'
import type { Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import { contain } from '../workflows/drill/contain.ts'
import { exercise } from '../workflows/drill/mark.ts'
import { withinDrill } from '../workflows/drill/within.ts'
import { RuleError } from '../workflows/errors.ts'
import type { BroadcastNews } from '../workflows/event.ts'
import type { BroadcastId, IncidentId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Unit } from './transact.ts'

/** What comes of a deed for a broadcast, what is said of that, and what the incident hears that it is about. */
export type Cast = {
  readonly change: BroadcastChange
  readonly posts: readonly Post[]
  readonly about: { readonly incident: Incident; readonly does: IncidentAction } | null
}

/**
 * What a unit of work makes of a broadcast; `fresh` is the id of a new one. Null for all else, and where nothing
 * changes.
 * @throws RuleError when the present state says no
 */
export async function casting(
  tx: StoreTx,
  { action, actor, now }: Pick<Unit, 'action' | 'actor' | 'now'>,
  fresh: BroadcastId | null,
  { roster, broadcasts }: Pick<Store, 'roster' | 'broadcasts'>,
): Promise<Cast | null> {
  if (action.type !== 'broadcast') return null
  const { about, do: deed } = action
  const whole = roster.directory()
  const before = about ? await tx.broadcast(about) : null
  const id = about ?? fresh
  if (!id) throw new Error('a new broadcast was given no id')
  const named = namedBy(deed, before)
  const incident = named ? await tx.incident(named) : null
  const directory = withinDrill(whole, deed.type === 'draft' ? deed.drill : before?.drill)
  if (before && (deed.type === 'submit' || deed.type === 'alone')) await requireSingle(before, broadcasts, now)
  const decisions = decideBroadcast(deed, before, { now, actor, directory, incident })
  const change = enterBroadcast(before, decisions, { id, by: actor?.id ?? null, now })
  if (!change) return null
  const posts = contained(broadcastPosts(change, { directory, incident }), change.after, whole)
  const what = newsOf(change)
  return { change, posts, about: incident && what ? { incident, does: { type: 'broadcast', id, what } } : null }
}

/** Two people may have written the same at once, or one of them twice. @throws RuleError that names the other */
async function requireSingle(own: Broadcast, broadcasts: Store['broadcasts'], now: number): Promise<void> {
  if (own.state !== 'draft') return
  const others = await broadcasts.latest({ states: going, limit: mostOthers })
  const twin = twinOf(own, others, now)
  if (twin) throw new RuleError(phrase('approval.twin', { id: own.id, other: twin.id, person: { person: twin.by } }))
}

const going = ['submitted', 'approved', 'held', 'sending', 'paused', 'sent'] as const
const mostOthers = 30

/** The incident that it is about, or is to be about from now on. */
function namedBy(deed: BroadcastDeed, before: Broadcast | null): IncidentId | null {
  if (deed.type === 'draft') return deed.plan.incident
  const own = before?.plan.incident ?? null
  return deed.type === 'edit' && deed.plan.incident !== undefined ? deed.plan.incident : own
}

function newsOf({ before, entries }: BroadcastChange): BroadcastNews | null {
  for (const { event } of entries) {
    if (event.type === 'begun') return 'begun'
    if (event.type === 'corrected') return event.correction.recall ? 'recalled' : 'corrected'
    if (event.type === 'ended' && event.how === 'cancelled' && before?.startedAt) return 'stopped'
  }
  return null
}

/** Of an exercise nobody hears who is not in it, and nobody takes it for real. */
function contained(posts: readonly Post[], { drill }: Broadcast, directory: Directory): readonly Post[] {
  if (drill === undefined) return posts
  const inside = contain({ cards: [], posts, timers: [] }, { drill }, directory)
  return inside.posts.map(post => ({ ...post, view: exercise(post.view) }))
}
