import { describe, expect } from 'vitest'
import { eventually, type Machines, openMachines } from '../machines.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import type { HubProcess } from '../process.ts'
import { openWay } from '../way.ts'

const { test } = needs(postgresNeed())
const lease = 'sending:slack'

/** Waits so many ms until what stands in a room is so; gives how long that took. */
function shows(net: Machines, room: 'az' | 'us', ms: number, isSo: (shown: readonly string[]) => boolean) {
  return eventually(ms, () => net.shown(room), isSo)
}

describe('several hubs on one PostgreSQL', () => {
  const server = usePostgres()

  async function withHubs(count: number, story: (net: Machines, first: HubProcess) => Promise<void>): Promise<void> {
    const net = await openMachines(await server().fresh())
    try {
      for (let started = 0; started < count; started += 1) await net.start()
      await eventually(10_000, () => net.holder(lease), Boolean)
      await story(net, (await net.holder(lease)) as HubProcess)
      expect(net.slack.broken).toEqual([])
    } finally {
      await net.close()
    }
  }

  test(
    'when one is killed, another goes on within ten seconds, and says nothing twice',
    () =>
      withHubs(2, async (net, first) => {
        await net.send('az', ['one', 'two', 'three', 'four', 'five'])
        await shows(net, 'az', 10_000, shown => shown.length > 0)
        first.signal('SIGKILL')
        await net.send('us', ['elsewhere'])
        expect(await shows(net, 'us', 10_000, shown => shown.length > 0)).toBeLessThan(10_000)
        await shows(net, 'az', 40_000, shown => shown.length >= 5)
        expect(await net.shown('az')).toEqual(['one', 'two', 'three', 'four', 'five'])
      }),
    90_000,
  )

  test(
    'one that hangs is replaced, and when it wakes up it sends nothing that is not its to send',
    () =>
      withHubs(2, async (net, first) => {
        // The first of a handful is on its way when the process is stopped; the others are in its hands.
        net.slack.faults.on('chat.postMessage', { type: 'slow', ms: 2_000 })
        await net.send('az', ['three', 'two', 'one'], ['broadcast', 'talk', 'claim'])
        await eventually(
          10_000,
          async () => net.tries('az'),
          tries => tries > 0,
        )
        first.signal('SIGSTOP')
        await net.send('us', ['elsewhere'])
        expect(await shows(net, 'us', 30_000, shown => shown.length > 0)).toBeLessThan(30_000)
        await shows(net, 'az', 40_000, shown => shown.length >= 3)
        // It finds what it had in its hands as it was, and all of it has been sent by its successor.
        first.signal('SIGCONT')
        await net.send('az', ['four'])
        await shows(net, 'az', 40_000, shown => shown.includes('four'))
        expect(await net.shown('az')).toEqual(['one', 'two', 'three', 'four'])
        const { outbox } = await net.store()
        await eventually(
          10_000,
          () => outbox.counts(),
          ({ waiting, unknown }) => waiting + unknown === 0,
        )
        expect(await outbox.counts()).toMatchObject({ failed: 0 })
      }),
    120_000,
  )

  test('one that is cut off from the database is replaced, and sends nothing meanwhile or afterwards', async () => {
    const url = await server().fresh()
    const way = await openWay(url)
    const net = await openMachines(url)
    try {
      const first = await net.start({ DATABASE_URL: way.url })
      await eventually(
        10_000,
        async () => (await net.holder(lease))?.pid,
        pid => pid === first.pid,
      )
      await net.start()
      way.hang()
      await net.send('az', ['one'])
      await net.send('us', ['elsewhere'])
      expect(await shows(net, 'us', 30_000, shown => shown.length > 0)).toBeLessThan(30_000)
      await shows(net, 'az', 40_000, shown => shown.length > 0)
      way.heal()
      await net.send('az', ['two'])
      await shows(net, 'az', 40_000, shown => shown.includes('two'))
      expect([await net.shown('az'), await net.shown('us')]).toEqual([['one', 'two'], ['elsewhere']])
    } finally {
      await net.close()
      await way.close()
    }
  }, 120_000)

  test(
    'each is stopped and started anew while messages flow, and none is lost or doubled',
    () =>
      withHubs(3, async net => {
        const words = Array.from({ length: 40 }, (_, n) => `line ${n}`)
        let next = 0
        const feed = setInterval(() => {
          const text = words[next++]
          if (text) void net.send(next % 2 ? 'az' : 'us', [text])
          else clearInterval(feed)
        }, 400)
        try {
          for (const hub of [...net.hubs]) {
            const begun = performance.now()
            expect(await hub.stop()).toBe(0)
            expect(performance.now() - begun).toBeLessThan(5_000)
            await net.start()
          }
          const all = async () => [...(await net.shown('az')), ...(await net.shown('us'))]
          await eventually(60_000, all, shown => shown.length >= words.length)
          expect((await all()).toSorted()).toEqual(words.toSorted())
          const order = (shown: readonly string[]) => shown.map(text => Number(text.split(' ')[1]))
          for (const room of ['az', 'us'] as const) {
            const numbers = order(await net.shown(room))
            expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
          }
        } finally {
          clearInterval(feed)
        }
      }),
    150_000,
  )
})
