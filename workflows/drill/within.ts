import type { Directory, Person } from '../directory.ts'
import { type Drill, type DrillId, drillOf } from '../drill.ts'

/**
 * The network as what is made up knows it: those who are in its exercise, in which whoever leads it plays the duty
 * officer, the leadership and every coordinator from outside. The whole network for what is real.
 */
export function withinDrill(directory: Directory, id: DrillId | undefined): Directory {
  const drill = id === undefined ? null : drillOf({ drill: id }, directory)
  if (!drill) return directory
  const inside = drill.people.flatMap((id): [Person['id'], Person][] => {
    const person = directory.people.get(id)
    return person ? [[id, id === drill.by ? leading(person) : person]] : []
  })
  const duty = directory.duty.filter(one => drill.people.includes(one.person) && one.person !== drill.by)
  return { ...directory, people: new Map(inside), duty: [...duty, { person: drill.by, until: lastsUntil(drill) }] }
}

function leading(person: Person): Person {
  return { ...person, roles: [...new Set([...person.roles, 'coordinator', 'leader'] as const)], regions: 'all' }
}

function lastsUntil({ endedAt, endsAt }: Drill): number {
  return endedAt ?? endsAt
}
