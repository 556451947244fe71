import type { StoreTx } from '../db/store.ts'
import type { Action, IncidentAction } from '../workflows/action.ts'
import type { IncidentChange } from '../workflows/change.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import type { Actor } from '../workflows/permission.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { noEvidence } from '../workflows/tally.ts'
import { say } from '../workflows/text/say.ts'

type AnswerAction = Extract<Action, { type: 'answer' }>
type Change = (before: Incident | null, action: IncidentAction) => IncidentChange[]

/**
 * Keeps an answer to a broadcast. Whoever needs help opens an incident (`fresh` is its id), once: as long as that is
 * open, what they say goes on there; so does that they are safe again.
 */
export async function answered(
  tx: StoreTx,
  { given, who, report }: AnswerAction,
  fresh: IncidentId | null,
  actor: Actor | null,
  change: Change,
): Promise<IncidentChange[]> {
  const before = await tx.answer(given, who)
  if (!before || !actor) return []
  const called = before.incident && (await standingOf(tx, before.incident))
  const open = called && isOpen(called) ? called : null
  const { broadcast: id, answer, said } = given
  const add = (text: string) => (open ? change(open, { type: 'add', text, evidence: noEvidence }) : [])
  const own = (key: PhraseKey) => say(phrase(key, { id }), readerOf(actor, given.at))
  if (answer === 'safe') return before.answer === 'help' ? add(own('answer.calm')) : []
  if (answer !== 'help') return []
  if (open) return said ? add(said) : before.answer === 'help' ? [] : add(own('answer.again'))
  if (!report || !fresh) return []
  await tx.called(given, fresh)
  return change(null, { ...report, type: 'report', id: fresh })
}

const longestChain = 100

/** The incident that it stands as: another, where it was merged. */
async function standingOf(tx: StoreTx, id: IncidentId): Promise<Incident | null> {
  let found = await tx.incident(id)
  for (let step = 0; found?.mergedInto && step < longestChain; step += 1) found = await tx.incident(found.mergedInto)
  return found
}

function readerOf({ language, zone }: Actor, now: number) {
  return { language, zone, now, person: () => null }
}
