import { decideBroadcast } from '../../../workflows/broadcast/decide.ts'
import { blankPlan, planDigest } from '../../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../../workflows/broadcast/record.ts'
import type { Broadcast, BroadcastChange, BroadcastDeed, Counted, Plan } from '../../../workflows/broadcast.ts'
import type { Directory } from '../../../workflows/directory.ts'
import { RuleError } from '../../../workflows/errors.ts'
import { makeBroadcastId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import { at, roster } from '../specification.ts'

/** The broadcast that these specifications speak of. */
export const id = makeBroadcastId(7)
/** How many are meant, unless said otherwise. */
export const hundred: Counted = { people: 100, rooms: 4 }

/** Words for everybody, unless said otherwise. */
export function plan(more: Partial<Plan> = {}): Plan {
  return blankPlan({
    ...{ title: 'Calm call', audience: { type: 'everyone' }, words: { en: 'Stay calm.', es: 'Calma.' } },
    ...more,
  })
}

/** Words for the people of Arizona only. */
export function local(more: Partial<Plan> = {}): Plan {
  return plan({ audience: { type: 'region', region: 'AZ' }, ...more })
}

/** One broadcast, what people do to it one after the other, a minute each, and what came of the last deed. */
export function stage(start: Plan, writer: Actor | null, options: Partial<Options> = {}) {
  const { directory = roster(), incident = null, drafted = {} } = options
  let now = 0
  let broadcast: Broadcast | null = null
  let change: BroadcastChange | null = null

  function does(actor: Actor | null, deed: BroadcastDeed, minutes = 1) {
    now += minutes
    const context = { now: at(now), actor, directory, incident }
    const decisions = decideBroadcast(deed, broadcast, context)
    change = enterBroadcast(broadcast, decisions, { id, by: actor?.id ?? null, now: context.now })
    broadcast = change?.after ?? broadcast
    return self
  }

  const self = {
    does,
    submits: (actor: Actor, counted = hundred) => does(actor, { type: 'submit', counted }),
    approves: (actor: Actor, counted = hundred, seen: Plan = self.now().plan) =>
      does(actor, { type: 'approve', plan: planDigest(seen), counted }),
    begins: (counted = hundred, minutes = 1) => does(null, { type: 'begin', counted }, minutes),
    /** Why that was refused, by key; `null` if it was not. */
    refuses(actor: Actor | null, deed: BroadcastDeed, minutes = 1) {
      try {
        does(actor, deed, minutes)
        return null
      } catch (error) {
        if (error instanceof RuleError) return error.phrase.key
        throw error
      }
    },
    now(): Broadcast {
      if (!broadcast) throw new Error('nothing was written')
      return broadcast
    },
    state: () => self.now().state,
    /** What the last deed led to. */
    last: () => change?.entries.map(entry => entry.event.type) ?? [],
    change: () => change,
    minute: () => now,
  }
  return does(writer, { type: 'draft', plan: start, ...drafted })
}

type Options = { readonly directory: Directory; readonly incident: Incident | null; readonly drafted: Drafted }
type Drafted = Partial<Pick<Extract<BroadcastDeed, { type: 'draft' }>, 'recurring' | 'drill' | 'approvals'>>
