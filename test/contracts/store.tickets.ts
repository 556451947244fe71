import { describe, expect, test } from 'vitest'
import { tablesOf } from '../../db/base.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

/** One-time links to evidence. */
export function ticketTests(scene: () => Scene): void {
  describe('a link to evidence', () => {
    const minute = 60_000
    const made = () => ({
      incident: 'AZ-0412' as never,
      item: 'file-1',
      person: scene().person('Finch'),
      platform: 'slack' as const,
      until: noon + 10 * minute,
    })

    test('belongs to the first browser that opens it, and to no other', async () => {
      const { tickets } = scene().store
      const secret = await tickets.issue(made(), noon)
      expect(await tickets.find(secret, null, noon)).toEqual({ ticket: made(), browser: 'none' })
      const [first, second] = await Promise.all([tickets.bind(secret, noon), tickets.bind(secret, noon)])
      expect([first, second].filter(Boolean)).toHaveLength(1)
      const browser = first ?? second
      expect((await tickets.find(secret, browser, noon))?.browser).toBe('own')
      expect((await tickets.find(secret, null, noon))?.browser).toBe('other')
      expect((await tickets.find(secret, secret, noon))?.browser).toBe('other')
    })

    test('runs out, and is unknown to whoever guesses', async () => {
      const { tickets } = scene().store
      const secret = await tickets.issue(made(), noon)
      expect(secret).toMatch(/^[\w-]{43}$/)
      expect(await tickets.find(secret, null, noon + 10 * minute - 1)).not.toBeNull()
      expect(await tickets.find(secret, null, noon + 10 * minute)).toBeNull()
      expect(await tickets.bind(secret, noon + 10 * minute)).toBeNull()
      expect(await tickets.find(secret.slice(1), null, noon)).toBeNull()
    })

    test('leaves neither its secret nor the browser’s where the database could tell it', async () => {
      const { store, place } = scene()
      const secret = await store.tickets.issue(made(), noon)
      const browser = (await store.tickets.bind(secret, noon)) ?? ''
      const rows = await place.database.read.select().from(tablesOf(place.database.engine).tickets)
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(secret)
      expect(JSON.stringify(rows)).not.toContain(browser)
    })

    test('that ran out is gone once another is made', async () => {
      const { store, place } = scene()
      await store.tickets.issue(made(), noon)
      await store.tickets.issue({ ...made(), until: noon + 60 * minute }, noon + 30 * minute)
      expect(await place.database.read.select().from(tablesOf(place.database.engine).tickets)).toHaveLength(1)
    })
  })
}
