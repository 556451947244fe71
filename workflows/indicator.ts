import { z } from 'zod'
import { ContentError, problemsOf } from './problems.ts'
import type { Indicator, Score } from './warning.ts'

/** How an indicator can be rated: 0 is calm and 3 severe, or the other way where it protects. */
export const ratings = [0, 1, 2, 3] as const
/** Where it goes. */
export const trends = ['rising', 'steady', 'falling'] as const

// As long as a label of a form may be.
const name = z.string().trim().min(1).max(45)
const entry = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'is no id | Use small letters, digits and dashes' }),
  layer: z.enum(['structural', 'intermediate', 'trigger', 'capacity']),
  protective: z.boolean().default(false),
  name: z.strictObject({ en: name, es: name }),
})
const shape = z.strictObject({
  version: z.literal(1),
  /** Five to a screen, and a fourth screen for words. */
  indicators: z.array(entry).min(1).max(25),
})

/** Checks the data of the file of indicators. @throws ContentError with every problem, each with its path */
export function parseIndicators(data: unknown): readonly Indicator[] {
  const read = shape.safeParse(data)
  if (!read.success) throw new ContentError(problemsOf(read.error, data))
  const { indicators } = read.data
  const twice = indicators.flatMap(({ id }, index) =>
    indicators.findIndex(one => one.id === id) === index
      ? []
      : [{ path: ['indicators', index, 'id'], message: `the id ${id} stands twice`, allowed: 'Give each its own' }],
  )
  if (twice.length > 0) throw new ContentError(twice)
  return indicators
}

/** A rating as a form carries it: `2.rising`. */
export function writeScore({ value, trend }: Pick<Score, 'value' | 'trend'>): string {
  return `${value}.${trend}`
}

/** Reads it back; null if it is none. */
export function readScore(indicator: string, written: string): Score | null {
  const [digit = '', word = ''] = written.split('.')
  const value = ratings.find(one => String(one) === digit)
  const trend = trends.find(one => one === word)
  return value === undefined || trend === undefined ? null : { indicator, value, trend }
}
