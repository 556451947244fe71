import { setTimeout as pause } from 'node:timers/promises'

/** A hub that ends: its steps in their order, each with the time (ms after the first began) when the next begins. */
export type Step = { readonly by: number; readonly run: () => Promise<unknown> }

/**
 * Takes one step after the other, each for as long as it may; what hangs is left behind, and what fails is told. Gives
 * whether all of them ended. Never rejects.
 */
export async function stopInTime(steps: readonly Step[], failed: (error: unknown) => void): Promise<boolean> {
  const begun = performance.now()
  let all = true
  for (const { by, run } of steps) {
    const work = (async () => run())().then(() => true)
    const over = new AbortController()
    const late = pause(Math.max(0, begun + by - performance.now()), false, { signal: over.signal })
    try {
      all = (await Promise.race([work, late])) && all
    } catch (error) {
      failed(error)
      all = false
    }
    over.abort()
    late.catch(() => {})
    work.catch(() => {})
  }
  return all
}
