import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { ContentError, type Problem, problemsOf } from '../problems.ts'
import { type Condition, type Gate, type Protocol, runRoles, type Step } from '../protocol.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { checkClosing, checkGates, checkProtocol, type Known } from './check.ts'
import { closingFile, gatesFile, lastStep, protocolFile, type StepFile } from './shape.ts'

/** Reads the data of a file of gates. @throws ContentError with every problem and its field */
export function parseGates(data: unknown): readonly Gate[] {
  const { gates } = read(gatesFile, data)
  refuse(checkGates(gates))
  return gates
}

/** Reads the data of a file of closing steps. @throws ContentError with every problem and its field */
export function parseClosing(data: unknown, known: Omit<Known, 'closing'>): readonly Step[] {
  const { closing } = read(closingFile, data)
  refuse(checkClosing(closing, known))
  return closing.map(stepOf)
}

/** Reads the data of a protocol's file. @throws ContentError with every problem and its field */
export function parseProtocol(data: unknown, known: Known): Protocol {
  const file = read(protocolFile, data)
  refuse(checkProtocol(file, known))
  const { steps, review, roles, ...rest } = file
  const closing = known.closing.map(step => afterLast(reviewed(step, review), steps))
  const used = new Set([...roles, ...closing.flatMap(step => [step.role, ...step.notify])])
  const protocol = {
    ...rest,
    roles: runRoles.filter(role => used.has(role)),
    steps: steps.map(stepOf),
    closing,
    gates: gatesOf([...steps.map(stepOf), ...closing], known.gates),
    reviewHours: review === undefined ? null : Math.round(review / 60),
  }
  return { ...protocol, rev: revOf(protocol) }
}

/** What protocols may speak of by a taxonomy and those gates. */
export function knownOf({ kinds, groups, axes }: Taxonomy, gates: readonly Gate[]): Omit<Known, 'closing'> {
  return {
    gates,
    kinds: new Set([...kinds, ...groups].map(one => one.code)),
    restricted: new Set(kinds.filter(one => one.restricted).map(one => one.code)),
    weapons: new Set(axes.weapons.map(one => one.code)),
  }
}

/** The first 12 hex digits of sha256 over the wording with its fields in alphabetical order. */
export function revOf(protocol: Omit<Protocol, 'rev'>): string {
  const { rev: _, ...wording } = protocol as Protocol
  return createHash('sha256')
    .update(JSON.stringify(ordered(wording)))
    .digest('hex')
    .slice(0, 12)
}

function read<T>(shape: z.ZodType<T>, data: unknown): T {
  const result = shape.safeParse(data)
  if (!result.success) throw new ContentError(problemsOf(result.error, data))
  return result.data
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ContentError(problems)
}

/** A step whose repeating ends with another one appears only while that one is open. */
function stepOf({ until, when, ...step }: StepFile): Step {
  const open: Condition | null = until ? { type: 'step', step: until, is: 'open' } : null
  return { ...step, when: when && open ? { type: 'all', of: [when, open] } : (when ?? open) }
}

/** The note on what is learned is due when this protocol's own review time says so. */
function reviewed(step: Step, review: number | undefined): Step {
  const { due } = step
  return review === undefined || step.id !== 'C4' || !due ? step : { ...step, due: { ...due, minutes: review } }
}

/** A closing step's time counts from where it is over: the last step at no set time, which stands there in any case. */
function afterLast(step: Step, steps: readonly StepFile[]): Step {
  const { due } = step
  if (!due || typeof due.from !== 'object' || due.from.step !== lastStep) return step
  const sure = steps.filter(one => !one.when && !one.until)
  const last = sure.findLast(one => !one.due) ?? sure.at(-1) ?? steps.at(-1)
  return last ? { ...step, due: { ...due, from: { step: last.id } } } : step
}

/** The gates that these steps stand behind, and those by which one of them can be overridden. */
function gatesOf(steps: readonly Step[], gates: readonly Gate[]): readonly Gate[] {
  const asked = new Set(steps.map(step => step.gate))
  const over = new Set(gates.filter(gate => asked.has(gate.id)).map(gate => gate.overriddenBy))
  return gates.filter(gate => asked.has(gate.id) || over.has(gate.id))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, held]) => [key, ordered(held)]),
  )
}
