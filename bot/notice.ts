import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { coordinatorsOf, type Directory, networkCoordinators, type Person, roomsFor } from '../workflows/directory.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Phrase } from '../workflows/phrase.ts'
import { plainView, type View } from '../workflows/view.ts'
import { readBlackout } from './blackout.ts'

/**
 * Tells the coordinators, in each of their rooms on every platform, once and for ever once under that key. `now` is
 * epoch ms. @returns whether anything is new @throws StoreError
 */
export async function notify(key: string, what: Phrase, store: Store, now: number): Promise<boolean> {
  const posts = await coordinatorPosts(`notice:${key}`, plainView([what]), store)
  return (await store.outbox.add(posts, now)) > 0
}

/**
 * What has to be posted so that the coordinators read this view; a key makes it once, however often it is asked. Where
 * none of their rooms takes anything now, it goes to each of them too, on the tools that can be reached.
 */
export async function coordinatorPosts(key: string, view: View, store: Store): Promise<readonly Post[]> {
  const directory = store.roster.directory()
  const rooms = roomsFor(directory, 'coordination')
  const said = { incident: null, thread: false, lane: 'claim', view } as const
  const posts = rooms.map((room): Post => ({ key: `${key}:${room.id}`, to: { room: room.id }, ...said }))
  const down = await downNow(directory, store.memory)
  const closed = new Set((await store.stuck.closed(rooms.map(room => room.id))).map(room => room.room))
  if (rooms.length === 0 || rooms.some(room => !closed.has(room.id) && !down.has(room.platform))) return posts
  return [
    ...posts,
    ...whoCoordinates(directory).flatMap(person =>
      person.accounts
        .filter(own => !down.has(own.platform))
        .map((own): Post => ({ key: `${key}:${own.id}`, to: { account: own.id }, ...said, anytime: true })),
    ),
  ]
}

function whoCoordinates(directory: Directory): readonly Person[] {
  const all = networkCoordinators(directory)
  return all.length > 0 ? all : directory.regions.flatMap(({ code }) => coordinatorsOf(directory, code))
}

async function downNow({ rooms, people }: Directory, memory: Store['memory']): Promise<ReadonlySet<PlatformName>> {
  const accounts = [...people.values()].flatMap(person => person.accounts)
  const names = [...new Set([...rooms, ...accounts].map(one => one.platform))]
  const found = await Promise.all(names.map(async name => ((await readBlackout(name, memory)) ? name : null)))
  return new Set(found.filter(name => name !== null))
}
