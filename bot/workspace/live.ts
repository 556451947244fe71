import type { PracticeMessage, PracticeStore } from '../../workflows/delivery.ts'
import { versionOf } from './message.ts'

/** A message that is new or was changed, with how many stand in its thread. */
export type News = { readonly message: PracticeMessage; readonly replies: number }

/** Tells open pages what is new, whoever wrote it: this process or another on the same database. */
export type Live = {
  /** Tells everything since that moment (epoch ms), then everything to come, some of it twice; the result ends it. */
  follow(since: number, tell: (news: readonly News[]) => void): Promise<() => void>
  /** Looks now, because something was just written here. */
  nudge(): void
  close(): void
}

const every = 400
/** Another process stamps a message before it commits it, so each look reaches back this far, in ms. */
const overlap = 10_000
const most = 2000

/** Starts looking for news in the store while anybody follows. */
export function createLive(store: PracticeStore, clock: () => number, failed: (error: unknown) => void): Live {
  const followers = new Set<(news: readonly News[]) => void>()
  let told = new Map<number, string>()
  let looked = 0
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let again = false

  async function look(): Promise<void> {
    const now = clock()
    const rows = await store.since(Math.min(looked, now) - overlap, most)
    looked = now
    const fresh = rows.filter(row => told.get(row.id) !== versionOf(row, 0))
    // What falls out of the window can never come again, so the map stays as small as the window.
    told = new Map(rows.map(row => [row.id, versionOf(row, 0)]))
    if (fresh.length === 0) return
    const news = await withThreads(store, fresh)
    for (const tell of followers) tell(news)
  }

  function nudge(): void {
    if (followers.size === 0) return
    if (looking) {
      again = true
      return
    }
    looking = look()
      .catch(failed)
      .finally(() => {
        looking = null
        if (again) {
          again = false
          nudge()
        }
      })
  }

  return {
    nudge,
    async follow(since, tell) {
      if (followers.size === 0) looked = clock()
      followers.add(tell)
      timer ??= setInterval(nudge, every).unref()
      tell(await withThreads(store, await store.since(since - overlap, most)))
      return () => {
        followers.delete(tell)
        if (followers.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
    close() {
      followers.clear()
      clearInterval(timer)
      timer = undefined
    },
  }
}

/** A new line in a thread also changes how its root looks, so the root is news too. */
async function withThreads(store: PracticeStore, rows: readonly PracticeMessage[]): Promise<News[]> {
  const known = new Map(rows.map(row => [row.id, row]))
  const missing = new Set(rows.flatMap(row => (row.thread === null || known.has(row.thread) ? [] : [row.thread])))
  for (const root of await Promise.all([...missing].map(id => store.get(id)))) if (root) known.set(root.id, root)
  const roots = [...known.values()].filter(row => row.thread === null).map(row => row.id)
  const counts = roots.length > 0 ? await store.threadCounts(roots) : new Map<number, number>()
  return [...known.values()]
    .sort((one, other) => one.id - other.id)
    .map(message => ({ message, replies: counts.get(message.id) ?? 0 }))
}
