import { actorOf, type Context, type Decision, follow, happen, no } from '../decision.ts'
import { personNow } from '../directory.ts'
import { byHand, type Count, type CountDeed, type CountEvent } from '../headcount.ts'
import type { PersonId, RunId, StepId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Actor, actsAs } from '../permission.ts'
import type { RunDeed } from '../run.ts'
import { coordinates } from '../standing.ts'
import { limits, optional, required } from '../typed.ts'
import { askedAs, askedNow, countAt, countsOf, handStep } from './count.ts'
import { isOfCount } from './state.ts'
import { whomToAsk } from './whom.ts'

/**
 * What a person's deed makes happen in a head count or a check-in; null if it is about something else. A cry for help
 * is always taken, also once the count has ended. @throws RuleError, InputError when the present state says no
 */
export function decideCount(incident: Incident, deed: RunDeed, context: Context): Decision[] | null {
  if (!isCountDeed(deed)) return null
  switch (deed.type) {
    case 'count-ask':
      return ask(incident, deed, context)
    case 'count-answer':
      return answer(incident, deed, context)
    case 'count-back':
      return back(incident, deed, context)
    case 'count-end': {
      requireCare(incident, deed.run, actorOf(context))
      const count = standing(incident, deed)
      return count.over ? [] : [happens(deed.run, { type: 'count-over', step: deed.step })]
    }
    case 'count-contact':
      return contact(incident, deed, context)
  }
}

/** Whether somebody may see to a count: coordinators of the incident or of the network, and the lead of its run. */
export function mayCare(incident: Incident, run: RunId, actor: Pick<Actor, 'id' | 'roles' | 'regions'>): boolean {
  const leads = incident.runs?.some(one => one.id === run && one.lead === actor.id) ?? false
  return leads || coordinates(actor, incident)
}

/** Whether it is a deed of a head count or a check-in. */
function isCountDeed(deed: RunDeed): deed is { readonly run: RunId } & CountDeed {
  return isOfCount(deed)
}

type Of<Type> = { readonly run: RunId } & Extract<CountDeed, { type: Type }>

function ask(incident: Incident, deed: Of<'count-ask'>, context: Context): Decision[] {
  const { id } = incident
  if (!coordinates(actorOf(context), incident)) throw no('headcount.who-asks', { id })
  const was = incident.counts?.[handStep] ?? null
  if (was && !was.over) throw no('headcount.asked-already', { id, time: { time: was.at } })
  const people = whomToAsk(deed.scope, incident, context, deed.people)
  if (people.length === 0) throw no('headcount.nobody', { id })
  const { scope } = deed
  const round = (was?.round ?? 0) + 1
  return [
    happens(byHand, { type: 'count-asked', step: handStep, kind: 'headcount', scope, people, round, every: null }),
  ]
}

function answer(incident: Incident, deed: Of<'count-answer'>, context: Context): Decision[] {
  const actor = actorOf(context)
  const { run, step, answer: said } = deed
  const words = { note: optional('note', deed.note ?? '', limits.note) }
  const count = countAt(incident, run, step)
  if (deed.person && deed.person !== actor.id) {
    requireCare(incident, run, actor)
    const asked = count && askedAs(count, deed.person, context.directory)
    if (!count || !asked) throw no('headcount.over', {})
    return said === count.answers[asked] ? [] : [happens(run, answered(count, step, asked, said))]
  }
  // One answer holds for everything that asks them about this incident.
  const asking = countsOf(incident).flatMap(one => {
    const person = askedAs(one.count, actor.id, context.directory)
    return person ? [{ ...one, person }] : []
  })
  if (asking.length === 0) {
    if (said === 'safe') throw no('headcount.over', {})
    return [happens(run, { type: 'count-answered', step, person: actor.id, answer: said }, words)]
  }
  const own = asking.find(one => one.run === run && one.step === step) ?? asking[0]
  return asking.flatMap(({ run, step, count, person }) => {
    const first = own?.run === run && own.step === step
    const news = standingAnswer(count, person) !== said || (first && words.note !== '')
    return news ? [happens(run, answered(count, step, person, said), first ? words : {})] : []
  })
}

function answered({ help }: Count, step: StepId, person: PersonId, answer: 'safe' | 'help') {
  const after = answer === 'safe' && person in help ? ({ after: 'help' } as const) : {}
  return { type: 'count-answered', step, person, answer, ...after } as const
}

/** What somebody said last, in this round or, if they need help, before. */
function standingAnswer({ answers, help }: Count, person: PersonId): 'safe' | 'help' | undefined {
  return answers[person] ?? (person in help ? 'help' : undefined)
}

function back(incident: Incident, deed: Of<'count-back'>, context: Context): Decision[] {
  const actor = actorOf(context)
  const { run, step } = deed
  if (deed.person && deed.person !== actor.id) requireCare(incident, run, actor)
  const count = standing(incident, deed)
  const person = askedAs(count, deed.person ?? actor.id, context.directory)
  if (!person) return []
  const gone = happens(run, { type: 'count-back', step, person })
  const left = askedNow(count, context.directory).filter(one => one !== person)
  return left.length > 0 ? [gone] : [gone, follow({ type: 'run', run, on: { type: 'count-over', step } })]
}

/** Opened by whoever sees to it, of somebody who was not heard of or needs help, with a reason that stays on record. */
function contact(incident: Incident, deed: Of<'count-contact'>, context: Context): Decision[] {
  const actor = actorOf(context)
  const { id } = incident
  if (!coordinates(actor, incident) && !actsAs(actor, 'admin')) throw no('rule.reveal-coordinator', { id })
  const count = standing(incident, deed)
  const person = personNow(context.directory, deed.person)
  const heard = count.answers[deed.person] === 'safe' && !(deed.person in count.help)
  if (!person || heard || !count.asked.includes(deed.person)) throw no('headcount.heard', {})
  const words = { reason: required('reason', deed.reason, limits.note, 'rule.reason-needed') }
  return [happen({ type: 'revealed', whose: person.id }, words)]
}

function standing(incident: Incident, { run, step }: { readonly run: RunId; readonly step: StepId }): Count {
  const count = countAt(incident, run, step)
  if (!count) throw no('headcount.over', {})
  return count
}

function requireCare(incident: Incident, run: RunId, actor: Actor): void {
  if (!mayCare(incident, run, actor)) throw no('headcount.who-ends', { id: incident.id })
}

function happens(run: RunId, on: CountEvent, words: Decision['words'] = {}): Decision {
  return happen({ type: 'run', run, on }, words)
}
