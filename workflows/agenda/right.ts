import { hasRole, type Person, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'

/** True if they may say what is to come there: coordinators of it; of no region in particular those of the network. */
export function mayPlan(region: RegionCode | null, person: Pick<Person, 'roles' | 'regions'>): boolean {
  if (!hasRole(person, 'coordinator')) return false
  return region === null ? person.regions === 'all' : servesRegion(person, region)
}
