import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { roomsFor } from '../workflows/directory.ts'
import type { Phrase } from '../workflows/phrase.ts'
import { plainView, type View } from '../workflows/view.ts'

/**
 * Tells the coordinators, in each of their rooms on every platform, once and for ever once under that key. `now` is
 * epoch ms. @returns whether anything is new @throws StoreError
 */
export async function notify(key: string, what: Phrase, store: Store, now: number): Promise<boolean> {
  const posts = await coordinatorPosts(`notice:${key}`, plainView([what]), store)
  return (await store.outbox.add(posts, now)) > 0
}

/** What has to be posted so that the coordinators read this view; a key makes it once, however often it is asked. */
export async function coordinatorPosts(key: string, view: View, { roster }: Store): Promise<readonly Post[]> {
  return roomsFor(roster.directory(), 'coordination').map(
    (room): Post => ({
      key: `${key}:${room.id}`,
      to: { room: room.id },
      incident: null,
      thread: false,
      lane: 'claim',
      view,
    }),
  )
}
