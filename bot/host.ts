import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { roomsFor } from '../workflows/directory.ts'
import type { PlatformName } from '../workflows/ids.ts'
import { plainView } from '../workflows/view.ts'
import { lead } from './lead.ts'
import type { Host, Memory, Raw, Receive } from './platform.ts'

/** What hosts are made of; `clock` gives epoch ms, `holder` names this process in leases, `wake` follows a commit. */
export type HostOptions = {
  readonly store: Store
  readonly receive: Receive
  readonly keep: (platform: PlatformName, raw: Raw) => Promise<void>
  readonly memory: (platform: PlatformName) => Memory
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Pick<Logger, 'warn'>
}

/** Makes what the hub does for the platform of that name. */
export function createHost(name: PlatformName, options: HostOptions): Host {
  const { store, receive, clock, holder, wake, log } = options
  return {
    receive,
    keep: raw => options.keep(name, raw),
    rooms: () => store.roster.directory().rooms.filter(room => room.platform === name),
    threads: async () => [],
    memory: options.memory(name),
    suggest: async () => [],
    async notice(key, what) {
      const rooms = roomsFor(store.roster.directory(), 'coordination')
      const posts = rooms.map(
        (room): Post => ({
          key: `notice:${key}:${room.id}`,
          to: { room: room.id },
          incident: null,
          thread: false,
          lane: 'claim',
          view: plainView([what]),
        }),
      )
      await store.outbox.add(posts, clock())
      wake()
    },
    lead: (task, work, until) => lead(`${name}:${task}`, work, until, { leases: store.leases, holder, log }),
  }
}
