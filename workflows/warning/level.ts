import type { RegionCode } from '../ids.ts'
import { type Alarm, type Level, levels, type Warning } from '../warning.ts'

const mostIncidents = 20

/** True if an alarm counts at that moment (epoch ms): nobody dismissed it, and its time is not over. */
export function counts(alarm: Alarm, now: number): boolean {
  return alarm.answeredAt === null && alarm.foundAt <= now && now < alarm.endsAt
}

/**
 * How a region stands: as its worst alarm that counts, or on alert where somebody confirmed it. `alarms` are its alarms
 * of late, whatever became of them; `calmedAt`: when an alert was last taken back. `since` is 0 where nothing was ever
 * found.
 */
export function standingOf(
  region: RegionCode,
  alarms: readonly Alarm[],
  { alert, calmedAt }: { readonly alert: Warning['alert']; readonly calmedAt: number | null },
  now: number,
): Warning {
  const open = alarms.filter(alarm => counts(alarm, now)).toSorted(graver)
  const level = alert ? 'alert' : (open[0]?.level ?? 'green')
  const since = alert
    ? alert.at
    : Math.max(calmedAt ?? 0, level === 'green' ? lastEnd(alarms) : began(level, alarms, now))
  return { region, level, since, alarms: open, alert }
}

/** An alarm with what was found of it since; null where that holds nothing new, or somebody dismissed it. */
export function grown(alarm: Alarm, found: Found): Alarm | null {
  if (alarm.answeredAt !== null) return null
  const incidents = [...new Set([...alarm.incidents, ...found.incidents])]
  const count = Math.max(alarm.count, found.count, incidents.length)
  const level = worse(found.level, alarm.level) > 0 ? found.level : alarm.level
  if (count === alarm.count && level === alarm.level && incidents.length === alarm.incidents.length) return null
  return {
    ...alarm,
    count,
    level,
    counties: [...new Set([...alarm.counties, ...found.counties])],
    ...(alarm.places || found.places
      ? { places: [...new Set([...(alarm.places ?? []), ...(found.places ?? [])])] }
      : {}),
    incidents: incidents.slice(0, mostIncidents),
    reporters: found.reporters,
    endsAt: Math.max(alarm.endsAt, found.endsAt),
  }
}

/** Compares levels: above zero if the first is worse. */
export function worse(one: Level, other: Level): number {
  return levels.indexOf(one) - levels.indexOf(other)
}

/** The more severe first, of these the newest. */
export function graver(one: Alarm, other: Alarm): number {
  return worse(other.level, one.level) || other.foundAt - one.foundAt || (one.id < other.id ? -1 : 1)
}

function endOfCount({ answeredAt, endsAt }: Alarm): number {
  return Math.min(answeredAt ?? endsAt, endsAt)
}

function lastEnd(alarms: readonly Alarm[]): number {
  return Math.max(0, ...alarms.map(endOfCount))
}

// Alarms follow one another: a level has stood since the first of an unbroken row of those that make it, or more.
function began(level: Level, alarms: readonly Alarm[], now: number): number {
  let since = now
  const making = alarms.filter(alarm => worse(alarm.level, level) >= 0)
  for (const alarm of making.toSorted((one, other) => endOfCount(other) - endOfCount(one))) {
    if (endOfCount(alarm) < since) break
    since = Math.min(since, alarm.foundAt)
  }
  return since
}

type Found = Pick<Alarm, 'level' | 'count' | 'counties' | 'places' | 'incidents' | 'reporters' | 'endsAt'>
