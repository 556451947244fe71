import { phrase } from '../phrase.ts'
import { alarmLines } from '../sitrep/alarms.ts'
import { isOutside, type SitrepContext } from '../sitrep/context.ts'
import type { Line } from '../view.ts'
import { figureLines, regionLine } from '../warning/view.ts'
import { headOf } from '../warning/words.ts'

const mostAlarms = 12

/**
 * How tense each region is that is not calm, and each alarm with its count, what was expected, who reported, how it was
 * found and what ends it; beyond the network as the summary of that edition tells it.
 */
export function warningLines(context: SitrepContext): readonly Line[] {
  if (isOutside(context)) return alarmLines(context).slice(1)
  const raised = context.material.warnings.filter(one => one.level !== 'green')
  let room = mostAlarms
  const lines = raised.flatMap((warning): Line[] => {
    const alarms = warning.alarms.slice(0, room)
    room -= alarms.length
    const told = alarms.flatMap((alarm): Line[] => [
      { type: 'item', text: headOf(alarm, context) },
      ...figureLines(alarm),
    ])
    return [{ type: 'strong', text: regionLine(warning, context) }, ...told]
  })
  const left = raised.reduce((sum, one) => sum + one.alarms.length, 0) - (mostAlarms - room)
  if (left > 0) lines.push({ type: 'note', text: phrase('warning.many-more', { count: left }) })
  return lines.length > 0 ? [...lines, { type: 'note', text: phrase('warning.caveat') }] : []
}
