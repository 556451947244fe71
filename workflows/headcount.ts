import type { PersonId, RunId, StepId } from './ids.ts'

/** Whom a head count asks: those deployed, everyone of the incident's region, or everyone of the network. */
export type CountScope = 'deployed' | 'region' | 'network'

/** A head count, or check-ins of those deployed, as it stands in its present round; times are epoch ms. */
export type Count = {
  readonly kind: 'headcount' | 'checkin'
  readonly scope: CountScope
  readonly asked: readonly PersonId[]
  /** What was answered in this round. */
  readonly answers: Readonly<Record<PersonId, 'safe' | 'help'>>
  /** Who needs help, and since when; it stands until they say that they are safe. */
  readonly help: Readonly<Record<PersonId, number>>
  /** When this round was asked, and which one it is, from 1. */
  readonly at: number
  readonly round: number
  /** Minutes from one round of check-ins to the next; null: a head count, asked once. */
  readonly every: number | null
  /** Whom the silent ones of a head count were named to so far: 0 nobody, 2 coordinators, 3 who may open a contact. */
  readonly rung: number
  /**
   * Who let a check-in pass: since when they were asked, and whom that was told: 1 their partner and the lead, 2 and 3
   * as above. It stands until they answer.
   */
  readonly missed: Readonly<Record<PersonId, { readonly since: number; readonly rung: number }>>
  /** Who is off site again, and asked no more. */
  readonly back: readonly PersonId[]
  readonly over: boolean
}

/** What happens in a head count or a check-in. */
export type CountEvent =
  | {
      readonly type: 'count-asked'
      readonly step: StepId
      readonly kind: Count['kind']
      readonly scope: CountScope
      readonly people: readonly PersonId[]
      readonly round: number
      readonly every: number | null
      readonly late?: number
    }
  | {
      readonly type: 'count-answered'
      readonly step: StepId
      readonly person: PersonId
      readonly answer: 'safe' | 'help'
      /** They had asked for help in it before: whoever was told of that hears that they are safe. */
      readonly after?: 'help'
    }
  | {
      readonly type: 'count-silent'
      readonly step: StepId
      readonly people: readonly PersonId[]
      readonly rung: number
      readonly late?: number
    }
  /** Off site again: asked no more. */
  | { readonly type: 'count-back'; readonly step: StepId; readonly person: PersonId }
  | { readonly type: 'count-over'; readonly step: StepId }

/** What a person wants of a head count or a check-in. */
export type CountDeed =
  /** Begins one by hand; `people`: those deployed elsewhere in the region. */
  | { readonly type: 'count-ask'; readonly scope: CountScope; readonly people: readonly PersonId[] }
  /** Their own answer, or (`person`) that of somebody who was reached; words go with it. */
  | {
      readonly type: 'count-answer'
      readonly step: StepId
      readonly answer: 'safe' | 'help'
      readonly person?: PersonId
      readonly note?: string
    }
  | { readonly type: 'count-back'; readonly step: StepId; readonly person?: PersonId }
  | { readonly type: 'count-end'; readonly step: StepId }
  /** Opens the sealed contact of somebody who does not answer. */
  | { readonly type: 'count-contact'; readonly step: StepId; readonly person: PersonId; readonly reason: string }

/**
 * What stands in the place of a run in the head counts that a coordinator asks by hand: they belong to the incident,
 * and go on when its runs end.
 */
export const byHand: RunId = 'hand'
