import type { Store } from '../db/store.ts'
import type { ReportAction } from '../workflows/action.ts'
import type { IncidentChange } from '../workflows/change.ts'
import type { Language } from '../workflows/directory.ts'
import { ConflictError, InputError, RuleError, StoreError } from '../workflows/errors.ts'
import { type IncidentId, makeIncidentId } from '../workflows/ids.ts'
import type { Draft } from '../workflows/import/row.ts'
import { closeAfter } from '../workflows/lifecycle.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Placed, placeWords } from '../workflows/placing.ts'
import type { Places } from '../workflows/routing.ts'
import { change } from './changes.ts'
import { type Tools, transact } from './transact.ts'

/** A row that can be taken in, and where it lies. */
export type Placeable = { readonly number: number; readonly draft: Draft; readonly placed: Placed }

/**
 * What taking rows in needs; `actor` answers for them, `notify`: like reports of now, with all that follows. Without
 * it, what was reported before `endedBefore` (epoch ms) is over: nobody is asked to take up what happened last year.
 */
export type ImportTools = Tools & {
  readonly actor: Actor
  readonly source: string
  readonly now: () => number
  readonly notify: boolean
  readonly endedBefore: number
}

/** What became of a batch: filed now, there before, and those that the rules refused, with the reason. */
export type Taken = {
  readonly filed: number
  readonly known: number
  readonly refused: readonly { readonly number: number; readonly why: string }[]
}

type Filing = Placeable & { readonly id: IncidentId; readonly change: IncidentChange }

const tries = 6

/** Finds the region and county of words, each once; null with the reason where they name none, or several. */
export function placer(
  directory: Parameters<typeof placeWords>[2]['directory'],
  places: Places,
  unplaced: 'refuse' | 'keep',
): (where: string) => { readonly placed: Placed } | { readonly why: string } {
  const found = new Map<string, ReturnType<ReturnType<typeof placer>>>()
  return where => {
    const before = found.get(where)
    if (before) return before
    const placed = placeWords(where, null, { directory, places })
    const names = places
      .find(where)
      .candidates.slice(0, 3)
      .map(one => [one.county ?? '', one.state].filter(Boolean).join(', '))
    const sure = placed.place.state === 'found'
    const may =
      names.length > 1 ? `may be ${names.join(' or ')}: name the county and the state` : 'names no known place'
    const answer =
      sure || unplaced === 'keep'
        ? { placed: sure ? placed : { ...placed, place: { ...placed.place, state: 'room' as const } } }
        : { why: `"${where.slice(0, 60)}" ${may}` }
    // Words that never come again must not fill the memory.
    if (found.size < 50_000) found.set(where, answer)
    return answer
  }
}

/**
 * Takes rows in as reports, all of them in one commit. Each row takes effect once for ever, however often it is read;
 * what the rules refuse is given back and holds up no other. @throws StoreError if nothing could be kept
 */
export async function takeIn(rows: readonly Placeable[], tools: ImportTools): Promise<Taken> {
  if (tools.notify) return loudly(rows, tools)
  for (let attempt = 1; ; attempt++) {
    try {
      return await quietly(rows, tools)
    } catch (error) {
      const again = error instanceof ConflictError || (error instanceof StoreError && error.reason === 'lost')
      if (!again || attempt === tries) throw error
      await tools.pause(attempt * 30)
    }
  }
}

async function quietly(rows: readonly Placeable[], tools: ImportTools): Promise<Taken> {
  const { store, actor } = tools
  const refused: { number: number; why: string }[] = []
  const fresh: Filing[] = []
  const known = await alreadyIn(rows, store)
  for (const row of rows) {
    if (known.has(row.draft.key)) continue
    const id = makeIncidentId(row.placed.region, await store.nextNumber(row.placed.region))
    try {
      const made = whole(row, id, tools)
      if (made) fresh.push({ ...row, id, change: { ...made, effects: silent } })
    } catch (error) {
      refused.push({ number: row.number, why: whyOf(error) })
    }
  }
  if (fresh.length > 0) {
    await store.transaction(async tx => {
      for (const { draft, change: made } of fresh) {
        const answer = { type: 'nothing' } as const
        await tx.commit({ key: draft.key, person: actor.id, now: tools.now(), answer, incidents: [made] })
      }
    })
  }
  return { filed: fresh.length, known: known.size, refused }
}

/** The report, and its end if it is long past; undefined where it comes to nothing. */
function whole(row: Placeable, id: IncidentId, tools: ImportTools): IncidentChange | undefined {
  const unit = unitOf(row, tools)
  const [made] = change(null, { ...unit.action.do, type: 'report', id }, unit, tools)
  if (!made || row.draft.at >= tools.endedBefore) return made
  const note = unknownEnd[tools.actor.language](tools.source)
  const [resolved] = change(made.after, { type: 'resolve', outcome: 'no-action', note }, unit, tools)
  const later = { ...unit, actor: null, now: row.draft.at + closeAfter }
  const [closed] = resolved ? change(resolved.after, { type: 'clock', clock: 'close' }, later, tools) : []
  const steps = [made, resolved, closed].filter(one => one !== undefined)
  return { ...made, after: steps.at(-1)?.after ?? made.after, entries: steps.flatMap(one => one.entries) }
}

const unknownEnd: Readonly<Record<Language, (source: string) => string>> = {
  en: source => `Taken in from ${source}. What came of it is not known here.`,
  es: source => `Tomado de ${source}. Aquí no se sabe en qué quedó.`,
}

// No card, no message and no clock: nobody is told of what a partner knew long ago.
const silent = { cards: [], posts: [], timers: [] } as const

/** The keys of those rows that were taken in before. */
export async function alreadyIn(
  rows: readonly Placeable[],
  { inbox }: Pick<Store, 'inbox'>,
): Promise<ReadonlySet<string>> {
  const answers = await Promise.all(rows.map(({ draft }) => inbox.answer(draft.key)))
  return new Set(rows.flatMap(({ draft }, at) => (answers[at] === undefined ? [] : [draft.key])))
}

/** The whole path of a report of now; when it was there stands before its words. */
async function loudly(rows: readonly Placeable[], tools: ImportTools): Promise<Taken> {
  const known = await alreadyIn(rows, tools.store)
  const refused: { number: number; why: string }[] = []
  let filed = 0
  for (const row of rows) {
    const { draft } = row
    if (known.has(draft.key)) continue
    const then = new Date(draft.at).toISOString().slice(0, 16).replace('T', ' ')
    const told = { ...row, draft: { ...draft, what: `[${then} UTC] ${draft.what}`, at: tools.now() } }
    try {
      await transact(unitOf(told, tools), tools)
      filed += 1
    } catch (error) {
      refused.push({ number: row.number, why: whyOf(error) })
    }
  }
  return { filed, known: known.size, refused }
}

function unitOf({ draft, placed }: Placeable, { actor }: ImportTools) {
  const report: Omit<ReportAction, 'id' | 'type'> = {
    ...{ region: placed.region, place: placed.place, severity: draft.severity, kind: draft.kind },
    ...(draft.kindSaid ? { kindSaid: true } : {}),
    ...{ what: draft.what, where: draft.where, contact: 'no', account: null, room: null },
    evidence: { photo: 0, video: 0, voice: 0, document: 0 },
  }
  const action = { type: 'report' as const, do: report, files: [] }
  const words = { what: null, where: null }
  return { key: draft.key, actor, now: draft.at, action, words, say: () => ({ type: 'nothing' as const }) }
}

function whyOf(error: unknown): string {
  if (error instanceof InputError) return `${Object.keys(error.fields).join(', ')} cannot be taken as it is`
  if (error instanceof RuleError) return 'the rules of the network refuse it'
  throw error
}
