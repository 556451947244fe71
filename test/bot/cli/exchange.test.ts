import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyNetwork, exportNetwork, presentNetwork, showDifferences } from '../../../bot/cli/exchange.ts'
import { loadNetwork, sampleNetworkFile } from '../../../bot/config.ts'
import { differences } from '../../../workflows/network/differ.ts'
import type { Network } from '../../../workflows/network.ts'
import { parseNetwork } from '../../../workflows/network.ts'
import { eachHouse } from '../../each.ts'
import { type Ground, ground, type House, noon, openHouse } from '../../house.ts'

let house: House
let at: Ground
let printed: string[] = []
const print = (...lines: readonly string[]) => void printed.push(...lines)

eachHouse((opened, ground) => {
  printed = []
  house = opened
  at = ground
})

const file = loadNetwork(sampleNetworkFile)
const apply = (wanted: Network, how: Partial<Parameters<typeof applyNetwork>[2]> = {}) => {
  printed = []
  return applyNetwork(house.store, wanted, { now: house.clock(), print, ...how })
}
const diff = async (wanted: Network) => {
  printed = []
  showDifferences(differences(wanted, await presentNetwork(house.store)), print)
  return printed
}
const finch = (change: Partial<Network['people'][number]>): Network => ({
  ...file,
  people: file.people.map(person => (person.callsign === 'Finch' ? { ...person, ...change } : person)),
})

test('a network that was just taken in differs in nothing', async () => {
  expect(await diff(file)).toEqual(['The file and the database say the same.'])
  expect(await apply(file)).toBe(true)
})

test('what is exported seeds an equal hub, with what has changed since', async () => {
  const code = await house.store.codes.issue(
    { type: 'invite', roles: ['mediator'], regions: ['AZ'], uses: 1, until: noon + 1e9, by: null },
    noon,
  )
  const address = '5d0c1c2e-0000-4000-8000-000000000001'
  await house.send({
    ...{ platform: 'signal', key: 'k', account: address, room: null, message: null, at: noon },
    ...{ type: 'message', words: code, files: [] },
  })
  const text = await exportNetwork(house.store)
  const written = join(at.folder, 'network.yaml')
  writeFileSync(written, text)
  const other = ground()
  const equal = await openHouse(other, noon, { adjust: () => loadNetwork(written) })
  try {
    const [one, two] = [await presentNetwork(house.store), await presentNetwork(equal.store)]
    expect(two.people.find(person => person.accounts.some(one => one.address === address))?.name).toBeNull()
    expect(differences(two, one)).toEqual([])
    expect(await exportNetwork(equal.store)).toBe(text)
  } finally {
    await equal.close()
    other.leave()
  }
})

test('what the file says otherwise is shown without accounts or names, and taken in once it is meant', async () => {
  const wanted: Network = {
    ...finch({ roles: ['coordinator'] }),
    strangers: 'refuse',
    groups: [{ platform: 'slack', address: 'S0RESP', roles: ['responder'], regions: ['AZ'] }],
    regions: file.regions.map(region =>
      region.code === 'GA'
        ? {
            ...region,
            rooms: [...region.rooms, { platform: 'slack', address: 'C0GA', name: null, language: null, red: true }],
          }
        : region,
    ),
  }
  expect(await diff(wanted)).toEqual([
    '~ settings  strangers: otherwise',
    '+ rooms  GA: a room without a name (slack) (only in the file)',
    '~ people  Finch: roles',
    '+ groups  slack S0RESP (only in the file)',
  ])
  expect(await apply(wanted)).toBe(false)
  expect(house.store.roster.directory().strangers).toBe('report')
  expect(await apply(wanted, { yes: true })).toBe(true)
  const { strangers, groups, rooms, people } = house.store.roster.directory()
  expect(strangers).toBe('refuse')
  expect(groups).toHaveLength(1)
  expect(rooms.some(room => room.address === 'C0GA' && room.red)).toBe(true)
  expect([...people.values()].find(person => person.callsign === 'Finch')?.roles).toEqual(['coordinator'])
  expect(await diff(wanted)).toEqual(['The file and the database say the same.'])
  expect((await house.store.deeds.latest(1))[0]).toMatchObject({ what: 'apply', by: null })
})

test('only what is named is taken in', async () => {
  const wanted = { ...finch({ roles: ['leader'] }), strangers: 'refuse' } as const
  await apply(wanted, { yes: true, only: ['finch'] })
  expect(house.store.roster.directory().strangers).toBe('report')
  expect(await diff(wanted)).toEqual(['~ settings  strangers: otherwise'])
})

test('nothing goes unless it is said, and people stay known without a role', async () => {
  const wanted: Network = {
    ...file,
    people: file.people.filter(person => person.callsign !== 'Finch'),
    regions: file.regions.map(region =>
      region.code === 'AZ' ? { ...region, rooms: region.rooms.slice(0, 1) } : region,
    ),
  }
  expect(await apply(wanted, { yes: true })).toBe(true)
  expect(printed).toEqual(['2 things that the file does not name stay (--remove lets go).', 'Nothing to take in.'])
  expect(await apply(wanted, { yes: true, remove: true })).toBe(true)
  const directory = house.store.roster.directory()
  expect([...directory.people.values()].find(person => person.callsign === 'Finch')?.roles).toEqual([])
  expect(directory.rooms.some(room => room.address === 'az-signal')).toBe(false)
})

test('an account that is somebody else’s is not taken from them', async () => {
  const heron = file.people.find(person => person.callsign === 'Heron')
  const wanted = finch({ accounts: heron?.accounts ?? [] })
  await expect(apply(wanted, { yes: true })).rejects.toThrow('somebody else')
})

test('a person may have several accounts on one tool, and none of a name', () => {
  const network = parseNetwork({
    network: { name: 'N', zone: 'UTC', languages: ['en'] },
    regions: [{ code: 'US', name: 'All', places: [{ anywhere: true }], rooms: [{ workspace: 'us' }] }],
    coordination: { rooms: [{ workspace: 'co' }] },
    people: [
      {
        ...{ callsign: 'Finch', roles: ['responder'], regions: 'all' },
        ...{ accounts: { workspace: 'finch' }, also: [{ workspace: 'finch-two' }] },
      },
    ],
  })
  expect(network.people[0]).toMatchObject({ name: null, accounts: [{ address: 'finch' }, { address: 'finch-two' }] })
})
