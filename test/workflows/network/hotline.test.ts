import { expect, test } from 'vitest'
import { fillVariables } from '../../../workflows/broadcast/message/variables.ts'
import { unfilled } from '../../../workflows/library/source.ts'
import { differences } from '../../../workflows/network/differ.ts'
import { plannedDirectory } from '../../../workflows/network/planned.ts'
import { writtenNetwork } from '../../../workflows/network/written.ts'
import { NetworkError, parseNetwork } from '../../../workflows/network.ts'

const file = (hotline?: unknown) => ({
  network: { name: 'Mesa network', zone: 'America/Phoenix', languages: ['en'], hotline },
  regions: [{ code: 'AZ', name: 'Arizona', places: [{ anywhere: true }], rooms: [{ slack: 'C0AZ' }] }],
  coordination: { rooms: [{ slack: 'C0COORD' }] },
  people: [],
})
const words = { en: 'Call {hotline}.' }
const everyone = { person: null, room: null, region: null }

test('the number of the network is read, written and compared as its file has it', () => {
  const network = parseNetwork(file('602-555-0134'))
  expect(network.hotline).toBe('602-555-0134')
  expect(parseNetwork(writtenNetwork(network, null))).toEqual(network)
  expect(differences(parseNetwork(file()), network).map(one => one.label)).toEqual(['hotline'])
})

test('it stands in words to many, unless a broadcast names another one', () => {
  const directory = plannedDirectory(parseNetwork(file('602-555-0134')))
  const filled = (defaults: Record<string, string>) =>
    fillVariables(words.en, everyone, { incident: null, defaults }, directory)
  expect(filled({})).toBe('Call 602-555-0134.')
  expect(filled({ hotline: '211' })).toBe('Call 211.')
  expect([unfilled(words, directory), unfilled(words, {})]).toEqual([[], ['{hotline}']])
})

test('what is no number to call is refused', () => {
  for (const odd of ['', 'soon', '{name} 1', '602\n555', `602${'5'.repeat(80)}`])
    expect(() => parseNetwork(file(odd))).toThrow(NetworkError)
})
