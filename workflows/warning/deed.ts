import type { PersonId, RegionCode } from '../ids.ts'

/** What a person does about a warning, always with a reason in their words. */
export type WarningDeed =
  /** The alarm is none; it counts no more. */
  | { readonly type: 'dismiss'; readonly alarm: string; readonly why: string }
  /** The region is on alert from now on, or no more. */
  | { readonly type: 'alert' | 'calm'; readonly region: RegionCode; readonly why: string }

/** A deed by whom, when (epoch ms). */
export type WarningChange = { readonly do: WarningDeed; readonly by: PersonId; readonly at: number }
