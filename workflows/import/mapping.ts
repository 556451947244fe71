import { z } from 'zod'
import { ContentError, problemsOf } from '../problems.ts'
import { type Kind, kindInfo, type Taxonomy } from '../taxonomy.ts'
import { isZone } from './moment.ts'

const heading = z.string().trim().min(1)
const headings = z.union([heading.transform(one => [one]), z.array(heading).min(1)])
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const shape = z.strictObject({
  source: z.string().trim().min(1).max(60),
  zone: z.string().refine(isZone, 'is no zone | Write it like America/Phoenix').optional(),
  dates: z.enum(['iso', 'us', 'eu']).default('iso'),
  columns: z.strictObject({
    id: heading.optional(),
    what: headings,
    where: headings,
    when: heading.optional(),
    kind: heading.optional(),
    severity: heading.optional(),
  }),
  kinds: z.record(z.string(), z.string()).default({}),
  severities: z.record(z.string(), level).default({}),
  severity: level.default(2),
  unplaced: z.enum(['refuse', 'keep']).default('refuse'),
})

/**
 * How a partner's table becomes reports: which columns hold what, what their words for kinds and severities mean here,
 * how dates are written and in which zone; `unplaced: keep` takes rows whose place is not known.
 */
export type Mapping = z.output<typeof shape>

/** Checks the data of a mapping file. @throws ContentError with every problem in it */
export function parseMapping(data: unknown): Mapping {
  const read = shape.safeParse(data)
  if (!read.success) throw new ContentError(problemsOf(read.error, data))
  return read.data
}

/** What a mapping's words for kinds mean that is no kind here, so that no row of theirs could be taken. */
export function unknownKinds({ kinds }: Mapping, taxonomy: Taxonomy): readonly string[] {
  const unknown = Object.entries(kinds).filter(([, code]) => kindInfo(taxonomy, code.toUpperCase() as Kind) === null)
  return unknown.map(([word, code]) => `${word}: ${code}`)
}

/** The headings that a mapping reads. */
export function headingsOf({ columns }: Mapping): readonly string[] {
  const { id, what, where, when, kind, severity } = columns
  return [...what, ...where, ...[id, when, kind, severity].flatMap(one => (one === undefined ? [] : [one]))]
}
