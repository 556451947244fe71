import type { Broadcast, BroadcastEntry, BroadcastState } from '../broadcast.ts'
import type { BroadcastId } from '../ids.ts'

/** The broadcast after that happened to it; null before its draft. @throws Error if it begins with anything else */
export function evolveBroadcast(before: Broadcast | null, entry: BroadcastEntry, id: BroadcastId): Broadcast {
  const { event, at, seq } = entry
  if (event.type === 'drafted') {
    const { writer: by } = event
    return {
      ...{ id, seq, state: 'draft', by, createdAt: at, plan: event.plan, approvals: [], seen: null, corrections: [] },
      ...{ nudges: 0, nudgedAt: null, handed: [], startedAt: null, endedAt: null, recurring: event.recurring },
      ...(event.drill === undefined ? {} : { drill: event.drill }),
    }
  }
  if (!before) throw new Error('a broadcast starts with its draft')
  return { ...before, ...changed(before, entry), seq }
}

function changed(before: Broadcast, { event, by, at }: BroadcastEntry): Partial<Broadcast> {
  switch (event.type) {
    case 'drafted':
    case 'exported':
      return {}
    case 'edited':
      return { plan: event.plan, state: 'draft', ...approvedNoMore(before) }
    case 'submitted':
      return { state: 'submitted' }
    case 'approved': {
      const { approval } = event
      // Whoever approves again, because it has grown, counts once.
      const others = before.approvals.filter(one => one.by !== approval.by)
      return { approvals: [...others, approval] }
    }
    case 'rejected':
      return { state: 'draft', ...approvedNoMore(before) }
    case 'cleared':
      return { state: 'approved' }
    case 'held':
      return { state: 'held', ...approvedNoMore(before) }
    case 'begun':
      return { state: 'sending', startedAt: before.startedAt ?? at }
    case 'paused':
      return { state: 'paused' }
    case 'resumed':
      return { state: 'sending' }
    case 'corrected':
      // What was proposed in the place of other words than stand now is nobody's wish any more.
      return { corrections: [...before.corrections, event.correction], proposed: null, unproposed: null }
    case 'proposed':
      return {
        proposed: { words: event.words, by: by ?? before.by, at, approvals: [] },
        unproposed: before.proposed?.words ?? before.unproposed ?? null,
      }
    case 'seconded': {
      const { proposed } = before
      if (!proposed) return {}
      return { proposed: { ...proposed, approvals: [...proposed.approvals, { by: event.person, at }] } }
    }
    case 'declined':
      return { proposed: null, unproposed: before.proposed?.words ?? null }
    case 'nudged':
      return { nudges: before.nudges + 1, nudgedAt: at }
    case 'handed':
      return { handed: [...new Set([...before.handed, event.region])] }
    case 'ended':
      return { state: event.how satisfies BroadcastState, endedAt: at }
  }
}

function approvedNoMore({ approvals, seen }: Broadcast): Pick<Broadcast, 'approvals' | 'seen'> {
  return { approvals: [], seen: approvals.at(-1) ?? seen }
}
