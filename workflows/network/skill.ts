import { z } from 'zod'
import type { Training } from '../directory.ts'
import { skillCodes } from '../protocol/skills.ts'

const skill = z.enum(skillCodes, { error: `is no skill | Use one of ${skillCodes.join(', ')}` })
const words = z.string().trim().min(1).max(80)
const day = z.string().refine(isDay, { error: 'is no date | Write it like "2027-06-30"' })

/** What somebody was trained in, as the network file says it: its code alone, or with level, trainer and dates. */
export const skillShape = z.union([
  skill.transform(code => ({ skill: code })),
  z.strictObject(
    {
      skill,
      level: words.optional(),
      /** The organization that trained them; no person's name. */
      trainer: words.optional(),
      /** The day from which it holds, and the last on which it does. */
      since: day.optional(),
      until: day.optional(),
    },
    { error: issue => (issue.code === 'unrecognized_keys' ? 'Use skill, level, trainer, since, until' : undefined) },
  ),
])

type Written = z.output<typeof skillShape>

/** The same as it is kept: times as epoch ms, the last day to its end, in UTC. */
export function trainingOf({ skill: code, ...rest }: Written): Training {
  const { level = null, trainer = null, since, until } = rest as Partial<Extract<Written, { level?: unknown }>>
  return {
    code,
    level,
    trainer,
    since: since === undefined ? null : Date.parse(`${since}T00:00:00Z`),
    until: until === undefined ? null : Date.parse(`${until}T00:00:00Z`) + dayMs,
  }
}

/** The same as the network file writes it, the shortest way. */
export function writtenSkill({ code, level, trainer, since, until }: Training): string | Record<string, string> {
  if (level === null && trainer === null && since === null && until === null) return code
  return {
    skill: code,
    ...(level === null ? {} : { level }),
    ...(trainer === null ? {} : { trainer }),
    ...(since === null ? {} : { since: dayOf(since) }),
    ...(until === null ? {} : { until: dayOf(until - dayMs) }),
  }
}

const dayMs = 24 * 60 * 60_000

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text
}
