import { regionName } from '../workflows/directory.ts'
import { handStep } from '../workflows/headcount/count.ts'
import { tallyView } from '../workflows/headcount/tally.ts'
import { deployed, whomToAsk } from '../workflows/headcount/whom.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { byHand, type CountScope } from '../workflows/run.ts'
import { plain } from '../workflows/spoken.ts'
import { buttonId, plainView, type View } from '../workflows/view.ts'
import { act, type Context, defineCommand, incidentOf, tell } from './command.ts'

/** Asks people by hand whether they are safe: those who are out there, the region, or the network. */
export const headcount = defineCommand({
  name: 'headcount',
  summary: 'command.headcount',
  permission: 'coordinate',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const incident = incidentOf(request)
    const { counts = {} } = incident
    const scope = scopes[plain(request.words || (request.assumed.split('.')[0] ?? ''))]
    const goesOn = counts[handStep] && !counts[handStep]?.over
    if (goesOn) {
      return { type: 'view', view: tallyView(incident, context.actor, context.read.directory), private: true }
    }
    const elsewhere = await deployedElsewhere(incident, context)
    if (!scope) return { type: 'view', view: whoView(incident, elsewhere, context), private: true }
    const people = scope === 'network' ? [] : elsewhere
    const deed = { run: byHand, type: 'count-ask', scope, people } as const
    return act(request, { type: 'run', do: deed }, ({ incident: { counts = {} } }) => {
      return tell('headcount.asked', { count: counts[handStep]?.asked.length ?? 0 }, [see(incident)])
    })
  },
})

const scopes: Readonly<Record<string, CountScope>> = {
  ...({ deployed: 'deployed', out: 'deployed', fuera: 'deployed', desplegados: 'deployed' } as const),
  ...({ region: 'region', network: 'network', all: 'network', red: 'network', todos: 'network' } as const),
}
const mostOpen = 500

/** Who is out there for other incidents of the region that stand open; a drill knows only its own. */
async function deployedElsewhere({ id, region, drill }: Incident, { read, actor }: Context): Promise<PersonId[]> {
  if (drill !== undefined) return []
  const open = await read.incidents.list({ regions: [region], viewer: actor.id, open: true, limit: mostOpen })
  return open.items.filter(one => one.id !== id && one.drill === undefined).flatMap(deployed)
}

function whoView(incident: Incident, elsewhere: readonly PersonId[], { read, actor, now }: Context): View {
  const { id, seq } = incident
  const region = regionName(read.directory, incident.region)
  const buttons = (['deployed', 'region', 'network'] as const).flatMap(scope => {
    const also = scope === 'network' ? [] : elsewhere
    const count = whomToAsk(scope, incident, { directory: read.directory, actor }, also).length
    const label = phrase(`headcount.button-${scope}`, { count, region })
    // Asked again after it has ended, a press counts again.
    const pressed = [scope, seq.toString(36), now.toString(36)].join('.')
    return count > 0 ? [{ id: buttonId('headcount', id, pressed), label }] : []
  })
  return plainView([phrase('headcount.who', { id })], buttons)
}

function see({ id }: Incident) {
  return { id: buttonId('tally', id, 'see'), label: phrase('headcount.button-tally') }
}
