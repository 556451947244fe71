import { Routes } from 'discord.js'
import type { Told } from './catch-up.ts'
import type { Rest } from './rest.ts'
import { isLater, momentOf } from './seen.ts'

/** A thread that was put away; the gateway tells of none of them. */
export type Archived = Told & { readonly thread_metadata?: { readonly archive_timestamp?: string } }

const pageful = 100
const mostPages = 5

/**
 * The public threads of a channel that were put away after that message was written, the latest first, at most 500;
 * none where nothing was ever heard. Rejects as discord.js does.
 */
export async function archivedThreads(
  channel: string,
  since: string | null,
  { rest, stopping }: { readonly rest: Rest; readonly stopping: AbortSignal },
): Promise<readonly Archived[]> {
  const found: Archived[] = []
  let before = ''
  for (let page = 0; since !== null && page < mostPages && !stopping.aborted; page++) {
    const query = { limit: pageful, ...(before === '' ? {} : { before }) }
    const route = Routes.channelThreads(channel, 'public')
    const { threads = [], has_more: more } = await rest.get<{ threads?: Archived[]; has_more?: boolean }>(route, {
      query,
    })
    const fresh = threads.filter(one => Date.parse(archivedAt(one)) >= momentOf(since))
    found.push(...fresh.filter(({ last_message_id: last }) => last && isLater(last, since)))
    before = archivedAt(threads.at(-1))
    if (!more || before === '' || fresh.length < threads.length) break
  }
  return found
}

function archivedAt(thread: Archived | undefined): string {
  return thread?.thread_metadata?.archive_timestamp ?? ''
}
