import { beforeEach, describe, expect, test } from 'vitest'
import { createConnections } from '../../bot/connections.ts'
import type { Connection, Platform } from '../../bot/platform.ts'
import { startServer } from '../../bot/web/server.ts'
import type { MemoryStore } from '../../db/memory.ts'
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
  return createConnections({ platforms, hostOf, clock: () => now, pause, log: quiet, memory: remembered, notice })
}

let now = noon
let kept = new Map<string, string>()
let noticed: string[] = []
const notice = async (key: string, { key: what }: { key: string }) => void noticed.push(`${key} ${what}`)
/** What all processes remember together. */
const remembered: MemoryStore = {
  get: async (name, key) => kept.get(`${name} ${key}`) ?? null,
  set: async (name, key, value) => void kept.set(`${name} ${key}`, value ?? ''),
  sweep: async () => 0,
}
beforeEach(() => {
  now = noon
  kept = new Map()
  noticed = []
})

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

  test('that are down for five minutes are told to coordinators, once, unless they were told already', async () => {
    const state = { state: 'down', since: noon, problem: 'no answer' } as Connection
    const slack = platform(
      'slack',
      async () => {},
      () => state,
    )
    const signal = platform(
      'signal',
      async () => {},
      () => state,
    )
    await remembered.set(
      'signal',
      'hub:blackout',
      JSON.stringify({ platform: 'signal', since: noon, reason: 'x' }),
      noon,
    )
    const connections = connect([slack.made, signal.made])
    await connections.start()
    for (let minute = 0; minute < 12; minute++) {
      await connections.watch()
      if (minute < 5) expect(noticed).toEqual([])
      now += 60_000
    }
    expect(new Set(noticed).size).toBe(1)
    expect(noticed[0]).toMatch(/^down:slack:\d+ host\.down-because$/)
  })

  test('that only one process has are known to the one that stands by', async () => {
    let own: Connection = up
    const leads = connect([
      platform(
        'discord',
        async () => {},
        () => own,
      ).made,
    ])
    const waiting: Connection = { state: 'down', since: noon, problem: 'not connected yet' }
    const standsBy = connect([
      platform(
        'discord',
        async () => {},
        () => waiting,
      ).made,
    ])
    for (const one of [leads, standsBy]) await one.start()
    leads.turn('discord', true)
    standsBy.turn('discord', false)
    for (const one of [leads, standsBy]) await one.watch()
    expect(standsBy.states()).toEqual([{ platform: 'discord', ...up }])
    own = { state: 'down', since: noon + 1, problem: 'cut' }
    for (const one of [leads, standsBy]) await one.watch()
    expect(standsBy.states()).toMatchObject([{ state: 'down', problem: 'cut' }])
    now += 10 * 60_000
    for (const one of [leads, standsBy]) await one.watch()
    expect(noticed).toHaveLength(1)
    // The first one died: this one has it now, and knows best.
    standsBy.turn('discord', true)
    expect(standsBy.states()).toMatchObject([{ state: 'down', problem: 'not connected yet' }])
  })
})
