import { standsAs } from '../workflows/alike.ts'
import { countAt } from '../workflows/headcount/count.ts'
import { type CountPress, readAnswer } from '../workflows/headcount/press.ts'
import { answeredView } from '../workflows/headcount/reply.ts'
import { type Context, type Doing, defineCommand, type Request, refuse } from './command.ts'

/** Answers whether somebody is safe; for whoever was asked, whatever else they may know of the incident. */
export const safe = defineCommand({
  name: 'safe',
  summary: 'command.safe',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }: Request, { read, now }: Context) => {
    const press = readAnswer(words)
    const known = press && (await read.incidents.find(press.incident))
    if (!press || !known) return refuse('headcount.not-asked')
    const { id, mergedInto } = known.incident
    // What was asked for a part is asked for the whole now, unless it was asked by hand.
    const whole =
      mergedInto && !countAt(known.incident, press.run, press.step) ? await standsAs(id, read.incidents) : null
    return answering({ ...press, incident: whole?.incident.id ?? id }, now)
  },
})

function answering(press: CountPress, now: number): Doing {
  const { incident, run, step, verb } = press
  const deed = verb === 'back' ? ({ type: 'count-back' } as const) : ({ type: 'count-answer', answer: verb } as const)
  return {
    type: 'do',
    action: { type: 'incident', about: incident, do: { type: 'run', do: { run, step, ...deed } } },
    // Nobody is left with a question that they have answered.
    sequel: { type: 'replace' },
    say: ({ incident: after }) => ({ type: 'view', view: answeredView(press, after?.seq ?? 0, now), private: true }),
  }
}
