import type { Directory, Language } from '../directory.ts'
import type { Entry } from '../event.ts'
import type { RunId, StepId } from '../ids.ts'
import { mask } from '../mask/labels.ts'

/** Why steps of a run were skipped, as far as the words still stand; masked, the last reason of each. */
export function skipReasons(
  entries: readonly Entry[],
  run: RunId,
  language: Language,
  directory: Pick<Directory, 'names'>,
): ReadonlyMap<StepId, string> {
  return new Map(
    entries.flatMap(({ event, words }) => {
      if (event.type !== 'run' || event.run !== run || event.on.type !== 'step-skipped') return []
      const reason = words?.reason ?? ''
      return reason === '' ? [] : [[event.on.step, mask(reason, language, directory)] as const]
    }),
  )
}
