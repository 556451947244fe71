import { type Directory, hasRole, type Person, servesRegion } from './directory.ts'
import type { Drawing } from './drawing.ts'
import type { Edition } from './edition.ts'
import type { PersonId, PlatformName, RegionCode } from './ids.ts'
import type { View } from './view.ts'

declare const brand: unique symbol

/** The name of a summary that is to leave the network: `U-0007`. */
export type BulletinId = string & { readonly [brand]: 'bulletin' }

/** An edition that leaves. */
export type Outside = Extract<Edition, 'partner' | 'public'>

/** What a bulletin is of: codes and times (epoch ms) only. */
export type BulletinPlan = {
  readonly edition: Outside
  readonly from: number
  readonly to: number
  readonly regions: 'all' | readonly RegionCode[]
  /** Codes of kinds or their groups; none: all. */
  readonly codes: readonly string[]
  readonly show: Drawing['kind']
}

/**
 * A summary for readers outside the network, as it was made when it was asked for: what a second person approves is
 * what is handed over, word for word. Times are epoch ms.
 */
export type Bulletin = {
  readonly id: BulletinId
  readonly by: PersonId
  /** The tool through which it was asked for. */
  readonly platform: PlatformName
  readonly at: number
  readonly plan: BulletinPlan
  readonly views: readonly View[]
  readonly state: 'asked' | 'approved' | 'refused'
  /** Until when it can be approved: figures grow old. */
  readonly until: number
  readonly settledBy: PersonId | null
}

/** What somebody does about a bulletin; judged by how it stands then. */
export type BulletinDeed =
  | {
      readonly type: 'ask'
      readonly plan: BulletinPlan
      readonly views: readonly View[]
      readonly platform: PlatformName
    }
  /** `of`: the bulletin as they saw it. */
  | { readonly type: 'approve' | 'refuse'; readonly of: Bulletin }

/** A deed by whom, when (epoch ms); `made`: the name of the bulletin that it makes. */
export type BulletinChange = {
  readonly do: BulletinDeed
  readonly by: PersonId
  readonly at: number
  readonly made: BulletinId | null
  /** Until when (epoch ms) what is asked for now can be approved. */
  readonly until: number
}

/** Reads of bulletins. */
export interface BulletinReads {
  /** The one of that name, or null. */
  find(id: BulletinId): Promise<Bulletin | null>
}

/** By what the numbers of bulletins are reserved: one letter, as no region has. */
export const bulletinCode = 'U'

/** How long (ms) it may be approved. */
export const bulletinFor = 12 * 60 * 60_000

/** Builds the name of the nth bulletin. */
export function makeBulletinId(number: number): BulletinId {
  return `${bulletinCode}-${String(number).padStart(4, '0')}` as BulletinId
}

/** Reads the name of a bulletin (`U-0007`, `u7`); null for anything else. */
export function readBulletinId(text: string): BulletinId | null {
  const [, number] = /^\s*#?u[\s-]*0*([1-9]\d{0,8})\s*$/i.exec(text) ?? []
  return number ? makeBulletinId(Number(number)) : null
}

/** True if somebody may ask for it, or approve what another asked for: whoever leads all of its regions. */
export function mayHandOn(
  person: Pick<Person, 'roles' | 'regions'>,
  { regions }: Pick<BulletinPlan, 'regions'>,
): boolean {
  if (!hasRole(person, 'leader', 'coordinator')) return false
  return regions === 'all' ? person.regions === 'all' : regions.every(code => servesRegion(person, code))
}

/** True if somebody may approve it: anybody but whoever asked. */
export function mayApprove(
  person: Pick<Person, 'id' | 'roles' | 'regions'>,
  { by, plan }: Pick<Bulletin, 'by' | 'plan'>,
) {
  return person.id !== by && mayHandOn(person, plan)
}

/** How many could approve it now besides whoever asked; hidden and blocked people cannot. */
export function approversOf(bulletin: Pick<Bulletin, 'by' | 'plan'>, { people }: Directory): number {
  return [...people.values()].filter(one => !one.hidden && !one.blocked && mayApprove(one, bulletin)).length
}
