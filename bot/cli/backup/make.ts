import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { type Database, openDatabase } from '../../../db/database.ts'
import { flaw, imprint } from '../../../db/imprint.ts'
import { inventory } from '../../../db/inventory.ts'
import { loadHubKeys } from '../../../db/keyfile.ts'
import { syncFolder } from '../../../db/lines.ts'
import { sealId } from '../../../db/seal.ts'
import { StoreError } from '../../../workflows/errors.ts'
import { type Config, isPractice } from '../../config.ts'
import { databaseFile } from '../address.ts'
import type { Opened } from '../terminal.ts'
import { type Item, readArchive, writeArchive } from './archive.ts'
import { fileItems, settingItems } from './contents.ts'
import { type Manifest, writtenManifest } from './manifest.ts'
import { type SignalPart, signalPart } from './signal.ts'

/** A backup that was made, read back and found whole. */
export type Made = {
  readonly file: string
  readonly bytes: number
  /** What it holds stood so at this moment (epoch ms). */
  readonly at: number
  readonly manifest: Manifest
  readonly signal: SignalPart
  /** The copy of the erasure list beside it; null while nothing was ever erased. */
  readonly erasures: string | null
}

/** Where backups of a hub lie if nobody says otherwise. */
export function usualFolder({ databaseUrl, filesFolder, network }: Config): string {
  const beside = dirname(databaseFile(databaseUrl) ?? filesFolder)
  return resolve(network.backup?.folder ?? join(beside, 'backups'))
}

/**
 * Makes one encrypted archive of everything that this hub keeps, as it stands now, while the hub runs, and reads it
 * back whole before it gets its name; a crash leaves none. @throws StoreError, ConfigError
 */
export async function makeBackup(
  { store, config }: Pick<Opened, 'store' | 'config'>,
  { folder, recipient, now }: { folder: string; recipient: string; now: number },
): Promise<Made> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = databaseFile(config.databaseUrl)
  // Where the database lies, so that a copy of it, though short-lived, comes nowhere that it was not.
  const near = path ?? join(folder, 'hub')
  sweep(dirname(near), name => name.startsWith(`${basename(near)}.backup-`))
  sweep(folder, name => draftName.test(name))
  const work = mkdtempSync(`${near}.backup-`)
  try {
    const before = loadHubKeys({ ...config.key, mayCreate: false })
    const copy = path && join(work, 'hub.db')
    if (path && copy) take(path, copy)
    const database = await openDatabase({ url: copy ? `file:${copy}` : config.databaseUrl, migrations: null })
    const file = join(folder, nameOf(now))
    try {
      const signal = await signalPart(config.network.backup?.signal, work)
      const made = await pack({ store, config, database, copy, work, now, before, signal, recipient, file })
      return { ...made, file, at: now, signal, erasures: await listBeside(store, folder) }
    } finally {
      await database.close()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Deletes the oldest backups of a folder, but for the newest so many; gives how many went. */
export function prune(folder: string, keep: number): number {
  const old = readdirSync(folder)
    .filter(name => finalName.test(name))
    .toSorted()
    .slice(0, -keep)
  for (const name of old) rmSync(join(folder, name), { force: true })
  return old.length
}

/** The newest backup of a folder; null if there is none. */
export function newestIn(folder: string): string | null {
  if (!existsSync(folder)) return null
  const name = readdirSync(folder)
    .filter(one => finalName.test(one))
    .toSorted()
    .at(-1)
  return name ? join(folder, name) : null
}

/** The name under which the erasure list lies beside backups. */
export const listName = 'hub.erasures'

const finalName = /^hub-\d{8}-\d{6}\.tar\.age$/
const draftName = /^hub-\d{8}-\d{6}\.tar\.age\.part$/

const nameOf = (now: number) =>
  `hub-${new Date(now)
    .toISOString()
    .replace(/[-:]|\.\d+Z/g, '')
    .replace('T', '-')}.tar.age`

type Parts = {
  readonly store: Opened['store']
  readonly config: Config
  /** What is counted and listed: the copy, or the server. */
  readonly database: Database
  readonly copy: string | null
  readonly work: string
  readonly now: number
  /** The keys as they were given before the copy was made. */
  readonly before: readonly Buffer[]
  readonly signal: SignalPart
  readonly recipient: string
  readonly file: string
}

async function pack(parts: Parts): Promise<{ bytes: number; manifest: Manifest }> {
  const { store, config, database, copy, work, now, before, signal, recipient, file } = parts
  const holds = await inventory(database)
  requireRoom(dirname(file), holds.bytes + (copy ? statSync(copy).size : 0))
  const missing: string[] = []
  // Shredded meanwhile, it is missed by nobody.
  const miss = async (id: string) => void ((await store.files.find(id)) && missing.push(id))
  for await (const _ of fileItems(database, config.filesFolder, miss));
  const settings = await settingItems(config, before)
  const manifest: Manifest = {
    ...{ format: 1, program: 'trust-hub', version: config.version, madeAt: new Date(now).toISOString() },
    ...{ network: config.network.name, practice: isPractice(config) },
    ...{ engine: database.engine, keys: before.map(sealId) },
    ...{ incidents: holds.incidents, entries: holds.entries, files: holds.files, bytes: holds.bytes },
    ...{ missing: missing.length, signal: signal.type === 'held' },
  }
  async function* items(): AsyncGenerator<Item> {
    yield { name: 'manifest.json', bytes: writtenManifest(manifest) }
    yield* settings
    if (copy) yield { name: 'hub.db', file: copy }
    yield* fileItems(database, config.filesFolder, async () => {})
    if (signal.type === 'held') yield* signal.items
  }
  // A second key that nobody keeps, so that what was written can be read back once, and then only with the phrase.
  const once = await generateX25519Identity()
  const draft = `${file}.part`
  const recipients = [recipient, await identityToRecipient(once)]
  try {
    await writeArchive(draft, items(), { recipients, sums: join(work, 'sums') })
    await readArchive(draft, once, async (_, content) => {
      for await (const _piece of content);
    })
    renameSync(draft, file)
    await syncFolder(dirname(file))
  } catch (error) {
    rmSync(draft, { force: true })
    throw isFull(error) ? new StoreError('full', 'none', noRoom(dirname(file))) : error
  }
  return { bytes: statSync(file).size, manifest }
}

function take(path: string, copy: string): void {
  imprint(path, copy)
  const found = flaw(copy)
  if (found !== null)
    throw new StoreError('broken', 'none', `The database is damaged: ${found}. Restore a backup from before.`)
}

/** Copies the erasure list into a folder of backups and gives where; null while nothing was ever erased. */
export async function listBeside(store: Opened['store'], folder: string): Promise<string | null> {
  const list = await store.backups.listErased()
  if (!existsSync(list)) return null
  const [target, draft] = [join(folder, listName), join(folder, `${listName}.part`)]
  copyFileSync(list, draft)
  renameSync(draft, target)
  await syncFolder(folder)
  return target
}

function requireRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes * 1.05 + spareBytes) throw new StoreError('full', 'none', noRoom(folder))
}

function sweep(folder: string, isOurs: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) if (isOurs(name)) rmSync(join(folder, name), { recursive: true, force: true })
}

const spareBytes = 16 * 1024 ** 2
const isFull = (error: unknown) => /^(?:ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException).code ?? '')
const noRoom = (folder: string) => `There is no room for a backup in ${folder}. Make room, or name another folder.`
