import { z } from 'zod'
import { ContentError, type Problem, problemsOf } from './problems.ts'

/** What somebody does in the demo day, at a time (epoch ms); accounts are those of the sample network's workspace. */
export type Act = { readonly at: number; readonly by: string } & (
  | { readonly type: 'duty'; readonly hours: number }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'deed'; readonly name: string; readonly deed: Deed }
)
/** A report of the day as the file tells it. */
export type Report = z.output<typeof report>
/** What somebody does about a report, as the file tells it. */
export type Deed = z.output<typeof deed>
/** The demo day as the file tells it. */
export type Day = z.output<typeof shape>

const words = z.string().trim().min(1).max(1000)
const account = z.string().regex(/^[a-z][a-z-]*$/, 'is no account | Write it like cactus-wren')
const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of the day | Write it like "07:05", hours since the day began')
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const plain = ['claim', 'cannot', 'accept', 'decline', 'join', 'leave', 'withdraw', 'agree'] as const
const spoken = ['release', 'update', 'verify', 'escalate', 'resolve', 'dismiss', 'reopen', 'say', 'add'] as const
const common = { after: z.int().min(1).max(1439), by: account, no: z.boolean().default(false) }
const deed = z.discriminatedUnion('do', [
  z.strictObject({ ...common, do: z.enum(plain) }),
  z.strictObject({ ...common, do: z.enum(spoken), words }),
  z.strictObject({ ...common, do: z.literal('handover'), to: account, words }),
  z.strictObject({ ...common, do: z.literal('merge'), into: words }),
])
const report = z.strictObject({
  name: words,
  at: hour,
  by: account,
  danger: z.enum(['S5', 'S4', 'S3', 'S2']),
  contact: z.enum(['yes', 'after', 'no']).default('yes'),
  known: z.enum(['saw', 'told-present', 'told-absent', 'online', 'official']).nullable().default(null),
  photos: z.int().min(0).max(3).default(0),
  what: words,
  where: words,
  deeds: z.array(deed).default([]),
})
const shape = z.strictObject({
  duty: z.array(z.strictObject({ at: hour, by: account, hours: z.int().min(0).max(24) })),
  reports: z.array(report).min(1),
})

const minute = 60_000
const dayMs = 24 * 60 * minute
const shiftMs = 4 * minute
const spreadMs = 50_000

/** Checks the data of the day's file. @throws ContentError with every problem, reports that are missing included. */
export function parseDay(data: unknown): Day {
  const read = shape.safeParse(data)
  if (!read.success) throw new ContentError(problemsOf(read.error, data))
  const problems = crossCheck(read.data)
  if (problems.length > 0) throw new ContentError(problems)
  return read.data
}

/** Every account that the day needs. */
export function accountsOf(day: Day): readonly string[] {
  const deeds = day.reports.flatMap(({ by, deeds }) => [
    by,
    ...deeds.flatMap(one => (one.do === 'handover' ? [one.by, one.to] : [one.by])),
  ])
  return [...new Set([...day.duty.map(one => one.by), ...deeds])]
}

/**
 * What happens when, in order, over the 24 hours that end at `end` (epoch ms). The seed shifts each story by minutes
 * and each act by some seconds; the same seed always gives the same day.
 */
export function planDay(day: Day, seed: number, end: number): readonly Act[] {
  const chance = chanceOf(seed)
  const begin = end - dayMs
  const shifts = new Map<string, number>()
  const acts: Act[] = day.duty.map(({ at, by, hours }) => ({ type: 'duty', at: begin + at * minute, by, hours }))
  for (const report of day.reports) {
    // A report that is merged moves with the one it is merged into, so that it never comes first.
    const merge = report.deeds.find(deed => deed.do === 'merge')
    const shift = (merge && shifts.get(merge.into)) ?? Math.round((chance() * 2 - 1) * shiftMs)
    shifts.set(report.name, shift)
    const at = begin + report.at * minute + shift
    acts.push({ type: 'report', at: at + spread(chance), by: report.by, report })
    for (const deed of report.deeds) {
      const { by, after } = deed
      acts.push({ type: 'deed', at: at + after * minute + spread(chance), by, name: report.name, deed })
    }
  }
  return acts.toSorted((one, other) => one.at - other.at)
}

function crossCheck(day: Day): Problem[] {
  const before = new Set<string>()
  return day.reports.flatMap((report, index): Problem[] => {
    const path = ['reports', index] as const
    const twice = before.has(report.name) ? [{ path: [...path, 'name'], message: 'another report has this name' }] : []
    before.add(report.name)
    return [
      ...twice,
      ...report.deeds.flatMap((deed, at): Problem[] =>
        deed.do === 'merge' && (!before.has(deed.into) || deed.into === report.name)
          ? [{ path: [...path, 'deeds', at, 'into'], message: 'no earlier report has this name' }]
          : [],
      ),
    ]
  })
}

function spread(chance: () => number): number {
  return Math.floor(chance() * spreadMs)
}

/** Numbers from 0 to below 1 that look random and are the same for a seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
