import { type CareVerb, readCare } from '../workflows/headcount/press.ts'
import { tallyView } from '../workflows/headcount/tally.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import type { RunDeed } from '../workflows/run.ts'
import type { Line } from '../workflows/view.ts'
import { act, type Context, defineCommand, incidentOf, type Reply } from './command.ts'

/** Shows who is safe, needs help or is silent; ends a head count, or counts somebody as safe who was reached. */
export const tally = defineCommand({
  name: 'tally',
  summary: 'command.tally',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const care = readCare(request.assumed)
    const deed = care && deedOf(care)
    if (!deed) return shown(incidentOf(request), context)
    return act(request, { type: 'run', do: deed }, ({ incident }) => {
      const time = { time: context.now }
      const said = care.person
        ? phrase('headcount.said-for', { person: { person: care.person }, time })
        : phrase('headcount.said-over', { id: incident.id })
      return shown(incident, context, { type: 'strong', text: said })
    })
  },
})

type Care = NonNullable<ReturnType<typeof readCare>>

function deedOf({ verb, run, step, person }: Care): RunDeed | null {
  const deeds: Readonly<Record<CareVerb, RunDeed | null>> = {
    see: null,
    end: { run, step, type: 'count-end' },
    reached: person && { run, step, type: 'count-answer', answer: 'safe', person },
  }
  return deeds[verb]
}

function shown(incident: Incident, { actor, read }: Context, first?: Line): Reply {
  const view = tallyView(incident, actor, read.directory)
  return { type: 'view', view: first ? { ...view, lines: [first, ...view.lines] } : view, private: true }
}
