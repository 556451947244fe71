import { createHash } from 'node:crypto'

/** What a request is told about its limit. */
export type Told = {
  readonly headers: Record<string, string>
  readonly waitMs: number | null
  readonly warned: boolean
}

/** Counts requests by route and channel, and all together, as Discord does; times are divided by `scale`. */
export function createBuckets(scale: number) {
  const buckets = new Map<string, { left: number; resetAt: number }>()
  let all = { left: 50, resetAt: 0 }

  return function count(route: string, method: string, major: string, now = Date.now()): Told {
    const { limit, ms } = limitOf(method, route)
    const per = ms / scale
    const key = `${method} ${route} ${major}`
    const bucket = buckets.get(key)
    const warned = bucket !== undefined && bucket.resetAt > now && bucket.left === 0
    const current = bucket && bucket.resetAt > now ? bucket : { left: limit, resetAt: now + per }
    buckets.set(key, current)
    if (all.resetAt <= now) all = { left: 50, resetAt: now + 1000 / scale }
    const global = !route.startsWith('/interactions')
    const refused = current.left === 0 || (global && all.left === 0)
    if (!refused) {
      current.left -= 1
      if (global) all.left -= 1
    }
    const waitMs = refused ? (current.left === 0 ? current.resetAt : all.resetAt) - now : null
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(current.left),
      'x-ratelimit-reset': String(current.resetAt / 1000),
      'x-ratelimit-reset-after': String((current.resetAt - now) / 1000),
      'x-ratelimit-bucket': createHash('md5').update(`${method} ${route}`).digest('hex'),
    }
    return { headers, waitMs, warned }
  }
}

function limitOf(method: string, route: string): { limit: number; ms: number } {
  if (route.startsWith('/interactions') || route.startsWith('/webhooks')) return { limit: 1000, ms: 1000 }
  if (method === 'POST' && route.endsWith('/messages')) return { limit: 5, ms: 5000 }
  if (method === 'PATCH' && route.includes('/messages/')) return { limit: 5, ms: 5000 }
  if (method === 'DELETE' && route.includes('/messages/')) return { limit: 5, ms: 1000 }
  if (method === 'POST' && route.endsWith('/threads')) return { limit: 10, ms: 10_000 }
  if (method === 'PATCH' && route.startsWith('/channels/')) return { limit: 5, ms: 10_000 }
  return { limit: 20, ms: 1000 }
}
