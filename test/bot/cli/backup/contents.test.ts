import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settingItems } from '../../../../bot/cli/backup/contents.ts'
import type { Config } from '../../../../bot/config.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-contents-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The names of the settings in a backup whose network file names these files beside it. */
async function namesOf(named: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const file of Object.values(named)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), file)
  }
  const networkFile = join(folder, 'network.json')
  const files = Object.entries(named).map(([name, file]) => [name, { file }])
  writeFileSync(networkFile, JSON.stringify(Object.fromEntries(files)))
  const key = { value: randomBytes(32).toString('base64'), file: join(folder, 'hub.key') }
  const further = { 'indicators.yaml': join(folder, 'network.json') }
  const config = { key, networkFile, taxonomyFile: networkFile, furtherFiles: further } as unknown as Config
  const items = await settingItems(config, [randomBytes(32)])
  return items.map(item => item.name).filter(name => name.startsWith('settings/') && name !== 'settings/env')
}

const always = ['settings/network.yaml', 'settings/indicators.yaml', 'settings/taxonomy.yaml']

test('the files that a network file names are in a backup, each once', async () => {
  const names = await namesOf({ places: 'land.geojson', boundaries: 'land.geojson', calendar: 'days.yaml' })
  expect(names.toSorted()).toEqual([...always, 'settings/land.geojson', 'settings/days.yaml'].toSorted())
})

test('files of one name from several folders stand beside each other, or the backup could not be unpacked', async () => {
  const names = await namesOf({ places: 'a/az.json', boundaries: 'b/az.json', calendar: 'c/network.yaml' })
  const told = ['settings/az.json', 'settings/boundaries-az.json', 'settings/calendar-network.yaml']
  expect(names.toSorted()).toEqual([...always, ...told].toSorted())
})
