import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { haltBroadcasts } from '../../db/halt.ts'
import { inventory } from '../../db/inventory.ts'
import { sealOf } from '../../db/replay.ts'
import { haltBroadcast } from '../../workflows/broadcast/halt.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { BroadcastEvent, Plan } from '../../workflows/broadcast.ts'
import { makeBroadcastId, type PersonId } from '../../workflows/ids.ts'
import { eachHouse } from '../each.ts'
import { type Ground, type House, noon, openHouse } from '../house.ts'

let house: House
let at: Ground
eachHouse(
  (opened, ground) => {
    house = opened
    at = ground
  },
  ground => openHouse(ground),
)

const hour = 3_600_000
const writer = 'writer' as PersonId
const plan = (more: Partial<Plan> = {}) => blankPlan({ audience: { type: 'everyone' }, words: { en: 'x' }, ...more })

/** Writes a broadcast of that number that was approved, and whatever came after. */
async function put(number: number, more: Partial<Plan>, ...events: readonly BroadcastEvent[]): Promise<void> {
  const id = makeBroadcastId(number)
  const whole = plan(more)
  const all: BroadcastEvent[] = [
    { type: 'drafted', writer, plan: whole, recurring: null },
    { type: 'approved', approval: { by: writer, at: noon, plan: whole, people: 30, rooms: 1 } },
    { type: 'cleared' },
    ...events,
  ]
  const broadcast = enterBroadcast(
    null,
    all.map(event => ({ event })),
    { id, by: writer, now: noon },
  )
  if (!broadcast) throw new Error('nothing happened')
  await house.store.transaction(tx =>
    tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], broadcast }),
  )
}

test('what may have gone on without a database that was brought back waits for people, its log unbroken', async () => {
  await put(1, {}, { type: 'begun' })
  await put(2, {})
  await put(3, { when: { type: 'at', at: noon + 5 * hour } })
  await put(4, {}, { type: 'begun' }, { type: 'ended', how: 'sent', reason: null })
  const database = await openDatabase({ url: at.url })
  try {
    const before = await inventory(database)
    expect(before).toMatchObject({ broadcasts: 4, entries: 3 + 3 + 4 + 5, newest: noon })
    const seal = await sealOf(database, { file: join(at.folder, 'hub.key') })
    expect(await haltBroadcasts(database, seal, haltBroadcast, noon + hour)).toBe(2)
    expect(await haltBroadcasts(database, seal, haltBroadcast, noon + hour)).toBe(0)
    expect((await inventory(database)).entries).toBe(before.entries + 2)
  } finally {
    await database.close()
  }
  const states = (await house.store.broadcasts.latest({ limit: 9 })).map(({ id, state }) => `${id} ${state}`)
  expect(states.toSorted()).toEqual(['B-0001 paused', 'B-0002 held', 'B-0003 approved', 'B-0004 sent'])
  expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
})
