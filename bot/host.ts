import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import type { PlatformName, RoomId } from '../workflows/ids.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { tellAway } from './away.ts'
import type { Intake } from './intake.ts'
import { lead } from './lead.ts'
import { notify } from './notice.ts'
import type { Host, Receive } from './platform.ts'
import { suggest } from './suggest.ts'
import { createTurnstile } from './turnstile.ts'

/** What hosts are made of; `clock` gives epoch ms, `holder` names this process in leases, `wake` follows a commit. */
export type HostOptions = {
  readonly store: Store
  readonly receive: Receive
  readonly intake: Pick<Intake, 'keep'>
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Pick<Logger, 'warn'>
  /** Hears whether this process leads that platform, or stands by. */
  readonly turn: (platform: PlatformName, mine: boolean) => void
}

// What was resolved is closed a day later.
const resolvedMs = 2 * 24 * 60 * 60_000
const mostThreads = 500
// Of what people wrote in open incidents so much is looked at again after an absence.
const lookedAtMs = 7 * 24 * 60 * 60_000
const mostSpoken = 500

/** Makes what the hub does for the platform of that name. */
export function createHost(name: PlatformName, options: HostOptions): Host {
  const { store, receive, intake, taxonomy, clock, holder, wake, log } = options
  const rooms = () => store.roster.directory().rooms.filter(room => room.platform === name)
  return {
    receive,
    keep: raw => intake.keep(name, raw),
    rooms,
    threads() {
      const ids: readonly RoomId[] = rooms().map(room => room.id)
      return store.cards.standing(ids, clock() - resolvedMs, mostThreads)
    },
    memory: {
      get: key => store.memory.get(name, key),
      set: (key, value, account) => store.memory.set(name, key, value, clock(), account),
    },
    receipts: {
      posted: (key, messages) => store.sightings.posted(name, key, messages, clock()),
      count: seen => store.sightings.count(name, seen, clock()),
      async arrived(key, message) {
        const settled = await store.sightings.arrived(key, message, clock())
        if (settled) wake()
        return settled
      },
    },
    suggest: (origin, typed) => suggest(origin, typed, { store, taxonomy, now: clock() }),
    async notice(key, what) {
      if (await notify(key, what, store, clock())) wake()
    },
    async away(gap) {
      if (await tellAway(name, gap, store, clock())) wake()
    },
    spoken: () => store.utterances.standing(name, clock() - lookedAtMs, mostSpoken),
    async gone(message) {
      if (await store.cards.lost(name, message, clock())) wake()
    },
    async alone(task, work, until) {
      const done = new AbortController()
      const failed: unknown[] = []
      const once = async (signal: AbortSignal) => {
        await work(signal).catch(error => failed.push(error))
        // Where only the lease was lost it begins anew.
        if (!signal.aborted || failed.length > 0) done.abort()
      }
      const over = AbortSignal.any([until, done.signal])
      await lead(`${name}:${task}`, once, over, { leases: store.leases, holder, log })
      if (failed.length > 0) throw failed[0]
    },
    single: createTurnstile({ leases: store.leases, name: `single:${name}`, holder }),
    lead(task, work, until) {
      const turn = (mine: boolean) => options.turn(name, mine)
      return lead(`${name}:${task}`, work, until, { leases: store.leases, holder, log, turn })
    },
  }
}
