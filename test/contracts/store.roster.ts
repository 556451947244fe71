import { describe, expect, test } from 'vitest'
import type { Store } from '../../db/store.ts'
import type { RosterChange } from '../../workflows/change.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { network, noon } from './incidents.ts'
import type { Scene } from './store.ts'

/** Who is in the network. */
export function rosterTests(scene: () => Scene): void {
  describe('the roster', () => {
    const change = (store: Store, roster: RosterChange) =>
      store.transaction(tx => tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], roster }))

    test('is taken from the network file once', async () => {
      const { store } = scene()
      expect(await store.roster.seed(network)).toBe(false)
      const { name, zone, languages, strangers, regions, rooms, people } = store.roster.directory()
      expect({ name, zone, languages, strangers }).toEqual({
        name: 'Example network',
        zone: 'America/New_York',
        languages: ['en', 'es'],
        strangers: 'refuse',
      })
      expect(regions.map(region => region.code)).toEqual(['AZ', 'US'])
      expect(rooms.map(room => [room.purpose, room.address])).toEqual([
        ['region', 'az'],
        ['region', 'us'],
        ['coordination', 'coordination'],
      ])
      expect([...people.values()].map(person => person.callsign).sort()).toEqual(['Finch', 'Heron'])
    })

    test('knows an account by its address, and gives the address for delivery only', async () => {
      const { store, person } = scene()
      const found = await store.roster.whose('slack', 'U0FINCH')
      expect(found?.person).toBe(person('Finch'))
      expect(await store.roster.whose('discord', 'U0FINCH')).toBeNull()
      expect(await store.roster.address(found?.account ?? ('' as never))).toBe('U0FINCH')
      expect(await store.roster.address('nobody' as never)).toBeNull()
    })

    test('shows an own change at once, and that of another process after a look', async () => {
      const { store, place, person } = scene()
      const finch = person('Finch')
      const other = await place.again()
      await change(store, { type: 'duty', person: finch, until: noon + 5 })
      await change(store, { type: 'callsign', person: finch, callsign: 'Wren' })
      await change(store, { type: 'language', person: finch, language: 'es' })
      for (const one of [store, other]) {
        if (one === other) await one.roster.refresh()
        const { duty, people } = one.roster.directory()
        expect(duty).toEqual([{ person: finch, until: noon + 5 }])
        expect(people.get(finch)).toMatchObject({ callsign: 'Wren', languages: ['es', 'en'] })
      }
      await change(other, { type: 'duty', person: finch, until: null })
      expect(other.roster.directory().duty).toEqual([])
      await store.roster.refresh()
      expect(store.roster.directory().duty).toEqual([])
    })

    test('shows nothing of a change that failed', async () => {
      const { store, person } = scene()
      const duty = { type: 'duty', person: person('Finch'), until: noon } as const
      const failed = store.transaction(async tx => {
        await tx.commit({ key: null, person: null, now: noon, answer: null, incidents: [], roster: duty })
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      expect(store.roster.directory().duty).toEqual([])
    })

    test('cannot be opened with another key', async () => {
      const error = await scene()
        .place.again(true)
        .catch(thrown => thrown)
      expect(error).toBeInstanceOf(ConfigError)
      expect(error.message).toMatch(/HUB_KEY/)
    })
  })
}
