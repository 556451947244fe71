import type { Reply } from '../commands/command.ts'
import type { Commit, StoreTx } from '../db/store.ts'
import type { Action, IncidentAction } from '../workflows/action.ts'
import type { IncidentChange } from '../workflows/change.ts'
import { InputError, RuleError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type CurrentWords, type Incident, isQueued } from '../workflows/incident.ts'
import { mayWork } from '../workflows/standing.ts'
import { batchFor, isBorneOut } from '../workflows/triage.ts'
import type { Unit } from './transact.ts'

/** An act on many. */
export type Several = Extract<Action, { type: 'several' }>

/** How a group is run (once more after a lost race), what one act makes of an incident, and what its card says. */
export type Means = {
  readonly transaction: (run: (tx: StoreTx) => Promise<Step>) => Promise<Step>
  readonly change: (before: Incident, action: IncidentAction, words: CurrentWords) => IncidentChange[]
  readonly thinned: (tx: StoreTx, changes: readonly IncidentChange[]) => Promise<readonly IncidentChange[]>
  readonly words: (id: IncidentId) => Promise<CurrentWords>
}

/** What one group came to: the whole answer, if it was the last or the act was done before, and what was changed. */
export type Step = { readonly reply: Reply | null; readonly ours: readonly IncidentId[] }

const group = 25
const nothing: CurrentWords = { what: null, where: null }

/**
 * Does the same to many, a group a transaction, so that nobody else waits long for the database. What has changed
 * since it was chosen is left out and counted. The last group keeps the answer under the key: killed half-way, the same
 * press does the rest.
 */
export async function severally(unit: Unit, action: Several, means: Means): Promise<Reply> {
  const done: IncidentId[] = []
  const groups = [...chunks(action.ids)]
  for (const [index, ids] of groups.entries()) {
    const words = action.do === 'pass' ? await wordsOf(ids, means) : new Map<IncidentId, CurrentWords>()
    const last = index === groups.length - 1
    const { reply, ours } = await means.transaction(tx => once(tx, { unit, action, ids, words, done, last }, means))
    if (reply) return reply
    done.push(...ours)
  }
  return unit.say({ incident: null, entries: [], several: { done, left: action.ids.length - done.length } })
}

type Group = {
  readonly unit: Unit
  readonly action: Several
  readonly ids: readonly IncidentId[]
  readonly words: ReadonlyMap<IncidentId, CurrentWords>
  readonly done: readonly IncidentId[]
  readonly last: boolean
}

async function once(tx: StoreTx, { unit, action, ids, words, done, last }: Group, means: Means): Promise<Step> {
  const answer = unit.key ? await tx.answered(unit.key) : undefined
  if (answer !== undefined) return { reply: (answer ?? { type: 'nothing' }) as Reply, ours: [] }
  const changes: IncidentChange[] = []
  // Always in the same order, so that two who act on the same wait in turn and not in a circle.
  for (const id of ids.toSorted()) {
    const incident = await tx.incident(id)
    if (incident && (await mayAct(tx, incident, unit, action))) changes.push(...attempt(incident, action, words, means))
  }
  const { actor, now, key } = unit
  const ours = changes.map(change => change.after.id)
  const said = { done: [...done, ...ours], left: action.ids.length - done.length - ours.length }
  const reply = last ? unit.say({ incident: null, entries: [], several: said }) : null
  const commit: Commit = {
    key: last ? key : null,
    person: actor?.id ?? null,
    now,
    answer: reply,
    incidents: await means.thinned(tx, changes),
    act: action.act,
  }
  if (changes.length > 0 || (last && key)) await tx.commit(commit)
  return { reply, ours }
}

async function mayAct(tx: StoreTx, incident: Incident, { actor, now }: Unit, action: Several): Promise<boolean> {
  if (!actor || !mayWork(actor, incident)) return false
  if (action.do === 'undo' || action.do === 'unpass') return true
  if (action.do === 'dismiss' && isBorneOut(incident)) return false
  return isQueued(incident) && (await tx.hold(incident.id, actor.id, now, batchFor)) === null
}

function attempt(
  incident: Incident,
  action: Several,
  words: ReadonlyMap<IncidentId, CurrentWords>,
  means: Means,
): IncidentChange[] {
  const act: IncidentAction = action.do === 'dismiss' ? { type: 'dismiss', reason: action.reason } : { type: action.do }
  try {
    return means.change(incident, act, words.get(incident.id) ?? nothing)
  } catch (error) {
    // It has moved on since it was chosen.
    if (error instanceof RuleError || error instanceof InputError) return []
    throw error
  }
}

async function wordsOf(ids: readonly IncidentId[], means: Means): Promise<ReadonlyMap<IncidentId, CurrentWords>> {
  return new Map(await Promise.all(ids.map(async id => [id, await means.words(id)] as const)))
}

function* chunks(ids: readonly IncidentId[]): Generator<readonly IncidentId[]> {
  for (let start = 0; start < Math.max(1, ids.length); start += group) yield ids.slice(start, start + group)
}
