import type { Logger } from 'pino'
import type { Drawn } from './message.ts'
import { codeOf } from './problem.ts'
import type { Web } from './web.ts'

/** Where only one person is to see something: the room and thread they are in, and the address Slack gave for it. */
export type Spot = {
  readonly account: string
  readonly channel: string
  readonly thread: string | null
  readonly responseUrl: string | null
}

/**
 * Shows something to one person where they are; false where Slack has no way to (they are asked in no channel of the
 * hub). What is shown so is gone with the next reload: nothing may depend on it.
 */
export type Respond = (spot: Spot, drawn: Drawn) => Promise<boolean>

const timeoutMs = 5000
// Slack takes five answers at one address, within half an hour.
const mostUses = 5
const usableMs = 29 * 60_000
const mostUrls = 2000

/** Makes it; an address is used as often as Slack allows, after that the room is. */
export function createRespond(web: Web, clock: () => number, log: Logger): Respond {
  const uses = new Map<string, { count: number; readonly since: number }>()

  function mayUse(url: string): boolean {
    const use = uses.get(url) ?? { count: 0, since: clock() }
    const oldest = uses.size >= mostUrls ? uses.keys().next().value : undefined
    if (oldest !== undefined) uses.delete(oldest)
    uses.set(url, use)
    if (use.count >= mostUses || clock() - use.since > usableMs) return false
    use.count++
    return true
  }

  return async ({ account, channel, thread, responseUrl }, { text, blocks }) => {
    const shown = { text, ...(blocks.length > 0 ? { blocks } : {}), ...(thread === null ? {} : { thread_ts: thread }) }
    if (responseUrl && mayUse(responseUrl)) {
      if (await send(responseUrl, { response_type: 'ephemeral', replace_original: false, ...shown })) return true
    }
    try {
      await web.now('chat.postEphemeral', { channel, user: account, ...shown })
      return true
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'a private answer could not be shown in its room')
      return false
    }
  }
}

async function send(url: string, body: unknown): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
