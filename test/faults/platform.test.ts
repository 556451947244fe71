import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Platform } from '../../bot/platform.ts'
import { PlatformError } from '../../workflows/errors.ts'
import { type Ground, ground, type House, noon, openHouse, readAnswer } from '../house.ts'
import { createDice } from './dice.ts'
import { type Flaky, flaky } from './flaky.ts'

const seen = { what: 'Two groups shouting', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
const dangers = ['now', 'hurt', 'soon', 'no']

let at: Ground
let house: House

beforeEach(() => {
  at = ground()
})

afterEach(async () => {
  await house.close().catch(() => {})
  at.leave()
})

async function report(values: Partial<typeof seen> = {}): Promise<string> {
  const answer = readAnswer(await house.fill('heron', '/report', { ...seen, ...values }))
  return /[A-Z]{2}-\d{4}/.exec(answer)?.[0] ?? answer
}

describe('a platform that fails at random', () => {
  test.each([1, 2, 3])('gets everything once, in order, and shows the present: seed %i', async seed => {
    const roll = createDice(seed).roll
    let shaky: Flaky | undefined
    house = await openHouse(at, noon, {
      between: platform => {
        shaky = flaky(platform, roll)
        return shaky.platform
      },
    })
    shaky?.fail(0.4)
    const ids: string[] = []
    for (const danger of [...dangers, ...dangers]) ids.push(await report({ danger }))
    for (let step = 0; step < 40; step++) {
      const id = ids[Math.floor(roll() * ids.length)] as string
      await house.type('finch', `/claim ${id}`)
      await house.type('finch', `/update ${id} step ${step}`)
      if (step % 3 === 0) await house.type('finch', `/release ${id}`)
      if (step % 10 === 9) await house.pass(1)
    }
    // Within ten minutes an unknown outcome holds up what comes after it; later it may be overtaken.
    shaky?.fail(0)
    await house.pass(9)

    expect([...(shaky?.sent ?? [])].filter(([, times]) => times > 1)).toEqual([])
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
    for (const id of ids) {
      const card = await house.card('az-response', id)
      const { incident } = (await house.store.incidents.find(id as never)) ?? {}
      expect(JSON.stringify(card.body)).toMatch(incident?.claim ? /Finch/ : /Nobody/)
      const steps = (await house.thread(card)).flatMap(text => /step (\d+)/.exec(text)?.[1] ?? []).map(Number)
      expect(steps).toEqual(steps.toSorted((one, other) => one - other))
    }
  })

  test('is looked up again where the look-up itself was refused, so that nothing is sent twice', async () => {
    const faults: (Error | null)[] = []
    const broken = () => faults.shift() ?? null
    let posts = 0
    house = await openHouse(at, noon, {
      between: inner => ({
        ...inner,
        async post(to, message) {
          const ref = await inner.post(to, message)
          if (message.key.startsWith('card:')) posts++
          const error = message.key.startsWith('card:') ? broken() : null
          if (error) throw error
          return ref
        },
        async find(to, key, since) {
          const error = broken()
          if (error) throw error
          return inner.find(to, key, since)
        },
      }),
    })
    const wait = new PlatformError('workspace', 'too many', { permanent: false, retryAfterMs: 1000 })
    const rooms = house.store.roster.directory().rooms.filter(room => room.region === 'AZ')
    faults.push(...rooms.map(() => new Error('socket hang up')), ...rooms.map(() => wait))
    await report()
    await house.pass(3)
    expect(posts).toBe(rooms.length)
  })
})

describe('a platform that is down', () => {
  test('for an hour is said aloud once it is back, and everything goes out', async () => {
    let down = true
    house = await openHouse(at, noon, { between: inner => outage(inner, () => down) })
    const id = await report()
    await house.pass(60)
    expect(await house.room('az-response')).toEqual([])
    down = false
    await house.pass(6)
    expect((await house.room('az-response')).filter(text => text.includes(id)).length).toBeGreaterThan(0)
    const said = (await house.room('coordination')).filter(text => text.includes('could not deliver'))
    expect(said.length).toBeGreaterThan(0)
    expect(new Set(said).size).toBe(new Set(said.map(text => /to ([^:]+):/.exec(text)?.[1])).size)
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
  })
})

function outage(inner: Platform, down: () => boolean): Platform {
  const unless =
    <T extends unknown[], R>(ask: (...given: T) => Promise<R>) =>
    async (...given: T): Promise<R> => {
      if (down()) throw new PlatformError('workspace', 'it is down', { permanent: false })
      return ask(...given)
    }
  return { ...inner, post: unless(inner.post), edit: unless(inner.edit), find: unless(inner.find) }
}
