import { afterEach, beforeEach, expect, test } from 'vitest'
import { nextDue } from '../../workflows/summary.ts'
import { type Ground, ground, type House, openHouse } from '../house.ts'
import { daily, hourly, keysOf, local, look, planned, posted, weekly } from './plans.ts'

const hour = 3_600_000
const zone = 'America/New_York'
let where: Ground
let house: House

beforeEach(() => {
  where = ground()
})
afterEach(async () => {
  await house.close()
  where.leave()
})

test('a year of summaries: each once, over both changes of the clocks, three restarts and a day without the hub', async () => {
  const start = Date.UTC(2026, 0, 31, 17)
  const end = Date.UTC(2027, 0, 31, 17)
  const plans = [daily, { ...weekly, to: 'leadership', region: 'all' } as const, hourly]
  const adjust = planned(plans)
  house = await openHouse(where, start, { adjust })
  const restarts = ['2026-03-08T11:59', '2026-07-14T03:00', '2026-11-01T05:30'].map(text => Date.parse(`${text}Z`))
  // From six in the morning in New York to eight in the evening of the next day.
  const down = { from: Date.UTC(2026, 8, 9, 10), until: Date.UTC(2026, 8, 11, 0) }
  let looks = 0
  for (let next = start; next < end; ) {
    // A few minutes after each hour of a plan, and every few hours besides; never on the very minute.
    const soon = plans.map(plan => nextDue(plan, next) ?? end).reduce((one, other) => Math.min(one, other))
    next = Math.min(next + 5 * hour, soon + (1 + (looks++ % 3)) * 60_000)
    if (next > down.from && next < down.until) next = down.until
    const restart = restarts.findIndex(at => at <= next)
    if (restart >= 0) {
      restarts.splice(restart, 1)
      await house.close()
      house = await openHouse(where, next, { adjust })
    } else house.skip((next - house.clock()) / 60_000)
    await look(house)
  }
  expect(restarts).toEqual([])
  const all = await posted(house, 'leadership')
  // Counted by the machine's own calendar, not by the hub's.
  const dates = new Set<string>()
  const mondays = new Set<string>()
  for (let at = start; at <= end; at += hour) {
    const [date = '', time = ''] = local(at).split(' ')
    if (time !== '12:00') continue
    if (at > start && date !== '2026-09-09') dates.add(date)
    if (new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'short' }).format(at) === 'Mon') mondays.add(date)
  }
  const keys = keysOf(all)
  const dailies = keys.filter(key => key.startsWith('summary:daily:'))
  const late = all.find(one => one.message.key?.includes('daily:2026-09-10'))
  expect(local(late?.at ?? 0)).toBe('2026-09-10 20:00')
  expect(late?.text).toMatch(/late/i)
  expect(late?.text).toContain('The summary before it was skipped')
  for (const { text, message } of all) {
    if (message.key?.includes('daily:')) expect(text).toMatch(/07:00 to .* 07:00 E[DS]T/)
  }
  expect(dailies).toEqual([...dates].map(date => `summary:daily:${date}`))
  expect(keys.filter(key => key.startsWith('summary:weekly:'))).toEqual(
    [...mondays].map(date => `summary:weekly:${date}`),
  )
  expect(new Set(keys).size).toBe(keys.length)
  // Ten hours by the clock from 22:00 to 06:00, one of which comes twice.
  const counted = keysOf(await posted(house, 'coordination'))
  expect(counted.filter(key => key.startsWith('summary:count:'))).toHaveLength(10)
}, 280_000)
