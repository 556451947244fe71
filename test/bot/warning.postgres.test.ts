import { expect, test } from 'vitest'
import { beginOf, dayAfter } from '../../workflows/warning/days.ts'
import { keep, reported } from '../contracts/incidents.ts'
import { ground, openHouse } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

const phoenix = 'America/Phoenix'
const today = '2026-10-20'
const hour = 60 * 60_000

needs(postgresNeed()).describe('early warning of two hubs over a real server', () => {
  const server = usePostgres()

  test('is computed once, told once, and answered by the first who decides', async () => {
    const at = ground(await server().fresh())
    const one = await openHouse(at, Date.UTC(2026, 8, 1, 16))
    const six = beginOf(dayAfter(today, 1), phoenix) + 6 * hour
    try {
      const days = [
        ...Array.from({ length: 20 }, (_, back) => dayAfter(today, -2 * (back + 1))),
        ...Array(6).fill(today),
      ]
      for (const [index, day] of days.entries()) {
        const id = `AZ-${String(index + 1).padStart(4, '0')}`
        const reportedAt = beginOf(day, phoenix) + 12 * hour + index
        await keep(one.store, null, reported(id, { at: reportedAt, kind: 'AR-1', severity: 2 }))
      }
      one.skip((six - one.clock()) / 60_000)
      const two = await openHouse(at, six)
      await Promise.all([one.schedule.runSummaries(), two.schedule.runSummaries()])
      await Promise.all([one.schedule.runSummaries(), two.schedule.runSummaries()])
      await one.settle()
      await two.settle()
      const told = (await one.room('coordination')).filter(said => said.includes('More reports than usual'))
      expect(told).toHaveLength(1)
      const [az] = await two.store.warnings.at(six).standing(['AZ'])
      const id = az?.alarms.find(alarm => alarm.method === 'poisson')?.id
      expect(id).toBe('W-AZ-2026-10-20-poisson-AR')
      await Promise.all([
        one.type('magpie', `/warning dismiss ${id} a gun show`),
        two.type('owl', `/warning dismiss ${id} a parade`),
      ])
      await one.settle()
      await two.settle()
      const dismissed = (await one.room('coordination')).filter(said => said.includes('dismissed an alarm'))
      expect(dismissed).toHaveLength(1)
    } finally {
      for (const close of at.standing) await close().catch(() => {})
      at.leave()
    }
  })
})
