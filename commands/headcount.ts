import { titleOf } from '../workflows/card.ts'
import { regionName } from '../workflows/directory.ts'
import { handStep } from '../workflows/headcount/count.ts'
import { tallyView } from '../workflows/headcount/tally.ts'
import { deployed, whomToAsk } from '../workflows/headcount/whom.ts'
import { byHand, type CountScope } from '../workflows/headcount.ts'
import type { PersonId } from '../workflows/ids.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { coordinates } from '../workflows/standing.ts'
import { buttonId, plainView, type View } from '../workflows/view.ts'
import { act, type Context, defineCommand, type Reply, refuse, shown, tell } from './command.ts'

/** Asks people by hand whether they are safe: those who are out there, the region, or the network. */
export const headcount = defineCommand({
  name: 'headcount',
  summary: 'command.headcount',
  permission: 'coordinate',
  about: 'maybe-incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    if (!request.incident) return whichOne(context)
    const { incident } = request.incident
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
const mostShown = 9

/** Whoever asks in a hurry knows no number: they pick from what is open. */
async function whichOne({ read, actor }: Context): Promise<Reply> {
  const asked = { regions: actor.regions, viewer: actor.id, open: true, limit: mostOpen } as const
  const { items } = await read.incidents.list(asked)
  const theirs = items.filter(one => isOpen(one) && coordinates(actor, one))
  if (theirs.length === 0) return refuse('headcount.no-incident')
  const buttons = theirs
    .slice(0, mostShown)
    .map(one => ({ id: buttonId('headcount', one.id), label: titleLabel(one, read) }))
  return shown(plainView([phrase('protocol.which-incident')], buttons))
}

function titleLabel(incident: Incident, { taxonomy }: Context['read']) {
  return phrase('form.name', { name: titleOf(incident, taxonomy) })
}

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
