/** How often each method may be called in a minute, as Slack documents its tiers; a message a second for a channel. */
const perMinute = { tier1: 1, tier2: 20, tier3: 50, tier4: 100 } as const

/** A method's tier. */
export type Tier = keyof typeof perMinute | 'post'

// "About one a second, short bursts are allowed."
const burst = 5

/** Counts calls, and says how long (s) to wait where one is too many; `faster` scales all of it. */
export function createRates(faster: number, now: () => number) {
  const calls = new Map<string, number[]>()
  const posts = new Map<string, { left: number; at: number }>()

  function post(of: string): number {
    const { left, at } = posts.get(of) ?? { left: burst, at: now() }
    const have = Math.min(burst, left + ((now() - at) / 1000) * faster)
    if (have < 1) return Math.max(1, Math.ceil((1 - have) / faster))
    posts.set(of, { left: have - 1, at: now() })
    return 0
  }

  return (tier: Tier, of: string): number => {
    if (tier === 'post') return post(of)
    const span = 60_000 / faster
    const recent = (calls.get(of) ?? []).filter(at => at > now() - span)
    calls.set(of, recent)
    if (recent.length >= perMinute[tier]) return Math.max(1, Math.ceil(((recent[0] as number) + span - now()) / 1000))
    recent.push(now())
    return 0
  }
}
