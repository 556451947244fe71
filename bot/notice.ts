import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { roomsFor } from '../workflows/directory.ts'
import type { Phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'

/**
 * Tells the coordinators, in each of their rooms on every platform, once and for ever once under that key. `now` is
 * epoch ms. @returns whether anything is new @throws StoreError
 */
export async function notify(key: string, what: Phrase, store: Store, now: number): Promise<boolean> {
  const posts = roomsFor(store.roster.directory(), 'coordination').map(
    (room): Post => ({
      key: `notice:${key}:${room.id}`,
      to: { room: room.id },
      incident: null,
      thread: false,
      lane: 'claim',
      view: plainView([what]),
    }),
  )
  return (await store.outbox.add(posts, now)) > 0
}
