import type { Plan, Recipient } from '../../broadcast.ts'
import { type Directory, personNow, regionName } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { fold } from '../../words.ts'

/** What may stand in words as `{name}`: who reads it, their region, what it is about, the number to call. */
export const variables = ['name', 'region', 'incident', 'hotline'] as const
/** One of them. */
export type Variable = (typeof variables)[number]

/** The reader, as far as their variables go. */
export type Reads = Pick<Recipient, 'person' | 'room' | 'region'>

/** What of a plan fills variables. */
export type Filling = Pick<Plan, 'incident' | 'defaults'>

/** Which variables stand in a text, in any language's name for them, and what stands in braces that is none. */
export function variablesIn(text: string): {
  readonly known: readonly Variable[]
  readonly unknown: readonly string[]
} {
  const found = [...text.matchAll(holes)].map(([, name = '']) => name)
  return {
    known: [...new Set(found.flatMap(name => variableOf(name) ?? []))],
    unknown: [...new Set(found.filter(name => !variableOf(name)))],
  }
}

/** The variable of that name in any language (`nombre`, `Region`), or null. */
export function variableOf(name: string): Variable | null {
  return names.get(fold(name.trim())) ?? null
}

/** What a variable is for that reader: their own, else the plan's default; null where there is neither. */
export function valueFor(variable: Variable, reads: Reads, plan: Filling, directory: Directory): string | null {
  return ownValue(variable, reads, plan, directory) ?? (plan.defaults[variable]?.trim() || null)
}

/**
 * The text with what the variables are for that reader. One that has no value there is left out with the space before
 * it: that is shown, and refused, before anybody approves; only who joins later can meet it.
 */
export function fillVariables(text: string, reads: Reads, plan: Filling, directory: Directory): string {
  if (!text.includes('{')) return text
  return text.replace(/( ?)\{([^{}\n]{1,40})\}/g, (whole, space: string, name: string) => {
    const variable = variableOf(name)
    if (!variable) return whole
    const value = valueFor(variable, reads, plan, directory) ?? (variable === 'region' ? directory.name : '')
    return value === '' ? '' : space + value
  })
}

/** Why that cannot stand for a variable; null where it can. */
export function defaultProblem(name: string, value: string): Phrase | null {
  const variable = variableOf(name)
  if (!variable) return phrase('audience.variable-unknown', { name, names: variables.map(braced) })
  if (value.trim() === '') return phrase('audience.default-empty', { name: variable })
  if (value.length > longest) return phrase('audience.default-long', { name: variable, most: longest })
  // What people read must be what was approved: no text within the text.
  if (/[{}\n\r]/.test(value)) return phrase('audience.default-odd', { name: variable })
  return null
}

/** A variable as it stands in words. */
export function braced(variable: string): string {
  return `{${variable}}`
}

const longest = 80
const holes = /\{([^{}\n]{1,40})\}/g
const names = new Map<string, Variable>([
  ...variables.map(variable => [variable, variable] as const),
  ...(['nombre', 'callsign', 'call sign', 'indicativo'] as const).map(name => [name, 'name'] as const),
  ...(['incidente', 'id', 'report', 'reporte'] as const).map(name => [name, 'incident'] as const),
  ...(['linea', 'linea directa', 'linea de ayuda', 'telefono', 'phone', 'hot line'] as const).map(
    name => [name, 'hotline'] as const,
  ),
])

function ownValue(variable: Variable, { person, region }: Reads, plan: Filling, directory: Directory): string | null {
  switch (variable) {
    case 'name':
      return person === null ? null : (personNow(directory, person)?.callsign ?? null)
    case 'region':
      return region === null ? null : regionName(directory, region)
    case 'incident':
      return plan.incident
    case 'hotline':
      // A broadcast may name another number than its network has.
      return plan.defaults.hotline?.trim() || directory.hotline || null
  }
}
