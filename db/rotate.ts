import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { ConfigError, ConflictError, HubError } from '../workflows/errors.ts'
import { tablesOf } from './base.ts'
import { newHubKey, writeHubKeys } from './keyfile.ts'
import { leaseStore } from './leases.ts'
import { type Running, running } from './processes.ts'
import type { KeysInUse, Ring } from './ring.ts'
import { sealId } from './seal.ts'
import { type Found, type SealedColumn, sealedColumns, standsAt, valuesUnder } from './sealed.ts'

/** What a rotation tells on its way. */
export type RotationStep =
  /** `resumed`: one that was broken off goes on. */
  | { readonly type: 'begun'; readonly current: string; readonly next: string; readonly resumed: boolean }
  /** For another rotation to end (`other`), or for processes to have the new key, and then to use it. */
  | { readonly type: 'waiting'; readonly why: 'other' | 'has' | 'uses'; readonly processes: readonly Running[] }
  /** So many values were sealed anew so far. */
  | { readonly type: 'sealing'; readonly done: number }
  /**
   * Nothing that can be opened lies under the replaced keys. `damaged` values name them and open under none. `inFile`:
   * the replaced keys are gone from the key file.
   */
  | ({ readonly type: 'done'; readonly current: string; readonly replaced: readonly string[] } & {
      readonly damaged: number
      readonly inFile: boolean
      /** The database's files hold no trace of what lay under the replaced keys either. */
      readonly scrubbed: boolean
    })

/** How long (ms) to wait for other processes to take a new key, and how often to look. */
export type Patience = { readonly waitMs: number; readonly lookMs: number }

/**
 * Puts a new key in the place of the hub's, while processes run: first all of them learn it, then all seal under it,
 * then everything that lies under older ones is sealed anew, some at a time. Broken off at any moment it does no harm,
 * and goes on when it is begun again. @throws HubError when a process does not take the key, ConfigError when none can
 * be made here
 */
export async function* rotate(ring: Ring, file: string, patience: Patience = patient): AsyncGenerator<RotationStep> {
  const tables = tablesOf(ring.database.engine)
  const leases = leaseStore({ database: ring.database, tables, seal: ring.seal })
  const holder = randomUUID()
  const hold = () => leases.hold('rotation', holder, leaseMs)
  const still = async () => {
    if (!(await hold())) throw new HubError('Another rotation took over, so this one stops. Nothing is lost.')
  }
  try {
    while (!(await hold())) {
      yield { type: 'waiting', why: 'other', processes: [] }
      await pause(patience.lookMs)
    }
    await ring.follow()
    const before = await ring.inUse()
    const { next, resumed } = target(before, ring, file)
    const older = [before.current, ...before.older].filter(id => id !== next)
    yield { type: 'begun', current: before.current, next, resumed }

    yield* everybody('has', keys => keys.includes(next), { ring, patience, still })
    await use({ ...before, current: next, older }, ring)
    yield* everybody('uses', keys => keys[0] === next, { ring, patience, still })
    const damaged = yield* sealAll(older, ring, still)

    const at = Date.now()
    const replaced = [...before.replaced.filter(one => !older.includes(one.id)), ...older.map(id => ({ id, at }))]
    await use({ current: next, older: [], replaced }, ring)
    const gone = new Set(replaced.map(one => one.id).filter(id => ring.keys().has(id)))
    const scrubbed = await scrub(ring, patience)
    const inFile = ring.source === 'file'
    if (inFile) writeHubKeys(file, inOrder(next, ring, gone))
    yield { type: 'done', current: next, replaced: [...gone], damaged, inFile, scrubbed }
  } finally {
    await leases.release('rotation', holder)
  }
}

const patient: Patience = { waitMs: 90_000, lookMs: 250 }
const leaseMs = 5_000
const batchRows = 100
const tries = 5

/** The key to come, and whether an earlier rotation had begun with it. */
function target({ current, older, replaced }: KeysInUse, ring: Ring, file: string) {
  if (older.length > 0) return { next: current, resumed: true }
  const others = [...ring.keys().keys()].filter(id => id !== current)
  const unused = others.find(id => !replaced.some(one => one.id === id))
  if (unused !== undefined) return { next: unused, resumed: true }
  if (ring.source === 'HUB_KEY') throw new ConfigError(byHand)
  // All was done but to take the replaced key out of the file.
  if (others.length > 0) return { next: current, resumed: true }
  const made = newHubKey()
  writeHubKeys(file, [made, ...ring.keys().values()])
  return { next: sealId(made), resumed: false }
}

function inOrder(first: string, ring: Ring, without: ReadonlySet<string>): Buffer[] {
  const kept = [...ring.keys()].filter(([id]) => !without.has(id))
  return kept.sort(([one], [other]) => Number(other === first) - Number(one === first)).map(([, bytes]) => bytes)
}

async function use(used: KeysInUse, { database }: Ring): Promise<void> {
  const { settings } = tablesOf(database.engine)
  const value = JSON.stringify(used)
  await database.transaction(tx =>
    tx.update(settings).set({ value }).where(eq(settings.key, 'keys')).returning({ key: settings.key }),
  )
}

type Tools = { readonly ring: Ring; readonly patience: Patience; readonly still: () => Promise<void> }

/** Waits until every process that runs is well. */
async function* everybody(
  why: 'has' | 'uses',
  well: (keys: readonly string[]) => boolean,
  { ring, patience, still }: Tools,
): AsyncGenerator<RotationStep, void> {
  const until = Date.now() + patience.waitMs
  for (;;) {
    await ring.follow()
    await still()
    const processes = (await running(ring.database)).filter(one => !well(one.keys))
    if (processes.length === 0) return
    if (Date.now() > until) throw new HubError(stuck(processes))
    yield { type: 'waiting', why, processes }
    await pause(patience.lookMs)
  }
}

/** Seals anew what lies under those keys, until nothing is found; gives how many values could not be opened. */
async function* sealAll(
  older: readonly string[],
  ring: Ring,
  still: () => Promise<void>,
): AsyncGenerator<RotationStep, number> {
  if (older.length === 0) return 0
  let done = 0
  for (;;) {
    let found = 0
    let damaged = 0
    for (const column of sealedColumns(ring.database.engine)) {
      for await (const values of valuesUnder(ring.database.read, column, older)) {
        await still()
        for (let start = 0; start < values.length; start += batchRows) {
          const part = values.slice(start, start + batchRows)
          const sealed = await sealAnew(column, part, ring)
          found += sealed
          damaged += part.length - sealed
        }
        done += found
        if (found > 0) yield { type: 'sealing', done }
      }
    }
    if (found === 0) return damaged
  }
}

/** Somebody who reads for long may stand in the way for a while. */
async function scrub({ database }: Ring, { lookMs }: Patience): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (await database.scrub().catch(() => false)) return true
    await pause(lookMs)
  }
  return false
}

async function sealAnew(column: SealedColumn, values: readonly Found[], { database, seal }: Ring): Promise<number> {
  const anew = values.flatMap(found => {
    const sealed = seal.resealed(found.sealed)
    return sealed ? [{ found, sealed }] : []
  })
  if (anew.length === 0) return 0
  for (let attempt = 1; ; attempt++) {
    try {
      await database.transaction(tx =>
        Promise.all(
          anew.map(({ found, sealed }) => {
            const set = { [column.property]: sealed }
            return tx.update(column.table).set(set).where(standsAt(column, found)).returning({ one: column.column })
          }),
        ),
      )
      return anew.length
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === tries) throw error
    }
  }
}

const byHand =
  'The key stands in HUB_KEY, where this command cannot change it. Make a new one with `openssl rand -base64 32`, ' +
  'set HUB_KEY to the key in use and the new one with a comma between, restart every process of the hub with it, ' +
  'and run this again. Or put the key into a file and name that in HUB_KEY_FILE.'

function stuck(processes: readonly Running[]): string {
  const each = processes.map(({ pid, host, source }) => {
    const way =
      source === 'HUB_KEY'
        ? 'set its HUB_KEY to both keys with a comma between, and restart it'
        : 'put the key file there too, as it is now'
    return `  process ${pid} on ${host}: ${way}`
  })
  return [
    'These processes have not taken the new key, so the old one stays in use beside it. Nothing is lost.',
    ...each,
    'Then run this again: it goes on where it is.',
  ].join('\n')
}
