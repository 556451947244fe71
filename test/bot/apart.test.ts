import { expect, test } from 'vitest'
import { apart } from '../../bot/apart.ts'
import { StoreError } from '../../workflows/errors.ts'
import { type Ground, ground, type House, openHouse } from '../house.ts'
import { daily, planned, posted } from './plans.ts'

const failing = async () => Promise.reject(new Error('no such figure'))

test('what fails stops nothing of the rest, and is not hidden', async () => {
  const done: string[] = []
  const work = (name: string) => async () => done.push(name)
  await expect(apart([work('a'), failing, work('b')])).rejects.toThrow('no such figure')
  expect(done).toEqual(['a', 'b'])
  expect(await apart([work('c'), work('d')])).toBe(7)
})

test('without the database nothing more is tried', async () => {
  const away = async () => Promise.reject(new StoreError('lost', 'none', 'no database'))
  await expect(apart([away, async () => expect.unreachable()])).rejects.toThrow('no database')
})

test('a summary that cannot be read keeps back no other', async () => {
  const where: Ground = ground()
  const house: House = await openHouse(where, undefined, { adjust: planned([daily, { ...daily, name: 'other' }]) })
  try {
    const { last } = house.store.summaries
    const broken: typeof last = (plan, before) => (plan === daily.name ? failing() : last(plan, before))
    Object.assign(house.store.summaries, { last: broken })
    house.skip(19 * 60)
    await expect(house.schedule.runSummaries()).rejects.toThrow('no such figure')
    await house.settle()
    expect(await posted(house, 'leadership')).toHaveLength(1)
  } finally {
    await house.close()
    where.leave()
  }
})
