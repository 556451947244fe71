import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { dueNow } from '../../bot/clearer.ts'
import { traces } from '../bot/traces.ts'
import { photo } from '../evidence.ts'
import { type Ground, ground, openHouse } from '../house.ts'

const day = 24 * 60
const seen = { where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }
const dismissed = ['AZ-0001', 'AZ-0002', 'AZ-0003', 'AZ-0004'] as const
const part = 'AZ-0004'
const closed = ['AZ-0005', 'AZ-0006', 'AZ-0007'] as const

/** Three reports that were no incident, one with a part and each with a photo, and three that were closed, long ago. */
async function longAgo(at: Ground, start: number): Promise<void> {
  const house = await openHouse(at, start)
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    await house.fill('heron', '/report', { ...seen, what: `Sentinelwhat ${n}` }, null, [
      await photo(`${n}.jpg`, 64, 48),
    ])
  }
  expect((await house.store.files.counts()).files).toBe(7)
  await house.type('finch', `/merge ${part} AZ-0003`)
  for (const id of ['AZ-0001', 'AZ-0002', 'AZ-0003']) await house.type('finch', `/dismiss ${id} a parade`)
  for (const id of closed) {
    await house.type('finch', `/claim ${id}`)
    await house.type('finch', `/update ${id} Sentinelteam is there`)
    await house.type('finch', `/resolve ${id} calmed`)
  }
  await house.pass(3)
  house.skip(day)
  await house.pass(2)
  for (const id of closed) expect((await house.store.incidents.find(id as never))?.incident.status).toBe('closed')
  await house.close()
}

/** Clears away in a process that is cut off at that unit of work; how it ended. */
function cutOff(at: Ground, start: number, unit: number, moment: 'before' | 'after'): Promise<string> {
  const { url, folder } = at
  const choice = Object.entries({ url, folder, start, unit, moment }).map(([name, value]) => `--${name}=${value}`)
  return new Promise(resolve => {
    execFile(process.execPath, ['test/faults/cleaner.ts', ...choice], (error, out, said) =>
      resolve(error?.signal ?? `${out}${said}`),
    )
  })
}

/** What each incident lost, in order. */
async function lost(at: Ground, now: number): Promise<Readonly<Record<string, readonly string[]>>> {
  const house = await openHouse(at, now, { clears: true })
  try {
    const all = [...dismissed, ...closed].map(async id => {
      const entries = await house.store.incidents.timeline(id as never, 100)
      return [id, entries.flatMap(({ event }) => (event.type === 'removed' ? [event.what] : []))] as const
    })
    return Object.fromEntries(await Promise.all(all))
  } finally {
    await house.close()
  }
}

test('kill -9 in the middle of clearing away, again and again: it is finished by the next, and nothing is done twice', async () => {
  const at = ground()
  try {
    const now = Date.now()
    await longAgo(at, now - 200 * day * 60_000)
    // Each round dies at another moment: within a unit of work, after one, and between a part and its whole.
    let start = now - 10 * 60 * 60_000
    const counts: number[] = []
    for (const [unit, moment] of [
      [1, 'before'],
      [2, 'after'],
      [2, 'before'],
      [1, 'after'],
      [3, 'after'],
    ] as const) {
      expect(await cutOff(at, start, unit, moment)).toBe('SIGKILL')
      counts.push(Object.values(await lost(at, start + 60_000)).flat().length)
      start += 60 * 60_000
    }
    // Nothing comes back, and no round came to the end.
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect(counts.at(-1)).toBeGreaterThan(2)
    expect(counts.at(-1)).toBeLessThan(10)

    expect(await cutOff(at, start, 10_000, 'after')).toBe('not cut off')

    const noise = Object.fromEntries(dismissed.map(id => [id, ['noise']]))
    const steps = Object.fromEntries(closed.map(id => [id, ['contact', 'narrative']]))
    expect(await lost(at, now + 60_000)).toEqual({ ...noise, ...steps })
    await judge(at, now + 120_000)
  } finally {
    at.leave()
  }
})

async function judge(at: Ground, now: number): Promise<void> {
  const house = await openHouse(at, now)
  try {
    expect(await dueNow(house.store, now)).toEqual({ noise: 0, contact: 0, narrative: 0, evidence: 0 })
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
    expect(await Array.fromAsync(house.store.files.verify(now))).toEqual([])
    for (const id of closed) {
      expect((await house.store.incidents.find(id as never))?.words.what).toMatch(/^Sentinelwhat \d$/)
      expect(await house.store.files.list(id as never)).toHaveLength(1)
    }
    for (const id of dismissed) {
      expect((await house.store.incidents.find(id as never))?.words.what).toBeNull()
      expect(await house.store.files.list(id as never)).toEqual([])
    }
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
  } finally {
    await house.close()
  }
  expect(traces(at.folder, ['entinelwhat', 'entinelteam'])).toEqual([])
}
