import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { BackupFacts, BackupProblem } from '../../db/backups.ts'
import { ConfigError, HubError, reasonOf, StoreError } from '../../workflows/errors.ts'
import { isDead, nameHolder } from '../holder.ts'
import { databasePlace } from './address.ts'
import type { Made } from './backup/make.ts'
import type { Secret } from './backup/phrase.ts'
import { createAsker, LeftError } from './setup/asker.ts'
import { count, type Opened, print, run, withStore } from './terminal.ts'

type How = { readonly to?: string; readonly scheduled?: string; readonly list?: boolean }
type PhraseHow = {
  readonly split?: boolean
  readonly language: 'en' | 'es'
  readonly check?: boolean
  readonly identity?: boolean
}

/** `hub backup` and `hub backup phrase`. */
export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .description('Make one encrypted backup of everything, while the hub runs')
    .option('-t, --to <folder>', 'put it there, and do nothing else with it')
    .addOption(new Option('--scheduled <window>').hideHelp())
    .addOption(new Option('--list').hideHelp())
    .action((how: How) => run(() => withStore(opened => alone(opened, () => backUp(opened, how)))))
  backup
    .command('phrase')
    .description('Make the recovery phrase that opens backups, show it once, and keep only its public half')
    .option('-s, --split', 'in two halves for two people, both of which are needed')
    .addOption(new Option('-l, --language <language>', 'of the words').choices(['en', 'es']).default('en'))
    .option('-c, --check', 'say whether a phrase that you type is the one in use')
    .option('-i, --identity', 'print a phrase that you type as the standard program "age" takes it')
    .action((how: PhraseHow) => run(() => phrase(how)))
}

async function phrase({ split = false, language, check, identity }: PhraseHow): Promise<boolean> {
  const { makePhrase, askSecret } = await import('./backup/ask.ts')
  const { identityOf } = await import('./backup/phrase.ts')
  const asker = createAsker(process.stdin, process.stdout)
  try {
    if (identity) {
      print(identityOf(await askSecret(asker, async () => true)))
      return true
    }
    return await withStore(async ({ store }) => {
      if (!check) return (await makePhrase(store, { ...asker, clear }, { split, language })) !== ''
      const recipient = await store.backups.recipient()
      if (recipient === null) throw new ConfigError(noPhrase)
      const { identityToRecipient } = await import('age-encryption')
      const isCurrent = async (secret: Secret) => (await identityToRecipient(identityOf(secret))) === recipient
      await askSecret(asker, isCurrent, checking)
      print('This is the phrase in use: it opens the backups that are made now.')
      return true
    })
  } catch (error) {
    throw error instanceof LeftError ? new ConfigError('Left here. Nothing was changed.') : error
  } finally {
    asker.close()
  }
}

/** Makes a backup, says what is in it, brings it elsewhere if the network file says how, and keeps what is known. */
async function backUp(opened: Opened, how: How): Promise<boolean> {
  const { store, config } = opened
  const { to, scheduled } = how
  const { listBeside, makeBackup, newestIn, prune, usualFolder } = await import('./backup/make.ts')
  const before = await store.backups.facts()
  if (how.list) return copyList(opened, await listBeside(store, usualFolder(config)))
  // Made already, it only has to be brought elsewhere: another one would push an older one out.
  const standing =
    scheduled && before?.window === scheduled && before.problem?.type === 'copied' && newestIn(usualFolder(config))
  if (standing)
    return bringElsewhere(
      opened,
      { file: standing, erasures: await listBeside(store, usualFolder(config)) },
      before,
      before,
    )
  const now = Date.now()
  const failed = async (type: BackupProblem['type'], error: unknown) => {
    if (to === undefined || scheduled)
      await store.backups.note(withProblem(before, type, reasonOf(error), now, scheduled))
    throw error
  }
  const recipient = (await store.backups.recipient()) ?? (scheduled ? null : await firstPhrase(opened))
  if (recipient === null) return failed('phrase', new ConfigError(noPhrase))
  const folder = to === undefined ? usualFolder(config) : resolve(to)
  const made = await makeBackup(opened, { folder, recipient, now }).catch(error =>
    failed(error instanceof StoreError && error.reason === 'full' ? 'space' : 'failed', error),
  )
  print(...madeLines(made, config.databaseUrl))
  if (to !== undefined) return true
  const facts: BackupFacts = {
    ...{ at: made.at, bytes: made.bytes, copiedAt: null, holdsSignal: made.signal.type === 'held', problem: null },
    window: scheduled ?? before?.window ?? null,
  }
  await store.backups.note(facts)
  const gone = prune(folder, config.network.backup?.keep ?? usualKept)
  if (gone > 0) print(`${count(gone, 'older backup')} went.`)
  return bringElsewhere(opened, made, facts, before)
}

async function copyList({ config }: Opened, list: string | null): Promise<boolean> {
  const { copy } = config.network.backup ?? {}
  if (copy === undefined || list === null) return true
  const { runCopy } = await import('./backup/copy.ts')
  const problem = await runCopy(copy, list)
  if (problem !== null)
    throw new ConfigError(`The list of what was erased was NOT copied off this machine: ${problem}.`)
  return true
}

async function bringElsewhere(
  { store, config }: Opened,
  made: Pick<Made, 'file' | 'erasures'>,
  facts: BackupFacts,
  before: BackupFacts | null,
) {
  const { copy } = config.network.backup ?? {}
  if (copy === undefined) {
    print(
      'It lies on this machine only. Keep a copy elsewhere; "backup: copy:" in the network file does that each time.',
    )
    return true
  }
  const { runCopy } = await import('./backup/copy.ts')
  // The list first: it is small, and without it a restore brings back what was erased.
  for (const file of [made.erasures, made.file]) {
    const problem = file && (await runCopy(copy, file))
    if (!problem) continue
    const since = before?.problem?.type === 'copied' ? before.problem.since : facts.at
    await store.backups.note({ ...facts, problem: { type: 'copied', detail: problem, since: since ?? Date.now() } })
    throw new ConfigError(`It was NOT copied off this machine: ${problem}. What was to be run: ${copy}`)
  }
  await store.backups.note({ ...facts, copiedAt: Date.now(), problem: null })
  print('Copied off this machine, as the network file says.')
  return true
}

function madeLines({ file, bytes, manifest, signal, erasures }: Made, url: string): string[] {
  const { incidents, entries, files, missing, engine } = manifest
  const holds = [
    ...(engine === 'sqlite' ? [`${count(incidents, 'incident')} with ${count(entries, 'entry', 'entries')}`] : []),
    `${count(files - missing, 'file')}, the hub's keys and settings`,
  ].join(', ')
  return [
    `Backup made: ${file} (${sizeOf(bytes)}), read back and whole.`,
    `It holds ${holds}.`,
    ...(engine === 'postgres'
      ? [`The database itself is NOT in it: it is ${databasePlace(url)}. Use pg_dump (see README).`]
      : []),
    ...(missing > 0
      ? [`${count(missing, 'attached file')} NOT in it, not being in its folder any more: see "hub evidence verify".`]
      : []),
    signal.type === 'held'
      ? "Signal's account is in it."
      : `Signal's account is NOT in it: ${signal.why}. Without it the number must be linked anew after a loss.`,
    ...(erasures
      ? [`What was erased for good is listed apart: ${erasures}. A restore needs the newest copy of it.`]
      : []),
  ]
}

function withProblem(
  before: BackupFacts | null,
  type: BackupProblem['type'],
  detail: string,
  now: number,
  window: string | undefined,
): BackupFacts {
  const none = { at: null, bytes: 0, copiedAt: null, holdsSignal: false, window: null }
  const since = before?.problem?.type === type ? before.problem.since : now
  return { ...(before ?? none), problem: { type, detail, since }, window: window ?? before?.window ?? null }
}

async function firstPhrase({ store }: Opened): Promise<string> {
  const { makePhrase } = await import('./backup/ask.ts')
  const asker = createAsker(process.stdin, process.stdout)
  try {
    print(
      'There is no recovery phrase yet, so one is made first. (For two halves: Ctrl+C, then "backup phrase --split".)',
      '',
    )
    return await makePhrase(store, { ...asker, clear }, { split: false, language: 'en' })
  } finally {
    asker.close()
  }
}

/** Two at once would sweep away what the other has half written. */
async function alone<T>({ store }: Opened, work: () => Promise<T>): Promise<T> {
  const holder = nameHolder()
  const hold = () => store.leases.hold('backup', holder, leaseMs)
  // One that was killed here holds nobody up.
  if (!(await hold()) && ((await store.leases.bury(isDead)) === 0 || !(await hold())))
    throw new HubError('Another backup is being made. Wait until it is done, or a minute if it was killed.')
  const renewing = setInterval(() => void hold().catch(() => {}), leaseMs / 4)
  try {
    return await work()
  } finally {
    clearInterval(renewing)
    await store.leases.release('backup', holder)
  }
}

// Also from what can be scrolled back to.
const clear = () => void (process.stdout.isTTY && process.stdout.write('\x1b[2J\x1b[3J\x1b[H'))

const leaseMs = 60_000
const usualKept = 14

const checking = {
  alone: 'By itself this is not the phrase in use. If it is one of two halves, type the other one.',
  together: 'Together they are not the phrase in use either: it was replaced, or what was written down is not right.',
}
const noPhrase = 'There is no recovery phrase yet. Make one first: npm run -s hub -- backup phrase'

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
