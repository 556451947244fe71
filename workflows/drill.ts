import type { Destination } from './change.ts'
import type { Directory } from './directory.ts'
import { type IncidentId, makeIncidentId, type PersonId, type ProtocolId, type RegionCode, type RoomId } from './ids.ts'
import type { Incident } from './incident.ts'

/** The name of an exercise: where it is played and when it began, as in `AZ-mgx1k2`. */
export type DrillId = string

/** Why an exercise ended: somebody stopped it, something real came in, or its time was over. */
export type WhyEnded = 'stopped' | 'real' | 'over'

/** An exercise: what is played, and who is in it. Times are epoch ms. */
export type Drill = {
  readonly id: DrillId
  readonly region: RegionCode
  readonly protocol: ProtocolId | null
  /** The scenario that is played; null: one report, and whatever people make of it. */
  readonly scenario: string | null
  readonly rooms: readonly RoomId[]
  readonly people: readonly PersonId[]
  /** Who leads it: they get what would have gone outside. */
  readonly by: PersonId
  /** How many times faster than written its scenario is played. */
  readonly speed: number
  readonly startedAt: number
  /** When it ends by itself. */
  readonly endsAt: number
  readonly endedAt: number | null
  readonly why: WhyEnded | null
  /** The real one that ended it. */
  readonly because: IncidentId | null
}

/** What can be done to an exercise. */
export type DrillDeed =
  | { readonly type: 'start'; readonly drill: Drill; readonly script: string }
  | { readonly type: 'join'; readonly drill: DrillId; readonly person: PersonId }
  | { readonly type: 'leave'; readonly drill: DrillId; readonly person: PersonId }
  | {
      readonly type: 'end'
      readonly drills: readonly DrillId[]
      readonly why: WhyEnded
      readonly because: IncidentId | null
      readonly at: number
    }

/** What stands for the region in the ids of what is made up, so that nobody takes it for real: `DRILL-0007`. */
export const drillCode: RegionCode = 'DRILL'

/** The id of the nth incident that was ever made up. */
export function makeDrillIncidentId(number: number): IncidentId {
  return makeIncidentId(drillCode, number)
}

/** True if that is the id of something made up. */
export function isDrillId(id: string | null | undefined): boolean {
  return id?.startsWith(`${drillCode}-`) ?? false
}

/** The exercises that go on now. */
export function activeDrills({ drills = [] }: Pick<Directory, 'drills'>): readonly Drill[] {
  return drills.filter(drill => drill.endedAt === null)
}

/** The exercise that an incident was made up for, as far as it is still known; null for what is real. */
export function drillOf(incident: Pick<Incident, 'drill'>, { drills = [] }: Pick<Directory, 'drills'>): Drill | null {
  return drills.find(drill => drill.id === incident.drill) ?? null
}

/** True if a room or an account belongs to the exercise. */
export function isInside(to: Destination, drill: Drill, { people }: Pick<Directory, 'people'>): boolean {
  if ('room' in to) return drill.rooms.includes(to.room)
  return drill.people.some(id => people.get(id)?.accounts.some(own => own.id === to.account))
}
