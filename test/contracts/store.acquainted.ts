import { describe, expect, test } from 'vitest'
import type { NetworkUpdate } from '../../workflows/network/update.ts'
import type { NetworkPerson } from '../../workflows/network.ts'
import { noon } from './incidents.ts'
import type { Scene } from './store.ts'

const uuid = (last: number) => `5d0c7f3a-0000-4000-8000-00000000000${last}`

/** Partners of the network, and whom on Signal the hub has written with. */
export function acquaintedTests(scene: () => Scene): void {
  async function join(...people: readonly Pick<NetworkPerson, 'callsign' | 'accounts' | 'partner'>[]) {
    const all = people.map(
      (person): NetworkPerson => ({
        ...{ name: null, roles: ['mediator'], regions: ['AZ'], languages: ['en'], sample: true },
        ...person,
      }),
    )
    const gone: NetworkUpdate['gone'] = { regions: [], rooms: [], people: [], accounts: false }
    await scene().store.roster.update({ settings: {}, regions: [], rooms: [], people: all, gone }, noon)
  }
  const found = (callsign: string) =>
    [...scene().store.roster.directory().people.values()].find(person => person.callsign === callsign)
  const signal = (address: string) => [{ platform: 'signal', address }] as const

  async function known() {
    const { store } = scene()
    const accounts = await store.acquainted.acquainted()
    const people = [...store.roster.directory().people.values()]
    return people.filter(person => person.accounts.some(one => accounts.has(one.id))).map(person => person.callsign)
  }

  describe('whom on Signal the hub has written with', () => {
    test('is known by the account that was written with, by its uuid or its number', async () => {
      const { store } = scene()
      await join(
        { callsign: 'By uuid', accounts: signal(uuid(1)) },
        { callsign: 'By number', accounts: signal('+12025550111') },
        { callsign: 'Heard in a group', accounts: signal(uuid(3)) },
        { callsign: 'Number alone', accounts: signal('+12025550114') },
      )
      expect(await known()).toEqual([])
      const keep = (key: string, value: string, account: string) =>
        store.memory.set('signal', key, value, noon, account)
      await keep(`met:${uuid(1)}`, '1', uuid(1))
      await keep(`also:+12025550111`, uuid(2), uuid(2))
      await keep(`met:${uuid(2)}`, '1', uuid(2))
      // What their number is was heard, but nobody has written to them.
      await keep(`also:${uuid(3)}`, '+12025550113', uuid(3))
      await keep('also:+12025550114', uuid(4), uuid(4))
      expect((await known()).sort()).toEqual(['By number', 'By uuid'])
      await keep(`met:${uuid(4)}`, '1', uuid(4))
      expect((await known()).sort()).toEqual(['By number', 'By uuid', 'Number alone'])
    })
  })

  describe('partners', () => {
    test('come with the network file, change with it, and go with it', async () => {
      await join({ callsign: 'Pastor', accounts: signal(uuid(5)), partner: 'faith' })
      expect(found('Pastor')?.partner).toBe('faith')
      await join({ callsign: 'Pastor', accounts: signal(uuid(5)), partner: 'civic' })
      expect(found('Pastor')?.partner).toBe('civic')
      await join({ callsign: 'Pastor', accounts: signal(uuid(5)) })
      expect(found('Pastor')?.partner).toBeUndefined()
    })
  })
}
