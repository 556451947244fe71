import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDelivery } from '../../../bot/delivery.ts'
import { createHold } from '../../../bot/hold.ts'
import { createLog } from '../../../bot/log.ts'
import { recorder } from '../../faults/recorder.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let now: number

beforeEach(async () => {
  stage = await openStage()
  now = 0
})

afterEach(() => stage.close())

const holdOf = (holder: string) =>
  createHold({ leases: stage.store.leases, name: 'sending:x', holder, ms: 20_000, stopwatch: () => now })

describe('the right to send on a platform', () => {
  test('is held by one, who asks for it only when half of it is over', async () => {
    const [first, second] = [holdOf('first'), holdOf('second')]
    expect(await first.keep()).toBe(true)
    expect(await second.keep()).toBe(false)
    await stage.store.leases.seize('sending:x', 'second', 60_000)
    now = 9_000
    expect(await first.keep()).toBe(true)
    now = 11_000
    expect(await first.keep()).toBe(false)
    expect(await second.keep()).toBe(true)
  })

  test('is over once its time is, whatever the process did meanwhile', async () => {
    const first = holdOf('first')
    expect(first.has()).toBe(false)
    await first.keep()
    now = 19_999
    expect(first.has()).toBe(true)
    now = 20_000
    expect(first.has()).toBe(false)
    await stage.store.leases.seize('sending:x', 'second', 60_000)
    expect(await first.keep()).toBe(false)
    expect(first.has()).toBe(false)
  })

  test('is renewed whatever else is being done', async () => {
    const { leases } = stage.store
    const hold = createHold({ leases, name: 'long', holder: 'first', ms: 300, stopwatch: () => performance.now() })
    await hold.keep()
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(hold.has()).toBe(true)
    expect(await leases.hold('long', 'second', 1_000)).toBe(false)
    await hold.release()
    expect([hold.has(), await hold.keep()]).toEqual([false, false])
    expect(await leases.hold('long', 'second', 1_000)).toBe(true)
  })

  test('is taken at once from one that surely lives no more', async () => {
    const { leases } = stage.store
    await leases.hold('sending:x', 'dead', 60_000)
    const isGone = (holder: string) => holder === 'dead'
    const hold = createHold({ leases, name: 'sending:x', holder: 'heir', stopwatch: () => now, isGone })
    expect(await hold.keep()).toBe(true)
    await hold.release()
  })

  test('is not withheld for ever by a clock that was set back', async () => {
    const { leases } = stage.store
    await leases.seize('sending:x', 'dead', 3_600_000)
    expect(await holdOf('heir').keep()).toBe(true)
  })
})

describe('what is leased but may not be started any more', () => {
  test('is given back as it was, and sent by whoever has the right then', async () => {
    const tool = recorder('slack')
    const room = stage.room('az-slack')
    const { store } = stage
    let elapsed = 0
    const delivery = createDelivery({
      store,
      platforms: [tool.platform],
      taxonomy: {} as never,
      clock: stage.now,
      holder: 'mine',
      log: createLog('silent'),
      stopwatch: () => elapsed,
    })
    const post = (key: string) =>
      ({
        key,
        to: { room },
        incident: null,
        thread: false,
        lane: 'talk',
        view: { ...blank, title: { words: key } },
      }) as const
    await store.outbox.add([post('first')], stage.now())
    await store.outbox.add([{ ...post('second'), to: { room: stage.room('coord-slack') } }], stage.now())
    const under = { ...post('urgent'), lane: 'S5' as const }
    await store.outbox.add([under], stage.now())
    tool.before = async ({ key }) => {
      if (key !== 'urgent') return
      // The line took long, and meanwhile another process was given the right.
      elapsed += 15_000
      await store.leases.seize('sending:slack', 'another', 60_000)
    }
    while (await delivery.run()) {}
    expect(tool.shown.map(one => one.key)).toEqual(['urgent'])
    expect(await delivery.run()).toBe(false)
    expect(await store.outbox.counts()).toMatchObject({ waiting: 2, unknown: 0, failed: 0 })
    expect(await store.outbox.take(await ids(), stage.now(), 1000)).toMatchObject([
      { key: 'first', state: 'sending', attempts: 1 },
    ])
  })
})

const blank = { tone: 'plain', title: null, lines: [], buttons: [] } as const

async function ids(): Promise<number[]> {
  const due = await stage.store.outbox.due({ rooms: [stage.room('az-slack')], accounts: [] }, stage.now(), 10)
  return due.map(one => one.id)
}
