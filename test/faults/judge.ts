import { cards } from './judge/cards.ts'
import { casts } from './judge/casts.ts'
import { clocks } from './judge/clocks.ts'
import { doubles } from './judge/doubles.ts'
import { lines } from './judge/lines.ts'
import { notices } from './judge/notices.ts'
import { reports } from './judge/reports.ts'
import { logs, rest } from './judge/rest.ts'
import { runs } from './judge/runs.ts'
import { urgent } from './judge/urgent.ts'
import { type Check, type Evidence, openVerdict, type Verdict } from './judge/verdict.ts'

const checks: readonly Check[] = [reports, cards, lines, doubles, clocks, runs, casts, urgent, rest, notices, logs]

/** Checks everything that is promised, from where people stand and in the database. */
export async function judge(evidence: Evidence): Promise<Verdict> {
  const verdict = openVerdict()
  for (const check of checks) await check(evidence, verdict)
  return verdict
}
