import { z } from 'zod'
import type { Condition } from '../protocol.ts'
import { codeName, gateId, oneOrMore, severity, stepId } from './fields.ts'

/** Where something stands in a file. */
export type Path = readonly (string | number)[]
/** A condition that holds no others. */
export type Fact = Exclude<Condition, { readonly type: 'all' | 'any' | 'not' }>

const facts = ['answer', 'number', 'gate', 'step', 'severity', 'kinds', 'weapons', 'credibility'] as const
const kinds = [...facts, 'all', 'any', 'not'] as const
const states = { gate: ['passed', 'refused', 'open'], step: ['done', 'skipped', 'open'] } as const
const credibilities = ['unverified', 'checking', 'corroborated', 'verified', 'false'] as const

/**
 * A condition as files write it: `{ answer: reach, is: [wide] }`, `{ number: armed, over: 10 }`,
 * `{ gate: G2, is: passed }`, `{ step: 3, is: done }`, `{ severity: S4 }` (at least), `{ kinds: [AR-2, VI] }`,
 * `{ weapons: [firearm-drawn] }`,
 * `{ credibility: [verified] }`; several in `all`, `any`, one in `not`.
 */
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject(
      {
        answer: codeName.optional(),
        number: codeName.optional(),
        gate: gateId.optional(),
        step: stepId.optional(),
        severity: severity.optional(),
        kinds: oneOrMore(z.string()).optional(),
        weapons: oneOrMore(z.string()).optional(),
        credibility: oneOrMore(z.enum(credibilities)).optional(),
        all: z.array(condition).min(1).optional(),
        any: z.array(condition).min(1).optional(),
        not: condition.optional(),
        is: oneOrMore(z.union([z.string(), z.number().transform(String)])).optional(),
        over: z.int().min(0).optional(),
      },
      { error: 'is no condition | Write it like { answer: reach, is: wide }' },
    )
    .transform((file, context): Condition => {
      const say = (path: string[], message: string): never => {
        context.addIssue({ code: 'custom', path, message })
        return z.NEVER
      }
      const given = kinds.filter(kind => file[kind] !== undefined)
      const [kind] = given
      if (!kind || given.length > 1) {
        const wrong = given.length > 1 ? `holds ${given.join(' and ')}` : 'holds no condition'
        return say([], `${wrong} | Write one of ${kinds.join(', ')}; several stand in a list under all or any`)
      }
      const wantsIs = kind === 'answer' || kind === 'gate' || kind === 'step'
      if (wantsIs !== (file.is !== undefined)) {
        return say(['is'], wantsIs ? `is missing | Say what ${kind} must be` : `does not go with ${kind}`)
      }
      if ((kind === 'number') !== (file.over !== undefined)) {
        return say(['over'], kind === 'number' ? 'is missing | Say which number is passed' : `does not go with ${kind}`)
      }
      const is = file.is ?? []
      switch (kind) {
        case 'answer':
          return { type: 'answer', ask: file.answer as string, is }
        case 'number':
          return { type: 'number', ask: file.number as string, over: file.over as number }
        case 'gate':
        case 'step': {
          const [state] = is
          const known: readonly string[] = states[kind]
          if (is.length !== 1 || !known.includes(state as string)) {
            return say(['is'], `${is.join(', ')} is not known | Use one of ${known.join(', ')}`)
          }
          return { type: kind, [kind]: file[kind], is: state } as Condition
        }
        case 'severity':
          return { type: 'severity', atLeast: file.severity as 1 | 2 | 3 | 4 | 5 }
        case 'kinds':
          return { type: 'kind', in: file.kinds as string[] }
        case 'weapons':
          return { type: 'weapons', in: file.weapons as string[] }
        case 'credibility':
          return { type: 'credibility', in: file.credibility as string[] }
        case 'all':
        case 'any':
          return { type: kind, of: file[kind] as Condition[] }
        case 'not':
          return { type: 'not', of: file.not as Condition }
      }
    }),
)

/** Every fact that a condition asks for, where it stands, and whether it must hold for the whole to hold. */
export function factsOf(
  when: Condition | null,
  path: Path,
  sure = true,
): readonly { readonly fact: Fact; readonly path: Path; readonly sure: boolean }[] {
  if (!when) return []
  switch (when.type) {
    case 'all':
    case 'any':
      return when.of.flatMap((one, index) =>
        factsOf(one, [...path, when.type, index], sure && (when.type === 'all' || when.of.length === 1)),
      )
    case 'not':
      return factsOf(when.of, [...path, 'not'], false)
    default:
      return [{ fact: when, path, sure }]
  }
}
