import { z } from 'zod'
import type { Drill } from '../drill.ts'
import type { ProtocolId, RegionCode } from '../ids.ts'
import { ContentError, type Problem, problemsOf } from '../problems.ts'
import type { Severity } from '../taxonomy.ts'

/** What happens in an exercise, and when: minutes of its own day since it began. */
export type Happening = { readonly at: number } & (
  | {
      readonly type: 'report'
      readonly name: string
      readonly who: string
      readonly what: string
      readonly where: string
      readonly severity: Severity
      readonly kind: string | null
      /** The protocol that is started on it at once. */
      readonly start: ProtocolId | null
    }
  /** Whoever reported it has more to tell. */
  | { readonly type: 'more'; readonly of: string; readonly words: string }
  | { readonly type: 'start'; readonly of: string; readonly protocol: ProtocolId }
  /** Something is said in the rooms of the exercise, such as that polls open. */
  | { readonly type: 'tell'; readonly words: string }
)

/** A day that is rehearsed: what happens, in order, and how fast. `region` is where it is meant for, if anywhere. */
export type Scenario = {
  readonly name: string
  readonly title: string
  readonly region: RegionCode | null
  /** How many times faster than written, if nobody says otherwise. */
  readonly speed: number
  /** How long it is, in minutes of its own day. */
  readonly length: number
  readonly script: readonly Happening[]
}

/** How fast a scenario may be played. */
export const fastest = 240

const words = z.string().trim().min(1).max(2000)
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is no name | Write it like two-sides: small letters and dashes')
const code = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/, 'is no protocol | Write its code, such as P1')
const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of the day | Write it in quotes, like "07:05"')
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const shape = z.strictObject({
  name,
  title: words,
  region: z
    .string()
    .regex(/^[A-Z]{2,5}$/, 'is no region | Write its code, such as AZ')
    .optional(),
  speed: z.int().min(1).max(fastest).default(1),
  from: hour,
  until: hour,
  events: z.array(z.unknown()).min(1),
})
const common = { at: hour }
const forms = {
  report: z.strictObject({
    ...common,
    report: name,
    who: words,
    what: words,
    where: words,
    danger: z.enum(['S5', 'S4', 'S3', 'S2', 'S1']),
    kind: words.optional(),
    start: code.optional(),
  }),
  more: z.strictObject({ ...common, of: name, more: words }),
  start: z.strictObject({ ...common, of: name, start: code }),
  tell: z.strictObject({ ...common, tell: words }),
} as const
type Written = { readonly [Form in keyof typeof forms]: z.output<(typeof forms)[Form]> }[keyof typeof forms]
type File = Omit<z.output<typeof shape>, 'events'> & { readonly events: readonly Written[] }

/** The protocols that can be started, and the kinds there are. */
export type Known = { readonly protocols: readonly ProtocolId[]; readonly kinds: readonly string[] }

/**
 * Checks a scenario file's data; what is not `known` (null: nobody asks) is a problem, too.
 * @throws ContentError with every problem, each with its path
 */
export function parseScenario(data: unknown, known: Known | null): Scenario {
  const read = shape.safeParse(data)
  const wrong = read.success ? [] : problemsOf(read.error, data)
  const found = eventsOf(data).map(readEvent)
  wrong.push(...found.flatMap(one => one.problems))
  if (!read.success || wrong.length > 0) throw new ContentError(wrong)
  const events = found.flatMap(one => (one.event ? [one.event] : []))
  const problems = crossCheck({ ...read.data, events }, known)
  if (problems.length > 0) throw new ContentError(problems)
  const { title, region = null, speed, from, until } = read.data
  const script = events.map(event => happening(event, from)).toSorted((one, other) => one.at - other.at)
  return { name: read.data.name, title, region, speed, length: until - from, script }
}

/** When something happens in an exercise (epoch ms), at its speed. */
export function dueAt({ at }: Pick<Happening, 'at'>, { startedAt, speed }: Pick<Drill, 'startedAt' | 'speed'>): number {
  return startedAt + Math.round((at * 60_000) / speed)
}

function happening(event: Written, from: number): Happening {
  const at = event.at - from
  if ('tell' in event) return { type: 'tell', at, words: event.tell }
  if ('more' in event) return { type: 'more', at, of: event.of, words: event.more }
  if ('of' in event) return { type: 'start', at, of: event.of, protocol: event.start }
  const { report, who, what, where, danger, kind = null, start = null } = event
  return { type: 'report', at, name: report, who, what, where, severity: severityOf(danger), kind, start }
}

function severityOf(danger: string): Severity {
  return Number(danger.slice(1)) as Severity
}

function crossCheck({ from, until, events }: File, known: Known | null): Problem[] {
  const problems: Problem[] = []
  if (until <= from)
    problems.push({ path: ['until'], message: 'is not after "from"', allowed: 'A scenario is within one day' })
  const reported = new Map<string, number>()
  for (const event of events) if ('report' in event) reported.set(event.report, event.at)
  const names = new Set<string>()
  for (const [index, event] of events.entries()) {
    const path = (field: string) => ['events', index, field] as const
    if (event.at < from || event.at > until)
      problems.push({ path: path('at'), message: 'is not between "from" and "until"' })
    if ('report' in event) {
      if (names.has(event.report)) problems.push({ path: path('report'), message: 'another report has this name' })
      names.add(event.report)
      if (event.kind && known && !known.kinds.includes(event.kind))
        problems.push({ path: path('kind'), message: `"${event.kind}" is no kind of the taxonomy` })
    }
    if ('of' in event) {
      const first = reported.get(event.of)
      if (first === undefined || first > event.at)
        problems.push({ path: path('of'), message: `no report before it is named ${event.of}` })
    }
    const started = 'start' in event ? event.start : undefined
    if (started && known && !known.protocols.includes(started)) {
      const allowed = `Use one of ${known.protocols.join(', ')}`
      problems.push({ path: path('start'), message: `there is no protocol ${started}`, allowed })
    }
  }
  return problems
}

function eventsOf(data: unknown): readonly unknown[] {
  const events = data !== null && typeof data === 'object' && 'events' in data ? data.events : null
  return Array.isArray(events) ? events : []
}

/** What happens says by its fields what it is, so that what is wrong with it can be named. */
function readEvent(entry: unknown, index: number): { readonly event: Written | null; readonly problems: Problem[] } {
  const path = ['events', index] as const
  const has = (field: string) => entry !== null && typeof entry === 'object' && field in entry
  const form = (['report', 'more', 'tell', 'start'] as const).find(has)
  if (!form) return { event: null, problems: [{ path, message: 'is nothing that can happen', allowed: anEvent }] }
  const read = forms[form].safeParse(entry)
  if (read.success) return { event: read.data, problems: [] }
  return {
    event: null,
    problems: problemsOf(read.error, entry).map(one => ({ ...one, path: [...path, ...one.path] })),
  }
}

const anEvent =
  'Write at, report, who, what, where and danger (kind and start if you like); or at, of and more; ' +
  'or at, of and start; or at and tell'
