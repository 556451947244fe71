import { actorOf, type Context, type Decision, happen, minute, no } from '../decision.ts'
import { coordinatorsOf, dutyOfficers, leaders, onDuty, type Person } from '../directory.ts'
import { InputError } from '../errors.ts'
import type { PersonId, ProtocolId, RunId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { maySee } from '../permission.ts'
import { phrase } from '../phrase.ts'
import type { Protocol, RunRole } from '../protocol.ts'
import type { Run, RunDeed } from '../run.ts'
import { coordinates, requireOpen } from '../standing.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { openRunOf } from './reading.ts'
import { requireSteer } from './rights.ts'

/** For how long a wrong start can be taken back, in ms. */
const undoStartFor = minute

const mostAway = 2 * 366 * 24 * 60 * minute

type Start = Extract<RunDeed, { type: 'start' }>

/**
 * Begins a protocol for an incident, one run of it at a time; who starts it leads it, who is on duty fills its roles.
 * A start without an actor is the hub's own, by a rule of the protocol.
 */
export function start(incident: Incident, deed: Start, context: Context): Decision[] {
  requireOpen(incident)
  if (context.actor && !coordinates(context.actor, incident)) throw no('run.start-coordinator', { id: incident.id })
  const protocol = currentOf(deed.protocol, context.taxonomy)
  const running = openRunOf(incident, protocol.id)
  if (running) throw no('run.start-running', { run: running.id, id: incident.id, time: { time: running.startedAt } })
  const { id, rev } = protocol
  const { proposal } = deed
  return [
    happen({
      type: 'run',
      run: nextRun(id, incident),
      on: {
        type: 'started',
        protocol: id,
        rev,
        eventAt: eventAt(protocol, deed.eventAt, context.now),
        roles: rolesNow(protocol, incident, context),
        undoUntil: context.now + undoStartFor,
        ...(proposal === undefined ? {} : { proposal }),
      },
    }),
  ]
}

/** Takes a wrong start back within its minute: as if it had not been, but for its line in the timeline. */
export function undoStart(incident: Incident, run: Run, context: Context): Decision[] {
  if (run.startedBy !== actorOf(context).id) requireSteer(run, incident, context)
  if (context.now > run.undoUntil) throw no('run.undo-late', { run: run.id })
  return [happen({ type: 'run', run: run.id, on: { type: 'undone' } })]
}

/** The protocols that suit an incident's kind, nearest first; those that go on for it already are left out. */
export function suggested(incident: Incident, { protocols }: Pick<Taxonomy, 'protocols'>): readonly Protocol[] {
  const { kind } = incident
  if (kind === null) return []
  const near = ({ kinds }: Protocol) => {
    const exact = kinds.indexOf(kind)
    const group = kinds.indexOf(kind.slice(0, 2))
    return exact >= 0 ? exact : group >= 0 ? kinds.length + group : -1
  }
  return protocols.current
    .filter(protocol => near(protocol) >= 0 && !openRunOf(incident, protocol.id))
    .sort((one, other) => near(one) - near(other))
}

function currentOf(id: ProtocolId, { protocols }: Taxonomy): Protocol {
  const found = protocols.current.find(protocol => protocol.id === id.toUpperCase())
  if (found) return found
  if (protocols.current.length === 0) throw no('run.none-known', {})
  throw no('run.unknown-protocol', { run: id, ids: protocols.current.map(protocol => protocol.id) })
}

function nextRun(protocol: ProtocolId, { runs = [] }: Incident): RunId {
  const numbers = runs.filter(run => run.protocol === protocol).map(run => Number(run.id.split('-')[1] ?? 1))
  const next = Math.max(0, ...numbers) + 1
  return next === 1 ? protocol : `${protocol}-${next}`
}

function eventAt(protocol: Protocol, at: number | null, now: number): number | null {
  if (!protocol.event) return null
  if (at === null) throw new InputError({ event: phrase('run.event-needed') })
  if (!Number.isFinite(at) || Math.abs(at - now) > mostAway) throw new InputError({ event: phrase('run.event-wrong') })
  return at
}

/** Who fills the roles that the roster tells: whoever is on duty, else everyone who could. */
function rolesNow(protocol: Protocol, incident: Incident, { directory, now }: Context): Run['roles'] {
  const region = coordinatorsOf(directory, incident.region)
  const duty = onDuty(directory, incident.region, now)
  const here = region.filter(person => duty.includes(person))
  const found: Partial<Record<RunRole, readonly Person[]>> = {
    DO: dutyOfficers(directory, now),
    RC: here.length > 0 ? here : region.length > 0 ? region : dutyOfficers(directory, now),
    LD: leaders(directory),
  }
  const roles: Partial<Record<RunRole, readonly PersonId[]>> = {}
  for (const role of protocol.roles) {
    const people = (found[role] ?? []).filter(person => maySee(person, incident)).map(person => person.id)
    if (people.length > 0) roles[role] = people
  }
  return roles
}
