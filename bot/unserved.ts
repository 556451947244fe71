import type { Store } from '../db/store.ts'
import { phrase } from '../workflows/phrase.ts'
import { notify } from './notice.ts'
import type { Platform } from './platform.ts'

/**
 * Tells coordinators, once a day (`now` in epoch ms), of rooms that stand on a chat tool which the hub is not connected
 * to: what goes there is shown to nobody. @returns whether anything is new
 */
export async function tellUnserved(platforms: readonly Platform[], store: Store, now: number): Promise<boolean> {
  const served = new Set(platforms.map(platform => platform.name))
  const rooms = store.roster.directory().rooms.filter(room => !served.has(room.platform))
  const day = new Date(now).toISOString().slice(0, 10)
  let told = false
  for (const [name, some] of Map.groupBy(rooms, room => room.platform)) {
    const what = phrase('host.unserved', { count: some.length, tool: phrase(`sight.tool-${name}`) })
    told = (await notify(`unserved:${name}:${day}`, what, store, now)) || told
  }
  return told
}
