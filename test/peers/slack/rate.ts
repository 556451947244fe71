/** How often each method may be called in a minute, as Slack documents its tiers; a message a second for a channel. */
const perMinute = { tier1: 1, tier2: 20, tier3: 50, tier4: 100 } as const

/** A method's tier. */
export type Tier = keyof typeof perMinute | 'post'

// "About one a second, short bursts are allowed", and "several hundred messages per minute" in a workspace.
const channel = { burst: 5, perSecond: 1 }
const workspace = { burst: 20, perSecond: 5 }

/** Counts calls, and says how long (s) to wait where one is too many; `faster` scales all of it. */
export function createRates(faster: number, now: () => number) {
  const calls = new Map<string, number[]>()
  const posts = new Map<string, { left: number; at: number }>()

  function post(of: string): number {
    const lines = [
      { of, ...channel },
      { of: 'workspace', ...workspace },
    ].map(line => {
      const { left, at } = posts.get(line.of) ?? { left: line.burst, at: now() }
      const rate = (line.perSecond * faster) / 1000
      return { of: line.of, rate, have: Math.min(line.burst, left + (now() - at) * rate) }
    })
    const short = lines.find(({ have }) => have < 1)
    if (short) return Math.max(1, Math.ceil((1 - short.have) / short.rate / 1000))
    for (const line of lines) posts.set(line.of, { left: line.have - 1, at: now() })
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
