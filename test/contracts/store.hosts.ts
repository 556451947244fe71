import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createIntake } from '../../bot/intake.ts'
import { lead } from '../../bot/lead.ts'
import type { Platform, Raw } from '../../bot/platform.ts'
import type { Store } from '../../db/store.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const quiet = { warn: () => {}, error: () => {} }

/** What the hub does for platforms with a store that several processes share. */
export function hostTests(scene: () => Scene): void {
  describe('what only one process may do', () => {
    test('is done by one of two at a time, and goes on in the other when the first one stops', async () => {
      const stores = [scene().store, await scene().place.again()]
      const ends = stores.map(() => new AbortController())
      let now = 0
      let most = 0
      const runs: number[] = []
      const leading = stores.map(({ leases }, who) => {
        const task = async (signal: AbortSignal) => {
          runs.push(who)
          most = Math.max(most, ++now)
          await pause(60_000, undefined, { signal }).catch(() => {})
          now -= 1
        }
        return lead('gateway', task, (ends[who] as AbortController).signal, {
          leases,
          holder: `process ${who}`,
          log: quiet,
          leaseMs: 400,
        })
      })
      await expect.poll(() => runs.length).toBe(1)
      const first = runs[0] as 0 | 1
      // Longer than the lease: it is renewed.
      await pause(700)
      expect(runs).toEqual([first])
      ends[first]?.abort()
      await leading[first]
      await expect.poll(() => runs, { timeout: 5000 }).toEqual([first, 1 - first])
      ends[1 - first]?.abort()
      await Promise.all(leading)
      expect([most, now]).toEqual([1, 0])
    })

    test('is taken over once the lease of one that died has run out', async () => {
      const { leases } = scene().store
      const end = new AbortController()
      expect(await leases.hold('gateway', 'dead', 600)).toBe(true)
      const died = performance.now()
      const begun = Promise.withResolvers<number>()
      const turns: boolean[] = []
      const task = async (signal: AbortSignal) => {
        begun.resolve(performance.now() - died)
        await pause(60_000, undefined, { signal }).catch(() => {})
      }
      const turn = (mine: boolean) => void turns.push(mine)
      const leading = lead('gateway', task, end.signal, { leases, holder: 'heir', log: quiet, leaseMs: 200, turn })
      expect(await begun.promise).toBeGreaterThan(550)
      expect([turns[0], turns.at(-1)]).toEqual([false, true])
      end.abort()
      await leading
      expect(await leases.hold('gateway', 'next', 10)).toBe(true)
    })

    test('is let go of before anybody else can have it, when the lease can no longer be renewed', async () => {
      const { leases } = scene().store
      const end = new AbortController()
      let dead = false
      const cut = {
        ...leases,
        hold: async (...asked: Parameters<typeof leases.hold>) => {
          if (dead) throw new Error('the database is gone')
          return leases.hold(...asked)
        },
      }
      const begun = Promise.withResolvers<void>()
      const over = Promise.withResolvers<boolean>()
      const task = async (signal: AbortSignal) => {
        begun.resolve()
        await pause(60_000, undefined, { signal }).catch(() => {})
        over.resolve(await leases.hold('gateway', 'successor', 10))
      }
      const leading = lead('gateway', task, end.signal, { leases: cut, holder: 'first', log: quiet, leaseMs: 1_000 })
      await begun.promise
      dead = true
      expect(await over.promise).toBe(false)
      end.abort()
      await leading
    })

    test('begins anew after it failed', async () => {
      const { leases } = scene().store
      const end = new AbortController()
      let runs = 0
      const task = async (signal: AbortSignal) => {
        if (++runs === 1) throw new Error('no')
        await pause(60_000, undefined, { signal }).catch(() => {})
      }
      const leading = lead('gateway', task, end.signal, { leases, holder: 'only', log: quiet, leaseMs: 100 })
      await expect.poll(() => runs).toBe(2)
      end.abort()
      await leading
    })
  })

  describe('what platforms hear', () => {
    /** One process: its intake, and what its platform was handed, in order. */
    function process(store: Store, handle: (raw: Raw) => Promise<void> = async () => {}) {
      let now = noon
      const handed: string[] = []
      const slack = {
        name: 'slack',
        handle: async (raw: Raw) => {
          handed.push(raw.key)
          await handle(raw)
        },
      } as Platform
      const intake = createIntake({
        store,
        platforms: () => [slack],
        clock: () => now,
        log: quiet,
        slowMs: 200,
      })
      return {
        intake,
        handed,
        told: () => store.setbacks.untold(10),
        pass: (ms: number) => {
          now += ms
        },
        work: async () => {
          const due = await store.inbox.due(now, 60_000, 20)
          for (const left of due) expect(intake.again(left)).toBe(true)
          return due.length
        },
        /** Waits until nothing is in hand. */
        idle: () => expect.poll(() => intake.room()).toBe(500),
        left: async () => (await store.inbox.due(now + 1e9, 1, 100)).length,
      }
    }

    const raw = (key: string, order?: string): Raw => ({ key, body: `body of ${key}`, ...(order ? { order } : {}) })

    test('is handed over once, in the order it was kept, and is gone from there once it was handled', async () => {
      const bodies: string[] = []
      const one = process(scene().store, async ({ body }) => void bodies.push(body))
      const keys = Array.from({ length: 40 }, (_, n) => `m${n}`)
      for (const delivery of [keys, keys]) await Promise.all(delivery.map(key => one.intake.keep('slack', raw(key))))
      await one.idle()
      expect(one.handed).toEqual(keys)
      expect(bodies[3]).toBe('body of m3')
      expect(await one.left()).toBe(0)
      expect(await scene().store.inbox.answer('raw:slack:m3')).toBeNull()
    })

    test('by two processes at once is handled by one of them', async () => {
      const one = process(scene().store)
      const other = process(await scene().place.again())
      const keys = Array.from({ length: 30 }, (_, n) => `m${n}`)
      const hear = async ({ intake }: typeof one) => {
        for (const key of keys) await intake.keep('slack', raw(key))
      }
      await Promise.all([hear(one), hear(other)])
      await one.idle()
      await other.idle()
      expect([...one.handed, ...other.handed].toSorted()).toEqual(keys.toSorted())
      expect(await one.left()).toBe(0)
    })

    test('of one order waits for its turn, and not for that of another', async () => {
      const gate = Promise.withResolvers<void>()
      const one = process(scene().store, ({ key }) => (key === 'a1' ? gate.promise : Promise.resolve()))
      await one.intake.keep('slack', raw('a1', 'a'))
      await one.intake.keep('slack', raw('a2', 'a'))
      await one.intake.keep('slack', raw('b1', 'b'))
      await expect.poll(() => one.handed).toEqual(['a1', 'b1'])
      gate.resolve()
      await expect.poll(() => one.handed).toEqual(['a1', 'b1', 'a2'])
      await one.intake.stop()
    })

    test('is left to another process when this one dies, never to two at once', async () => {
      const other = await scene().place.again()
      const dies = process(scene().store, () => new Promise(() => {}))
      const lives = process(other)
      for (const key of ['1', '2', '3']) await dies.intake.keep('slack', raw(key))
      await expect.poll(() => dies.handed).toEqual(['1'])
      lives.pass(8_000)
      expect(await lives.work()).toBe(0)
      // Still at it.
      dies.pass(6_000)
      await dies.intake.renew()
      lives.pass(6_000)
      expect(await lives.work()).toBe(0)
      // Dead: it says so no more.
      lives.pass(5_000)
      expect(await lives.work()).toBe(3)
      await lives.idle()
      expect(lives.handed).toEqual(['1', '2', '3'])
      expect(await lives.left()).toBe(0)
    })

    test('that waits its turn goes to the next process at once when this one stops', async () => {
      const gate = Promise.withResolvers<void>()
      const stops = process(scene().store, () => gate.promise)
      const next = process(await scene().place.again())
      for (const key of ['1', '2', '3']) await stops.intake.keep('slack', raw(key))
      const stopped = stops.intake.stop()
      gate.resolve()
      await stopped
      expect(stops.handed).toEqual(['1'])
      expect(await next.work()).toBe(2)
      await next.idle()
      expect(next.handed).toEqual(['2', '3'])
    })

    test('is handed over again after a failure, ever later, and given up aloud in the end', async () => {
      const one = process(scene().store, () => Promise.reject(new Error('no')))
      await one.intake.keep('slack', raw('1'))
      let tries = 1
      for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
        await one.idle()
        one.pass(600_000)
        tries += await one.work()
      }
      await one.intake.stop()
      expect(one.handed).toHaveLength(tries)
      expect(tries).toBe(9)
      expect(await one.told()).toMatchObject([{ kind: 'unread', to: null }])
      expect(await one.left()).toBe(0)
    })

    test('waits as long as the platform asks, and is given up at once where it is refused for good', async () => {
      const refusals = [{ permanent: false, retryAfterMs: 90_000 }, { permanent: true }]
      const one = process(scene().store, () => {
        throw new PlatformError('slack', 'no', refusals.shift() ?? { permanent: false })
      })
      await one.intake.keep('slack', raw('1'))
      await one.idle()
      one.pass(89_000)
      expect(await one.work()).toBe(0)
      one.pass(1_001)
      expect(await one.work()).toBe(1)
      await one.idle()
      expect(await one.told()).toMatchObject([{ kind: 'unread', to: null }])
      expect(await one.left()).toBe(0)
    })

    test('does not stand in the way of the next one for ever', async () => {
      const one = process(scene().store, ({ key }) => (key === '1' ? new Promise(() => {}) : Promise.resolve()))
      await one.intake.keep('slack', raw('1'))
      await one.intake.keep('slack', raw('2'))
      await expect.poll(() => one.handed).toEqual(['1', '2'])
      await one.idle()
      expect(await one.left()).toBe(1)
    })

    test('is refused, and told to nobody, where it cannot be kept', async () => {
      const { store } = scene()
      const refusing = { inbox: { ...store.inbox, take: () => Promise.reject(new Error('the disk is full')) } }
      const one = process({ ...store, ...refusing })
      await expect(one.intake.keep('slack', raw('1'))).rejects.toThrow('full')
      await one.intake.stop()
      expect(one.handed).toEqual([])
    })
  })
}
