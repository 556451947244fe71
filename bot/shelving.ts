import type { Store } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import { bulletinCode } from '../workflows/bulletin.ts'
import type { Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import { exportCode } from '../workflows/export/request.ts'
import type { LibraryChange } from '../workflows/library/deed.ts'
import { libraryPosts } from '../workflows/library/posts.ts'
import { type HandoutId, type MessengerId, makeLibraryId } from '../workflows/messenger.ts'
import type { Unit } from './transact.ts'

/** What comes of a deed for a prepared message or a messenger: what is kept, what it made, and who hears of it. */
export type Shelved = {
  readonly change: LibraryChange
  readonly made: MessengerId | HandoutId | null
  readonly posts: readonly Post[]
}

/** A fresh number for what such a deed makes; null for all else. */
export async function shelfNumber(action: Action, store: Pick<Store, 'nextNumber'>): Promise<number | null> {
  const letter = letterOf(action)
  return letter && store.nextNumber(letter)
}

/** What a unit of work makes of the library; null for all else. */
export function shelving(
  { action, actor, now }: Pick<Unit, 'action' | 'actor' | 'now'>,
  number: number | null,
  directory: Directory,
): Shelved | null {
  if (action.type !== 'library' || !actor) return null
  const letter = letterOf(action)
  const change: LibraryChange = { do: action.do, by: actor.id, at: now, number }
  const made = (letter === 'M' || letter === 'K') && number !== null ? makeLibraryId(letter, number) : null
  return { change, made, posts: libraryPosts(change, directory) }
}

function letterOf(action: Action): 'M' | 'K' | 'X' | 'U' | null {
  if (action.type === 'bulletin') return action.do.type === 'ask' ? bulletinCode : null
  if (action.type === 'export') return action.do.type === 'ask' ? exportCode : null
  if (action.type !== 'library') return null
  return action.do.type === 'add' ? 'M' : action.do.type === 'hand' ? 'K' : null
}
