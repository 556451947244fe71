import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCheckup } from '../../bot/checkup.ts'
import type { Health } from '../../workflows/health.ts'
import { type Ground, ground, type House, openHouse, readAnswer } from '../house.ts'
import { GiB, hub } from '../workflows/wellbeing.ts'

let at: Ground
let house: House
let health: Health
const log = { info: () => {}, warn: () => {} }
beforeEach(async () => {
  at = ground()
  house = await openHouse(at)
  health = hub()
})
afterEach(async () => {
  await house.close()
  at.leave()
})

const full = (bytes: number) => hub({ disks: [{ folder: 'database', freeBytes: bytes }] })

/** A process that looks after the hub: what it finds is what the test says. */
function look(holder = 'one') {
  const { store, clock } = house
  return createCheckup({ store, health: { look: async () => health }, clock, holder, wake: () => {}, log })
}

async function told() {
  await house.settle()
  return house.room('coordination')
}

describe('coordinators', () => {
  test('hear of what is wrong once, and of it again when it is well', async () => {
    const one = look()
    await one.run()
    expect(await told()).toEqual([])
    health = full(300 * 1024 ** 2)
    for (let minutes = 0; minutes < 30; minutes++) {
      await one.run()
      house.skip(1)
    }
    expect(await told()).toEqual([
      'Something is wrong with the hub\nThe disk has 300 MB left. Free space today.\nHow it stands now: /hub status',
    ])
    health = full(9 * GiB)
    for (let minutes = 0; minutes < 30; minutes++) {
      await one.run()
      house.skip(1)
    }
    expect((await told()).slice(1)).toEqual([
      'The hub is well again\nWell again: the disk has room.\nHow it stands now: /hub status',
    ])
    await one.release()
  })

  test('hear it once, whoever of several processes looks, and however often these are started anew', async () => {
    health = full(GiB / 2)
    const [one, two] = [look('one'), look('two')]
    await Promise.all([one.run(), two.run()])
    await one.release()
    house.skip(1)
    await two.run()
    await two.release()
    const three = look('three')
    await three.run()
    await three.release()
    expect(await told()).toHaveLength(1)
  })

  test('are reminded a day later of what nobody has put right', async () => {
    health = full(GiB / 2)
    const one = look()
    await one.run()
    house.skip(24 * 60)
    await one.run()
    await one.release()
    expect((await told())[1]).toContain('Still so:\nThe disk has 512 MB left.')
  })

  test('hear of it although an older hub left something else there', async () => {
    await house.store.health.tell(null, '{"other":1}', [], house.clock())
    health = full(GiB / 2)
    const one = look()
    await one.run()
    await one.release()
    expect(await told()).toHaveLength(1)
  })
})

test('a hub that has just been used is well by its own look, and says so to whoever asks', async () => {
  await house.fill('heron', 'report', { what: 'Men with rifles outside', where: 'Phoenix, AZ', danger: 'hurt' })
  const coordinator = readAnswer(await house.type('crane', 'hub status'))
  expect(coordinator).toContain('All is well.')
  expect(coordinator).toMatch(/^Going out: nothing waits\.$/m)
  expect(coordinator).toMatch(/^Disk: .* free\. Database: \d+ MB\.$/m)
  expect(coordinator).toMatch(/^Running: 1 part, version 0, [\d.]+ [MG]B of memory\.$/m)
  const mediator = readAnswer(await house.type('heron', 'hub estado'))
  expect(mediator).toContain('All is well.')
  expect(mediator).not.toContain('Running:')
})

test('a summary that was due is missed until every room has it', async () => {
  const { schedule } = house
  expect(await schedule.overdue()).toEqual({ count: 0, oldestAt: null })
  house.skip(24 * 60)
  // Seven in the morning in New York, five hours ago.
  expect(await schedule.overdue()).toEqual({ count: 1, oldestAt: house.clock() - 5 * 60 * 60_000 })
  await schedule.runSummaries()
  expect(await schedule.overdue()).toEqual({ count: 0, oldestAt: null })
})
