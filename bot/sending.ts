import type { MessageRef } from '../workflows/delivery.ts'
import { type PlatformError, reasonOf } from '../workflows/errors.ts'
import { phrase } from '../workflows/phrase.ts'
import type { View } from '../workflows/view.ts'
import { type Desk, Unsettled } from './outcome.ts'
import type { Outgoing, Target } from './platform.ts'

/** A message that stands, and whether it was found rather than sent. */
export type Standing = { readonly ref: MessageRef; readonly found: boolean }

/**
 * Sends a message, or finds the one that an earlier try has sent (no earlier than `tried`, epoch ms; null: there was
 * none) where the platform can look it up. An answer that comes too late goes to `late`.
 * @throws PlatformError, Unsettled
 */
export async function sendOnce(
  to: Target,
  message: Outgoing,
  tried: number | null,
  desk: Desk,
  late: (ref: MessageRef) => Promise<void>,
): Promise<Standing> {
  const { platform, sendMs } = desk
  if (tried !== null && platform.capabilities.lookup) {
    const found = await lookUp(to, message.key, tried, desk)
    if (found) return { ref: found, found: true }
  }
  return { ref: await inTime(platform.post(to, message), sendMs, late), found: false }
}

/**
 * What the platform answers within so many ms. What comes later goes to `late`. @throws Unsettled when nothing came in
 * time
 */
export async function inTime<T>(
  work: Promise<T>,
  ms: number,
  late: (value: T) => Promise<void> = async () => {},
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over = true
      reject(new Unsettled('no answer came in time'))
    }, ms)
  })
  work.then(value => (over ? late(value) : undefined)).catch(() => {})
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}

/** The view with a first line that says why it may come twice. */
export function perhapsTwice(view: View): View {
  return { ...view, lines: [{ type: 'note', text: phrase('delivery.twice') }, ...view.lines] }
}

/**
 * The message that was sent under that key since then (epoch ms), or null. A look-up that fails has settled nothing,
 * whatever the platform says of it. @throws Unsettled
 */
export async function lookUp(
  to: Target,
  key: string,
  since: number,
  { platform, sendMs }: Desk,
): Promise<MessageRef | null> {
  try {
    return await inTime(platform.find(to, key, since), sendMs)
  } catch (error) {
    throw new Unsettled(reasonOf(error), (error as Partial<PlatformError>).retryAfterMs)
  }
}
