import type { Giving } from '../db/giving.ts'
import type { Waiting } from '../db/recipients.ts'
import type { Store } from '../db/store.ts'
import { isReader } from '../workflows/broadcast/audience/resolve.ts'
import { expiryOf } from '../workflows/broadcast/due.ts'
import { isAnytime } from '../workflows/broadcast/plan.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import { drawnLater } from '../workflows/change.ts'
import type { BroadcastId, PlatformName } from '../workflows/ids.ts'
import { hasStopped } from '../workflows/wish.ts'

type Options = {
  readonly store: Pick<Store, 'broadcasts' | 'recipients' | 'roster'>
  readonly platforms: readonly { readonly name: PlatformName }[]
  readonly clock: () => number
}

const atOnce = 1_000
const lately = 20

/**
 * Writes to whoever gave no answer to something urgent in the time set through their next account, each account once.
 * `run` gives how many that were.
 */
export function createFallback({ store, platforms, clock }: Options): {
  readonly run: (going: readonly Broadcast[]) => Promise<number>
} {
  // Up to when (epoch ms) it was looked through who was given each, and had no answer in time.
  const looked = new Map<BroadcastId, number>()

  async function serve(broadcast: Broadcast, withinMs: number): Promise<number> {
    const { id } = broadcast
    const now = clock()
    const silent = await store.recipients.unanswered(id, looked.get(id) ?? 0, now - withinMs, atOnce)
    const list: Giving[] = []
    for (const one of silent) {
      const way = await otherWay(one, broadcast)
      if (way) list.push(way)
    }
    const last = silent.at(-1)?.givenAt
    // Others may have been given it in the same moment.
    if (last) looked.set(id, silent.length === atOnce ? last - 1 : last)
    return list.length === 0 ? 0 : store.recipients.give(id, list, now)
  }

  async function otherWay(one: Waiting, broadcast: Broadcast): Promise<Giving | null> {
    const person = one.person && store.roster.directory().people.get(one.person)
    if (!person || !isReader(person)) return null
    if (hasStopped(person, broadcast.plan.urgency)) return null
    const running = person.accounts.filter(own => platforms.some(each => each.name === own.platform))
    if (running.length < 2) return null
    const tried = new Set(await store.recipients.tried(broadcast.id, one.key, one.turn))
    const next = running.find(own => own.id !== one.account && !tried.has(own.id))
    if (!next) return null
    return {
      ...{ waiting: one, platform: next.platform, to: { account: next.id }, lane: 'broadcast', view: drawnLater },
      anytime: isAnytime(broadcast.plan),
    }
  }

  return {
    async run(going) {
      const sent = await store.broadcasts.latest({ states: ['sent'], limit: lately })
      let given = 0
      for (const one of [...going, ...sent]) {
        const { plan, state } = one
        const within = plan.answerWithinMs
        const asks = plan.urgency !== 'routine' && plan.answer.type !== 'none' && within !== null
        if (!asks || state === 'paused' || clock() >= expiryOf(one) || one.corrections.at(-1)?.recall) continue
        given += await serve(one, within)
        if (state === 'sent') await store.recipients.settle(one.id)
      }
      return given
    },
  }
}
