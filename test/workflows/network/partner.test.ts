import { expect, test } from 'vitest'
import { differences } from '../../../workflows/network/differ.ts'
import { writtenNetwork } from '../../../workflows/network/written.ts'
import { NetworkError, parseNetwork } from '../../../workflows/network.ts'

const file = (partner?: unknown) => ({
  network: { name: 'Mesa network', zone: 'America/Phoenix', languages: ['en'] },
  regions: [{ code: 'AZ', name: 'Arizona', places: [{ anywhere: true }], rooms: [{ slack: 'C0AZ' }] }],
  coordination: { rooms: [{ slack: 'C0COORD' }] },
  people: [
    { callsign: 'Pastor', roles: ['mediator'], regions: ['AZ'], accounts: { slack: 'U0PASTOR' }, partner },
    { callsign: 'Finch', roles: ['mediator'], regions: ['AZ'], accounts: { slack: 'U0FINCH' } },
  ],
})

test('a partner is read, written and compared as the network file has them', () => {
  const network = parseNetwork(file('faith'))
  expect(network.people.map(person => person.partner)).toEqual(['faith', undefined])
  expect(parseNetwork(writtenNetwork(network, null))).toEqual(network)
  expect(differences(parseNetwork(file('civic')), network)).toEqual([
    expect.objectContaining({ area: 'people', label: 'Pastor', type: 'change', fields: ['partner'] }),
  ])
  expect(differences(parseNetwork(file()), network)).toHaveLength(1)
})

test('a kind of partner that there is not says which there are', () => {
  const read = () => parseNetwork(file('church'))
  expect(read).toThrow(NetworkError)
  expect(read).toThrow(/church.*Use faith, civic, youth, business, sport, veterans, election-officials or journalists/s)
})
