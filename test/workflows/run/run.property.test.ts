import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentAction } from '../../../workflows/action.ts'
import { InputError, RuleError } from '../../../workflows/errors.ts'
import { nextSteps, progress, readRun, readRuns } from '../../../workflows/run/reading.ts'
import { tasksOf } from '../../../workflows/run/tasks.ts'
import { openRuns, type Run, type RunDeed } from '../../../workflows/run.ts'
import { crane, due, eagle, finch, owl, robin, wren } from '../specification.ts'
import { play } from './play.ts'

const cast = [finch, wren, crane, owl, robin, eagle]
const who = fc.constantFrom(...cast)
const step = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', 'C1', 'C2')
const gate = fc.constantFrom('G1', 'G2', 'G3')
const people = fc.uniqueArray(fc.constantFrom(...cast.map(one => one.id)), { maxLength: 3 })
const answers = fc.constantFrom<Record<string, string>>(
  {},
  { armed: '3', mood: 'calm' },
  { armed: '12', mood: 'tense' },
)
const run = 'P1'

type Does =
  | { readonly type: 'deed'; readonly deed: RunDeed }
  | { readonly type: 'press' | 'skip' | 'reopen'; readonly step: string; readonly answers: Record<string, string> }
  | { readonly type: 'gate'; readonly gate: string; readonly yes: boolean }
  | { readonly type: 'incident'; readonly action: IncidentAction }

const does: fc.Arbitrary<Does> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constantFrom('press', 'press', 'skip', 'reopen'), step, answers }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('gate' as const), gate, yes: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc
      .oneof(
        fc.constant({ type: 'start', protocol: 'P1', eventAt: null }),
        fc.record({
          type: fc.constantFrom('pause', 'resume', 'undo-start', 'accept-lead', 'decline-lead'),
          run: fc.constant(run),
        }),
        fc.record({ type: fc.constantFrom('take', 'give-back', 'hold'), run: fc.constant(run), step }),
        fc.record({ type: fc.constant('help'), run: fc.constant(run), step, note: fc.constant('') }),
        fc.record({
          type: fc.constant('assign'),
          run: fc.constant(run),
          step,
          people,
          mode: fc.constantFrom('any', 'all'),
        }),
        fc.record({
          type: fc.constant('fill'),
          run: fc.constant(run),
          role: fc.constantFrom('SO', 'LI', 'RC'),
          people,
        }),
        fc.record({ type: fc.constant('offer-lead'), run: fc.constant(run), to: fc.constantFrom(finch.id, owl.id) }),
      )
      .map(deed => ({ type: 'deed' as const, deed: deed as unknown as RunDeed })),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom<RunDeed>(
        { type: 'ask-override', run, gate: 'G3', reason: 'shots' },
        { type: 'agree-override', run, gate: 'G3' },
        { type: 'gate', run, gate: 'G1', answers: { q: 'yes' }, note: '' },
        { type: 'gate', run, gate: 'G1', answers: { q: 'yes' }, note: '' },
        { type: 'ask-override', run, gate: 'G2', reason: 'shots' },
      )
      .map(deed => ({ type: 'deed' as const, deed })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<IncidentAction>(
        { type: 'claim' },
        { type: 'join' },
        { type: 'leave' },
        { type: 'run', do: { type: 'stop', run, reason: 'over' } },
        { type: 'resolve', outcome: 'calmed', note: '' },
        { type: 'undo' },
        { type: 'reopen', reason: 'again' },
        { type: 'let-go', person: finch.id },
      )
      .map(action => ({ type: 'incident' as const, action })),
  },
)
// Without a leaning to what is small: in a short life nothing is overridden.
const life = fc.noBias(
  fc.array(
    fc.record({
      who,
      minutes: fc.constantFrom(0, 0, 0, 1, 2, 7, 40),
      late: fc.constantFrom(false, false, false, true),
      does,
    }),
    { maxLength: 45, size: 'max' },
  ),
)

test('whatever several people do: one run at a time, each step done once, what is refused blocks, nothing is left over', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(life, acts => {
      const here = play()
      here.start(crane)
      let minute = 0
      for (const { who: actor, minutes, late, does: one } of acts) {
        minute += minutes
        here.at(minute)
        const before = here.incident()
        const [was] = openRuns(before)
        const action = actionOf(one, was, late)
        try {
          const made = here.act(actor, action)
          count(seen, `${nameOf(action)} done`)
          if (action.type === 'run' && action.do.type === 'do' && was)
            judgeDoing(was, action.do, here.run(), made.length)
        } catch (error) {
          if (!(error instanceof RuleError) && !(error instanceof InputError)) throw error
          count(seen, `${nameOf(action)} refused`)
          // Whoever is refused changed nothing.
          expect(here.incident()).toBe(before)
        }
        // The minute in which an end can be taken back passes, and the day after a resolution.
        if (here.incident().undo) here.act(null, due('undo'))
        judge(here)
      }
      expect(here.replayed()).toEqual(here.incident())
    }),
    { numRuns: 300 },
  )
  // A deed that never happens, or is never refused, would prove nothing of it.
  const often = ['do', 'skip', 'reopen', 'gate', 'assign', 'take', 'ask-override', 'pause']
  for (const deed of often) {
    expect(seen.get(`${deed} done`) ?? 0, deed).toBeGreaterThan(3)
    expect(seen.get(`${deed} refused`) ?? 0, deed).toBeGreaterThan(3)
  }
  expect(seen.get('agree-override refused') ?? 0).toBeGreaterThan(3)
}, 60_000)

type Here = ReturnType<typeof play>

function actionOf(one: Does, was: Run | undefined, late: boolean): IncidentAction {
  if (one.type === 'incident') return one.action
  if (one.type === 'deed') return { type: 'run', do: one.deed }
  if (one.type === 'gate') {
    const said = { q: one.yes ? 'yes' : 'no' } as const
    return { type: 'run', do: { type: 'gate', run, gate: one.gate, answers: said, note: '' } }
  }
  const times = Math.max(0, (was?.steps[one.step]?.times ?? 0) - (late ? 1 : 0))
  const about = { run, step: one.step, times }
  if (one.type === 'skip') return { type: 'run', do: { ...about, type: 'skip', reason: 'not needed' } }
  if (one.type === 'reopen') return { type: 'run', do: { ...about, type: 'reopen' } }
  return { type: 'run', do: { ...about, type: 'do', answers: one.answers, texts: {}, note: '' } }
}

/** A press that counted was of the round that stood, and that round is counted once. */
function judgeDoing(was: Run, deed: Extract<RunDeed, { type: 'do' }>, is: Run, made: number) {
  const before = was.steps[deed.step]
  expect(deed.times).toBe(before?.times ?? 0)
  expect(made).toBeGreaterThan(0)
  // An ended run has no steps any more.
  if (is.status !== 'running' && is.status !== 'paused') return
  const after = is.steps[deed.step]
  const part = after?.state === 'open'
  expect(after?.times).toBe(deed.times + (part ? 0 : 1))
}

function judge(here: Here) {
  const incident = here.incident()
  const open = openRuns(incident)
  expect(open.length).toBeLessThanOrEqual(1)
  expect(new Set(incident.runs?.map(one => one.id)).size).toBe(incident.runs?.length ?? 0)
  for (const ended of incident.runs ?? []) {
    if (open.includes(ended)) continue
    // Nothing may grow with what has ended.
    expect(ended).toMatchObject({ steps: {}, gates: {}, answers: {}, counts: {}, roles: {}, leadOffer: null })
    expect(ended.endedAt).not.toBeNull()
  }
  for (const reading of readRuns(incident, here.rules)) {
    const shown = reading.steps.map(one => one.step.id)
    const { over, of } = progress(reading)
    expect(of).toBe(shown.length)
    expect(over).toBeLessThanOrEqual(of)
    const next = nextSteps(reading)
    for (const one of next) {
      expect(shown).toContain(one.step.id)
      // What a refused gate stands before is nobody's to do, and what was done or skipped is not open.
      const gate = one.step.gate ? reading.run.gates[one.step.gate] : undefined
      if (!one.behind || 'gate' in one.behind) expect(gate?.passed).not.toBe(false)
      if (one.step.repeat === null) expect(reading.run.steps[one.step.id]?.state ?? 'open').toBe('open')
    }
    // Step 5 appears by an answer alone, or because something was done about it.
    const touched = (reading.run.steps['5']?.state ?? 'open') !== 'open'
    expect(shown.includes('5')).toBe(reading.run.answers.mood === 'tense' || touched)
    for (const { step: one, state } of reading.steps) {
      if (state.state === 'done' && one.gate && reading.run.steps[one.id]?.times === 1) {
        expect(reading.run.gates[one.gate]).toBeDefined()
      }
    }
    const { override } = reading.run.gates.G3 ?? {}
    if (override?.agreed) expect(override.agreed).not.toBe(override.asked)
  }
  const tasks = tasksOf(incident, here.rules)
  if (open.length === 0) expect(tasks).toEqual([])
  for (const { run: id, step: one } of tasks) {
    const [standing] = open.filter(each => each.id === id)
    expect(standing && readRun(standing, incident, here.rules)?.steps.some(each => each.step.id === one)).toBe(true)
  }
}

function nameOf(action: IncidentAction): string {
  return action.type === 'run' ? action.do.type : action.type
}

function count(seen: Map<string, number>, name: string) {
  seen.set(name, (seen.get(name) ?? 0) + 1)
}
