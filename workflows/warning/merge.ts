import type { Alarm } from '../warning.ts'
import { worse } from './level.ts'

const mostIncidents = 20

type Found = Pick<Alarm, 'level' | 'count' | 'counties' | 'places' | 'incidents' | 'reporters' | 'endsAt'>

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
