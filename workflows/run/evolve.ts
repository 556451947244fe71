import type { Entry } from '../event.ts'
import type { Run } from '../run.ts'

/** The runs of an incident after one more entry of a run. */
export function evolveRuns(runs: readonly Run[], _entry: Entry): readonly Run[] {
  return runs
}
