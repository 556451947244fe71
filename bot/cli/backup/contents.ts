import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../db/database.ts'
import { keptFiles } from '../../../db/inventory.ts'
import { loadHubKeys, writtenKeys } from '../../../db/keyfile.ts'
import { sealId } from '../../../db/seal.ts'
import { valueAt } from '../../../workflows/problems.ts'
import { bundledTaxonomyFile, type Config, sampleNetworkFile } from '../../config.ts'
import { readYaml } from '../../yaml.ts'
import type { Item } from './archive.ts'

/**
 * The settings of the hub as they go into a backup: its keys, also those that were given `before` the database was
 * copied (a rotation may have taken one out since), and the files that it was told to read.
 */
export async function settingItems(config: Config, before: readonly Buffer[]): Promise<readonly Item[]> {
  const { key, networkFile, taxonomyFile } = config
  const keys = [...before, ...loadHubKeys({ ...key, mayCreate: false })]
  const distinct = [...new Map(keys.map(one => [sealId(one), one])).values()]
  const items: Item[] = [{ name: 'hub.key', bytes: Buffer.from(writtenKeys(distinct)) }]
  const add = async (name: string, file: string) => items.push({ name, bytes: await readFile(file) })
  const taken = new Set(['network.yaml', 'taxonomy.yaml', 'env', ...Object.keys(config.furtherFiles)])
  const added = new Set<string>()
  if (networkFile !== sampleNetworkFile) {
    await add('settings/network.yaml', networkFile)
    const { data } = readYaml(networkFile)
    for (const name of ['places', 'boundaries', 'calendar']) {
      const named = valueAt(data, [name, 'file'])
      if (typeof named !== 'string') continue
      const file = resolve(dirname(networkFile), named)
      if (added.has(file)) continue
      added.add(file)
      // Two entries of one name could not be unpacked: files of one name from two folders are told apart.
      const own = taken.has(basename(file)) ? `${name}-${basename(file)}` : basename(file)
      taken.add(own)
      await add(`settings/${own}`, file)
    }
  }
  for (const [name, file] of Object.entries(config.furtherFiles)) await add(`settings/${name}`, file)
  if (taxonomyFile !== bundledTaxonomyFile) await add('settings/taxonomy.yaml', taxonomyFile)
  if (existsSync('.env')) await add('settings/env', '.env')
  return items
}

/** The attached files of a database; `missing` is called for each that is not in its place. */
export async function* fileItems(
  database: Database,
  folder: string,
  missing: (id: string) => Promise<void>,
): AsyncGenerator<Item & { readonly size: number }> {
  for await (const { id, path } of keptFiles(database)) {
    const file = join(folder, path)
    const found = await inPlace(file)
    if (found) yield { name: `files/${path}`, file, size: found.size }
    else await missing(id)
  }
}

// A row stands a moment before its bytes do.
async function inPlace(file: string) {
  for (let look = 0; look < 10; look += 1) {
    const found = await stat(file).catch(() => null)
    if (found) return found
    await pause(200)
  }
  return null
}
