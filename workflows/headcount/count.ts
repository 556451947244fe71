import type { Directory } from '../directory.ts'
import { byHand, type Count } from '../headcount.ts'
import type { PersonId, RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'

/** A head count or check-in, and where it stands: in a run, or (`byHand`) on the incident itself. */
export type StandingCount = { readonly run: RunId; readonly step: StepId; readonly count: Count }

/** Who is on the roster now. */
export type Roster = { readonly people: { has(person: PersonId): boolean } }

/** The one head count by hand that an incident can have at a time. */
export const handStep: StepId = 'all'

/**
 * Every count of an incident that still stands, ended ones too, those asked by hand first. Of runs that ended these are
 * head counts that go on.
 */
export function countsOf(incident: Pick<Incident, 'runs' | 'counts'>): readonly StandingCount[] {
  const held = [{ id: byHand, counts: incident.counts ?? {} }, ...(incident.runs ?? [])]
  return held.flatMap(({ id, counts }) => {
    return Object.entries(counts).map(([step, count]) => ({ run: id, step, count }))
  })
}

/** The count of that run and step, or null. */
export function countAt(incident: Pick<Incident, 'runs' | 'counts'>, run: RunId, step: StepId): Count | null {
  return countsOf(incident).find(one => one.run === run && one.step === step)?.count ?? null
}

/** Who is asked now: without those who are off site again, or on the roster no more. */
export function askedNow({ asked, back }: Count, { people }: Roster): readonly PersonId[] {
  const off = new Set(back)
  return asked.filter(one => people.has(one) && !off.has(one))
}

/** Of whom nothing was heard in this round; whoever needs help was heard. */
export function silentIn(count: Count, directory: Roster): readonly PersonId[] {
  return askedNow(count, directory).filter(one => !(one in count.answers) && !(one in count.help))
}

/** Who is safe by their last answer of this round. */
export function safeIn(count: Count, directory: Roster): readonly PersonId[] {
  return askedNow(count, directory).filter(one => count.answers[one] === 'safe')
}

/** Who needs help, longest first. */
export function helplessIn({ help }: Count, { people }: Roster): readonly PersonId[] {
  const since = Object.entries(help) as [PersonId, number][]
  return since
    .filter(([one]) => people.has(one))
    .toSorted((one, other) => one[1] - other[1])
    .map(([one]) => one)
}

/**
 * As whom that person was asked: an account that was joined to theirs since then may have been somebody else. Null if
 * it does not ask them, or not any more.
 */
export function askedAs(count: Count, person: PersonId, { former }: Pick<Directory, 'former'>): PersonId | null {
  if (count.over) return null
  const found = count.asked.find(one => one === person || former?.get(one) === person)
  return found !== undefined && !count.back.includes(found) ? found : null
}
