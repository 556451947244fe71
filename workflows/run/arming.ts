import type { Incident } from '../incident.ts'
import { openRuns, type RunClock } from '../run.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { TimerChange } from '../timer.ts'
import { type RunTime, runTimes, silenceOf } from './times.ts'

/**
 * Which clocks of its runs stand otherwise after entries made at `now` (epoch ms); nothing for those that are due when
 * they were. What comes up when its time is over has as long as silence lasts, if it is not due before that.
 */
export function armRuns(
  before: Incident | null,
  after: Incident,
  taxonomy: Taxonomy,
  now: number,
): readonly TimerChange[] {
  const was = before && openRuns(before).length > 0 ? runTimes(before, taxonomy) : noTimes
  const is = openRuns(after).length > 0 ? runTimes(after, taxonomy) : noTimes
  const changes: TimerChange[] = []
  const grace = now + silenceOf(after, taxonomy)
  for (const [clock, { at, dueAt }] of is) {
    if (was.get(clock)?.at === at) continue
    const late = dueAt > now ? Math.min(dueAt, grace) : grace
    changes.push({ type: 'arm', clock, dueAt: at < now ? late : at })
  }
  for (const clock of was.keys()) if (!is.has(clock)) changes.push({ type: 'settle', clock })
  return changes
}

const noTimes: ReadonlyMap<RunClock, RunTime> = new Map()
