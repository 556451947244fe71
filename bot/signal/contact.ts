import { type FirstContacts, firstContacts } from '../../workflows/broadcast/preview/pace.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { Memory } from '../platform.ts'

/**
 * Whom the hub writes with. Signal takes an account that writes to many strangers for a sender of junk and shuts it
 * out for weeks, so few are written to first; whoever has written to the hub is no stranger.
 */
export type Contacts = {
  /** They wrote to the hub by themselves. */
  readonly met: (account: string) => Promise<void>
  /** Counts them among those written to first, unless they are known. @throws PlatformError that says when it may be */
  readonly begin: (account: string, urgent: boolean) => Promise<void>
}

const hour = 3_600_000
const day = 24 * hour

const latest = 'first-contacts'
const mostKnown = 5000

/** Makes it over what the platform remembers; `faster`: how many times sooner than usual more may be written to. */
export function createContacts(memory: Memory, clock: () => number, faster = 1): Contacts {
  const known = new Set<string>()
  let firsts: readonly number[] | null = null

  async function isKnown(account: string): Promise<boolean> {
    if (known.has(account)) return true
    if ((await memory.get(keyOf(account))) === null) return false
    remember(account)
    return true
  }

  function remember(account: string): void {
    const [oldest] = known
    if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest)
    known.add(account)
  }

  async function keep(account: string): Promise<void> {
    await memory.set(keyOf(account), '1', account)
    remember(account)
  }

  async function lately(): Promise<readonly number[]> {
    firsts ??= JSON.parse((await memory.get(latest)) ?? '[]') as number[]
    return firsts.filter(at => at > clock() - day / faster)
  }

  return {
    async met(account) {
      if (!(await isKnown(account))) await keep(account)
    },
    async begin(account, urgent) {
      if (await isKnown(account)) return
      const [now, all] = [clock(), await lately()]
      const wait = waitOf(all, firstContacts[urgent ? 'alarm' : 'calm'], now, faster)
      if (wait > 0) throw tooMany(wait)
      firsts = [...all, now]
      await memory.set(latest, JSON.stringify(firsts))
      await keep(account)
    },
  }
}

function waitOf(all: readonly number[], most: FirstContacts, now: number, faster: number): number {
  const after = (count: number, ms: number) => {
    const at = all.at(-count)
    return at === undefined ? 0 : at + ms / faster - now
  }
  return Math.ceil(Math.max(0, after(1, most.apart), after(most.anHour, hour), after(most.aDay, day)))
}

function tooMany(wait: number): PlatformError {
  const words = 'on Signal the hub writes first to few people an hour: ask them to write to it'
  return new PlatformError('signal', words, { permanent: false, retryAfterMs: wait })
}

function keyOf(account: string): string {
  return `met:${account}`
}
