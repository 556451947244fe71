import type { Store } from '../db/store.ts'
import { handedPosts } from '../workflows/broadcast/answer/handed.ts'
import { isAnytime } from '../workflows/broadcast/plan.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import type { Directory } from '../workflows/directory.ts'
import { withinDrill } from '../workflows/drill/within.ts'
import type { BroadcastId, PersonId } from '../workflows/ids.ts'
import { quietPeople } from '../workflows/quiet.ts'
import { hasStopped } from '../workflows/wish.ts'

type Options = { readonly store: Store; readonly clock: () => number; readonly wake: () => void }

const atOnce = 50
// So many wait in the outbox at a time, so that what is urgent never stands behind thousands.
const mostWaiting = 100
const most = 50
const oneDay = 24 * 60 * 60_000

/**
 * Reminds those who are silent, some at a time, and hands them to their regions, as was asked for: each once, whatever
 * dies. For whom it is quiet, it waits until morning. `run` gives true if there may be more.
 */
export function createNudging({ store, clock, wake }: Options): { readonly run: () => Promise<boolean> } {
  // Of what is done, nothing is asked again until something happens to it.
  const served = new Map<BroadcastId, number>()

  async function remind(broadcast: Broadcast, directory: Directory, now: number): Promise<'more' | 'waits' | 'done'> {
    const { id, nudges, nudgedAt, plan } = broadcast
    if (nudgedAt === null || now > nudgedAt + oneDay || broadcast.state === 'cancelled') return 'done'
    const room = Math.min(atOnce, mostWaiting - (await store.answers.reminding()))
    if (room <= 0) return 'waits'
    const anytime = isAnytime(plan)
    const quiet = anytime ? [] : quietPeople(directory, now).map(one => one.id)
    const stopped = [...directory.people.values()].filter(one => hasStopped(one, plan.urgency)).map(one => one.id)
    const round = { round: nudges, until: nudgedAt, limit: room, anytime }
    const count = await store.answers.nudge(id, round, [...quiet, ...stopped], now)
    return count > 0 ? 'more' : quiet.length > 0 ? 'waits' : 'done'
  }

  async function handOver(broadcast: Broadcast, directory: Directory, now: number): Promise<void> {
    const { id, handed } = broadcast
    if (handed.length === 0) return
    for (const region of await store.answers.unhanded(id)) {
      if (!handed.includes('all') && (region === null || !handed.includes(region))) continue
      const people = withinDrill(directory, broadcast.drill)
      const tell = (silent: readonly { person: PersonId }[]) =>
        handedPosts(
          broadcast,
          region,
          silent.map(one => one.person),
          people,
        )
      await store.answers.hand(id, region, tell, now)
    }
  }

  async function serve(id: BroadcastId, seq: number): Promise<boolean> {
    const broadcast = await store.broadcasts.find(id)
    if (!broadcast || broadcast.nudges + broadcast.handed.length === 0) {
      served.set(id, seq)
      return false
    }
    const [directory, now] = [store.roster.directory(), clock()]
    await handOver(broadcast, directory, now)
    const how = await remind(broadcast, directory, now)
    if (how === 'done') served.set(id, seq)
    return how === 'more'
  }

  return {
    async run() {
      let more = false
      for (const { id, seq } of await store.amends.begun(most)) {
        if (served.get(id) !== seq) more = (await serve(id, seq)) || more
      }
      if (more) wake()
      return more
    },
  }
}
