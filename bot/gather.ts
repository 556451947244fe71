import type { Gathering } from '../db/notices.ts'
import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { gatheredView, overduePosts } from '../workflows/gathered.ts'
import type { Incident } from '../workflows/incident.ts'
import { digestAfter, digestAt } from '../workflows/talk.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'

type Tools = { readonly store: Store; readonly taxonomy: Taxonomy; readonly clock: () => number }

const batch = 500

/**
 * Tells everybody in one list what came too thick to be told one by one, as it stands now; each list goes out once,
 * whatever dies. True if there may be more.
 */
export async function tellGathered({ store, taxonomy, clock }: Tools): Promise<boolean> {
  const due = await store.notices.due(clock(), batch)
  for (const gathering of due) {
    const list = await listOf(gathering, store, taxonomy)
    await store.notices.told(gathering, list, clock())
  }
  return due.length > 0
}

/**
 * Makes one message of the lines that have waited in a thread for their time, or are many by now; each goes out once,
 * whatever dies. True if there was one.
 */
export async function tellDigests({ store, clock }: Omit<Tools, 'taxonomy'>): Promise<boolean> {
  const due = await store.digests.due(clock() - digestAfter, digestAt, batch)
  for (const digest of due) await store.digests.tell(digest, clock())
  return due.length > 0
}

/** Reminds the rooms where reports are checked of those that have waited for long. Gives how many posts were new. */
export async function remindQueue({ store, clock }: Omit<Tools, 'taxonomy'>): Promise<number> {
  const standing = await store.triage.standing()
  if (!standing) return 0
  const posts = overduePosts(standing, store.roster.directory(), clock())
  return posts.length === 0 ? 0 : store.outbox.add(posts, clock())
}

async function listOf(
  { account, dueAt, incidents }: Gathering,
  store: Store,
  taxonomy: Taxonomy,
): Promise<Post | null> {
  const directory = store.roster.directory()
  const person = [...directory.people.values()].find(one => one.accounts.some(own => own.id === account))
  const own = person?.accounts.find(one => one.id === account)
  if (!person || !own) return null
  const found: Incident[] = []
  for (const id of incidents) {
    const known = await store.incidents.find(id)
    if (known) found.push(known.incident)
  }
  const view = gatheredView(found, person, own, { directory, taxonomy })
  if (!view) return null
  return { key: `gathered:${account}:${dueAt}`, to: { account }, incident: null, thread: false, lane: 'S4', view }
}
