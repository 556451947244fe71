import type { z } from 'zod'
import { ConfigError } from './errors.ts'

/** One thing wrong in a content file: where it stands, what is wrong and, if it helps, what is allowed there. */
export type Problem = {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly allowed?: string
}

/** A content file is wrong; `problems` lists everything at once, and the message has a line for each. */
export class ContentError extends ConfigError {
  override name = 'ContentError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(sayProblem).join('\n'))
    this.problems = problems
  }
}

/** One line for a problem: the field, what is wrong with it and what is allowed. */
export function sayProblem(problem: Problem): string {
  const words = [`${problem.message}.`, ...(problem.allowed ? [`${problem.allowed}.`] : [])].join(' ')
  return problem.path.length > 0 ? `${fieldName(problem.path)}: ${words}` : words
}

/** A path as people write it, as in `regions[1].zone`. */
export function fieldName(path: Problem['path']): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}

/** The problems that zod found, in plain words, with the offending value taken from `data`. */
export function problemsOf(error: z.ZodError, data: unknown): Problem[] {
  return error.issues.flatMap(issue => explain(issue, data))
}

/** What stands in `data` at a path; undefined if nothing does. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    data,
  )
}

/** A value as it may be quoted in a message: short, on one line, and only named if it holds others. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a group of fields'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function explain(issue: z.core.$ZodIssue, data: unknown): Problem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol')
  const value = valueAt(data, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        path: [...path, key],
        message: 'no such field',
        ...(issue.message.startsWith('Use') ? { allowed: issue.message } : {}),
      }))
    case 'invalid_type':
      if (value !== undefined && issue.message.includes(' | ')) return [{ path, ...splitAdvice(issue.message) }]
      return [{ path, ...wrongType(issue.expected, value) }]
    case 'invalid_value':
      return [
        {
          path,
          message: value === undefined ? 'is missing' : `${quote(value)} is not known`,
          allowed: `Use ${oneOf(issue.values.map(String))}`,
        },
      ]
    case 'too_small':
      return [{ path, message: tooSmall(issue.origin, Number(issue.minimum)) }]
    case 'too_big':
      return [
        {
          path,
          message: `${quote(value)} is too ${issue.origin === 'string' ? 'long' : 'much'}`,
          allowed: `At most ${issue.maximum}`,
        },
      ]
    case 'custom':
      return [{ path, ...splitAdvice(issue.message) }]
    case 'invalid_key':
      return [{ path, message: 'no such field' }]
    default:
      return [{ path, ...splitAdvice(issue.message) }]
  }
}

function wrongType(expected: string, value: unknown): Omit<Problem, 'path'> {
  const wanted: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of fields',
    record: 'a group of fields',
  }
  if (value === undefined) return { message: 'is missing' }
  if (expected === 'string' && typeof value === 'number') {
    return { message: `${quote(value)} is read as a number, which loses zeros and digits`, allowed: 'Put it in quotes' }
  }
  return { message: `${quote(value)} does not belong here`, allowed: `Use ${wanted[expected] ?? expected}` }
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'array')
    return minimum === 1 ? 'is empty, it needs at least one entry' : `needs at least ${minimum} entries`
  return origin === 'string' ? 'is empty' : `must be at least ${minimum}`
}

/** Our own messages carry their advice behind a bar: `what is wrong | what is allowed`. */
function splitAdvice(message: string): Omit<Problem, 'path'> {
  const [wrong = '', allowed] = message.split(' | ')
  return allowed ? { message: wrong, allowed } : { message: wrong }
}

function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}
