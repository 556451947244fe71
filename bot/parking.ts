import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import type { AccountId, PersonId, PlatformName } from '../workflows/ids.ts'
import { parkedItem, unworkedView } from '../workflows/parked.ts'
import type { Whose } from './platform.ts'

/** Something that was kept under a key and cannot be worked on; `whose` is null where nobody can tell. */
export type Lost = {
  readonly key: string
  readonly receivedAt: number
  readonly platform: PlatformName
  readonly whose: Whose | null
}

type Tools = { readonly store: Store; readonly now: number }
type Sender = { readonly person: PersonId; readonly account: AccountId }

// A report of theirs that is no older says whether they want to be written to.
const recently = 7 * 24 * 60 * 60_000

/**
 * Lays it aside with all its words, where coordinators see that it lies there; whoever sent it is told so once, where
 * they wrote it, unless they asked not to be written to. All or nothing. @throws StoreError
 */
export async function park(lost: Lost, reason: string, { store, now }: Tools): Promise<void> {
  const sender = await senderOf(lost, store)
  const id = store.parked.idOf(lost.key)
  const told = sender && (await mayHear(sender.person, store, now)) ? [wordTo(sender, id, lost, now)] : []
  const to = sender && { account: sender.account }
  const about = { to, incident: null, item: parkedItem({ id }), reason } as const
  const setback = { key: `unread:${id}:${now}`, kind: 'unread', ...about } as const
  await store.parked.park(lost.key, { reason, person: sender?.person ?? null, posts: told, setback }, now)
}

/** Whether somebody may be written to late: their latest reports all allow it. */
export async function mayHear(person: PersonId, { incidents }: Store, now: number): Promise<boolean> {
  const since = now - recently
  const own = await incidents.list({ regions: 'all', viewer: person, reporter: person, since, limit: 10 })
  return own.items.every(incident => incident.reporter !== person || incident.contact === 'yes')
}

function wordTo({ person, account }: Sender, id: string, { receivedAt, whose }: Lost, now: number): Post {
  return {
    ...{ key: `unread:${id}:${now}`, to: { account }, incident: null, thread: false, lane: 'claim', anytime: true },
    view: unworkedView({ id, at: receivedAt }, whose?.words ?? ''),
    author: person,
  }
}

async function senderOf({ platform, whose }: Lost, { roster }: Store): Promise<Sender | null> {
  if (!whose) return null
  const found =
    (await roster.whose(platform, whose.account)) ??
    (whose.also === undefined ? null : await roster.whose(platform, whose.also))
  return found && roster.directory().people.has(found.person) ? found : null
}
