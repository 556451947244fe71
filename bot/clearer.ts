import type { Logger } from 'pino'
import type { LeftBehind } from '../db/erasure.ts'
import type { Stage } from '../db/retention.ts'
import type { Store } from '../db/store.ts'
import type { Action } from '../workflows/action.ts'
import { nextClearing, retentionOf } from '../workflows/clearing.ts'
import { ConflictError } from '../workflows/errors.ts'
import type { IncidentId, PersonId } from '../workflows/ids.ts'
import { clearings } from '../workflows/incident.ts'
import type { Known } from '../workflows/ports.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { createHold } from './hold.ts'
import { transact } from './transact.ts'

/** What the clearer works with; `holder` names this process in leases. */
export type ClearerOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly pause: (ms: number) => Promise<void>
  readonly log: Logger
}

/** What is cleared away in the background, a little at a time, by one process. */
export type Clearer = {
  /**
   * Clears away what erased people left behind, draws anew what names hidden ones and, once a day, clears what is over
   * its time; true if there is more.
   */
  readonly run: () => Promise<boolean>
  /** Gives the right to do so back. */
  readonly release: () => Promise<void>
}

/** What is over its time now: how many incidents of each stage. */
export type Due = Readonly<Record<Stage, number>>

const day = 24 * 60 * 60_000
const hour = day / 24
const some = 20
const stages: readonly Stage[] = ['noise', ...clearings]

/** Makes the clearer. It goes on where it stopped; a day that was missed is caught up on. */
export function createClearer(options: ClearerOptions): Clearer {
  const { store, clock, holder, log } = options
  const hold = createHold({ leases: store.leases, name: 'clearer', holder, stopwatch: () => performance.now() })
  const done: Record<string, number> = {}
  let cursor: string | null | undefined
  let scrubbed = 0

  async function run(): Promise<boolean> {
    if (!(await hold.keep())) return false
    const erased = await clearErased(options)
    const renamed = await store.shields.sweep(clock())
    const late = (await store.retention.lastRun()) ?? 0
    const cleared = late <= clock() - day ? await clearOld() : 'nothing'
    if (erased || renamed || cleared !== 'nothing') options.wake()
    if (erased || renamed || cleared === 'more') return true
    await tidy(cleared === 'done')
    return false
  }

  /** Everything that is over its time, some of each; said to be done for the day once nothing is left. */
  async function clearOld(): Promise<'more' | 'nothing' | 'done'> {
    let more = false
    for (const stage of stages) {
      const { cleared, left } = await clearStage(stage, options)
      done[stage] = (done[stage] ?? 0) + cleared
      more ||= left
    }
    const { messages, narrative } = retentionOf(store.roster.directory())
    const broadcasts = await store.broadcasts.clear(clock() - narrative * day, some)
    await store.retention.asides(clock() - narrative * day)
    const before = clock() - messages * day
    cursor = await store.retention.messages(before, cursor ?? null)
    await store.sightings.prune(before, clock() - blurMs)
    const practice = await store.retention.practice(before, mostPractice)
    if (more || broadcasts > 0 || cursor !== null || practice === mostPractice) return 'more'
    await store.retention.ran(clock())
    log.info({ cleared: { ...done } }, 'cleared away what was over its time')
    for (const stage of stages) done[stage] = 0
    return 'done'
  }

  async function tidy(always: boolean): Promise<void> {
    const now = clock()
    if (!always && !store.scrubDue() && now - scrubbed < hour) return
    // While words are still on their way out of rooms, the same would have to be done again.
    if (!always && now - scrubbed < hour && (await store.recalls.counts()).waiting > 0) return
    await store.files.sweep(now)
    // Somebody reading may stand in the way; the next round tries again.
    if (await store.scrub()) scrubbed = now
  }

  return { run, release: hold.release }
}

/** How many incidents are over their time; nothing is changed. */
export async function dueNow(store: Store, now: number): Promise<Due> {
  const days = retentionOf(store.roster.directory())
  const counts = await Promise.all(stages.map(stage => store.retention.count(stage, now - days[stage] * day)))
  return Object.fromEntries(stages.map((stage, at) => [stage, counts[at] ?? 0])) as Due
}

const mostPractice = 500
// That somebody read something is of use for some days; then only how many did is kept.
const blurMs = 7 * day

/** Some ended incidents of a stage; what cannot be cleared now is passed over, and looked at again the next day. */
async function clearStage(stage: Stage, options: ClearerOptions): Promise<{ cleared: number; left: boolean }> {
  const { store, clock } = options
  const days = retentionOf(store.roster.directory())
  let after: IncidentId | undefined
  let cleared = 0
  for (;;) {
    const ids = await store.retention.due(stage, clock() - days[stage] * day, some, after)
    for (const id of ids) if (await clearOne(id, options)) cleared += 1
    // Those that were cleared are due no more; the same look again would find those that could not be.
    after = ids.at(-1)
    if (cleared > 0 || ids.length < some) return { cleared, left: ids.length === some }
  }
}

/** One incident, after all that are part of it. */
async function clearOne(root: IncidentId, options: ClearerOptions): Promise<boolean> {
  const { store, clock, log } = options
  try {
    const known = await store.incidents.find(root)
    const step = known && nextClearing(known.incident, retentionOf(store.roster.directory()), clock())
    if (!known || !step) return false
    for (const part of await partsOf(known, store)) await act({ step, root, known: part }, options)
    await act({ step, root, known }, options)
    return true
  } catch (error) {
    // Somebody changed it meanwhile: what is fresh is spared, and judged anew another time.
    if (!(error instanceof ConflictError)) log.error({ err: error, incident: root }, 'could not be cleared away')
    return false
  }
}

async function partsOf({ incident }: Known, store: Store): Promise<readonly Known[]> {
  const parts: Known[] = []
  const ids = [...incident.merged]
  for (let id = ids.shift(); id !== undefined && parts.length < mostParts; id = ids.shift()) {
    const part = await store.incidents.find(id)
    if (part?.incident.status !== 'duplicate') continue
    parts.push(part)
    ids.push(...part.incident.merged)
  }
  return parts
}

const mostParts = 1_000

type Clear = Pick<Extract<Action, { type: 'clear' }>, 'step' | 'root'> & { readonly known: Known }

function act({ step, root, known }: Clear, options: ClearerOptions) {
  const { incident, words } = known
  return byHub({ type: 'clear', about: incident.id, root, step, words, seen: incident.seq }, words, options)
}

async function byHub(action: Action, words: Known['words'], options: ClearerOptions): Promise<void> {
  const say = () => ({ type: 'nothing' }) as const
  await transact({ key: null, actor: null, now: options.clock(), action, words, say }, options)
}

/** Some of what an erased person left behind; true if there is more. Where one cannot be cleared, the next goes on. */
async function clearErased(options: ClearerOptions): Promise<boolean> {
  const { store, log } = options
  for (const person of await store.erasures.due()) {
    try {
      return await clearPerson(person, options)
    } catch (error) {
      log.error({ err: error }, 'what an erased person left could not be cleared away')
    }
  }
  return false
}

async function clearPerson(person: PersonId, options: ClearerOptions): Promise<true> {
  const { store, clock } = options
  if (await store.erasures.sweep(person, clock())) return true
  const reports = await store.erasures.reports(person, some)
  if (reports.length > 0) {
    for (const left of reports) await forget(person, left, options)
    return true
  }
  const looked = await store.erasures.look(person)
  for (const left of looked?.found ?? []) await forget(person, left, options)
  await store.erasures.advance(person, looked?.found ?? [], looked?.next ?? null)
  return true
}

function forget(person: PersonId, { incident, seqs }: LeftBehind, options: ClearerOptions): Promise<void> {
  const nothing = { what: null, where: null }
  return byHub({ type: 'incident', about: incident, do: { type: 'forget', person, seqs } }, nothing, options)
}
