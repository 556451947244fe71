import { minute } from '../decision.ts'
import type { Directory } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { RunDeed } from '../run.ts'
import { askedAs, countsOf, type StandingCount } from './count.ts'
import type { SafetyWords } from './words.ts'

/** What was written, and where: to the hub alone (`room` null), or in answer to something in a room. */
export type Heard = {
  readonly words: string
  readonly safety: SafetyWords | null
  readonly alone: boolean
  readonly now: number
}

// Whoever asked for help a moment ago writes of nothing else.
const goesOn = 30 * minute

/**
 * What somebody's words answer in an incident that asks them whether they are safe; null if it does not ask them, or
 * they are talk. Words that may mean anything ("ok", "1") answer only where an answer is missing, and only to the hub
 * alone; what is written there after a cry for help goes to those who were told of it.
 */
export function answerIn(incident: Incident, person: PersonId, heard: Heard, directory: Directory): RunDeed | null {
  const { safety, alone, now, words } = heard
  const asking = countsOf(incident).filter(({ count }) => askedAs(count, person, directory) !== null)
  const [first] = asking.toSorted((one, other) => other.count.at - one.count.at)
  if (!first) return null
  const open = asking.find(one => isMissing(one, person, directory))
  const answer = (about: StandingCount, said: 'safe' | 'help', note: string): RunDeed => {
    return { run: about.run, step: about.step, type: 'count-answer', answer: said, note }
  }
  if (safety?.verb === 'back') {
    const out = asking.find(({ count }) => count.kind === 'checkin')
    return out ? { run: out.run, step: out.step, type: 'count-back' } : null
  }
  if (safety?.sure || (safety && alone && (open || safety.note !== ''))) {
    return answer(open ?? first, safety.verb, safety.note)
  }
  const crying = asking.find(
    ({ count }) => (count.help[askedAs(count, person, directory) ?? person] ?? 0) > now - goesOn,
  )
  return alone && crying && words.trim() !== '' ? answer(crying, 'help', words) : null
}

function isMissing({ count }: StandingCount, person: PersonId, directory: Directory): boolean {
  const asked = askedAs(count, person, directory)
  return asked !== null && !(asked in count.answers) && !(asked in count.help)
}
