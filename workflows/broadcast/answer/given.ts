import type { Answered } from '../../broadcast.ts'
import type { BroadcastId, IncidentId, PersonId, RegionCode, RoomId } from '../../ids.ts'

/**
 * What somebody answered at that time (epoch ms): one of the answers, words, or both. `room`: where they pressed it, if
 * that was no message to them alone.
 */
export type Given = {
  readonly broadcast: BroadcastId
  readonly person: PersonId
  readonly answer: Answered | null
  readonly said: string | null
  readonly at: number
  readonly room: RoomId | null
}

/** What a broadcast asked of somebody, and what they last answered; times are epoch ms. */
export type AskedOf = {
  readonly broadcast: BroadcastId
  readonly person: PersonId
  readonly region: RegionCode | null
  /** When they had it, as far as anybody knows. */
  readonly at: number
  readonly answer: Answered | null
  readonly answeredAt: number | null
  readonly incident: IncidentId | null
}
