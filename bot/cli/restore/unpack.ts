import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ConfigError } from '../../../workflows/errors.ts'
import { readArchive, WrongSecretError } from '../backup/archive.ts'
import { type Manifest, readManifest } from '../backup/manifest.ts'
import { staged } from './target.ts'

/**
 * Unpacks an archive into a new folder, for its owner alone; whole and as it was put in, or it throws.
 * @throws WrongSecretError, ConfigError that says what is wrong with it
 */
export async function unpack(archive: string, identity: string, folder: string): Promise<Manifest> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let manifest: Manifest | undefined
  await readArchive(archive, identity, async (name, content) => {
    if (name === 'manifest.json') {
      manifest = readManifest(await text(content))
      return
    }
    const place = placeOf(name)
    if (!manifest || !place) throw new ConfigError(`This backup holds "${name}", which this version does not know.`)
    const file = join(folder, place)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
  })
  if (!manifest) throw new ConfigError('This backup says nothing of itself. Take another one.')
  return manifest
}

/** Whether an archive can be opened with that; it is read no further than need be. @throws ConfigError if it is none */
export async function opens(archive: string, identity: string): Promise<boolean> {
  try {
    await readArchive(archive, identity, async () => {
      throw new Enough()
    })
    return true
  } catch (error) {
    if (error instanceof Enough) return true
    if (error instanceof WrongSecretError) return false
    throw error
  }
}

class Enough extends ConfigError {}

function placeOf(name: string): string | null {
  if (name === 'hub.db') return staged.database
  if (name === 'hub.key') return staged.key
  if (/^files\/[0-9a-f]{2}\/[0-9a-f]+$/.test(name)) return join(staged.files, name.slice('files/'.length))
  return /^(?:settings|signal)\//.test(name) ? name : null
}
