import { describe, expect, test } from 'vitest'
import { createConnections } from '../../bot/connections.ts'
import type { Connection, Platform } from '../../bot/platform.ts'
import { startServer } from '../../bot/web/server.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { loneHost } from '../host.ts'
import { noon } from '../house.ts'

const quiet = { warn: () => {}, error: () => {} }
const up: Connection = { state: 'up', since: noon, problem: null }

/** A platform that starts as it is told to, and counts. */
function platform(name: Platform['name'], start: () => Promise<void>, connection?: () => Connection) {
  const done: string[] = []
  const made = {
    name,
    start: async () => {
      done.push('start')
      await start()
    },
    stop: async () => void done.push('stop'),
    ...(connection ? { connection } : {}),
  } as unknown as Platform
  return { made, done }
}

function connect(platforms: readonly Platform[], pause = async (_ms: number) => {}) {
  const hostOf = () =>
    loneHost(
      async () => Promise.reject(new Error('nobody asks')),
      () => platforms[0] as Platform,
    )
  return createConnections({ platforms, hostOf, clock: () => noon, pause, log: quiet })
}

const never = () => new Promise<void>(() => {})

describe('connections', () => {
  test('are all made, and how it stands with each is known', async () => {
    const slack = platform(
      'slack',
      async () => {},
      () => up,
    )
    const workspace = platform('workspace', async () => {})
    const connections = connect([slack.made, workspace.made], never)
    await connections.start()
    expect(connections.states()).toEqual([{ platform: 'slack', ...up }])
    await connections.stop()
    expect([slack.done, workspace.done]).toEqual([
      ['start', 'stop'],
      ['start', 'stop'],
    ])
  })

  test('that take long keep nobody waiting', async () => {
    const slow = platform('discord', never, () => ({ ...up, state: 'down' }))
    await connect([slow.made]).start()
    expect(slow.done).toEqual(['start'])
  })

  test('that fail are tried again with growing pauses, until they work', async () => {
    let tries = 0
    const pauses: number[] = []
    const flaky = platform('signal', async () => {
      if (++tries < 4) throw new Error('nobody listens there')
    })
    const connections = connect([flaky.made], async ms => {
      pauses.push(ms)
      if (ms < 2000) await never()
    })
    await connections.start()
    await expect.poll(() => tries).toBe(4)
    expect(pauses.filter(ms => ms >= 2000)).toEqual([2000, 4000, 8000])
    expect(connections.states()).toEqual([])
    await connections.stop()
  })

  test('that are refused for good are not tried again, and it is said since when and why', async () => {
    let tries = 0
    const refused = platform('discord', async () => {
      tries += 1
      throw new PlatformError('discord', 'the token is not valid', { permanent: true })
    })
    const connections = connect([refused.made])
    await connections.start()
    await expect
      .poll(() => connections.states())
      .toEqual([{ platform: 'discord', state: 'off', since: noon, problem: 'the token is not valid' }])
    expect(tries).toBe(1)
    const checks = [{ name: 'database', run: async () => {} }, ...connections.checks()]
    const web = await startServer({ host: '127.0.0.1', port: 0, routes: null, checks, logger: quiet })
    const answer = await fetch(`${web.url}/readyz`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('ready\ndiscord: off since 2026-10-19T16:00:00.000Z: the token is not valid')
    await web.close(100)
    await connections.stop()
  })
})
