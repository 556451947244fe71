import type { StoreTx } from '../db/store.ts'
import type { IncidentAction, Sharing } from '../workflows/action.ts'
import type { IncidentChange } from '../workflows/change.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { sourcesOf } from '../workflows/sources.ts'
import { sum, total } from '../workflows/tally.ts'

type Apply = (before: Incident, action: IncidentAction) => IncidentChange[]

const longest = 100

/** One becomes part of another: both change, or neither. Nothing happens if one of them is not there. */
export async function mergeChanges(
  tx: StoreTx,
  { from: fromId, into: intoId }: { readonly from: IncidentId; readonly into: IncidentId },
  apply: Apply,
): Promise<IncidentChange[]> {
  // Always in the same order, so that two merges of the same pair wait in turn and not in a circle.
  const found = new Map<IncidentId, Incident | null>()
  for (const id of [fromId, intoId].toSorted()) found.set(id, await tx.incident(id))
  const [from, into] = [found.get(fromId), found.get(intoId)]
  if (!from || !into) return []
  const reports = [...sourcesOf(into), ...sourcesOf(from)]
  const originals = await tx.originals(reports)
  const gone = apply(from, { type: 'merge', into })
  const whole = apply(into, { type: 'absorb', from, originals })
  return [...gone, ...whole, ...(await sharedWith(tx, whole[0], apply)), ...(await heldWith(tx, gone[0], apply))]
}

/** One goes its own way again: it, the one it was merged into, and all into which that was merged since. */
export async function unmergeChanges(tx: StoreTx, about: IncidentId, apply: Apply): Promise<IncidentChange[]> {
  const from = await tx.incident(about)
  if (!from) return []
  const changes = apply(from, { type: 'unmerge' })
  changes.push(...(await heldWith(tx, changes[0], apply)))
  let through: IncidentId | null = null
  for (const holder of await above(tx, from)) {
    changes.push(...apply(holder, { type: 'part', from, through }))
    through = holder.id
  }
  return changes
}

/**
 * What a change of one that is part of another changes there: its reporter took it back, or told how they know. Files
 * and links that came with the change may show that two reports repeat one original.
 */
export async function passedOn(
  tx: StoreTx,
  change: IncidentChange | undefined,
  apply: Apply,
): Promise<IncidentChange[]> {
  if (!change?.before || change.after.mergedInto === null) return []
  const { before, after } = change
  const [was, is] = [ownOf(before), ownOf(after)]
  let evidence = sum(before.evidence, after.evidence, -1)
  if (JSON.stringify(was) === JSON.stringify(is) && total(evidence) === 0) return []
  const changes: IncidentChange[] = []
  for (const holder of await above(tx, after)) {
    const files = is === null && was?.by ? await tx.filesBy(holder.id, was.by) : []
    const changed = apply(holder, { type: 'source', report: after.id, source: is, evidence, files })
    changes.push(...changed)
    // What goes there goes from all that hold that one, too.
    evidence = changed[0] ? sum(holder.evidence, changed[0].after.evidence, -1) : evidence
  }
  return changes
}

/** What is held, and what is no more, goes for all that are part of it; of those that are merged, too. */
export async function heldWith(
  tx: StoreTx,
  change: IncidentChange | undefined,
  apply: Apply,
): Promise<IncidentChange[]> {
  const [first] = (change?.entries ?? []).flatMap(({ event }) =>
    event.type === 'held' || event.type === 'hold-lifted' ? [event] : [],
  )
  if (!change || !first) return []
  const of = (first.type === 'held' ? first.of : change.before?.hold?.of) ?? change.after.id
  const type = first.type === 'held' ? 'hold' : 'lift-hold'
  const parts = await below(tx, change.after)
  return parts.flatMap(part => apply(part, { type, reason: '', of }))
}

/** A mark that was raised, and who alone may know of it, go for all that are part of it: they tell of one event. */
export async function sharedWith(
  tx: StoreTx,
  change: IncidentChange | undefined,
  apply: Apply,
): Promise<IncidentChange[]> {
  if (!change?.before) return []
  const [was, is] = [sharing(change.before), sharing(change.after)]
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  const parts = await below(tx, change.after)
  return parts.flatMap(part => apply(part, { type: 'share-as', was, is }))
}

const sharing = ({ mark, visibility, allowed }: Incident): Sharing => ({ mark, visibility, allowed })

function ownOf(incident: Incident) {
  return sourcesOf(incident).find(source => source.report === incident.id) ?? null
}

async function above(tx: StoreTx, { mergedInto }: Incident): Promise<readonly Incident[]> {
  const holders: Incident[] = []
  for (let id = mergedInto; id !== null && holders.length < longest; ) {
    const holder: Incident | null = await tx.incident(id)
    if (!holder) break
    holders.push(holder)
    id = holder.mergedInto
  }
  return holders
}

async function below(tx: StoreTx, { merged }: Incident): Promise<readonly Incident[]> {
  const parts: Incident[] = []
  const ids = [...merged]
  for (let id = ids.shift(); id !== undefined && parts.length < longest; id = ids.shift()) {
    const part = await tx.incident(id)
    if (part?.status !== 'duplicate') continue
    parts.push(part)
    ids.push(...part.merged)
  }
  return parts
}
