import { bulletinPosts } from '../workflows/bulletin/posts.ts'
import { type BulletinChange, bulletinFor, makeBulletinId } from '../workflows/bulletin.ts'
import type { Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import type { Unit } from './transact.ts'

/** What comes of a deed about a summary that is to leave the network: what is kept, and who hears of it. */
export type Bulletining = { readonly change: BulletinChange; readonly posts: readonly Post[] }

/** What a unit of work makes of a bulletin, `number` being that of a new one; null for all else. */
export function bulletining(
  { action, actor, now }: Pick<Unit, 'action' | 'actor' | 'now'>,
  number: number | null,
  directory: Directory,
): Bulletining | null {
  if (action.type !== 'bulletin' || !actor) return null
  const made = action.do.type === 'ask' && number !== null ? makeBulletinId(number) : null
  const change: BulletinChange = { do: action.do, by: actor.id, at: now, made, until: now + bulletinFor }
  return { change, posts: bulletinPosts(change, directory) }
}
