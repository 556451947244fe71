import { z } from 'zod'
import type { Language } from './directory.ts'
import type { Scenario } from './drill/scenario.ts'
import { ContentError, problemsOf } from './problems.ts'
import type { Protocols } from './protocol.ts'
import type { Indicator } from './warning.ts'

/** The kind that the words of a report point to; it stands here because it reads nothing but the taxonomy. */
export { guessKind } from './guess.ts'

/** The code of a kind of incident, as in `VI-2`: two letters of its group, a dash, a number. */
export type Kind = string
/** How severe an incident is, from 1 (information) to 5 (critical); people read S1 to S5. */
export type Severity = 1 | 2 | 3 | 4 | 5
/** One text in every language the hub speaks. */
export type InLanguages = Readonly<Record<Language, string>>
/** Who is called when nobody claims: the region's coordinators, duty officers, leaders, all network coordinators. */
export type Level = 'RC' | 'DO' | 'LD' | 'network'
/** A group of kinds, as in `VI` Violence. */
export type KindGroup = { readonly code: string; readonly name: InLanguages }
/** Everything the network says about one kind of incident. */
export type KindInfo = {
  readonly code: Kind
  readonly group: string
  readonly name: InLanguages
  readonly definition: InLanguages
  readonly acled: readonly string[]
  readonly startsRed: boolean
  readonly restricted: boolean
  readonly victim: boolean
  readonly positive: boolean
  readonly rank: number
  readonly words: Readonly<Record<Language, readonly string[]>>
}
/** A severity, its objective criteria (any one is enough), and its name in the Common Alerting Protocol. */
export type SeverityInfo = {
  readonly level: Severity
  readonly name: InLanguages
  readonly cap: string
  readonly criteria: Readonly<Record<Language, readonly string[]>>
}
/** The clocks of a severity in minutes from the report or the last sign of life; null where a clock does not run. */
export type Clocks = {
  readonly acknowledge: number
  readonly claim: number | null
  readonly lease: number
  readonly firstAction: number | null
  readonly update: number | null
  readonly warnAt: number
  readonly close: number
  readonly escalate: readonly { readonly after: number; readonly to: Level }[]
}
/** Clocks that a network sets itself; what it leaves out comes from the taxonomy. */
export type ClockOverrides = Readonly<Partial<Record<SeverityName, Readonly<Partial<Clocks>>>>>
/** A severity as people and files write it. */
export type SeverityName = `S${Severity}`
/** A choice with its lasting code and its name. */
export type Choice = { readonly code: string; readonly name: InLanguages }
/** What a network calls things and how it goes about them: groups, kinds, severities, clocks, protocols; checked. */
export type Taxonomy = {
  readonly version: number
  readonly negations: Readonly<Record<Language | 'doubts', readonly string[]>>
  readonly groups: readonly KindGroup[]
  readonly kinds: readonly KindInfo[]
  readonly severities: readonly SeverityInfo[]
  readonly raises: readonly Choice[]
  readonly clocks: Readonly<Record<SeverityName, Clocks>>
  readonly axes: Readonly<Record<'phase' | 'place' | 'weapons' | 'issue', readonly Choice[]>>
  readonly protocols: Protocols
  /** The days that can be rehearsed; absent: none. */
  readonly scenarios?: readonly Scenario[]
  /** What weekly briefs rate; absent: nothing. */
  readonly indicators?: readonly Indicator[]
}

/** The severities, most severe first. */
export const severities: readonly Severity[] = [5, 4, 3, 2, 1]

const minutes = z.int().min(1).max(525_600)
const clock = {
  acknowledge: minutes,
  claim: minutes.nullable(),
  lease: minutes,
  firstAction: minutes.nullable(),
  update: minutes.nullable(),
  warnAt: z.number().min(0.1).max(1),
  close: minutes,
  escalate: z.array(z.strictObject({ after: minutes, to: z.enum(['RC', 'DO', 'LD', 'network']) })),
}
const line = z.string().trim().min(1).max(300)
const inLanguages = z.strictObject({ en: line, es: line })
const lines = z.strictObject({ en: z.array(line), es: z.array(line) })
const choice = z.strictObject({ code: line, name: inLanguages })
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const pattern = z
  .string()
  .regex(/^[^\s.&|*]+\*?(?:\|[^\s.&|*]+\*?)*(?: (?:\.\.\. |& )?[^\s.&|*]+\*?(?:\|[^\s.&|*]+\*?)*)*$/u, {
    error: 'this rule cannot be read | Write words, word|word, word*, "..." or "&" between words',
  })
/** The shape of rules that find words, in both languages. */
export const patterns = z.strictObject({ en: z.array(pattern), es: z.array(pattern) })
const flag = z.boolean().default(false)

const kind = z
  .strictObject({
    code: z.string().regex(/^[A-Z]{2}-\d{1,2}$/, { error: 'is no code of a kind | Write it like VI-2' }),
    name: inLanguages,
    definition: inLanguages,
    acled: z.array(line),
    startsRed: flag,
    restricted: flag,
    victim: flag,
    positive: flag,
    rank: z.int().min(0).max(1000),
    words: patterns,
  })
  .transform(info => ({ ...info, group: info.code.slice(0, 2) }))

/** The shape of clocks that a network file may set, all fields optional. */
export const clockOverrides = z.strictObject({
  S5: z.strictObject(clock).partial().optional(),
  S4: z.strictObject(clock).partial().optional(),
  S3: z.strictObject(clock).partial().optional(),
  S2: z.strictObject(clock).partial().optional(),
  S1: z.strictObject(clock).partial().optional(),
})

const shape = z
  .strictObject({
    version: z.literal(1),
    negations: z.strictObject({ en: z.array(line), es: z.array(line), doubts: z.array(line) }),
    groups: z.array(z.strictObject({ code: z.string().regex(/^[A-Z]{2}$/), name: inLanguages })).min(1),
    kinds: z.array(kind).min(1),
    severities: z.array(z.strictObject({ level, name: inLanguages, cap: line, criteria: lines })).length(5),
    raises: z.array(choice),
    clocks: z.strictObject({
      S5: z.strictObject(clock),
      S4: z.strictObject(clock),
      S3: z.strictObject(clock),
      S2: z.strictObject(clock),
      S1: z.strictObject(clock),
    }),
    axes: z.strictObject({
      phase: z.array(choice),
      place: z.array(choice),
      weapons: z.array(choice),
      issue: z.array(choice),
    }),
  })
  .superRefine((taxonomy, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const groups = new Set(taxonomy.groups.map(group => group.code))
    taxonomy.kinds.forEach((info, index) => {
      if (!groups.has(info.group)) say(['kinds', index, 'code'], `no group has the code ${info.group}`)
    })
    twice(
      taxonomy.groups,
      group => group.code,
      (index, code) => say(['groups', index, 'code'], `${code} stands twice`),
    )
    twice(
      taxonomy.kinds,
      info => info.code,
      (index, code) => say(['kinds', index, 'code'], `${code} stands twice`),
    )
    twice(
      taxonomy.severities,
      one => one.level,
      (index, at) => say(['severities', index, 'level'], `${at} stands twice`),
    )
  })

/** Checks the taxonomy file's data; throws ContentError with every problem and its field. */
export function parseTaxonomy(data: unknown): Taxonomy {
  const read = shape.safeParse(data)
  if (!read.success) throw new ContentError(problemsOf(read.error, data))
  return { ...read.data, protocols: noProtocols }
}

/** A network without protocols. */
export const noProtocols: Protocols = { current: [], find: () => null }

/** What the taxonomy says of a kind, or null if it knows no such code. */
export function kindInfo(taxonomy: Taxonomy, code: Kind): KindInfo | null {
  return taxonomy.kinds.find(info => info.code === code) ?? null
}

/** The clocks of a severity in minutes, the network's own before the taxonomy's. */
export function clocksFor(taxonomy: Taxonomy, severity: Severity, overrides: ClockOverrides = {}): Clocks {
  return { ...taxonomy.clocks[`S${severity}`], ...overrides[`S${severity}`] }
}

/** The taxonomy with the clocks that a network set for itself. */
export function withClocks(taxonomy: Taxonomy, overrides: ClockOverrides): Taxonomy {
  const clocks = severities.map(severity => [`S${severity}`, clocksFor(taxonomy, severity, overrides)])
  return { ...taxonomy, clocks: Object.fromEntries(clocks) as Taxonomy['clocks'] }
}

function twice<T>(list: readonly T[], key: (item: T) => string | number, report: (index: number, key: string) => void) {
  list.forEach((item, index) => {
    if (list.findIndex(other => key(other) === key(item)) < index) report(index, String(key(item)))
  })
}
