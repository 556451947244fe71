import { regionName } from '../directory.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Line } from '../view.ts'
import { type Alarm, levels, type Warning } from '../warning.ts'
import { hasPart } from '../withheld.ts'
import { isOutside, item, marked, type SitrepContext, section } from './context.ts'

const mostAlarms = 6

/** How tense the regions are, and why: every alarm with its count, what was expected, who reported, and its method. */
export function alarmLines(context: SitrepContext): readonly Line[] {
  const { warnings } = context.material
  if (!hasPart(context.edition, 'alarms')) return []
  const raised = warnings.filter(one => one.level !== 'green')
  const alarms = raised.flatMap(one => one.alarms)
  return section(phrase('sitrep.alarms'), [
    ...raised.map(one => levelLine(one, context)),
    ...alarms.slice(0, mostAlarms).map(alarm => alarmLine(alarm, context)),
    alarms.length > mostAlarms ? item('sitrep.more-alarms', { count: alarms.length - mostAlarms }) : null,
    ...(alarms.some(one => isEffect(one)) ? [item('sitrep.effect-note')] : []),
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

function alarmLine(alarm: Alarm, context: SitrepContext): Line {
  const { count, expected, reporters, places = [], region, foundAt } = alarm
  // What was found in one or two reports of a county would give them away.
  const shown = isOutside(context) && count > 0 && count < 3 ? '<3' : count
  const line = item(expected === null ? 'sitrep.alarm-rule' : 'sitrep.alarm', {
    kinds: groupOf(alarm, context),
    where: places.length > 0 ? places.slice(0, 3) : regionName(context.directory, region),
    count: shown,
    expected: expected ?? 0,
    method: methodOf(alarm),
    now: reporters.now,
    usual: reporters.usual,
    effect: isEffect(alarm) ? phrase('sitrep.effect') : '',
  })
  return marked(line, foundAt > (context.material.former?.told.at ?? 0), context)
}

function methodOf({ method, statistic }: Alarm): Phrase {
  if (method === 'rule' || method === 'silence') return phrase(`warning.name-${method}`)
  const name = phrase(`warning.method-${method}`)
  if (!statistic) return name
  const value = Math.round(statistic.value * 10_000) / 10_000
  return phrase('sitrep.statistic', { method: name, name: statistic.name, value: String(value) })
}

/** Whether far more or fewer people reported than usual, so that it may be that which was found. */
function isEffect({ reporters: { now, usual } }: Alarm): boolean {
  return Math.abs(now - usual) > 0.3 * usual
}

function groupOf({ group }: Alarm, { taxonomy }: SitrepContext): Param {
  if (group === null) return phrase('warning.group-all')
  return taxonomy.groups.find(one => one.code === group)?.name ?? group
}
