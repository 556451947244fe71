import { z } from 'zod'

/** For how many days things are kept after an incident has ended, and after they were sent. */
export type Retention = z.output<typeof retentionShape>

const days = (least: number, most: number, usual: number) => z.int().min(least).max(most).default(usual)

/** How the network file says it; days, each within bounds, and never later than what is kept longer. */
export const retentionShape = z
  .strictObject({
    /** Everything people wrote and sent for what was withdrawn or no incident. */
    noise: days(1, 365, 14),
    /** How the reporter can be reached. */
    contact: days(1, 3650, 90),
    /** Who reported it and what people wrote; what happened and where stays, masked. */
    narrative: days(1, 3650, 180),
    /** Files. */
    evidence: days(1, 7300, 730),
    /** What is left of messages that came in and went out. */
    messages: days(1, 365, 30),
  })
  .refine(value => value.contact <= value.narrative && value.narrative <= value.evidence, {
    error: 'keeps things in the wrong order | contact may not be longer than narrative, nor narrative than evidence',
  })

/** What holds where the network file says nothing. */
export const usualRetention: Retention = retentionShape.parse({})
