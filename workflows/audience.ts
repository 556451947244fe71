import type { Language, Role } from './directory.ts'
import type { PersonId, PlatformName, RegionCode, RoomId } from './ids.ts'

/** The kinds of people and groups outside the hub's own work whose word counts somewhere. */
export const partnerKinds = [
  'faith',
  'civic',
  'youth',
  'business',
  'sport',
  'veterans',
  'election-officials',
  'journalists',
] as const
/** One of them. */
export type PartnerKind = (typeof partnerKinds)[number]

/**
 * Whom a message is for. `everyone` are all people on the roster; rooms are meant only where they are named, by
 * themselves or as the rooms of a region. `not` stands for everybody (people and rooms) but those.
 */
export type Audience =
  | { readonly type: 'everyone' }
  | { readonly type: 'region'; readonly region: RegionCode }
  /** Those whose first region is one of these, by whose clocks they live: nobody is in two of them. */
  | { readonly type: 'home'; readonly regions: readonly RegionCode[] }
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'platform'; readonly platform: PlatformName }
  | { readonly type: 'duty' }
  | { readonly type: 'partner'; readonly kind: PartnerKind | 'any' }
  | { readonly type: 'person'; readonly person: PersonId }
  | { readonly type: 'room'; readonly room: RoomId }
  | { readonly type: 'rooms'; readonly region: RegionCode | 'all' }
  | { readonly type: 'and'; readonly of: readonly Audience[] }
  | { readonly type: 'or'; readonly of: readonly Audience[] }
  | { readonly type: 'not'; readonly of: Audience }
