import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { openDatabase } from '../../../db/database.ts'
import { halfPlaced } from '../../../db/imprint.ts'
import { type Inventory, inventory } from '../../../db/inventory.ts'
import { loadHubKeys } from '../../../db/keyfile.ts'
import { running } from '../../../db/processes.ts'
import { sealId } from '../../../db/seal.ts'
import { ConfigError } from '../../../workflows/errors.ts'
import { loadConfig } from '../../config.ts'
import { askSecret } from '../backup/ask.ts'
import { listName } from '../backup/make.ts'
import type { Manifest } from '../backup/manifest.ts'
import { identityOf, joined, type Secret, secretOf } from '../backup/phrase.ts'
import { createAsker, LeftError } from '../setup/asker.ts'
import { count, print } from '../terminal.ts'
import { finishPlacing, type Move, placeAll } from './place.ts'
import { moment, openLines, replayLines } from './say.ts'
import { type Returning, settle, sweepFiles, verified } from './settle.ts'
import { requireStopped, staged, type Target, targetIn, targetOf } from './target.ts'
import { opens, unpack } from './unpack.ts'

/** How a restore is made. */
export type RestoreHow = {
  readonly to?: string
  readonly phraseFile?: string
  readonly erasures?: readonly string[]
  readonly yes?: boolean
}

/** Brings a backup back; true once it is done. @throws ConfigError, with everything as it was */
export async function restore(archive: string, how: RestoreHow): Promise<boolean> {
  const config = how.to === undefined ? loadConfig() : null
  const target = config ? targetOf(config) : targetIn(how.to ?? '')
  if (await finishPlacing(target.staging)) {
    print('A restore that was broken off here is ended now. Start the hub.')
    return true
  }
  if (!existsSync(archive)) throw new ConfigError(`There is no file ${archive}.`)
  requireStopped(target)
  if (!(how.yes ?? (await isFree(target)))) return false
  const secret = await secretFor(archive, how.phraseFile)
  const now = Date.now()
  mkdirSync(dirname(target.staging), { recursive: true, mode: 0o700 })
  try {
    const manifest = await unpack(archive, identityOf(secret), target.staging)
    await bringBack(archive, manifest, target, how, now)
    if (config?.key.value !== undefined)
      print('HUB_KEY is set, and goes before that file: unset it, or set it to what stands there.')
    return true
  } catch (error) {
    // What was being placed is ended by the next run.
    await discard(target.staging)
    throw error
  }
}

async function bringBack(
  archive: string,
  manifest: Manifest,
  target: Target,
  how: RestoreHow,
  now: number,
): Promise<void> {
  const lite = manifest.engine === 'sqlite'
  if (lite !== (target.database !== null)) throw new ConfigError(lite ? notOnServer : onServer)
  const place = (name: keyof typeof staged) => join(target.staging, staged[name])
  const madeAt = Date.parse(manifest.madeAt)
  const beside = join(dirname(resolve(archive)), listName)
  const lists = [...new Set([...(how.erasures ?? []).map(list => resolve(list)), beside, target.erasures])].filter(
    existsSync,
  )
  const unknown = (how.erasures ?? []).find(list => !existsSync(list))
  if (unknown !== undefined) throw new ConfigError(`There is no file ${unknown}.`)
  const url = lite ? `file:${place('database')}` : target.url
  if (!lite) await requireAlone(url)
  const key = { value: undefined, file: place('key') }
  const returning: Returning = { url, key, lists, stoodAt: lite ? madeAt : await newest(url), now }
  // What is on a server is changed where it stands, so it is checked before; what was unpacked is only thrown away.
  if (!lite) await requireSound(returning, place('files'), unsoundServer)
  const { replayed, open, holds } = await settle(returning, 'current')
  if (lite) await requireSound(returning, place('files'), unsoundBackup)
  await sweepFiles(returning, place('files'))
  // Somebody may have started one since.
  requireStopped(target)
  const aside = await placeAll(target.staging, movesOf(target), now)
  print(
    `Restored: ${holdings(holds)}, as they stood at ${moment(returning.stoodAt)}.`,
    ...(aside.length > 0 ? ['Put aside, not deleted:', ...aside.map(one => `  ${near(one)}`)] : []),
    '',
    ...replayLines(replayed, lists, returning.stoodAt),
    ...openLines(open),
    '',
    ...startLines(target, manifest),
  )
}

async function requireSound(returning: Returning, files: string, otherwise: string): Promise<void> {
  if (!(await verified(returning, files, print))) throw new ConfigError(otherwise)
}

/** Everything that was unpacked, but for keys that are there already. */
function movesOf(target: Target): readonly Move[] {
  const from = (name: string) => join(target.staging, name)
  const moves: Move[] = [
    ...(target.database ? [{ from: from(staged.database), to: target.database }] : []),
    { from: from(staged.files), to: target.files },
    { from: from(staged.erasures), to: target.erasures },
    ...(hasKeys(target.key, from(staged.key)) ? [] : [{ from: from(staged.key), to: target.key }]),
    { from: from('settings'), to: join(target.extras, 'settings') },
    { from: from('signal'), to: join(target.extras, 'signal') },
  ]
  return moves.filter(move => existsSync(move.from) || move.to === target.files || move.to === target.erasures)
}

function hasKeys(file: string, wanted: string): boolean {
  if (!existsSync(file)) return false
  try {
    const ids = (path: string) => loadHubKeys({ file: path, mayCreate: false }).map(sealId)
    const own = new Set(ids(file))
    return ids(wanted).every(id => own.has(id))
  } catch {
    return false
  }
}

function startLines({ database, key, extras }: Target, manifest: Manifest): string[] {
  const config = `${near(extras)}/settings`
  const variable = manifest.practice ? 'PRACTICE_DATABASE_URL' : 'DATABASE_URL'
  return [
    ...(existsSync(join(extras, 'settings'))
      ? [`The settings of that hub lie in ${config}: look them through, and put them where this hub reads them.`]
      : []),
    ...(manifest.signal
      ? [`Signal's account lies in ${near(extras)}/signal: put it where signal-cli keeps it, while that is stopped.`]
      : ["Signal's account was not in it: if this machine has none, link the number anew (docs/setup.md)."]),
    'Make sure that the old hub runs nowhere any more: two would answer everybody twice. Then start this one:',
    `  ${database ? `${variable}=file:${near(database)} ` : ''}HUB_KEY_FILE=${near(key)} npm start`,
  ]
}

/** Says what is there, unless nothing is. */
async function isFree({ database, files, key, url }: Target): Promise<boolean> {
  if (database && !existsSync(database)) {
    if (!existsSync(files) && !existsSync(key)) return true
    print(`There is no database at ${near(database)}, but files or a key of one. They would be put aside, not deleted.`)
  } else {
    const open = await openDatabase({ url, migrations: null })
    const { incidents, newest } = await inventory(open).finally(() => open.close())
    const last = newest === null ? 'nothing was done yet' : `the last entry is of ${moment(newest)}`
    const where = database ? near(database) : 'on the server'
    print(
      `There is a database already: ${where}, ${count(incidents, 'incident')}, ${last}.`,
      database ? 'It would be put aside, not deleted.' : 'Its unsent messages would be asked about, and its codes end.',
    )
  }
  print('To do it: add --yes')
  return false
}

async function secretFor(archive: string, file: string | undefined): Promise<Secret> {
  const fits = (secret: Secret) => opens(archive, identityOf(secret))
  if (file === undefined) {
    const asker = createAsker(process.stdin, process.stdout)
    try {
      return await askSecret(asker, fits).catch(error => {
        throw error instanceof LeftError ? new ConfigError('Left here. Nothing was changed.') : error
      })
    } finally {
      asker.close()
    }
  }
  const words = wordsIn(file)
  const halves = [words.slice(0, words.length > 24 ? words.length / 2 : words.length), words.slice(words.length / 2)]
  const [one, other] = halves.map(half => half.join(' '))
  const secret = words.length > 24 ? joined(secretOf(one ?? ''), secretOf(other ?? '')) : secretOf(one ?? '')
  if (await fits(secret)) return secret
  throw new ConfigError(
    `The phrase in ${file} does not open ${archive}, or the beginning of that file is damaged. Nothing was changed.`,
  )
}

function wordsIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split(/\s+/)
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    throw new ConfigError(`The phrase cannot be read from ${file} (${code}). Nothing was changed.`)
  }
}

function holdings({ incidents, broadcasts, entries, files }: Inventory): string {
  const sent = broadcasts > 0 ? `${count(broadcasts, 'broadcast')}, ` : ''
  return `${count(incidents, 'incident')}, ${sent}${count(entries, 'entry', 'entries')} and ${count(files, 'file')}`
}

async function requireAlone(url: string): Promise<void> {
  const database = await openDatabase({ url })
  const others = await running(database).finally(() => database.close())
  if (others.length === 0) return
  const names = others.map(({ pid, host }) => `process ${pid} on ${host}`).join(', ')
  throw new ConfigError(`A hub runs on this database: ${names}. Stop it first, and run this again.`)
}

async function newest(url: string): Promise<number> {
  const database = await openDatabase({ url })
  const { newest } = await inventory(database).finally(() => database.close())
  return newest ?? Date.now()
}

async function discard(staging: string): Promise<void> {
  if (!existsSync(join(staging, halfPlaced))) await finishPlacing(staging)
}

function near(path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') ? path : short
}

const unsoundBackup = 'The timelines in this backup do not verify, so nothing was changed. Take an earlier backup.'
const unsoundServer =
  'The timelines in the database do not verify, so nothing was changed. Bring an earlier copy of it back on the ' +
  'server, and run this again.'
const notOnServer =
  'This backup holds an SQLite database, and DATABASE_URL names a server. Use --to, and "hub migrate" afterwards.'
const onServer =
  'This backup is of a hub on PostgreSQL, whose database is not in it. Bring that back first (README, "Backups"), ' +
  'set DATABASE_URL to it, and run this without --to.'
