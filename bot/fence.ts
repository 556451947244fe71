import type { MessageRef } from '../workflows/delivery.ts'
import { PlatformError } from '../workflows/errors.ts'
import type { Platform } from './platform.ts'

/**
 * The platform, on which nothing new is begun any more once `mayStart` says no, as when the process was stopped for so
 * long that another may be sending the same: then posts, edits and removals fail at once and surely did nothing.
 */
export function fenced(platform: Platform, mayStart: () => boolean): Platform {
  async function inTurn<T>(begin: () => Promise<T>): Promise<T> {
    if (!mayStart()) throw new PlatformError(platform.name, turnOver, { permanent: false, retryAfterMs: 0 })
    return begin()
  }
  const { remove } = platform
  return {
    ...platform,
    post: (to, message) => inTurn(() => platform.post(to, message)),
    edit: (message, to) => inTurn(() => platform.edit(message, to)),
    ...(remove ? { remove: (message: MessageRef) => inTurn(() => remove(message)) } : {}),
  }
}

/** Why something that was in hand was not tried. */
export const turnOver = 'its turn was over'
