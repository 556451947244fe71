import { Worker } from 'node:worker_threads'
import type { Land } from '../../workflows/picture/land.ts'
import type { Borders } from './drawer.ts'

/** What a worker is asked, and what it answers: the land of those states or areas. */
export type Survey = { readonly borders: Exclude<Borders, 'none'>; readonly codes: readonly string[] }

const mostKept = 3
const mostMs = 20_000

/**
 * The borders that maps on pages lie on, of some states or areas (none: all of them); null where this network has no
 * borders. They are read in a worker, one at a time, which then ends: the files are large. Rejects if it cannot.
 */
export function createLands(borders: Borders): (codes: readonly string[]) => Promise<Land | null> {
  const kept = new Map<string, Promise<Land>>()
  let last: Promise<unknown> = Promise.resolve()

  return async codes => {
    if (borders === 'none') return null
    const key = codes.join()
    const known = kept.get(key)
    const land = known ?? last.then(() => survey({ borders, codes }))
    if (!known) last = land.catch(() => kept.delete(key))
    kept.delete(key)
    kept.set(key, land)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return land
  }
}

function survey(asked: Survey): Promise<Land> {
  const { promise, resolve, reject } = Promise.withResolvers<Land>()
  const worker = new Worker(new URL('./surveyor.ts', import.meta.url), { workerData: asked, env: {} })
  worker.unref()
  const late = setTimeout(() => reject(new Error(`borders were not read within ${mostMs} ms`)), mostMs)
  worker.once('message', resolve).once('error', reject)
  worker.once('exit', () => reject(new Error('borders were not read: the worker ended')))
  return promise.finally(() => {
    clearTimeout(late)
    void worker.terminate()
  })
}
