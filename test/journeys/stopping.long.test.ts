import { describe, expect, test } from 'vitest'
import { ground } from '../house.ts'
import { eventually, openMachines } from '../machines.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { openWay } from '../way.ts'

/** Asks a process to stop, and gives its exit code and after how long (ms) it was gone. */
async function stopped(hub: { stop: () => Promise<number | null> }) {
  const begun = performance.now()
  return { code: await hub.stop(), ms: performance.now() - begun }
}

describe('a hub that is told to stop', () => {
  test('ends within five seconds while its chat tool hangs, and what hung is sent by the next', async () => {
    const at = ground()
    const net = await openMachines(at.url)
    try {
      const hub = await net.start()
      for (const method of ['chat.postMessage', 'auth.test', 'apps.connections.open'])
        net.slack.faults.on(method, { type: 'hang' })
      await net.send('az', ['one', 'two'])
      await eventually(
        10_000,
        async () => net.tries('az'),
        tries => tries > 0,
      )
      const { code, ms } = await stopped(hub)
      expect([code, ms < 5_000]).toEqual([0, true])
      await net.start()
      await eventually(
        50_000,
        () => net.shown('az'),
        shown => shown.length >= 2,
      )
      expect(await net.shown('az')).toEqual(['one', 'two'])
    } finally {
      await net.close()
      at.leave()
    }
  }, 90_000)

  test('ends at once when it is told so again', async () => {
    const at = ground()
    const net = await openMachines(at.url)
    try {
      const hub = await net.start()
      net.slack.faults.on('chat.postMessage', { type: 'hang' })
      await net.send('az', ['one'])
      await eventually(
        10_000,
        async () => net.tries('az'),
        tries => tries > 0,
      )
      hub.signal('SIGTERM')
      await new Promise(resolve => setTimeout(resolve, 200))
      const begun = performance.now()
      hub.signal('SIGTERM')
      expect(await hub.ended).toBe(1)
      expect(performance.now() - begun).toBeLessThan(1_000)
    } finally {
      await net.close()
      at.leave()
    }
  }, 60_000)

  test('has let go of everything when it is gone: the next one sends at once', async () => {
    const at = ground()
    const net = await openMachines(at.url)
    try {
      const hub = await net.start()
      await net.send('az', ['one'])
      await eventually(
        10_000,
        () => net.shown('az'),
        shown => shown.length === 1,
      )
      const { code, ms } = await stopped(hub)
      expect([code, ms < 2_500]).toEqual([0, true])
      await net.send('az', ['two'])
      await net.start()
      expect(
        await eventually(
          10_000,
          () => net.shown('az'),
          shown => shown.length === 2,
        ),
      ).toBeLessThan(4_000)
    } finally {
      await net.close()
      at.leave()
    }
  }, 60_000)
})

needs(postgresNeed()).describe('a hub on PostgreSQL that is told to stop', () => {
  const server = usePostgres()

  test('ends within five seconds while the database hangs', async () => {
    const url = await server().fresh()
    const way = await openWay(url)
    const net = await openMachines(url)
    try {
      const hub = await net.start({ DATABASE_URL: way.url })
      way.hang()
      const { ms } = await stopped(hub)
      expect(ms).toBeLessThan(5_000)
    } finally {
      await net.close()
      await way.close()
    }
  }, 60_000)
})
