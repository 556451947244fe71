import { type Directory, hasRole, type Person, servesRegion } from '../directory.ts'
import type { PersonId, PlatformName } from '../ids.ts'
import { type ExportFilter, type ExportPlan, needsSecond } from './plan.ts'

declare const brand: unique symbol

/** The name of an export that was asked for: `X-0007`. */
export type ExportId = string & { readonly [brand]: 'export' }

/** Waits for a second person; may be taken; was refused; was taken; was let lapse by `until`, which nothing marks. */
export type ExportState = 'asked' | 'ready' | 'refused' | 'taken'

/** Something that was asked to leave. Times are epoch ms. */
export type Export = {
  readonly id: ExportId
  readonly by: PersonId
  /** The tool through which it was asked for. */
  readonly platform: PlatformName
  readonly at: number
  readonly plan: ExportPlan
  readonly reason: string
  readonly state: ExportState
  /** Until when it can be agreed to, or taken. */
  readonly until: number
  readonly settledBy: PersonId | null
  readonly settledAt: number | null
  readonly takenAt: number | null
  readonly rows: number | null
}

/** What somebody does about an export; judged by how it stands then. */
export type ExportDeed =
  | {
      readonly type: 'ask'
      readonly plan: ExportPlan
      readonly reason: string
      readonly platform: PlatformName
      /** A second person must agree. */
      readonly waits: boolean
    }
  /** `of`: what it is about, so that whoever asked can be told. */
  | { readonly type: 'agree' | 'refuse'; readonly id: ExportId; readonly of: Pick<Export, 'by' | 'platform'> }
  /** Whoever asked is shown what opens the file. */
  | { readonly type: 'phrase'; readonly id: ExportId }

/** A deed by whom, when, until when what it brings about holds (epoch ms); `made`: the export that it makes. */
export type ExportChange = {
  readonly do: ExportDeed
  readonly by: PersonId
  readonly at: number
  readonly until: number
  readonly made: ExportId | null
}

/** Reads of exports. */
export interface ExportReads {
  /** The one of that name, or null. */
  find(id: ExportId): Promise<Export | null>
  /** The last ones, newest first. */
  latest(limit: number): Promise<readonly Export[]>
}

/** Counts what could leave. */
export interface ExportCounts {
  /** How many incidents fit. What is restricted or has not been passed on counts nowhere. */
  count(filter: ExportFilter): Promise<number>
}

/** By what the numbers of exports are reserved: one letter, as no region has. */
export const exportCode = 'X'

/** How long (ms) a second person has to agree, and how long it may be taken from then on. */
export const exportFor = 24 * 60 * 60_000

/** How long (ms) a file that was taken is given out again: phones lose what they load, and links work once. */
export const againFor = 60 * 60_000

/** True if its file may be taken now: it is ready, or whoever asked took it within the last hour. */
export function mayTake({ state, until, takenAt }: Pick<Export, 'state' | 'until' | 'takenAt'>, now: number): boolean {
  if (until <= now) return false
  return state === 'ready' || (state === 'taken' && takenAt !== null && now < takenAt + againFor)
}

/** Builds the name of the nth export. */
export function makeExportId(number: number): ExportId {
  return `${exportCode}-${String(number).padStart(4, '0')}` as ExportId
}

/** Takes the name of an export that stands first (`X-0007 phrase`, `x7`); null where none does. */
export function takeExportId(text: string): { readonly id: ExportId | null; readonly rest: string } {
  const found = /^\s*#?x[\s-]*0*([1-9]\d{0,8})(?!\w)\s*/i.exec(text)
  return found ? { id: makeExportId(Number(found[1])), rest: text.slice(found[0].length) } : { id: null, rest: text }
}

type Someone = Pick<Person, 'id' | 'roles' | 'regions'>

/** True if somebody may have that: coordinators of its regions what responders read, leaders the rest as well. */
export function mayExport(person: Someone, { edition, regions, sealed }: ExportPlan): boolean {
  const all = regions === 'all' ? person.regions === 'all' : regions.every(one => servesRegion(person, one))
  if (!all) return false
  if (hasRole(person, 'coordinator')) return true
  return hasRole(person, 'leader') && edition !== 'response' && !sealed
}

/** True if somebody may agree to it: anybody else who may have it, or leads the network. */
export function mayAgree(person: Someone, { by, plan }: Pick<Export, 'by' | 'plan'>): boolean {
  if (person.id === by || !needsSecond(plan)) return false
  return mayExport(person, plan) || (hasRole(person, 'leader') && person.regions === 'all')
}

/** Those who could agree to it now, whoever asked left out; hidden people are asked nothing. */
export function secondsFor(request: Pick<Export, 'by' | 'plan'>, { people }: Directory): readonly Person[] {
  return [...people.values()].filter(person => !person.hidden && !person.blocked && mayAgree(person, request))
}
