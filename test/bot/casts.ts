import { resolvePlan } from '../../workflows/broadcast/audience/resolve.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastEvent, LocalText, Plan } from '../../workflows/broadcast.ts'
import { drawnLater } from '../../workflows/change.ts'
import { type BroadcastId, makeBroadcastId, type PersonId, type PlatformName } from '../../workflows/ids.ts'
import type { House } from '../house.ts'

/** Somebody's id in a house's network, by their call sign. */
export function personIn({ store }: Pick<House, 'store'>, callsign: string): PersonId {
  const found = [...store.roster.directory().people.values()].find(one => one.callsign === callsign)
  if (!found) throw new Error(`nobody is called ${callsign}`)
  return found.id
}

/** A broadcast that goes through a hub, on one tool, as one that was approved, without waiting for a hub to begin it. */
export function castIn(
  house: () => Pick<House, 'store' | 'clock'>,
  id: BroadcastId = makeBroadcastId(1),
  platform: PlatformName = 'workspace',
) {
  async function happen(events: readonly BroadcastEvent[], by = 'Owl'): Promise<Broadcast> {
    const { store, clock } = house()
    const decisions = events.map(event => ({ event }))
    const before = await store.broadcasts.find(id)
    const change = enterBroadcast(before, decisions, { id, by: personIn(house(), by), now: clock() })
    if (!change) throw new Error('nothing happened')
    const commit = { key: null, person: null, now: clock(), answer: null, incidents: [], broadcast: change }
    await store.transaction(tx => tx.commit(commit))
    return change.after
  }

  async function begin(more: Partial<Plan>, by = 'Owl'): Promise<Broadcast> {
    const { store, clock } = house()
    const plan = blankPlan({ title: 'Calm', audience: { type: 'everyone' }, ...more })
    await happen([{ type: 'drafted', writer: personIn(house(), by), plan, recurring: null }], by)
    const meant = resolvePlan(plan, store.roster.directory(), { now: clock(), platforms: new Set([platform]) })
    const listed = meant.map(({ why, accounts: _, ...one }, rank) => ({ ...one, broadcast: id, rank, error: why }))
    await store.recipients.add(id, listed)
    return happen([{ type: 'begun' }], by)
  }

  /** Gives so many of those who wait to the outbox; all of them if it is not said. */
  async function give(most = 1000): Promise<number> {
    const { store, clock } = house()
    const waiting = await store.recipients.waiting(id, platform, -1, most)
    const giving = waiting.flatMap(one => {
      const to = one.room ? { room: one.room } : one.account ? { account: one.account } : null
      return to ? [{ waiting: one, platform, lane: 'broadcast', view: drawnLater, to } as const] : []
    })
    return store.recipients.give(id, giving, clock())
  }

  const correct = async (words: LocalText, recall = false) => {
    const standing = await house().store.broadcasts.find(id)
    const wave = (standing?.corrections.length ?? 0) + 1
    const correction = { wave, by: personIn(house(), 'Owl'), at: house().clock(), words, recall }
    return happen([{ type: 'corrected', correction }])
  }

  return { id, happen, begin, give, correct }
}
