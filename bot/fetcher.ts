import type { Logger } from 'pino'
import type { DueFetch } from '../db/evidence.ts'
import type { Store } from '../db/store.ts'
import type { IncidentAction } from '../workflows/action.ts'
import type { Awaited, WhyLost } from '../workflows/collect.ts'
import { ConflictError, InputError, PlatformError, reasonOf } from '../workflows/errors.ts'
import { mostBytes } from '../workflows/evidence.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { FileRef } from '../workflows/incident.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { keepFile } from './keep.ts'
import type { Media } from './media/media.ts'
import type { Fetch, Platform } from './platform.ts'
import { transact } from './transact.ts'

/** What fetching works with; `wake` is called after every commit. */
export type FetcherOptions = {
  readonly store: Store
  readonly platforms: readonly Platform[]
  readonly media: Media
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly wake: () => void
  readonly log: Logger
  /** How long one file may take, in ms. */
  readonly mostMs?: number
}

/** Gets what platforms still have. */
export type Fetcher = {
  /** Fetches what is due, each file once, whoever else fetches too; true if there may be more. */
  readonly run: () => Promise<boolean>
}

const defaultMs = 5 * 60_000
const batch = 4
const firstPause = 15_000
const longestPause = 60 * 60_000
const mostTries = 12

/** Makes the fetcher: growing pauses between tries, some hours in all; then it gives up aloud. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { store, clock, mostMs = defaultMs } = options
  const able = options.platforms.filter(platform => platform.fetch).map(platform => platform.name)
  return {
    async run() {
      // The lease outlasts the slowest file, so that nobody else starts on it meanwhile.
      const due = await store.fetches.due(able, clock(), mostMs + 60_000, batch)
      await Promise.all(due.map(one => work(one, options)))
      return due.length === batch
    },
  }
}

async function work(one: DueFetch, options: FetcherOptions): Promise<void> {
  const { store, platforms, clock, log } = options
  const platform = platforms.find(each => each.name === one.platform)
  if (!platform?.fetch) return
  const awaited: Awaited = { from: one.person, kind: one.kind }
  const came = one.seq === null ? {} : { of: one.seq }
  try {
    const file = await fetched(one, platform.fetch, options)
    await conclude(one, { type: 'collect', awaited, files: [file], ...came }, [file], options).catch(async error => {
      // What it came with was taken back meanwhile, and so is it.
      if (error instanceof ConflictError) await store.files.shred([file.id], clock())
      throw error
    })
    await letGo(one, platform, options)
  } catch (error) {
    const why = whyLost(error, one.attempts)
    log.warn({ reason: reasonOf(error), attempts: one.attempts, why }, 'a file was not fetched')
    if (!why) return store.fetches.failed(one.id, reasonOf(error), clock() + pauseAfter(error, one.attempts))
    await conclude(one, { type: 'give-up', awaited, why }, [], options)
    // What the hub will never take need not lie there either.
    if (why === 'refused') await letGo(one, platform, options)
  }
}

/** It is kept here: where the platform would hold on to it, it need not any more. Never rejects. */
async function letGo({ source }: DueFetch, { name, release }: Platform, { log }: FetcherOptions): Promise<void> {
  await release?.(source).catch(err => log.warn({ err, platform: name }, 'a file that is kept stayed at its platform'))
}

async function fetched(one: DueFetch, open: Fetch, options: FetcherOptions): Promise<FileRef> {
  const { clock, mostMs = defaultMs } = options
  const bytes = Math.max(...Object.values(mostBytes))
  const stream = await open(one.source, { bytes, signal: AbortSignal.timeout(mostMs) })
  const { name, type, processed, platform } = one
  // Only people send files; whoever sent it may be unknown where a room was read after a gap.
  const sender = { person: one.person, incident: one.incident, among: [] }
  const { id, kind, proof } = await keepFile(
    { name, type, processed, platform, open: () => stream },
    sender,
    clock(),
    options,
  )
  return { id, kind, proof }
}

async function conclude(
  { id, incident }: DueFetch,
  action: IncidentAction,
  files: readonly FileRef[],
  options: FetcherOptions,
): Promise<void> {
  const words = await wordsOf(incident, options.store)
  await transact(
    {
      key: `fetch:${id}`,
      actor: null,
      now: options.clock(),
      action: { type: 'incident', about: incident, do: action },
      words,
      files,
      fetched: id,
      say: () => ({ type: 'nothing' }),
    },
    options,
  )
  options.wake()
}

async function wordsOf(incident: IncidentId, store: Store) {
  return (await store.incidents.find(incident))?.words ?? { what: null, where: null }
}

/** Why it is given up; null while it is worth another try. */
function whyLost(error: unknown, attempts: number): WhyLost | null {
  if (error instanceof InputError) return 'refused'
  if (error instanceof PlatformError && error.permanent) return 'gone'
  return attempts >= mostTries ? 'failed' : null
}

function pauseAfter(error: unknown, attempts: number): number {
  const asked = error instanceof PlatformError ? error.retryAfterMs : undefined
  return Math.max(asked ?? 0, Math.min(longestPause, firstPause * 2 ** (attempts - 1)))
}
