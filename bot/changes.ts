import type { Store, StoreTx } from '../db/store.ts'
import type { Action, IncidentAction, ReportAction } from '../workflows/action.ts'
import { announce } from '../workflows/announce.ts'
import type { IncidentChange } from '../workflows/change.ts'
import { decide } from '../workflows/decide.ts'
import { personNow } from '../workflows/directory.ts'
import { contain } from '../workflows/drill/contain.ts'
import { requireInside } from '../workflows/drill/inside.ts'
import { withinDrill } from '../workflows/drill/within.ts'
import { RuleError } from '../workflows/errors.ts'
import type { Entry } from '../workflows/event.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type CurrentWords, type Incident, isQueued } from '../workflows/incident.ts'
import { lossOf } from '../workflows/loss.ts'
import { phrase } from '../workflows/phrase.ts'
import { enter } from '../workflows/record.ts'
import { asThemselves } from '../workflows/shield.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { batchFor } from '../workflows/triage.ts'
import { answered } from './answered.ts'
import { comingOf } from './attachments.ts'
import type { Unit } from './transact.ts'
import { heldWith, mergeChanges, passedOn, sharedWith, unmergeChanges } from './union.ts'

type Tools = { readonly store: Pick<Store, 'roster'>; readonly taxonomy: Taxonomy }

/**
 * What an action changes, by its kind: one incident, or all that go with it. Nothing for what changes no incident.
 * @throws RuleError, InputError when the present state says no.
 */
export async function changesOf(
  tx: StoreTx,
  unit: Unit,
  report: IncidentId | null,
  tools: Tools,
): Promise<IncidentChange[]> {
  const { action } = unit
  // The words of the unit are those of the one it is about.
  const apart = { ...unit, words: { what: null, where: null } }
  const wordless = (before: Incident, does: IncidentAction) => change(before, does, apart, tools)
  switch (action.type) {
    case 'report':
      return report ? change(null, { ...action.do, ...filesOf(unit), type: 'report', id: report }, unit, tools) : []
    case 'incident': {
      if (action.held) await requireFree(tx, action.about, unit)
      const own = change(await tx.incident(action.about), await withFiles(action, unit, tx), unit, tools)
      const further = [passedOn, sharedWith, heldWith]
      for (const follow of further) own.push(...(await follow(tx, own[0], wordless)))
      return own
    }
    case 'merge':
      if (action.held) await requireFree(tx, action.from, unit)
      return mergeChanges(tx, action, wordless)
    case 'reword':
    case 'unsay':
      return saidOtherwise(tx, action, unit, wordless, tools)
    case 'unmerge':
      return unmergeChanges(tx, action.about, wordless)
    case 'answer':
      return answered(tx, action, report, unit.actor, (before, does) => change(before, does, apart, tools))
    case 'clear': {
      const { about, step, words, seen } = action
      const incident = await tx.incident(about)
      const root = about === action.root ? incident : await tx.incident(action.root)
      if (!incident || !root || incident.seq !== seen) return []
      return change(incident, { type: 'clear', step, words, root, holdings: await tx.holdings(about) }, unit, tools)
    }
    case 'shield': {
      const directory = tools.store.roster.directory()
      const themselves = { ...apart, actor: asThemselves(action.person, directory) }
      const ids = await tx.naming(action.person)
      const changes: IncidentChange[] = []
      for (const id of ids) {
        const incident = await tx.incident(id)
        if (incident) changes.push(...change(incident, { type: 'let-go', person: action.person }, themselves, tools))
      }
      return changes
    }
    case 'erase': {
      const changes: IncidentChange[] = []
      // What they have a part in besides, such as a step of a protocol, is open to others again.
      const ids = new Set([...action.claims, ...(await tx.naming(action.person))])
      for (const id of [...ids].toSorted()) {
        const incident = await tx.incident(id)
        if (incident) changes.push(...change(incident, { type: 'let-go', person: action.person }, unit, tools))
      }
      return changes
    }
    case 'several':
    case 'deliver':
    case 'proposal':
    case 'broadcast':
    case 'library':
    case 'warning':
    case 'outlook':
    case 'export':
    case 'bulletin':
    case 'block':
    case 'unblock':
    case 'unshield':
    case 'drill':
    case 'duty':
    case 'callsign':
    case 'language':
    case 'quiet':
    case 'contact':
    case 'wish':
    case 'recurring':
    case 'unlink':
    case 'bind':
    case 'unbind':
    case 'revoke':
      return []
  }
}

/** The newest of what was done to a message counts, and only its writer can say it otherwise. */
async function saidOtherwise(
  tx: StoreTx,
  action: Extract<Action, { type: 'reword' | 'unsay' }>,
  { actor }: Unit,
  change: (before: Incident, does: IncidentAction) => IncidentChange[],
  { store }: Tools,
): Promise<IncidentChange[]> {
  const said = await tx.said(action.message)
  const incident = said && !said.gone ? await tx.incident(said.incident) : null
  if (!said || !incident) return []
  const own = actor !== null && personNow(store.roster.directory(), said.by)?.id === actor.id
  if (action.type === 'unsay') {
    return change(incident, { type: 'unsay', said, why: own || action.why === 'expired' ? action.why : 'removed' })
  }
  if (!own || action.at < said.at) return []
  // Words that are taken out of a message with files leave these.
  if (action.text.trim() === '')
    return change(incident, { type: 'unsay', said: { ...said, files: [] }, why: 'deleted' })
  return change(incident, { type: 'reword', said, text: action.text })
}

/** What one action makes of one incident (null: of none yet), with all that follows; empty where it changes nothing. */
export function change(before: Incident | null, action: IncidentAction, unit: Unit, tools: Tools): IncidentChange[] {
  const directory = tools.store.roster.directory()
  const context = { now: unit.now, actor: unit.actor, taxonomy: tools.taxonomy, directory }
  if (before) requireInside(before, action, context)
  const drill = before ? before.drill : action.type === 'report' ? action.drill : undefined
  const decisions = decide(action, before, { ...context, directory: withinDrill(directory, drill) })
  if (decisions.length === 0) return []
  const { after, entries } = enter(before, decisions, context)
  const words = currentWords(unit.words, entries)
  const effects = contain(announce(before, entries, after, { ...context, words }), after, directory)
  return [{ before, after, entries, ...lossOf(before, entries, after), effects }]
}

function currentWords(before: CurrentWords, entries: readonly Entry[]): CurrentWords {
  let { what, where } = before
  for (const { event, words } of entries) {
    if (event.type === 'reported') what = words?.what ?? null
    if (event.type === 'reported' || event.type === 'placed') where = words?.where ?? where
    if (event.type === 'withdrawn' || event.type === 'removed') [what, where] = [null, null]
  }
  return { what, where }
}

/** Two people never work on the same report in triage. @throws RuleError that says who has it */
async function requireFree(tx: StoreTx, id: IncidentId, { actor, now }: Unit): Promise<void> {
  const incident = await tx.incident(id)
  if (!incident || !isQueued(incident)) throw new RuleError(phrase('triage.gone', { id }))
  const other = actor && (await tx.hold(id, actor.id, now, batchFor))
  if (!other) return
  throw new RuleError(phrase('triage.held', { id, person: { person: other.person }, until: { time: other.until } }))
}

async function withFiles(
  { about, do: action }: Extract<Action, { type: 'incident' }>,
  unit: Unit,
  tx: StoreTx,
): Promise<IncidentAction> {
  if (action.type === 'add' || action.type === 'run') return { ...action, ...filesOf(unit) }
  const by = action.type === 'withdraw' ? unit.actor?.id : action.type === 'forget' ? action.person : null
  return by ? ({ ...action, files: await tx.filesBy(about, by) } as IncidentAction) : action
}

function filesOf({ files = [], fetches = [] }: Unit): Pick<ReportAction, 'files' | 'awaited'> {
  const awaited = comingOf(fetches)
  return { ...(files.length > 0 ? { files } : {}), ...(awaited ? { awaited } : {}) }
}
