import type { Store } from '../db/store.ts'
import type { Incident } from '../workflows/incident.ts'
import type { Protocol } from '../workflows/protocol.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { itselfFor, judge } from '../workflows/trigger/again.ts'
import { climbsAt } from '../workflows/trigger/climb.ts'
import { mayTrigger, wasStarted } from '../workflows/trigger/match.ts'
import { askingPosts } from '../workflows/trigger/posts.ts'
import { byAlarm, type Wanted } from '../workflows/trigger/proposal.ts'
import type { Alarm } from '../workflows/warning.ts'

/** What an alarm proposes a protocol with. */
export type ProposingOptions = {
  readonly store: Pick<Store, 'proposals' | 'roster'>
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly wake: () => void
}

// Below that nobody is asked to begin anything because of numbers.
const leastSeverity = 3
// After an answer, so many others make it another question.
const leastFresh = 3

/**
 * Asks coordinators whether to begin the protocol that is for what an alarm was found in, about its most severe report;
 * never where none of these is open and S3 or above, where it was begun, or where they were asked about them before.
 */
export async function proposeFor(alarm: Pick<Alarm, 'incidents'>, options: ProposingOptions): Promise<boolean> {
  const { store, taxonomy, clock, wake } = options
  const states = await store.proposals.states(alarm.incidents)
  const open = states.filter(one => mayTrigger(one) && one.visibility === 'region').toSorted(graver)
  const [about] = open
  if (!about || about.severity < leastSeverity) return false
  const protocol = taxonomy.protocols.current.find(one => isFor(one, about))
  if (!protocol || open.some(one => wasStarted(protocol, one))) return false
  const now = clock()
  const own = open.filter(one => one.region === about.region && isFor(protocol, one))
  const wanted: Wanted = {
    ...{ protocol: protocol.id, trigger: byAlarm, region: about.region, about: about.id, severity: about.severity },
    ...{ incidents: own.map(one => one.id), itself: false, at: now },
    dueAt: climbsAt(0, about.severity, now, taxonomy),
  }
  const made = await store.proposals.propose(
    { ...wanted, since: now - itselfFor },
    before => judge(wanted, before, { atLeast: leastFresh }),
    (proposal, why) =>
      askingPosts({ proposal, incidents: own, protocol, why }, { directory: store.roster.directory(), taxonomy, now }),
  )
  if (made?.tell) wake()
  return made !== null
}

function isFor({ kinds }: Protocol, { kind }: Incident): boolean {
  return kind !== null && kinds.some(one => one === kind || one === kind.slice(0, 2))
}

function graver(one: Incident, other: Incident): number {
  return other.severity - one.severity || other.reportedAt - one.reportedAt || (one.id < other.id ? 1 : -1)
}
