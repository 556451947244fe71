import type { Store, StoreTx } from '../db/store.ts'
import { ConflictError, InputError, PlatformError, RuleError, StoreError } from '../workflows/errors.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Meter } from '../workflows/meter.ts'
import type { Host, Platform } from './platform.ts'

/** When a chat tool was last heard from and written to, in this process (epoch ms). */
export type LastSeen = { readonly heardAt: number | null; readonly sentAt: number | null }

/** Counts what passes between the hub, its chat tools and its database. */
export type Traffic = {
  /** The host, which notes what is heard through it. */
  readonly host: (name: PlatformName, host: Host) => Host
  /** The platform, which notes what is sent through it. */
  readonly platform: (platform: Platform) => Platform
  /** The store, which notes its commits. */
  readonly store: (store: Store) => Store
  readonly lastSeen: (name: PlatformName) => LastSeen
}

/** What counting needs; `clock` gives epoch ms, `stopwatch` ms from anywhere. */
export type TrafficOptions = {
  readonly meter: Meter
  readonly clock: () => number
  readonly stopwatch: () => number
}

/** Makes the counting; it changes nothing of what passes. */
export function createTraffic({ meter, clock, stopwatch }: TrafficOptions): Traffic {
  const heard = new Map<PlatformName, number>()
  const sent = new Map<PlatformName, number>()

  async function timed<T>(run: () => Promise<T>, done: (seconds: number, error: unknown, value?: T) => void) {
    const begun = stopwatch()
    try {
      const value = await run()
      done((stopwatch() - begun) / 1000, null, value)
      return value
    } catch (error) {
      done((stopwatch() - begun) / 1000, error ?? new Error('rejected with nothing'))
      throw error
    }
  }

  return {
    host: (name, host) => ({
      ...host,
      keep(raw) {
        heard.set(name, clock())
        return host.keep(raw)
      },
      receive(interaction) {
        heard.set(name, clock())
        const { type } = interaction
        return timed(
          () => host.receive(interaction),
          (seconds, _, answer) => {
            meter.count('interactions', { platform: name, type, outcome: answer?.reply.type ?? 'failed' })
            meter.time('answer', seconds, { platform: name })
          },
        )
      },
    }),

    platform(platform) {
      const { name, remove } = platform
      const sends = <T>(what: string, run: () => Promise<T>) =>
        timed(run, (seconds, error) => {
          if (error === null) sent.set(name, clock())
          meter.count('sends', { platform: name, what, outcome: error === null ? 'sent' : failureOf(error) })
          meter.time('send', seconds, { platform: name })
        })
      return {
        ...platform,
        post: (to, message) => sends('post', () => platform.post(to, message)),
        edit: (message, to) => sends('edit', () => platform.edit(message, to)),
        ...(remove ? { remove: message => sends('remove', () => remove(message)) } : {}),
      }
    },

    store: store => ({
      ...store,
      transaction<T>(run: (tx: StoreTx) => Promise<T>) {
        let reports = 0
        const counting = (tx: StoreTx) => {
          // It may be run again.
          reports = 0
          return run({
            ...tx,
            commit(commit) {
              reports += commit.incidents.filter(change => change.before === null).length
              return tx.commit(commit)
            },
          })
        }
        return timed(
          () => store.transaction(counting),
          (seconds, error) => {
            meter.time('commit', seconds, { outcome: error === null ? 'kept' : commitFailureOf(error) })
            if (error === null && reports > 0) meter.count('reports', {}, reports)
          },
        )
      },
    }),

    lastSeen: name => ({ heardAt: heard.get(name) ?? null, sentAt: sent.get(name) ?? null }),
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof PlatformError)) return 'failed'
  if (error.permanent) return error.because ?? 'refused'
  return error.retryAfterMs === undefined ? 'failed' : 'later'
}

function commitFailureOf(error: unknown): string {
  if (error instanceof ConflictError) return 'conflict'
  if (error instanceof RuleError || error instanceof InputError) return 'refused'
  return error instanceof StoreError ? error.reason : 'failed'
}
