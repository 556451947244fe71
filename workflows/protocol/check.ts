import type { Problem } from '../problems.ts'
import type { Gate, Step, Trigger } from '../protocol.ts'
import { neverShown } from './possible.ts'
import { checkReferences } from './references.ts'
import type { ProtocolFile, StepFile } from './shape.ts'
import { checkTimes } from './times.ts'

/**
 * What a protocol may speak of: gates, closing steps, and the codes of the taxonomy (kinds with their groups);
 * `restricted` are the kinds that only the named know of.
 */
export type Known = {
  readonly gates: readonly Gate[]
  readonly closing: readonly Step[]
  readonly kinds: ReadonlySet<string>
  readonly restricted: ReadonlySet<string>
  readonly weapons: ReadonlySet<string>
}

/** What is wrong with a protocol of the right shape, each with where it stands in the file. */
export function checkProtocol(file: ProtocolFile, known: Known): readonly Problem[] {
  const found = [
    ...repeated(file, known.closing),
    ...checkRoles(file),
    ...unknownKinds(file.kinds, ['kinds'], known),
    ...file.triggers.flatMap((trigger, index) => checkTrigger(trigger, ['triggers', index], known)),
    ...checkSteps(file.steps, ['steps'], { ...known, event: file.event }),
  ]
  if (file.event && !file.steps.some(step => step.due?.from === 'event')) {
    const allowed = 'Give a step a time like { before_event: 2h }, or leave event out'
    found.push({ path: ['event'], message: 'is true, but no step is due before or after the event', allowed })
  }
  // A step that cannot appear for want of another is not worth a line while that other is wrong.
  return found.length > 0 ? found : neverShown(file.steps, ['steps'])
}

/** What is wrong with closing steps, which stand in every protocol and so can ask for nothing of one of them. */
export function checkClosing(steps: readonly StepFile[], known: Omit<Known, 'closing'>): readonly Problem[] {
  const found = [
    ...twice(steps, step => step.id, ['closing'], 'id', 'step'),
    ...checkSteps(steps, ['closing'], { ...known, event: false }),
  ]
  return found.length > 0 ? found : neverShown(steps, ['closing'])
}

/** What is wrong with gates. */
export function checkGates(gates: readonly Gate[]): readonly Problem[] {
  const ids = new Set(gates.map(gate => gate.id))
  return [
    ...twice(gates, gate => gate.id, ['gates'], 'id', 'gate'),
    ...gates.flatMap((gate, index) => {
      const path = ['gates', index]
      const over = gate.overriddenBy
      const wrong =
        over === gate.id
          ? 'is the gate itself'
          : over && !ids.has(over)
            ? `there is no gate ${over} in this file`
            : null
      return [
        ...twice(gate.questions, question => question.id, [...path, 'questions'], 'id', 'question'),
        ...(wrong ? [{ path: [...path, 'overridden_by'], message: wrong }] : []),
      ]
    }),
  ]
}

function checkSteps(
  steps: readonly StepFile[],
  path: (string | number)[],
  known: Omit<Known, 'closing'> & { readonly event: boolean },
): readonly Problem[] {
  return [
    ...steps.flatMap((step, index) => checkStep(step, [...path, index])),
    ...checkReferences(steps, path, known),
    ...checkTimes(steps, path, known.event),
  ]
}

function checkStep(step: StepFile, path: (string | number)[]): readonly Problem[] {
  const found: Problem[] = []
  const say = (field: string, message: string, allowed?: string) =>
    found.push({ path: [...path, field], message, ...(allowed ? { allowed } : {}) })
  if (step.headcount && step.checkin) {
    say('checkin', 'stands beside headcount, and one step begins one of them', 'Make two steps of it')
  }
  if (step.repeat && !step.until && !step.when) {
    say('repeat', 'never ends', 'Name under until the step that ends it, or a condition under when')
  }
  if (step.until && !step.repeat && !step.checkin) say('until', 'goes with repeat or checkin only')
  step.asks.forEach((ask, index) => {
    found.push(...twice(ask.choices, choice => choice.code, [...path, 'asks', index, 'choices'], 'code', 'choice'))
  })
  return found
}

function checkRoles({ roles, told, steps }: ProtocolFile): readonly Problem[] {
  const listed = new Set(roles)
  const allowed = `Add it to roles, which has ${roles.join(', ')}`
  const uses = [
    ...told.map((role, index) => ({ role, path: ['told', index] })),
    ...steps.flatMap((step, at) => [
      { role: step.role, path: ['steps', at, 'role'] },
      ...step.notify.map((role, index) => ({ role, path: ['steps', at, 'notify', index] })),
    ]),
  ]
  const used = new Set(uses.map(use => use.role))
  return [
    ...uses
      .filter(({ role }) => !listed.has(role))
      .map(({ role, path }) => ({ path, message: `${role} is no role of this protocol`, allowed })),
    ...roles.flatMap((role, index) =>
      used.has(role) ? [] : [{ path: ['roles', index], message: `${role} has no step and is never told anything` }],
    ),
    ...twice(
      roles.map(code => ({ code })),
      one => one.code,
      ['roles'],
      null,
      'role',
    ),
  ]
}

function checkTrigger(trigger: Trigger, path: (string | number)[], known: Known): readonly Problem[] {
  const { kinds, severity, words, count, unclaimed, start } = trigger
  const found = [...unknownKinds(kinds, [...path, 'kinds'], known)]
  if (kinds.length === 0 && severity === null && words === null) {
    const allowed = 'Name kinds, a severity or words'
    found.push({ path, message: 'would hold for every report', allowed })
  }
  if (count && unclaimed !== null) {
    const allowed = 'Make two triggers of it'
    found.push({ path: [...path, 'unclaimed'], message: 'is about one incident, count about several', allowed })
  }
  if (count && kinds.length > 0 && kinds.every(kind => known.restricted.has(kind))) {
    const message = `would never be met: ${kinds.join(', ')} is for the named alone, and is not counted with others`
    found.push({ path: [...path, 'count'], message, allowed: 'Leave count out: each is proposed by itself' })
  }
  if (count && count.counties > count.atLeast) {
    const message = `${count.atLeast} incidents cannot come from ${count.counties} counties`
    found.push({ path: [...path, 'count', 'counties'], message })
  }
  if (count && count.counties > 1 && count.within === 'county') {
    found.push({ path: [...path, 'count', 'counties'], message: 'are several, but all are to be in the same county' })
  }
  if (start === 'itself' && kinds.length === 0) {
    const allowed = 'Name its kinds, or write propose'
    found.push({ path: [...path, 'start'], message: 'starts by itself for any kind of incident', allowed })
  }
  return found
}

function unknownKinds(kinds: readonly string[], path: (string | number)[], known: Known): Problem[] {
  return kinds.flatMap((kind, index) =>
    known.kinds.has(kind)
      ? []
      : [
          {
            path: [...path, index],
            message: `no kind and no group has the code ${kind}`,
            allowed: 'See taxonomy.yaml',
          },
        ],
  )
}

function repeated({ steps, triggers }: ProtocolFile, closing: readonly Step[]): readonly Problem[] {
  const asks = new Set(closing.flatMap(step => step.asks.map(ask => ask.id)))
  const ids = new Set(closing.map(step => step.id))
  const inUse = steps.flatMap((step, at) => {
    if (ids.has(step.id)) return [{ path: ['steps', at, 'id'], message: `${step.id} is the number of a closing step` }]
    return step.asks.flatMap((ask, index) => {
      const path = ['steps', at, 'asks', index, 'id']
      const earlier = steps.findIndex((other, place) =>
        other.asks.some((one, spot) => one.id === ask.id && (place < at || (place === at && spot < index))),
      )
      if (earlier >= 0) return [{ path, message: `${ask.id} stands twice, first in step ${steps[earlier]?.id}` }]
      return asks.has(ask.id) ? [{ path, message: `${ask.id} is asked by a closing step` }] : []
    })
  })
  return [
    ...twice(steps, step => step.id, ['steps'], 'id', 'step'),
    ...inUse,
    ...twice(triggers, trigger => trigger.id, ['triggers'], 'id', 'trigger'),
  ]
}

function twice<T>(
  list: readonly T[],
  key: (item: T) => string,
  path: readonly (string | number)[],
  field: string | null,
  what: string,
): Problem[] {
  return list.flatMap((item, index) =>
    list.findIndex(other => key(other) === key(item)) < index
      ? [{ path: [...path, index, ...(field ? [field] : [])], message: `${what} ${key(item)} stands twice` }]
      : [],
  )
}
