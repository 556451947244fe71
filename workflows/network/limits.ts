import { z } from 'zod'

/** How much may come before the hub asks for patience; S4 and S5 of the roster are never refused. */
export type Limits = z.output<typeof limitsShape>

const count = (most: number, usual: number) => z.int().min(1).max(most).default(usual)

/** How the network file says it. */
export const limitsShape = z.strictObject({
  /** Reports of one stranger in ten minutes, and in a day. */
  stranger: count(1_000, 3),
  stranger_day: count(10_000, 10),
  /** Reports of one person of the roster in ten minutes. */
  roster: count(10_000, 20),
  /** Reports of all strangers together in ten minutes that still wait for triage. */
  strangers: count(100_000, 200),
  /** Reports of a region in five minutes from which on notices to people are gathered into lists; of the network. */
  burst: count(10_000, 10),
  burst_network: count(100_000, 30),
})

/** What holds where the network file says nothing. */
export const usualLimits: Limits = limitsShape.parse({})
