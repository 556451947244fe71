/**
 * Spreads what is not urgent evenly over the time that Discord's headers give, so that what is urgent always finds a
 * turn soon, and no answer has to say that it was too much.
 */
export type Spread = {
  /** How long (ms) a request that is not urgent has to wait now; 0: it may go, and is counted. */
  readonly wait: (bucket: string) => number
  /** What an answer told of its bucket. */
  readonly told: (bucket: string, headers: Pick<Headers, 'get'>) => void
  /** Discord has refused so many requests that soon it refuses all: for so long (ms) only what is urgent is asked. */
  readonly spare: (ms: number) => void
}

// Of Discord's 50 a second for all routes together, some are left to what is urgent and to answers.
const perSecond = 35
const mostBuckets = 2000

/** Makes it; `faster` is how many times more than documented Discord lets through. */
export function createSpread(faster = 1, stopwatch: () => number = () => performance.now()): Spread {
  const next = new Map<string, number>()
  const every = 1000 / (perSecond * faster)
  let all = 0
  let spared = 0

  return {
    wait(bucket) {
      const now = stopwatch()
      // A tenth of a second's worth may go at once.
      const ms = Math.max(next.get(bucket) ?? 0, all - (perSecond * faster * every) / 10, spared) - now
      if (ms > 0) return Math.max(1, Math.ceil(ms))
      all = Math.max(all, now) + every
      return 0
    },
    told(bucket, headers) {
      const [limit, left, ms] = [number(headers, 'limit'), number(headers, 'remaining'), resetMs(headers)]
      if (limit === null || left === null || ms === null) return
      const [oldest] = next.keys()
      if (next.size >= mostBuckets && oldest !== undefined) next.delete(oldest)
      next.delete(bucket)
      // The first two of a fresh bucket follow at once; what is left of it lasts until it is full again.
      if (left < limit - 1) next.set(bucket, stopwatch() + ms / (left + 1))
    },
    spare(ms) {
      spared = stopwatch() + ms
    },
  }
}

/** What Discord counts together: the method, the route, and the channel or server it names first. */
export function bucketOf(method: string, route: string): string {
  const [path = ''] = route.split('?')
  const parts = path.split('/').filter(Boolean)
  // Ids after the first one do not part buckets.
  const kept = parts.map((part, at) => (at > 1 && /^\d{16,20}$/.test(part) ? ':id' : part))
  return `${method.toUpperCase()} /${kept.join('/')}`
}

function number(headers: Pick<Headers, 'get'>, name: 'limit' | 'remaining'): number | null {
  const value = headers.get(`x-ratelimit-${name}`)
  return value === null || !Number.isFinite(Number(value)) ? null : Number(value)
}

function resetMs(headers: Pick<Headers, 'get'>): number | null {
  const value = headers.get('x-ratelimit-reset-after')
  return value === null || !Number.isFinite(Number(value)) ? null : Number(value) * 1000
}
