import { expect, test } from 'vitest'
import { createOutage } from '../../../bot/outage.ts'
import type { Outgoing, Platform, Target } from '../../../bot/platform.ts'
import { PlatformError } from '../../../workflows/errors.ts'

const to: Target = { type: 'room', room: 'one' }
const message = {} as Outgoing

function dead() {
  let now = 0
  const outage = createOutage({ clock: () => now, stopwatch: () => now, random: () => 0.5 })
  const reject: ((error: Error) => void)[] = []
  const platform = { post: () => new Promise((_, no) => void reject.push(no)) } as unknown as Platform
  const { post } = outage.watched(platform, 60_000)
  return {
    outage,
    pass: (ms: number) => {
      now += ms
    },
    begin: () => post(to, message).catch(() => {}),
    /** All that is on its way fails. */
    fail: (all: readonly Promise<unknown>[]) => {
      for (const no of reject.splice(0)) no(new PlatformError('slack', 'down', { permanent: false, because: 'down' }))
      return Promise.all(all)
    },
  }
}

test('however many fail side by side, it is tried again after a second', async () => {
  const { outage, pass, begin, fail } = dead()
  const all = Array.from({ length: 20 }, begin)
  await fail(all)
  expect(outage.most(20)).toBe(0)
  pass(1000)
  expect(outage.most(20)).toBe(1)
})

test('each try that fails has the next wait twice as long, up to fifteen seconds', async () => {
  const { outage, pass, begin, fail } = dead()
  await fail(Array.from({ length: 5 }, begin))
  for (const ms of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    pass(ms - 1)
    expect(outage.most(20)).toBe(0)
    pass(1)
    expect(outage.most(20)).toBe(1)
    await fail([begin()])
  }
})
