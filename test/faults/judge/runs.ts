import type { PersonId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import { isOverdue, readRuns } from '../../../workflows/run/reading.ts'
import { rungs } from '../../../workflows/run/rung.ts'
import { tasksOf } from '../../../workflows/run/tasks.ts'
import type { RunEvent } from '../../../workflows/run.ts'
import type { Check, Evidence, Verdict } from './verdict.ts'

// How late a clock may ring while hubs come and go.
const lateMs = 5 * 60_000

/** Each press of a step took effect once, each reminder and level was said once a round, and nothing is forgotten. */
export const runs: Check = async (evidence, verdict) => {
  const { diary, witness } = evidence
  const all = await witness.timelines()
  const begun = all.filter(({ event }) => event.type === 'run' && event.on.type === 'started').length
  const asked = diary.done.get('protocol') ?? 0
  verdict.check('protocols that were started run', asked === 0 || begun > 0, () => `${asked} asked for, ${begun} begun`)
  for (const [name, entries] of Map.groupBy(all.filter(isOfRun), ({ incident, event }) => `${incident} ${event.run}`)) {
    told(
      name,
      entries.map(({ event }) => event.on),
      verdict,
    )
  }
  for (const [incident, entries] of Map.groupBy(all.filter(isOfRun), entry => entry.incident)) {
    const going = new Set<string>()
    for (const { event } of entries) {
      if (event.on.type === 'started') {
        verdict.check('a protocol runs once at a time', !going.has(event.on.protocol), () => `${incident} ${event.run}`)
        going.add(event.on.protocol)
      }
      if (over.has(event.on.type)) going.delete(event.run.split('-')[0] ?? '')
    }
  }
  const taxonomy = { protocols: witness.store.protocols.beside({ current: [], find: () => null }) }
  for (const { incident } of evidence.incidents) forgotten(incident, taxonomy, verdict)
  await owed(evidence, taxonomy, verdict)
}

type Entry = Awaited<ReturnType<Evidence['witness']['timelines']>>[number]
type OfRun = Entry & { readonly event: Extract<Entry['event'], { type: 'run' }> }
type Wordings = Parameters<typeof readRuns>[1]

function isOfRun(entry: Entry): entry is OfRun {
  return entry.event.type === 'run'
}

const over = new Set<RunEvent['type']>(['done', 'stopped', 'undone'])

/** In one round of a step: done once, reminded of once, and each level called once, the lower before the higher. */
function told(name: string, happened: readonly RunEvent[], { check }: Verdict): void {
  const rounds = new Map<string, { reminded: boolean; rung: number; over: boolean }>()
  for (const on of happened) {
    if (!('step' in on) || on.step === null) continue
    const round = rounds.get(on.step) ?? { reminded: false, rung: 0, over: false }
    rounds.set(on.step, round)
    switch (on.type) {
      case 'step-done':
      case 'step-skipped':
        // What repeats is done again and again, each time in a round of its own.
        if (!('part' in on)) rounds.set(on.step, { reminded: false, rung: 0, over: true })
        break
      case 'step-reminded':
        if (on.again) break
        check('a reminder is said once a round', !round.reminded, () => `${name}.${on.step} again`)
        round.reminded = true
        break
      case 'step-overdue':
        check(
          'each level is called once a round',
          on.rung > round.rung,
          () => `${name}.${on.step} rung ${on.rung} again`,
        )
        round.rung = on.rung
        break
      default:
    }
  }
  const presses = happened.filter(on => on.type === 'step-done' && once.has(on.step) && !on.part)
  const steps = presses.map(on => ('step' in on ? on.step : ''))
  check('a step is done once', new Set(steps).size === steps.length, () => `${name}: ${steps.join(' ')}`)
}

// Those of the town's protocol that do not repeat; nobody opens one again there.
const once = new Set(['1', '2', '4'])

/** Whatever is overdue was said to be, unless hubs were away until a moment ago. */
function forgotten(incident: Incident, taxonomy: Wordings, { check }: Verdict): void {
  const now = Date.now()
  for (const { run, steps } of readRuns(incident, taxonomy)) {
    for (const standing of steps) {
      if (!isOverdue(standing, run, now - lateMs)) continue
      const { rung, heldBy } = standing.state
      const said = rung >= rungs.overdue || heldBy !== null
      check('what is overdue was said', said, () => `${incident.id} ${run.id}.${standing.step.id} at rung ${rung}`)
    }
  }
}

/** What people are to do is what the runs say, no more and no less. */
async function owed({ witness, incidents }: Evidence, taxonomy: Wordings, { check }: Verdict): Promise<void> {
  const wanted = incidents.flatMap(({ incident }) =>
    tasksOf(incident, taxonomy).map(task => [task.person, `${incident.id} ${task.run}.${task.step}`] as const),
  )
  const people = new Set<PersonId>([...witness.store.roster.directory().people.keys()])
  for (const person of people) {
    const listed = await witness.store.tasks.list(person, 10_000)
    const has = listed.map(({ incident, run, step }) => `${incident.id} ${run}.${step}`).toSorted()
    const should = wanted.flatMap(([whose, task]) => (whose === person ? [task] : [])).toSorted()
    check('what somebody is to do is listed', has.join() === should.join(), () => `${has.length}, not ${should.length}`)
  }
}
