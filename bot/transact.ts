import { randomBytes } from 'node:crypto'
import type { Done, Reply } from '../commands/command.ts'
import type { ToFetch } from '../db/evidence.ts'
import type { Commit, Store, StoreTx } from '../db/store.ts'
import type { Changed, NewSpoken } from '../db/utterances.ts'
import type { Action, ReportAction } from '../workflows/action.ts'
import { networkPosts } from '../workflows/binding.ts'
import type { IncidentChange, Newcomer, Post, RosterChange } from '../workflows/change.ts'
import { endedBy } from '../workflows/drill/end.ts'
import { drillPosts } from '../workflows/drill/posts.ts'
import { drillCode, makeDrillIncidentId } from '../workflows/drill.ts'
import { erasedPosts } from '../workflows/erasure.ts'
import { ConflictError, StoreError } from '../workflows/errors.ts'
import {
  type BroadcastId,
  broadcastCode,
  type IncidentId,
  makeBroadcastId,
  makeIncidentId,
  type RoomId,
} from '../workflows/ids.ts'
import type { CurrentWords, FileRef } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { toMergedReporter } from '../workflows/receipt.ts'
import { shieldPosts } from '../workflows/shield.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { DueTimer } from '../workflows/timer.ts'
import { casting } from './broadcasting.ts'
import { bulletining } from './bulletins.ts'
import { change, changesOf } from './changes.ts'
import { deciding } from './decided.ts'
import { exporting } from './exporting.ts'
import { answering } from './proposed.ts'
import { severally } from './severally.ts'
import { shelfNumber, shelving } from './shelving.ts'
import { thinned } from './thick.ts'

/** What a unit of work needs; `say` turns what was done into the answer that is kept under the key. */
export type Unit = {
  readonly key: string | null
  readonly actor: Actor | null
  readonly now: number
  readonly action: Action
  /** The words on the incident's card before, as far as they were read. */
  readonly words: CurrentWords
  readonly draft?: string
  readonly files?: readonly FileRef[]
  readonly fetches?: readonly ToFetch[]
  /** The fetch that this settles. */
  readonly fetched?: string
  readonly timer?: DueTimer
  /** The message that this makes an entry of, or that was changed or taken away. */
  readonly spoken?: NewSpoken
  readonly changed?: Changed
  /** Whoever becomes known by this report. */
  readonly newcomer?: Newcomer
  readonly say: (done: Done) => Reply
}

/** What a unit of work is done with; `pause` waits that many ms. */
export type Tools = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly pause: (ms: number) => Promise<void>
}

const tries = 8

/**
 * Decides, evolves, announces and commits in one transaction, and gives the answer only when it is durable. The same
 * key again gives the first answer again. A lost race is run anew; so is what a lost connection left unsaid, which the
 * key makes harmless.
 * @throws RuleError, InputError when the present state says no; StoreError when nothing could be kept.
 */
export async function transact(unit: Unit, tools: Tools): Promise<Reply> {
  const { action, now } = unit
  if (action.type === 'several') {
    return severally(unit, action, {
      transaction: run => insisting(unit, tools, () => tools.store.transaction(run)),
      change: (before, act, words) => change(before, act, { ...unit, words }, tools),
      thinned: (tx, changes) => thinned(tx, changes, now, tools.store),
      words: async id => (await tools.store.incidents.find(id))?.words ?? { what: null, where: null },
    })
  }
  const filed = action.type === 'report' ? action.do : action.type === 'answer' ? action.report : null
  const report = filed && (await numbered(filed, tools.store))
  const drafts = action.type === 'broadcast' && action.about === null
  const broadcast = drafts ? makeBroadcastId(await tools.store.nextNumber(broadcastCode)) : null
  const shelf = await shelfNumber(action, tools.store)
  const attempt = { unit, report, broadcast, shelf }
  return insisting(unit, tools, first => tools.store.transaction(tx => once(tx, { ...attempt, first }, tools)))
}

async function insisting<T>(unit: Unit, tools: Tools, run: (first: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt === 1)
    } catch (error) {
      if (!mayTryAgain(error) || attempt === tries || unit.timer) throw error
      // Somebody has this account meanwhile: whoever asked is known now, and is looked up anew.
      if (unit.newcomer && error instanceof ConflictError) throw error
      await tools.pause(error instanceof ConflictError ? attempt * 5 : attempt * 30)
    }
  }
}

// A connection that was lost may be back at once; whatever the lost one did, the key does it only once.
function mayTryAgain(error: unknown): boolean {
  return error instanceof ConflictError || (error instanceof StoreError && error.reason === 'lost')
}

async function numbered({ region, drill }: Pick<ReportAction, 'region' | 'drill'>, store: Store): Promise<IncidentId> {
  if (drill !== undefined) return makeDrillIncidentId(await store.nextNumber(drillCode))
  return makeIncidentId(region, await store.nextNumber(region))
}

type Attempt = {
  readonly unit: Unit
  readonly report: IncidentId | null
  /** The id of a new broadcast. */
  readonly broadcast: BroadcastId | null
  /** The number of a new messenger or handout. */
  readonly shelf: number | null
  readonly first: boolean
}

async function once(tx: StoreTx, { unit, report, broadcast, shelf, first }: Attempt, tools: Tools): Promise<Reply> {
  // Nothing that stands can refuse a report, so a key that is taken shows when it is written, and the next try answers.
  if (unit.key && !(report && first)) {
    const answer = await tx.answered(unit.key)
    // It took effect, and what was said then is shredded by now.
    if (answer !== undefined) return (answer ?? { type: 'nothing' }) as Reply
  }
  if (unit.timer && !(await tx.fire(unit.timer))) return { type: 'nothing' }
  const changes = await thinned(tx, await changesOf(tx, unit, report, tools), unit.now, tools.store)
  const roster = rosterOf(unit) ?? endedBy(changes, tools.store.roster.directory(), unit.now)
  const main = changes[0]
  const cast = await casting(tx, unit, broadcast, tools.store)
  const shelved = shelving(unit, shelf, tools.store.roster.directory())
  const exported = exporting(unit, shelf, tools.store.roster.directory())
  const bulletin = bulletining(unit, shelf, tools.store.roster.directory())
  const answer = unit.say({
    ...{ incident: main?.after ?? null, entries: main?.entries ?? [] },
    ...(cast ? { broadcast: cast.change } : {}),
    ...(shelved?.made ? { made: shelved.made } : {}),
    ...(exported?.change.made ? { made: exported.change.made } : {}),
    ...(bulletin?.change.made ? { made: bulletin.change.made } : {}),
  })
  const further = await furtherPosts(tx, { unit, roster, changes }, tools)
  const { taxonomy, store } = tools
  const context = { taxonomy, directory: store.roster.directory() }
  const answered = await answering(tx, unit, changes, context)
  const decided = await deciding(tx, unit, context)
  const posts = [
    ...further,
    ...(answered?.posts ?? []),
    ...(cast?.posts ?? []),
    ...(shelved?.posts ?? []),
    ...(exported?.posts ?? []),
    ...(bulletin?.posts ?? []),
    ...(decided?.posts ?? []),
  ]
  if (changes.length > 0 || roster || unit.key || unit.changed || cast)
    await tx.commit({
      key: unit.key,
      person: unit.actor?.id ?? null,
      now: unit.now,
      answer,
      incidents: cast?.about
        ? [...changes, ...change(cast.about.incident, cast.about.does, apart(unit), tools)]
        : changes,
      ...(posts.length > 0 ? { posts } : {}),
      ...(roster ? { roster } : {}),
      ...(unit.action.type === 'deliver' ? { stuck: unit.action } : {}),
      ...(answered ? { answered: answered.answered } : {}),
      ...(cast ? { broadcast: cast.change } : {}),
      ...(shelved ? { library: shelved.change } : {}),
      ...outlookOf(unit),
      ...(exported ? { export: exported.change } : {}),
      ...(bulletin ? { bulletin: bulletin.change } : {}),
      ...(decided ? { warning: decided.change } : {}),
      ...(unit.newcomer && report ? { newcomer: unit.newcomer } : {}),
      ...(unit.files && unit.files.length > 0 ? { files: unit.files.map(file => file.id) } : {}),
      ...(unit.fetches && unit.fetches.length > 0 ? { fetches: unit.fetches } : {}),
      ...(unit.fetched ? { fetched: unit.fetched } : {}),
      ...(unit.spoken ? { spoken: unit.spoken } : {}),
      ...(unit.changed ? { changed: unit.changed } : {}),
      ...(unit.draft ? { draft: unit.draft } : {}),
    })
  return answer
}

// The words of the unit are those of the incident that it is itself about.
function apart(unit: Unit): Unit {
  return { ...unit, words: { what: null, where: null } }
}

type Further = {
  readonly unit: Unit
  readonly roster: RosterChange | null
  readonly changes: readonly IncidentChange[]
}

/** What is said besides because of what was done, and belongs to no single incident. */
async function furtherPosts(tx: StoreTx, { unit, roster, changes }: Further, tools: Tools): Promise<readonly Post[]> {
  const directory = tools.store.roster.directory()
  if (unit.action.type === 'erase') return erasedPosts(unit.action.person, changes.filter(isReleased).length, directory)
  if (roster?.type === 'shield' || roster?.type === 'unshield') return shieldPosts(roster, changes.length, directory)
  const drilled = roster?.type === 'drill' ? drillPosts(roster.do, directory, unit.actor?.id ?? null) : []
  const [main] = changes
  const rest = main ? await closingWords(tx, main, tools) : networkPosts(unit.action, directory, unit.now)
  return [...drilled, ...rest]
}

function isReleased({ entries }: IncidentChange): boolean {
  return entries.some(({ event }) => event.type === 'released')
}

/** What those hear whose reports were merged into one that somebody has now, or that has ended for good. */
async function closingWords(tx: StoreTx, { entries, after }: IncidentChange, tools: Tools): Promise<readonly Post[]> {
  const told = entries.find(({ event }) => event.type === 'settled' || event.type === 'claimed')
  if (!told) return []
  const context = { directory: tools.store.roster.directory(), taxonomy: tools.taxonomy }
  const posts: Post[] = []
  const ids = [...after.merged]
  for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
    const merged = await tx.incident(id)
    if (!merged) continue
    posts.push(...toMergedReporter(told, merged, after, context))
    ids.push(...merged.merged)
  }
  return posts
}

function outlookOf({ action, actor, now }: Unit): Pick<Commit, 'outlook'> {
  return action.type === 'outlook' && actor ? { outlook: { do: action.do, by: actor.id, at: now } } : {}
}

function rosterOf({ action, actor, now }: Unit): RosterChange | null {
  switch (action.type) {
    case 'block':
    case 'unblock':
      return actor && { ...action, by: actor.id, at: now }
    case 'recurring':
      return actor && { type: 'recurring', person: actor.id, at: now, do: action.do }
    case 'shield':
    case 'unshield':
      return actor && { ...action, by: actor.id, at: now }
    case 'duty':
    case 'callsign':
    case 'language':
    case 'quiet':
    case 'contact':
    case 'wish':
    case 'unlink':
    case 'unbind':
    case 'revoke':
    case 'drill':
      return action
    case 'bind':
      return { ...action, room: { ...action.room, id: randomBytes(12).toString('base64url') as RoomId } }
    case 'erase':
      return { type: 'erase', person: action.person }
    default:
      return null
  }
}
