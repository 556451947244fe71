import type { LocalText } from './broadcast.ts'
import type { IncidentId, RegionCode } from './ids.ts'

/** What is to come: a rally or another planned event that was reported, a count, a deadline, a day of the network. */
export type Happening = {
  /** The same however often it is read. */
  readonly id: string
  readonly kind: 'rally' | 'count' | 'deadline' | 'court' | 'holiday' | 'poll' | 'other'
  readonly name: LocalText
  /** Null: everywhere. */
  readonly region: RegionCode | null
  /** Epoch ms; `allDay` ones begin at midnight of their region. */
  readonly from: number
  readonly to: number
  readonly allDay: boolean
  /** The report it is known from; null: from a calendar. */
  readonly incident: IncidentId | null
}

/** Reads of what is to come. */
export interface AgendaReads {
  /** What falls into a time (epoch ms), of some regions, soonest first, at most 200. */
  between(
    span: { readonly from: number; readonly to: number },
    regions: 'all' | readonly RegionCode[],
  ): Promise<readonly Happening[]>
}
