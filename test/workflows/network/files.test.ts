import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sampleNetworkFile } from '../../../bot/config.ts'
import { writtenNetwork } from '../../../workflows/network/written.ts'
import { parseNetwork } from '../../../workflows/network.ts'

const sample = parse(readFileSync(sampleNetworkFile, 'utf8')) as object

test('a network that is written out names the files beside it, as it did', () => {
  const files = { places: 'places.csv', boundaries: 'districts.geojson', calendar: 'days.yaml' }
  expect(writtenNetwork(parseNetwork(sample), files)).toMatchObject({
    places: { file: 'places.csv' },
    boundaries: { file: 'districts.geojson' },
    calendar: { file: 'days.yaml' },
  })
  expect(writtenNetwork(parseNetwork(sample), null)).not.toHaveProperty('boundaries')
})

test.each([
  [{ boundaries: { file: 'districts.shp' } }, /^boundaries\.file: is no file of borders\. Name a \.geojson file/],
  [{ boundaries: 'districts.geojson' }, /^boundaries: /],
])('%j is refused with what is allowed', (given, message) => {
  expect(() => parseNetwork({ ...sample, ...given })).toThrow(message)
})
