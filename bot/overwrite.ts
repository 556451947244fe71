import type { DueRecall } from '../db/recalls.ts'
import { PlatformError } from '../workflows/errors.ts'
import type { Outgoing, Platform } from './platform.ts'

/**
 * Has a message show this instead; where it cannot be edited, or not any more, and its words must go, it is taken away.
 * @throws PlatformError
 */
export async function overwrite(
  { message, sentAt, reason, post }: DueRecall,
  outgoing: Outgoing,
  platform: Platform,
  now: number,
): Promise<'edited' | 'removed'> {
  const old = now - (sentAt ?? now) >= platform.capabilities.edits.within
  try {
    if (old) throw new PlatformError(platform.name, 'the message is too old to be changed', { permanent: true })
    await platform.edit(message, outgoing)
    return 'edited'
  } catch (error) {
    // A receipt says nothing that must go. A line whose words were changed stays too: the newer ones are said below.
    // A former card that shows what was is taken away: its thread outlives it, and the new one leads there.
    const line = reason === 'reworded' && !post?.startsWith('digest:')
    if (reason === 'receipt' || reason === 'renamed' || line || !platform.remove) throw error
    if (!(error instanceof PlatformError) || !error.permanent) throw error
    await platform.remove(message)
    return 'removed'
  }
}
