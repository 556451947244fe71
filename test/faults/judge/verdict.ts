import type { Incident } from '../../../workflows/incident.ts'
import { count, type Diary } from '../diary.ts'
import type { Plan, Size } from '../plan.ts'
import type { Stage } from '../stage.ts'
import type { Known, Witness } from '../witness.ts'

/** All there is to judge a day by. */
export type Evidence = {
  readonly plan: Plan
  readonly size: Size
  readonly diary: Diary
  readonly stage: Stage
  readonly witness: Witness
  readonly incidents: readonly Known[]
  /** What came to rest without having been sent. */
  readonly stuck: Awaited<ReturnType<Witness['stuck']>>
  /** Rules of tools that were broken, each with what went wrong at that moment. */
  readonly broken: readonly { readonly rule: string; readonly during: readonly string[] }[]
  /** What was not done when all should have been quiet. */
  readonly rest: readonly string[]
  readonly log: string
}

/** Takes down what the checks find. */
export type Verdict = {
  readonly problems: string[]
  readonly checks: Map<string, number>
  readonly allowed: Map<string, number>
  /** Makes a check of that name once; where it does not hold, what is wrong. */
  readonly check: (name: string, holds: boolean, wrong: () => string) => void
  /** Something happened that is allowed. */
  readonly allow: (what: string) => void
}

/** An empty verdict. */
export function openVerdict(): Verdict {
  const problems: string[] = []
  const checks = new Map<string, number>()
  const allowed = new Map<string, number>()
  return {
    ...{ problems, checks, allowed },
    check: (name, holds, wrong) => {
      count(checks, name)
      if (!holds) problems.push(`${name}: ${wrong()}`)
    },
    allow: what => count(allowed, what),
  }
}

/** One check over all of a day. */
export type Check = (evidence: Evidence, verdict: Verdict) => void | Promise<void>

/** The incidents that hold a word, which only one report has. */
export function holding(evidence: Evidence, word: string): readonly Incident[] {
  return evidence.incidents.filter(one => one.what.includes(word)).map(one => one.incident)
}
