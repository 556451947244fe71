import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { type Loop, startLoop } from '../../bot/loop.ts'
import { isStuck } from '../../workflows/pulse.ts'

const log = pino({ level: 'silent' })
let loop: Loop | undefined
afterEach(() => loop?.stop())

describe('a loop says how it goes', () => {
  test('one that comes to its ends is well', async () => {
    let runs = 0
    loop = startLoop('quick', async () => ++runs < 50, { everyMs: 60_000, patienceMs: 5000 }, log)
    await expect.poll(() => runs).toBe(50)
    expect(loop.state()).toMatchObject({ name: 'quick', lateMs: 65_000, failures: 0 })
    expect(loop.state().idleMs).toBeLessThan(5000)
  })

  test('one whose run does not end is stuck after its time', async () => {
    const hanging = Promise.withResolvers<boolean>()
    loop = startLoop('hanging', () => hanging.promise, { everyMs: 5, patienceMs: 20 }, log)
    expect(isStuck(loop.state())).toBe(false)
    await expect.poll(() => loop && isStuck(loop.state())).toBe(true)
    hanging.resolve(false)
    await expect.poll(() => loop && isStuck(loop.state())).toBe(false)
  })

  test('one that has always more to do is not stuck: each run that ends counts', async () => {
    let stopping = false
    const run = () => new Promise<boolean>(done => setTimeout(() => done(!stopping), 2))
    loop = startLoop('busy', run, { everyMs: 5, patienceMs: 500 }, log)
    await expect.poll(() => loop?.state().idleMs ?? 99).toBeLessThan(20)
    stopping = true
  })

  test('one that fails counts how often in a row, and begins anew when it succeeds', async () => {
    let broken = true
    const run = async () => {
      if (broken) throw new Error('a bug')
      return false
    }
    loop = startLoop('failing', run, { everyMs: 5 }, log)
    await expect.poll(() => loop?.state().failures, { timeout: 5000 }).toBe(2)
    broken = false
    await expect.poll(() => loop?.state().failures, { timeout: 5000 }).toBe(0)
  })
})
