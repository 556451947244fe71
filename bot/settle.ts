import { StoreError } from '../workflows/errors.ts'

/** How settling waits; `tried` hears after each try that failed whether what it did may have been kept. */
export type Settling = {
  readonly pause: (ms: number) => Promise<void>
  readonly tried?: (doubtful: boolean) => void
  /** For how long (ms) it is tried again; by default two minutes, or a quarter of an hour while there is doubt. */
  readonly forMs?: number
}

const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000]
const slowest = 10_000
const minute = 60_000
const usual = { sure: 2 * minute, doubtful: 15 * minute }
const given = new WeakSet<StoreError>()

/**
 * Does work that counts once, again and again while the database is away, fails over or is overloaded: under its key it
 * is done once whether or not an earlier try had done it. What nobody can do anything about but people (a full disk)
 * fails at once.
 * @throws whatever else the work throws; StoreError in the end, `unknown` if an earlier try may have been kept
 */
export async function settle<T>(work: () => Promise<T>, { pause, tried, forMs }: Settling): Promise<T> {
  let doubtful = false
  let waited = 0
  for (let at = 0; ; at += 1) {
    try {
      return await work()
    } catch (error) {
      doubtful ||= error instanceof StoreError && error.outcome === 'unknown'
      tried?.(doubtful)
      const longest = forMs ?? usual[doubtful ? 'doubtful' : 'sure']
      const ms = pauses[at] ?? slowest
      if (!mayPass(error) || waited + ms > longest) throw ended(error, doubtful)
      waited += ms
      await pause(ms)
    }
  }
}

/** Whether a failure may pass by itself: the database restarts, fails over or is overloaded, and nobody waited yet. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof StoreError) || given.has(error)) return false
  // A server that is about to lead, or does so no more, refuses to write for a while; a file stays as it is.
  return error.reason === 'lost' || error.reason === 'locked' || error.message.includes('(25006)')
}

// After a doubt nothing but the answer itself, or a rule of the house, says how it ended.
function ended(error: unknown, doubtful: boolean): unknown {
  if (!(error instanceof StoreError)) return error
  const last = doubtful ? new StoreError(error.reason, 'unknown', error.message, { cause: error }) : error
  given.add(last)
  return last
}
