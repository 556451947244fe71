import { regionName } from '../directory.ts'
import { phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { worse } from '../warning/level.ts'
import { effectOf, endOf, figuresOf, headOf, methodOf } from '../warning/words.ts'
import { type Alarm, levels, type Warning } from '../warning.ts'
import { hasPart } from '../withheld.ts'
import { isOutside, item, marked, type SitrepContext, section } from './context.ts'

const mostAlarms = 6
const mostRegions = 10

/** How tense the regions are, and why: every alarm with its count, what was expected, who reported, and its method. */
export function alarmLines(context: SitrepContext): readonly Line[] {
  const { warnings } = context.material
  if (!hasPart(context.edition, 'alarms')) return []
  const raised = warnings.filter(one => one.level !== 'green').toSorted((one, other) => worse(other.level, one.level))
  const alarms = raised.flatMap(one => one.alarms).filter(alarm => mayTell(alarm, context))
  return section(phrase('sitrep.alarms'), [
    ...raised.slice(0, mostRegions).map(one => levelLine(one, context)),
    raised.length > mostRegions ? item('sitrep.more-levels', { count: raised.length - mostRegions }) : null,
    ...alarms.slice(0, mostAlarms).map(alarm => alarmLine(alarm, context)),
    alarms.length > mostAlarms ? item('sitrep.more-alarms', { count: alarms.length - mostAlarms }) : null,
  ])
}

/** The worst level of the regions; null where nothing is known of them. */
export function worstLevel({ material: { warnings } }: Pick<SitrepContext, 'material'>): Warning['level'] | null {
  const found = warnings.map(one => levels.indexOf(one.level))
  return levels[Math.max(...found)] ?? null
}

function levelLine({ region, level, since }: Warning, context: SitrepContext): Line {
  const told = context.material.former?.told.levels[region] ?? 'green'
  const name = regionName(context.directory, region)
  const params = { region: name, level: phrase(`warning.level-${level}`), since: { date: since } }
  const was = context.material.former && told !== level ? phrase(`warning.level-${told}`) : null
  return was ? item('sitrep.level-was', { ...params, was }) : item('sitrep.level', params)
}

/** What was found, the figures, who reported, what that may be an effect of, the method, and what ends it. */
function alarmLine(alarm: Alarm, context: SitrepContext): Line {
  const effect = effectOf(alarm)
  const rest = [...figuresOf(alarm), ...(effect ? [effect] : []), methodOf(alarm), endOf(alarm)]
  const line = item('sitrep.alarm', {
    head: headOf(alarm, context),
    rest: rest.reduce((one, other) => phrase('sitrep.spaced', { one, other })),
  })
  return marked(line, alarm.foundAt > (context.material.former?.told.at ?? 0), context)
}

/** Partners hear of what statistics found in three reports or more: a rule may rest on one that is not for them. */
function mayTell({ method, count, group }: Alarm, context: SitrepContext): boolean {
  if (!isOutside(context)) return true
  return method !== 'rule' && method !== 'silence' && group !== 'TH' && count >= 3
}
