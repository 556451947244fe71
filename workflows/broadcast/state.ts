import type { Broadcast } from '../broadcast.ts'

/** True if nothing more of it goes out, but for corrections. */
export function isOver({ state }: Pick<Broadcast, 'state'>): boolean {
  return state === 'sent' || state === 'cancelled' || state === 'expired'
}

/** True while it can still be written on: nothing of it was sent. */
export function isWritable({ state, startedAt }: Pick<Broadcast, 'state' | 'startedAt'>): boolean {
  return startedAt === null && !isOver({ state })
}

/** True while it waits for people to approve it. */
export function isAsked({ state }: Pick<Broadcast, 'state'>): boolean {
  return state === 'submitted' || state === 'held'
}
