import { type Circumstances, countAudience, type Meant, resolvePlan } from '../broadcast/audience/resolve.ts'
import { approversOf, counting, isEnough, isSenior, mayApprove, needsOf } from '../broadcast/needs.ts'
import type { Approval } from '../broadcast.ts'
import { coordinatorsOf, type Directory, type Person } from '../directory.ts'
import type { KeptMessage } from '../library.ts'
import type { RecurringPlan, RecurringStanding } from '../recurring.ts'
import { meaningOf, planOf, standingApprovals, zoneOfMeant } from './plan.ts'
import type { RecurringScene } from './view.ts'
import { nextWindow } from './when.ts'

/** How a plan stands in the network at a moment: what it says to whom, who approved just that, and when next. */
export function sceneOf(
  plan: RecurringPlan,
  standing: RecurringStanding | null,
  message: KeptMessage | null,
  directory: Directory,
  about: Omit<Circumstances, 'urgency' | 'languages'>,
): RecurringScene {
  const meaning = meaningOf(plan, message, directory)
  const scope = { directory, incident: null }
  const common = { plan, meaning, standing, message, about, next: null }
  if ('problem' in meaning) {
    const needs = { count: 2, regions: [], why: [] } as const
    return { ...common, approvals: [], needs, counted: { people: 0, rooms: 0 }, cleared: false }
  }
  const whole = planOf(plan, meaning, null)
  const needs = needsOf(whole, scope)
  const meant = resolvePlan(whole, directory, about)
  const counted = countAudience(meant)
  const given = standingApprovals(standing, meaning.digest, counted)
  const approvals = given.map((one): Approval => ({ ...one, plan: whole }))
  const theirs = counting(approvals, needs, scope).map(one => one.by)
  return {
    ...common,
    ...{ needs, counted, approvals: given.filter(one => theirs.includes(one.by)) },
    cleared: isEnough(approvals, needs, scope),
    next: firstOf(plan, meant, directory, about.now),
  }
}

/** When it comes first to somebody who is meant. */
function firstOf(plan: RecurringPlan, meant: readonly Meant[], directory: Directory, now: number) {
  const zones = new Set(meant.map(one => zoneOfMeant(one, directory)))
  const windows = [...zones].flatMap(zone => nextWindow(plan, directory.events ?? [], zone, now) ?? [])
  return windows.toSorted((one, other) => one.dueAt - other.dueAt)[0] ?? null
}

/** Who is asked to approve it: leaders and coordinators of the network, and of what stays in one region its own. */
export function askedFor({ needs, approvals }: RecurringScene, directory: Directory): readonly Person[] {
  const given = new Set(approvals.map(one => one.by))
  const own = new Set(needs.regions.flatMap(region => coordinatorsOf(directory, region)).map(one => one.id))
  return approversOf(needs, { directory, incident: null }).filter(
    one => !given.has(one.id) && (isSenior(one) || own.has(one.id)),
  )
}

/** True if that person may approve it, and have it rest. */
export function mayDecide(person: Pick<Person, 'id' | 'roles' | 'regions'>, { needs }: RecurringScene): boolean {
  return mayApprove(person, needs, { incident: null })
}
