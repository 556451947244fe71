import type { DuePost } from '../db/outbox.ts'
import { isReader } from '../workflows/broadcast/audience/resolve.ts'
import { mayCarry } from '../workflows/broadcast/carry.ts'
import { expiryOf } from '../workflows/broadcast/due.ts'
import { readBroadcastPost } from '../workflows/broadcast.ts'
import type { Directory } from '../workflows/directory.ts'
import { drillOf } from '../workflows/drill.ts'
import { reasonOf } from '../workflows/errors.ts'
import type { Viewer } from '../workflows/sight.ts'
import { hasStopped } from '../workflows/wish.ts'
import type { Desk } from './outcome.ts'
import type { Target } from './platform.ts'
import { lookUp } from './sending.ts'

/** Why a post of a broadcast does not go out though it is due: for good, or as long as it is `paused`. */
export type Withheld = { readonly type: 'left'; readonly why: string } | { readonly type: 'paused' }

/**
 * Why a post does not go out now: its broadcast is over, paused or taken back, it is for nobody any more, or they wish
 * none. A correction reaches whoever had the words before. Null where it goes, and for any other post.
 */
export async function withheld(
  { key }: Pick<DuePost, 'key'>,
  to: Viewer,
  { store, clock }: Pick<Desk, 'store' | 'clock'>,
): Promise<Withheld | null> {
  const post = readBroadcastPost(key)
  if (!post) return null
  const broadcast = await store.broadcasts.find(post.id)
  if (!broadcast) return left('its broadcast is gone')
  const directory = store.roster.directory()
  const { plan } = broadcast
  const first = post.wave === 0
  if (first) {
    if (broadcast.state === 'paused' && post.nudge === null) return { type: 'paused' }
    if (broadcast.state === 'cancelled') return left('it was called off')
    if (broadcast.state === 'expired' || clock() >= expiryOf(broadcast)) return left('its time is over')
    if (broadcast.corrections.at(-1)?.recall) return left('it was taken back')
  }
  if ('person' in to) {
    const person = directory.people.get(to.person.id)
    if (!person || !isReader(person)) return left('they are not in the network any more')
    if (first && hasStopped(person, plan.urgency)) return left('they wish no broadcasts')
  }
  if (broadcast.drill !== undefined && !isPlayedFor(broadcast.drill, to, directory)) return left('its exercise is over')
  const known = plan.incident && (await store.incidents.find(plan.incident))
  return known && !mayCarry(known.incident, to, directory) ? left('it may not be read there') : null
}

/** Keeps a post back; one that may have gone out before is looked for, as far as its platform can. */
export async function keepBack(post: DuePost, target: Target, how: Withheld, desk: Desk): Promise<void> {
  const { store, clock, platform } = desk
  if (post.state !== 'sending') {
    if (!platform.capabilities.lookup) return store.outbox.rest(post, 'unsure', 'no answer came back')
    try {
      const found = await lookUp(target, post.key, post.createdAt, desk)
      if (found) return store.outbox.sent(post.id, found, clock())
    } catch (error) {
      return store.outbox.unknown(post, reasonOf(error), clock() + againMs)
    }
  }
  if (how.type === 'left') return store.outbox.rest(post, 'left', how.why)
  await store.outbox.failed(post, 'paused', clock(), false)
  await store.recipients.putBack([post.key])
}

const againMs = 5_000

function left(why: string): Withheld {
  return { type: 'left', why }
}

function isPlayedFor(id: string, to: Viewer, directory: Directory): boolean {
  const drill = drillOf({ drill: id }, directory)
  if (!drill || drill.endedAt !== null) return false
  return 'purpose' in to ? drill.rooms.includes(to.id) : drill.people.includes(to.person.id)
}
