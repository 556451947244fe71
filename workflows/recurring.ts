import type { AnswerWanted, LocalText, Urgency } from './broadcast.ts'
import type { MessageId, PersonId } from './ids.ts'

/** A day that much is measured by, as the network file names it: `2026-11-03`, by each region's own calendar. */
export type NetworkEvent = { readonly name: string; readonly on: string }

/** On which days it comes: on days of the week (0 is Sunday), every so many weeks; or so many days before an event. */
export type RecurringDays =
  | { readonly type: 'weekly'; readonly days: readonly number[]; readonly weeks: number }
  | { readonly type: 'before'; readonly event: string; readonly days: number }

/**
 * A check-in or reminder that comes again, as the network file has it: at an hour (`18:00`) of each region's own clock.
 * What it says is its own words, or the approved version of a prepared message.
 */
export type RecurringPlan = {
  readonly name: string
  readonly days: RecurringDays
  readonly at: string
  /** The first and the last day (`2026-09-01`), both included; null: without end. */
  readonly from: string | null
  readonly until: string | null
  /** Whom it is for, as people type it. */
  readonly audience: string
  readonly words: LocalText
  readonly message: MessageId | null
  readonly answer: AnswerWanted
  readonly urgency: Exclude<Urgency, 'life-safety'>
  readonly quiet: 'keep' | 'pass'
  /** It goes to each account of everybody, and proves that each one works. */
  readonly trial: boolean
  /** After so many hours the coordinators are told who has not answered; null: they are not. */
  readonly listAfter: number | null
}

/** Somebody approved a recurring plan as it is by that digest, when it meant so many people and rooms. */
export type RecurringApproval = {
  readonly by: PersonId
  readonly at: number
  readonly people: number
  readonly rooms: number
}

/** How a recurring plan stands: as which digest it has been known since when, who approved that, and if it rests. */
export type RecurringStanding = {
  readonly name: string
  readonly digest: string
  readonly since: number
  readonly pausedAt: number | null
  readonly pausedBy: PersonId | null
  readonly approvals: readonly RecurringApproval[]
}

/** What somebody wants of a recurring plan, by name; `digest` is what they saw. */
export type RecurringDeed =
  | {
      readonly type: 'approve'
      readonly name: string
      readonly digest: string
      readonly people: number
      readonly rooms: number
    }
  | { readonly type: 'pause' | 'resume'; readonly name: string }

/** Reads of recurring plans. */
export interface RecurringReads {
  /** How each stands that was ever known, by name. */
  standings(): Promise<ReadonlyMap<string, RecurringStanding>>
}
