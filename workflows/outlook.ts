import type { Happening } from './agenda.ts'
import type { BroadcastId, IncidentId, PersonId, RegionCode } from './ids.ts'
import type { RumourState } from './rumour.ts'
import type { Brief } from './warning.ts'

/** What kind of thing is to come. */
export type HappeningKind = Happening['kind']

/** What somebody does about a rumor. */
export type RumourDeed =
  | { readonly type: 'describe'; readonly rumour: string; readonly about: string }
  | {
      readonly type: 'judge'
      readonly rumour: string
      readonly state: RumourState
      readonly with: BroadcastId | null
    }
  /** The one rumor is the other, in whatever language: from then on only `into` stands. */
  | { readonly type: 'join'; readonly rumour: string; readonly into: string }
  /** That report repeats this rumor, whatever was compared; a new rumor where it is null. */
  | { readonly type: 'put'; readonly incident: IncidentId; readonly rumour: string | null }

/**
 * Somebody rated something of their region, or wrote of it; what was given before and is not given again stays. Until
 * it is `done` it is a draft that those of the region share.
 */
export type BriefDeed = { readonly type: 'brief'; readonly done: boolean } & Pick<
  Brief,
  'region' | 'week' | 'scores'
> & {
    readonly words: Partial<Brief['words']>
  }

/** A brief that may not be finished yet; `doneAt` (epoch ms) is null until then. */
export type BriefDraft = Brief & { readonly doneAt: number | null }

/** Somebody says that something is to come (times are epoch ms), or that it is not. */
export type AgendaDeed =
  | {
      readonly type: 'plan'
      readonly kind: HappeningKind
      /** Null where the report says what it is. */
      readonly name: string | null
      readonly region: RegionCode | null
      readonly from: number
      readonly to: number
      readonly allDay: boolean
      readonly incident: IncidentId | null
    }
  | { readonly type: 'unplan'; readonly id: string }
  /** Their link to a calendar is to be made anew, or (`on` false) holds no more. */
  | { readonly type: 'feed'; readonly on: boolean }

/** What somebody does about rumors, the weekly brief or what is to come. */
export type OutlookDeed = RumourDeed | BriefDeed | AgendaDeed

/** The same as it is written: by whom, and when (epoch ms). */
export type OutlookChange = {
  readonly do: OutlookDeed
  readonly by: PersonId
  readonly at: number
}

/** By what the numbers of rumors and of what is to come are reserved: one letter, as no region has. */
export const rumourCode = 'R'
/** The same of what is to come. */
export const happeningCode = 'E'

/** Builds the id of the nth rumor (`R-0012`). */
export function makeRumourId(number: number): string {
  return `${rumourCode}-${String(number).padStart(4, '0')}`
}

/** Builds the id of the nth thing that is to come (`E-0003`). */
export function makeHappeningId(number: number): string {
  return `${happeningCode}-${String(number).padStart(4, '0')}`
}

/** Reads the id of a rumor as people type it (`r12`, `R-0012`); null if the text is none. */
export function readRumourId(text: string): string | null {
  const found = /^\s*#?r[\s-]*0*([1-9]\d{0,8})\s*$/i.exec(text)
  return found ? makeRumourId(Number(found[1])) : null
}

/** Reads the id of something to come as people type it (`e3`, `E-0003`); null if the text is none. */
export function readHappeningId(text: string): string | null {
  const found = /^\s*#?e[\s-]*0*([1-9]\d{0,8})\s*$/i.exec(text)
  return found ? makeHappeningId(Number(found[1])) : null
}
