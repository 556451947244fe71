import type { Outgoing, Platform, Target } from '../../bot/platform.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError } from '../../workflows/errors.ts'

/** A platform that fails before or after it did what it was asked, and counts what it really sent. */
export type Flaky = {
  readonly platform: Platform
  /** How many messages it really sent under each key. */
  readonly sent: ReadonlyMap<string, number>
  /** How often it fails from now on, 0 to 1, and whether it may refuse for good. */
  readonly fail: (rate: number, forGood?: boolean) => void
}

/**
 * Wraps a platform so that it fails as real ones do: it asks to wait, it is down, the line breaks before or after the
 * message was sent, it refuses for good. Unlike the practice workspace it does not know a key again.
 */
export function flaky(inner: Platform, roll: () => number): Flaky {
  const sent = new Map<string, number>()
  let rate = 0
  let refuses = false

  function before(): void {
    if (roll() >= rate) return
    const kind = roll()
    if (refuses && kind < 0.05) throw new PlatformError(inner.name, 'it is gone', { permanent: true })
    if (kind < 0.4) throw new PlatformError(inner.name, 'too many', { permanent: false, retryAfterMs: 2000 })
    if (kind < 0.7) throw new PlatformError(inner.name, 'it is down', { permanent: false })
    throw new Error('socket hang up')
  }

  function after(): void {
    if (roll() < rate) throw new Error('socket hang up')
  }

  const platform: Platform = {
    name: inner.name,
    capabilities: inner.capabilities,
    start: host => inner.start(host),
    stop: () => inner.stop(),
    async post(to: Target, message: Outgoing): Promise<MessageRef> {
      before()
      const ref = await inner.post(to, message)
      sent.set(message.key, (sent.get(message.key) ?? 0) + 1)
      after()
      return ref
    },
    async edit(message: MessageRef, to: Outgoing): Promise<void> {
      before()
      await inner.edit(message, to)
      after()
    },
    async find(to: Target, key: string, since: number): Promise<MessageRef | null> {
      before()
      return inner.find(to, key, since)
    },
  }
  return {
    platform,
    sent,
    fail: (often, forGood = false) => {
      rate = often
      refuses = forGood
    },
  }
}
