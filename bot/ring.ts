import type { DueTimer } from '../workflows/timer.ts'
import { type Tools, transact } from './transact.ts'

/** A due clock does what is due, by the hub itself; @throws what `transact` throws: then it is still due. */
export async function ring(timer: DueTimer, options: Tools & { readonly clock: () => number }): Promise<void> {
  const { incident: about, clock, dueAt: due } = timer
  const known = await options.store.incidents.find(about)
  const action = { type: 'incident', about, do: { type: 'clock', clock, due } } as const
  const words = known?.words ?? { what: null, where: null }
  const say = () => ({ type: 'nothing' }) as const
  await transact({ key: null, actor: null, now: options.clock(), action, words, timer, say }, options)
}
